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
    theme = theme_of(sent.sources, sent.vintage.settings)
    html = letter_html(letter_of(sent, files), theme, locale.text, templates)
    content = to_pdf(html, {}, theme, templates).content
    if failures := failures_of(prove(content)):
        raise ReporterError("\n  ".join(("the letter is not what it says:", *map(str, failures))), hint=FAULTY)
    return letter_file(sent, content)


def letter_of(sent: Consignment, files: Mapping[str, Enclosed]) -> Letter:
    """Compose the letter: figures and enclosures, signed by the edition's publisher on the day of publication."""
    locale, vintage = sent.locale, sent.vintage
    edition, language = edition_of(sent.extract.context), locale.language
    sender = (edition.rapporteur, edition.publisher, *_reached(sent))
    published = sent.published.date if sent.published else vintage.edition.published
    number = f"/{sent.published.number}" if sent.published and sent.published.number else ""
    closing = (locale.text("Yours faithfully,"), *((sent.published.by,) if sent.published else ()), *sender[:2])
    findings = tuple(_findings(sent))
    return Letter(
        edition=edition,
        sender=tuple(line for line in sender if line),
        recipient=(sent.recipient.name.text(language),),
        date=locale.date(published) if len(published) == DAY else "",
        reference=locale.text("Our reference: {name}", name=f"{sent.name}{number}"),
        subject=_subject(sent),
        salutation=sent.recipient.salutation.text(language) or locale.text("Dear Sir or Madam,"),
        introduction=locale.joined(" ", _introduction(sent, edition.legal_basis, findings)),
        findings=findings,
        paragraphs=tuple(_paragraphs(sent, len(files) + BESIDES)),
        enclosures=tuple(_enclosures(files, locale)),
        closing=tuple(dict.fromkeys(closing)),
    )


def _introduction(sent: Consignment, basis: str, findings: tuple[str, ...]) -> Iterator[str]:
    locale, vintage = sent.locale, sent.vintage
    yield locale.text(
        "Please find enclosed the annual country profile “{title}: {country}, {year}”.",
        title=vintage.settings.title.text(locale.language),
        country=locale.name_of(vintage.country),
        year=vintage.year,
    )
    if basis:
        yield locale.put("{}: {}.", locale.text("Legal basis"), basis)
    yield locale.put("{}: {}.", locale.text("Status of the figures"), locale.text(STATUS_WORDS[vintage.edition.status]))
    if findings:
        yield locale.text("Key figures:")


def _findings(sent: Consignment) -> Iterator[str]:
    """The year's key figures that compare with the year before, largest change first, whether a rise or a fall; if
    these are few, others with their value alone."""
    data, locale = sent.vintage, sent.locale
    keys = sorted((indicator for indicator in data.catalogue.indicators if indicator.key), key=lambda entry: entry.key)
    stated = [
        (item, change(data.series(item.figure), data.year)) for entry in keys if (item := data.observation(entry.code))
    ]
    key_figures = [pair for pair in stated if is_given(pair[0])]
    compared = [(figure, move, move.difference) for figure, move in key_figures if move.difference is not None]
    for item, yearly_change, _ in sorted(compared, key=lambda entry: abs(entry[2]), reverse=True):
        yield change_sentence(item, yearly_change, data.year - 1, data, locale)
    others = [key_figure for key_figure, key_change in key_figures if key_change.difference is None]
    for item in others[: max(0, FINDINGS - len(compared))]:
        label, value = locale.label_of(item, data.catalogue), locale.spoken(item)
        yield locale.text("{label} in {year}: {value}.", label=label, year=data.year, value=value)


def _paragraphs(sent: Consignment, count: int) -> Iterator[str]:
    locale, file = sent.locale, f"{sent.name}.zip"
    if sent.recipient.audience is Audience.RESTRICTED:
        yield locale.text(RESTRICTION)
    if sent.published and sent.correction:
        yield sent.correction
        yield locale.put("{}: {}", locale.text("Reason"), sent.published.reason.text(locale.language))
    if sent.replaces:
        yield locale.text("This package replaces an earlier one: {name}.", name=sent.replaces)
    yield locale.count(*HOLDS, count, n=locale.numeral(count), file=file, manifest=MANIFESTS[0])
    yield from (permission_text(grant, locale) for grant in grants(sent.vintage))
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
    contact, locale = sent.vintage.country.main_contact, sent.locale
    if contact and contact.telephone:
        yield locale.put("{}: {}", locale.text("Telephone"), contact.telephone)
    if contact and contact.email:
        yield locale.put("{}: {}", locale.text("E-mail"), contact.email)


def _subject(sent: Consignment) -> str:
    """The subject from reporter.yaml; the default one if it contains the package's checksum, unknown to the letter."""
    settings, language = sent.vintage.settings, sent.locale.language
    own = sent.recipient.subject or (settings.mail.subject if settings.mail else sent.recipient.subject)
    frame = own.text(language)
    text_by_place = {
        "country": sent.locale.name_of(sent.vintage.country),
        "year": str(sent.vintage.year),
        "title": settings.title.text(language),
        "name": sent.recipient.name.text(language),
        "file": f"{sent.name}.zip",
    }
    missing = [place for place in PLACES if place not in text_by_place and f"{{{place}}}" in frame]
    line = sent.locale.text(USUAL, **text_by_place) if missing or not frame else sent.locale.put(frame, **text_by_place)
    return altered(line, lambda text: " ".join(text.split()))


def _enclosures(files: Mapping[str, Enclosed], locale: Locale) -> Iterator[str]:
    """The enclosures: a line for each kind of file, the profile first, with its languages or the number of files."""
    kinds: dict[str, list[str]] = {}
    for enclosure in sorted(files.values(), key=lambda file: file.rank):
        kinds.setdefault(enclosure.title, []).append(enclosure.language)
    for title, language_codes in kinds.items():
        languages = tuple(dict.fromkeys(code for code in language_codes if code))
        if len(language_codes) > max(1, len(languages)):
            yield locale.count(*FILES, len(language_codes), title=title)
        elif languages:
            yield locale.put("{} ({})", title, locale.joined(", ", map(locale.language_name, languages)))
        else:
            yield title
