"""The letter that accompanies a package, as a PDF."""

from collections.abc import Iterator, Mapping
from functools import partial

from reporter.data.errors import ReporterError
from reporter.data.i18n import N_, NN_, RESTRICTION, STATUS_WORDS, Locale
from reporter.data.records import PLACES, Audience, is_given
from reporter.data.records.label import altered
from reporter.editions.making.order import Prove, failures_of
from reporter.editions.resources import templates_of, theme_of
from reporter.exchange.package.crate import permission_text
from reporter.exchange.package.package_contents import Consignment, Enclosed
from reporter.exchange.package.packaging import Write, letter_file
from reporter.exchange.package.start_page import NAME as START
from reporter.figures.analysis.arithmetic import change
from reporter.figures.analysis.small_counts import grants
from reporter.formats.bagit.bag import DATA as PAYLOAD
from reporter.formats.bagit.bag import MANIFESTS
from reporter.formats.html import letter_html
from reporter.formats.pdf import to_pdf
from reporter.report.document.document import Letter
from reporter.report.sections import edition_of
from reporter.text.change_sentences import change_sentence

FAULTY = "correct templates/letter.html or css/letter.css of the workspace, or send the list to the maintainers"
USUAL = N_("{title}: {country}, {year}")
HOLDS = NN_(
    "In addition to this letter, the package {file} contains {n} file; its checksum is in {manifest}.",
    "In addition to this letter, the package {file} contains {n} files; their checksums are in {manifest}.",
)
FILES = NN_("{title} ({n} file)", "{title} ({n} files)")
# The fewest figures to quote, if there are as many.
FINDINGS = 3
# The start page and the description for machines, which are made after the letter.
BESIDES = 2
DAY = len("2020-12-31")


def letter_writer(prove: Prove) -> Write:
    """A function that writes the letter of a consignment; the letter must pass both PDF profiles."""
    return partial(_written, prove)


def _written(prove: Prove, sent: Consignment, files: Mapping[str, Enclosed]) -> dict[str, Enclosed]:
    locale, templates = sent.locale, templates_of(sent.sources)
    theme = theme_of(sent.sources, sent.known.settings)
    html = letter_html(letter_of(sent, files), theme, locale.text, templates)
    content = to_pdf(html, {}, theme, templates).content
    if failures := failures_of(prove(content, html)):
        raise ReporterError("\n  ".join(("the letter is not what it says:", *map(str, failures))), hint=FAULTY)
    return letter_file(sent, content)


def letter_of(sent: Consignment, files: Mapping[str, Enclosed]) -> Letter:
    """Compose the letter: figures and enclosures, signed by the edition's publisher on the day of publication."""
    locale, known = sent.locale, sent.known
    edition, language = edition_of(sent.extract.context), locale.language
    sender = (edition.rapporteur, edition.publisher, *_reached(sent))
    published = sent.published.date if sent.published else known.edition.published
    findings = tuple(_findings(sent))
    return Letter(
        edition=edition,
        sender=tuple(line for line in sender if line),
        recipient=(sent.recipient.name.text(language),),
        date=locale.date(published) if len(published) == DAY else "",
        reference=locale.text(
            "Our reference: {name}",
            name=f"{sent.name}/{sent.published.number}" if sent.published and sent.published.number else sent.name,
        ),
        subject=_subject(sent),
        salutation=sent.recipient.salutation.text(language) or locale.text("Dear Sir or Madam,"),
        introduction=locale.joined(" ", _introduction(sent, edition.legal_basis, findings)),
        findings=findings,
        paragraphs=tuple(_paragraphs(sent, len(files) + BESIDES)),
        enclosures=tuple(_enclosures(files, locale)),
        closing=tuple(
            dict.fromkeys(
                (locale.text("Yours faithfully,"), *((sent.published.by,) if sent.published else ()), *sender[:2])
            )
        ),
    )


def _introduction(sent: Consignment, basis: str, findings: tuple[str, ...]) -> Iterator[str]:
    locale, known = sent.locale, sent.known
    yield locale.text(
        "Please find enclosed the annual country profile “{title}: {country}, {year}”.",
        title=known.settings.title.text(locale.language),
        country=locale.name_of(known.country),
        year=known.year,
    )
    if basis:
        yield locale.put("{}: {}.", locale.text("Legal basis"), basis)
    yield locale.put("{}: {}.", locale.text("Status of the figures"), locale.text(STATUS_WORDS[known.edition.status]))
    if findings:
        yield locale.text("Key figures:")


