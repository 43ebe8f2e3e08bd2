"""The letter that accompanies a package, as a PDF."""

from collections.abc import Iterator, Mapping
from functools import partial

from reporter.data.errors import ReporterError
from reporter.data.i18n import N_, NN_, RESTRICTION, STATUS_WORDS, Locale
from reporter.data.records import PLACES, Audience, is_given
from reporter.data.records.label import altered
from reporter.editions.making.order import Prove, failures_of
from reporter.editions.resources import templates_of, theme_of
from reporter.exchange.package.package_contents import Consignment, Enclosed
from reporter.exchange.package.packaging import Write, letter_file
from reporter.exchange.package.start_page import NAME as START
from reporter.figures.analysis.arithmetic import change
from reporter.formats.bagit.bag import DATA as PAYLOAD
from reporter.formats.html import letter_html
from reporter.formats.pdf import to_pdf
from reporter.report.document.document import Letter
from reporter.report.sections import edition_of
from reporter.text.change_sentences import change_sentence

FAULTY = "correct templates/letter.html or css/letter.css of the workspace, or send the list to the maintainers"
USUAL = N_("{title}: {country}, {year}")
HOLDS = N_(
    "The package {file} contains this letter and the files below. The page {page} in it describes each file and says "
    "how to check that it is unaltered."
)
FILES = NN_("{title} ({n} file)", "{title} ({n} files)")
# The figures to quote, if there are as many, and the most kinds of files to list.
FINDINGS, ENCLOSED = 3, 6
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
    date = locale.date(published) if len(published) == DAY else ""
    name, postal = (words.text(language) for words in (sent.recipient.name, sent.recipient.postal))
    number = f"/{sent.published.number}" if sent.published and sent.published.number else ""
    closing = (locale.text("Yours faithfully,"), *((sent.published.by,) if sent.published else ()), *sender[:2])
    findings = tuple(_findings(sent))
    return Letter(
        edition=edition,
        sender=tuple(line for line in sender if line),
        recipient=(name, *filter(None, postal.split(", "))),
        date=locale.joined(", ", filter(None, (vintage.country.place.text(language), date))),
        reference=locale.text("Our reference: {name}", name=f"{sent.name}{number}"),
        subject=_subject(sent),
        salutation=sent.recipient.salutation.text(language) or locale.text("Dear Sir or Madam,"),
        introduction=locale.joined(" ", _introduction(sent, edition.legal_basis, findings)),
        findings=findings,
        paragraphs=tuple(_paragraphs(sent)),
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
    """The key figures that changed most since the year before, and one that moved the other way, if any; if these are
    few, others with their value alone."""
    data, locale = sent.vintage, sent.locale
    keys = sorted((indicator for indicator in data.catalogue.indicators if indicator.key), key=lambda entry: entry.key)
    stated = [
        (item, change(data.series(item.figure), data.year)) for entry in keys if (item := data.observation(entry.code))
    ]
    key_figures = [pair for pair in stated if is_given(pair[0])]
    compared = [(figure, move, move.difference) for figure, move in key_figures if move.difference is not None]
    compared.sort(key=lambda entry: abs(entry[2]), reverse=True)
    most = compared[:FINDINGS]
    moves = [move for *_, move in most]
    if moves and all(moves[0] * move > 0 for move in moves):
        most[-1:] = [next((entry for entry in compared if entry[2] * moves[0] < 0), *most[-1:])]
    for item, yearly_change, _ in most:
        yield change_sentence(item, yearly_change, data.year - 1, data, locale)
    others = [key_figure for key_figure, key_change in key_figures if key_change.difference is None]
    for item in others[: max(0, FINDINGS - len(compared))]:
        label, value = locale.label_of(item, data.catalogue), locale.spoken(item)
        yield locale.text("{label} in {year}: {value}.", label=label, year=data.year, value=value)


def _paragraphs(sent: Consignment) -> Iterator[str]:
    locale = sent.locale
    if sent.recipient.audience is Audience.RESTRICTED:
        yield locale.text(RESTRICTION)
    if sent.published and sent.correction:
        yield sent.correction
        yield locale.put("{}: {}", locale.text("Reason"), sent.published.reason.text(locale.language))
    if sent.replaces:
        yield locale.text("This package replaces an earlier one: {name}.", name=sent.replaces)
    yield locale.text(HOLDS, file=f"{sent.name}.zip", page=f"{PAYLOAD}{START}")
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
    """The enclosures: a line for each kind of file, the profile first, with its languages or the number of files. Of
    many kinds the last are one line."""
    kinds: dict[str, list[str]] = {}
    for enclosure in sorted(files.values(), key=lambda file: file.rank):
        kinds.setdefault(enclosure.title, []).append(enclosure.language)
    first = len(kinds) if len(kinds) <= ENCLOSED else ENCLOSED - 1
    for title, language_codes in tuple(kinds.items())[:first]:
        languages = tuple(dict.fromkeys(code for code in language_codes if code))
        if len(language_codes) > max(1, len(languages)):
            yield locale.count(*FILES, len(language_codes), title=title)
        elif languages:
            yield locale.put("{} ({})", title, locale.joined(", ", map(locale.language_name, languages)))
        else:
            yield title
    if others := sum(map(len, tuple(kinds.values())[first:])):
        yield locale.count(*FILES, others, title=locale.text("Other files"))
