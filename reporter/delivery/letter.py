"""The letter that goes with a package, as a PDF.

Importing this needs Pango.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from reporter.analysis.small_counts import grants
from reporter.delivery.package_contents import Consignment, Enclosed
from reporter.delivery.packaging import Write, permission_text
from reporter.document.letter_parts import Enclosure, Letter
from reporter.edition.resources import templates_of, theme_of
from reporter.errors import ReporterError
from reporter.i18n import NN_, STATUS_WORDS, Locale
from reporter.model import PLACES
from reporter.model.label import altered
from reporter.pdf import to_pdf
from reporter.produce.order import Prove, failures_of
from reporter.render import letter_html
from reporter.sections import edition_of
from reporter.submission.bag import measure

FAULTY = "mend templates/letter.html or css/letter.css of the workspace, or tell the maintainers what the list says"
USUAL = "{title}: {country}, {year}"
HOLDS = NN_(
    "The package {file} holds {n} file besides this letter; its checksum stands below.",
    "The package {file} holds {n} files besides this letter; their checksums stand below.",
)
DAY = len("2020-12-31")


def letter_writer(prove: Prove) -> Write:
    """A function that writes the letter of a consignment.

    The letter is kept only if it passes both profiles.
    """
    return partial(_written, prove)


def _written(prove: Prove, sent: Consignment, files: Mapping[str, Enclosed]) -> dict[str, Enclosed]:
    locale, templates = sent.locale, templates_of(sent.inputs)
    theme = theme_of(sent.inputs, sent.known.settings)
    html = letter_html(letter_of(sent, files), theme, locale.text, templates)
    content = to_pdf(html, {}, theme, templates).content
    if failures := failures_of(prove(content, html)):
        raise ReporterError("\n  ".join(("the letter is not what it says:", *map(str, failures))), hint=FAULTY)
    return {f"{sent.name}-letter.pdf": Enclosed(measure(content), locale.text("This letter"), locale.language)}


def letter_of(sent: Consignment, files: Mapping[str, Enclosed]) -> Letter:
    """Compose the letter: sender, recipient, edition and enclosed files."""
    locale, known = sent.locale, sent.known
    edition, language = edition_of(known, locale), locale.language
    sender = (edition.rapporteur, edition.publisher, *_reached(sent))
    published = known.edition.published
    return Letter(
        edition=edition,
        sender=tuple(line for line in sender if line),
        recipient=(sent.recipient.name.text(language),),
        date=locale.date(published) if len(published) == DAY else "",
        subject=_subject(sent),
        salutation=sent.recipient.salutation.text(language) or locale.text("Dear Sir or Madam,"),
        paragraphs=tuple(_paragraphs(sent, edition.legal_basis, len(files))),
        enclosures=tuple(_enclosure(path, each, locale) for path, each in files.items()),
        closing=(locale.text("Yours faithfully,"), edition.rapporteur, edition.publisher),
    )


def _paragraphs(sent: Consignment, basis: str, count: int) -> Iterator[str]:
    locale, known = sent.locale, sent.known
    country, file = locale.name_of(known.country), f"{sent.name}.zip"
    yield locale.text(
        "Enclosed is the annual country profile. Country: {country}. Reference year: {year}. Title: {title}.",
        country=country,
        year=known.year,
        title=known.settings.title.text(locale.language),
    )
    if basis:
        yield locale.put("{}: {}.", locale.text("Legal basis"), basis)
    status = locale.text(STATUS_WORDS[known.edition.status])
    yield locale.put("{}: {}.", locale.text("Status of the figures"), status)
    yield from _corrected(sent)
    if sent.replaces:
        yield locale.text("This package takes the place of an earlier one: {name}.", name=sent.replaces)
    yield locale.count(*HOLDS, count, file=file)
    yield from (permission_text(each, locale) for each in grants(known))
    yield locale.text(
        "Whether all of it arrived unchanged, and whether the figures in the files are those on the pages, is told by: "
        "{command}",
        command=f"reporter verify {file}",
    )
    yield locale.text("Please confirm receipt to the office named above.")


def _corrected(sent: Consignment) -> Iterator[str]:
    """The paragraphs on a corrigendum: number, what it replaces, and why."""
    locale, published = sent.locale, sent.published
    if published and published.number:
        yield locale.text(
            "This is corrigendum {n} of {date}. It takes the place of the edition published on {before}.",
            n=published.number,
            date=locale.date(published.date),
            before=locale.date(published.before),
        )
        yield locale.text("Reason: {reason}", reason=published.reason.text(locale.language))


def _reached(sent: Consignment) -> Iterator[str]:
    contact, locale = sent.known.country.main_contact, sent.locale
    if contact and contact.telephone:
        yield locale.text("Telephone: {n}", n=contact.telephone)
    if contact and contact.email:
        yield locale.text("E-mail: {address}", address=contact.email)


def _subject(sent: Consignment) -> str:
    """The subject of the message, as reporter.yaml has it.

    The usual one stands in for a subject that names the checksum of its package, which cannot stand in the letter.
    """
    settings, language = sent.known.settings, sent.locale.language
    own = sent.recipient.subject or (settings.mail.subject if settings.mail else sent.recipient.subject)
    frame = own.text(language) or USUAL
    told = {
        "country": sent.locale.name_of(sent.known.country),
        "year": str(sent.known.year),
        "title": settings.title.text(language),
        "name": sent.recipient.name.text(language),
        "file": f"{sent.name}.zip",
    }
    missing = [place for place in PLACES if place not in told and f"{{{place}}}" in frame]
    return altered(sent.locale.put(USUAL if missing else frame, **told), lambda text: " ".join(text.split()))


def _enclosure(path: str, each: Enclosed, locale: Locale) -> Enclosure:
    title = each.title
    if each.language:
        title = locale.put("{} ({})", title, locale.language_name(each.language))
    return Enclosure(path, title, locale.number(each.content.digest.size), each.content.sha256)