def _findings(sent: Consignment) -> Iterator[str]:
    """The year's key figures that compare with the year before, largest change first, whether a rise or a fall; if
    these are few, others with their value alone."""
    known, locale = sent.known, sent.locale
    keys = sorted((each for each in known.catalogue.indicators if each.key), key=lambda each: each.key)
    stated = [
        (seen, change(known.series(seen.figure), known.year)) for each in keys if (seen := known.observation(each.code))
    ]
    given = [each for each in stated if is_given(each[0])]
    compared = [(seen, found, found.difference) for seen, found in given if found.difference is not None]
    for seen, found, _ in sorted(compared, key=lambda each: abs(each[2]), reverse=True):
        yield change_sentence(seen, found, known.year - 1, known, locale)
    others = [seen for seen, found in given if found.difference is None]
    for seen in others[: max(0, FINDINGS - len(compared))]:
        label, value = locale.label_of(seen, known.catalogue), locale.spoken(seen)
        yield locale.text("{label} in {year}: {value}.", label=label, year=known.year, value=value)


def _paragraphs(sent: Consignment, count: int) -> Iterator[str]:
    locale, file = sent.locale, f"{sent.name}.zip"
    if sent.recipient.audience is Audience.RESTRICTED:
        yield locale.text(RESTRICTION)
    if sent.published and sent.correction:
        yield sent.correction
        yield locale.text("Reason: {reason}", reason=sent.published.reason.text(locale.language))
    if sent.replaces:
        yield locale.text("This package replaces an earlier one: {name}.", name=sent.replaces)
    yield locale.count(*HOLDS, count, n=locale.numeral(count), file=file, manifest=MANIFESTS[0])
    yield from (permission_text(each, locale) for each in grants(sent.known))
    yield locale.text(
        "To check that the package is complete and unaltered, and that the figures in the files are those on the "
        "pages, run: {command}",
        command=f"reporter verify {file}",
    )
    yield locale.text(
        "Without this program: {page} in the package describes each file, and in the unpacked folder {command} "
        "checks that each file is unaltered.",
        page=f"{PAYLOAD}{START}",
        command=f"sha256sum -c {MANIFESTS[0]}",
    )
    yield locale.text("Please confirm receipt to the office named above.")


def _reached(sent: Consignment) -> Iterator[str]:
    contact, locale = sent.known.country.main_contact, sent.locale
    if contact and contact.telephone:
        yield locale.text("Telephone: {n}", n=contact.telephone)
    if contact and contact.email:
        yield locale.text("E-mail: {address}", address=contact.email)


def _subject(sent: Consignment) -> str:
    """The subject from reporter.yaml; the default one if it contains the package's checksum, unknown to the letter."""
    settings, language = sent.known.settings, sent.locale.language
    own = sent.recipient.subject or (settings.mail.subject if settings.mail else sent.recipient.subject)
    frame = own.text(language)
    told = {
        "country": sent.locale.name_of(sent.known.country),
        "year": str(sent.known.year),
        "title": settings.title.text(language),
        "name": sent.recipient.name.text(language),
        "file": f"{sent.name}.zip",
    }
    missing = [place for place in PLACES if place not in told and f"{{{place}}}" in frame]
    said = sent.locale.text(USUAL, **told) if missing or not frame else sent.locale.put(frame, **told)
    return altered(said, lambda text: " ".join(text.split()))


def _enclosures(files: Mapping[str, Enclosed], locale: Locale) -> Iterator[str]:
    """The enclosures: a line for each kind of file, the profile first, with its languages or the number of files."""
    kinds: dict[str, list[str]] = {}
    for each in sorted(files.values(), key=lambda each: each.rank):
        kinds.setdefault(each.title, []).append(each.language)
    for title, found in kinds.items():
        languages = tuple(dict.fromkeys(each for each in found if each))
        if len(found) > max(1, len(languages)):
            yield locale.count(*FILES, len(found), title=title)
        elif languages:
            yield locale.put("{} ({})", title, locale.joined(", ", map(locale.language_name, languages)))
        else:
            yield title
