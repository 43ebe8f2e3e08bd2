"""What cover and imprint say: the edition, its dates, and how this file was made."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.document import Edition, Entry
from reporter.i18n import N_, STATUS_WORDS, Locale
from reporter.model import Vintage
from reporter.tables import edition_source_note

# The year of the Directive; earlier editions had no such duty.
DIRECTIVE = 2011
PROVEN = N_(
    "This file passes all machine rules of veraPDF's PDF/UA-1 and PDF/A-3a profiles; it would not have been made "
    "otherwise. What only people can check is not part of this."
)


@dataclass(frozen=True, slots=True)
class Production:
    """How a file is made: version of the program, checksum of the data, names of the files attached.

    `proven` when it is kept only if it passes both profiles; `source_file` is empty when it is not attached.
    """

    program: str
    checksum: str
    data_file: str
    source_file: str = ""
    proven: bool = False


def edition_of(vintage: Vintage, locale: Locale) -> Edition:
    """What the cover says."""
    file, country = vintage.edition, vintage.country
    return Edition(
        country.code,
        locale.name_of(country),
        vintage.year,
        vintage.years[0],
        locale.language,
        file.status,
        vintage.settings.title.text(locale.language),
        locale.text("Country profile {year}", year=vintage.year),
        country.rapporteur.text(locale.language),
        country.publisher.text(locale.language),
        locale.date(file.published),
        locale.date(file.data_cutoff),
        locale.text("Directive 2011/36/EU, Articles 19 and 20") if vintage.year >= DIRECTIVE else "",
        country.found_at,
    )


def imprint_of(vintage: Vintage, locale: Locale, production: Production | None = None) -> tuple[Entry, ...]:
    """The lines behind the cover; without a production only those about the edition."""
    typefaces = locale.text("Source Sans 3 and Source Serif 4, SIL Open Font License 1.1")
    entries = (*facts_of(vintage, locale), Entry(locale.text("Typefaces"), (typefaces,)))
    return (*entries, *(_colophon(production, locale) if production else ()))


def facts_of(vintage: Vintage, locale: Locale) -> tuple[Entry, ...]:
    """What is true of the edition in whatever form it is published."""
    edition = edition_of(vintage, locale)
    unknown = locale.text("not stated")
    lines = (
        (N_("Publisher"), edition.publisher),
        (N_("Author"), edition.rapporteur),
        (N_("Reference year"), str(edition.year)),
        (N_("Status of the figures"), locale.text(STATUS_WORDS[edition.status])),
        (N_("Published"), edition.published or unknown),
        (N_("Data as of"), edition.data_cutoff or unknown),
        (N_("Sources"), edition_source_note(vintage, locale)),
        (N_("Legal basis"), edition.legal_basis),
    )
    return tuple(Entry(locale.text(title), (text,)) for title, text in lines if text)


def imprint_of_pdf(made: Production, locale: Locale) -> Iterator[Entry]:
    """The lines that are true of the PDF only: the files attached to it, and what it passes."""
    attached = (
        locale.text("{file}: the figures of the year as entered", file=made.source_file) if made.source_file else "",
        locale.text("{file}: every figure of this edition", file=made.data_file),
        locale.text("One CSV file for each chart, named by its number"),
    )
    yield Entry(locale.text("Files attached"), tuple(line for line in attached if line))
    if made.proven:
        yield Entry(locale.text("Validation"), (locale.text(PROVEN),))


def _colophon(made: Production, locale: Locale) -> Iterator[Entry]:
    yield Entry(locale.text("Program"), (locale.text("reporter {version}", version=made.program),))
    yield Entry(
        locale.text("Checksum of the data"),
        (made.checksum, locale.text("SHA-256 of the list of its input files, each with its own SHA-256")),
    )
