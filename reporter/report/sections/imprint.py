"""The words of cover and imprint: the edition, its dates, and how this file was made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reporter.data import i18n
from reporter.data.i18n.territories import home_on_map, iso_of, on_map_of
from reporter.data.outline import Volume
from reporter.data.records import Audience, EditionStatus, ListKind, Release, Vintage
from reporter.figures.compare.figures import Manner, Sides
from reporter.figures.compare.ranking import MOST_SIDE_BY_SIDE, is_ranked
from reporter.report.charts.countries import MAP
from reporter.report.context import Context
from reporter.report.document.document import Companion, Edition, Entry, Link
from reporter.report.tables.tabulate import sources_note

# The year of the Directive; earlier editions had no such duty.
DIRECTIVE = 2011
# Denmark did not take part in its adoption, and is not bound by it.
BOUND = frozenset(i18n.PROTOCOL) - {"DK"}
# The kinds of lists that name countries to which victims are brought.
OUTWARD = (ListKind.TARGET, ListKind.DESTINATION, ListKind.EXPLOITATION)
SUBTITLES = {
    Manner.YEARS: i18n.N_("Years side by side: {sides}"),
    Manner.EDITIONS: i18n.N_("Editions side by side: {sides}"),
    Manner.COUNTRIES: i18n.N_("Countries side by side, {year}"),
}
TAGLINES = {
    Manner.YEARS: i18n.N_("What changed from {first} to {last}, and what cannot be compared"),
    Manner.EDITIONS: i18n.N_("The year {year} as the editions of {sides} state it"),
    Manner.COUNTRIES: i18n.N_("What their figures for {year} show, and what limits comparison"),
}
# Licences by SPDX name, with what each allows and its address.
LICENCES = {
    "CC-BY-4.0": (
        i18n.N_("Creative Commons Attribution 4.0 International (CC BY 4.0): may be reused if the source is named"),
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-4.0": (
        i18n.N_(
            "Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0): may be reused if the source "
            "is named and derived works have the same licence"
        ),
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": (
        i18n.N_("CC0 1.0 Universal: no rights are reserved; may be reused without permission"),
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
}
VOLUMES: Mapping[Volume, str] = {
    Volume.MAIN: i18n.N_("The main document"),
    Volume.METHODS: i18n.N_("Data and methods"),
    Volume.TEXTS: i18n.N_("The texts, word by word"),
}
PROVEN = i18n.N_(
    "This file passes all machine rules of veraPDF's PDF/UA-1 and PDF/A-3a profiles; otherwise it would not have "
    "been made. Checks that only people can do are not included."
)


@dataclass(frozen=True, slots=True)
class Production:
    """How a file is made: the version of the program, the checksum of the data, and the names of the attached files.
    `proven`: kept only if the file passes both profiles. `source_file` is empty if not attached. `names` are those of
    its volumes without ending, `translations` those in each other language."""

    program: str
    checksum: str
    data_file: str
    source_file: str = ""
    proven: bool = False
    names: Mapping[Volume, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[Volume, str]] = field(default_factory=dict)


def edition_of(context: Context) -> Edition:
    vintage, locale, erratum = context.vintage, context.locale, context.erratum
    file, country = vintage.edition, vintage.country
    source = vintage.catalogue.source(country.source, country.code)
    edition = Edition(
        country=country.code,
        country_name=locale.name_of(country),
        year=vintage.year,
        first_year=vintage.years[0],
        language=locale.language,
        status=file.status,
        title=vintage.settings.title.text(locale.language),
        subtitle=locale.text("Country profile {year}", year=vintage.year),
        tagline="",
        about=str(vintage.year),
        stem=f"{country.code}-{vintage.year}",
        rapporteur=country.rapporteur.text(locale.language),
        publisher=country.publisher.text(locale.language),
        published=locale.date(file.published),
        data_cutoff=locale.date(file.data_cutoff),
        legal_basis=locale.text("Directive 2011/36/EU, Articles 19 and 20")
        if vintage.year >= DIRECTIVE
        and (country.code in BOUND or country.code not in i18n.country_codes())
        and (not (source and source.layout))
        else "",
        locale=locale.tag,
        found_at=country.found_at,
        named=_named(vintage, vintage.years[0], locale),
        compiled=compiled_later(vintage, locale),
    )
    corrigendum = release_name(erratum.now, locale) if erratum else ""
    tagline = locale.text("Trends, victims and responses, {span}", span=edition.span)
    unpublished = locale.text(i18n.CHANGED) if file.changed else ""
    edition = replace(edition, tagline=tagline, corrigendum=corrigendum, unpublished=unpublished)
    if context.audience is Audience.PUBLIC:
        return edition
    return replace(
        edition, restricted=locale.text(i18n.RESTRICTED), restriction=locale.text(i18n.RESTRICTION), found_at=""
    )


def compiled_later(vintage: Vintage, locale: i18n.Locale) -> str:
    """The note that a profile was compiled later, for a year before there was a rapporteur; else empty."""
    country = vintage.country
    if country.rapporteur_since is None or country.rapporteur_since <= vintage.year:
        return ""
    office, since = country.rapporteur.text(locale.language), country.rapporteur_since
    return locale.text("Compiled later by: {office} (office since {year})", office=office, year=since)


def _named(vintage: Vintage, since: int, locale: i18n.Locale) -> tuple[str, ...]:
    """The countries to which victims are brought, by any list since that year, in the usual order. Empty for a country
    outside the map, where no line could start."""
    home = vintage.country.code
    if not home_on_map(home):
        return ()
    lists = (entry for entry in vintage.data.lists if entry.kind in OUTWARD and entry.year >= since)
    codes = {code for country_list in lists for code in country_list.countries if iso_of(code) in on_map_of(home)}
    return tuple(locale.ordered(codes - {home}))


def comparison_of(edition: Edition, sides: Sides, locale: i18n.Locale) -> Edition:
    """The facts on the cover of a comparison. Its status is that of its least finished side."""
    manner, year = sides.manner, sides.last.year
    about = locale.years(side.edition.year if manner is Manner.EDITIONS else side.year for side in sides.sides)
    comparison = replace(
        edition,
        first_year=sides.first.year,
        named=_named(sides.last.edition, sides.first.year, locale),
        status=min((side.edition.edition.status for side in sides.sides), key=list(EditionStatus).index),
        subtitle=locale.text(SUBTITLES[manner], sides=about, year=year),
        tagline=locale.text(TAGLINES[manner], sides=about, year=year, first=sides.first.year, last=year),
        about=about if manner is Manner.YEARS else str(year),
        published="",
        data_cutoff="",
        legal_basis="",
        found_at="",
        unpublished=changed_sides(sides, locale),
    )
    if manner is not Manner.COUNTRIES:
        return comparison
    countries = [side.figures.country for side in sides.sides]
    names, codes = map(locale.name_of, countries), (country.code for country in countries)
    many = locale.count(*i18n.NN_("{n} country", "{n} countries"), len(countries))
    named = many if is_ranked(sides) else locale.joined(", ", names)
    return replace(comparison, country_name=named, named=(), sides=tuple(codes))


def volume_of(edition: Edition, volume: Volume, sides: Sides | None, locale: i18n.Locale) -> Edition:
    if volume is Volume.METHODS:
        subtitle = locale.text("Data and methods {year}", year=edition.year)
        tagline = locale.text(
            "The basis of the country profile {year}: definitions, methods, quality and the data behind its charts",
            year=edition.year,
        )
        return replace(edition, subtitle=subtitle, tagline=tagline, named=())
    if volume is Volume.TEXTS and sides:
        words = i18n.N_("What was inserted, deleted and moved from {first} to {last}")
        tagline = locale.text(words, first=sides.first.edition.year, last=sides.last.edition.year)
        return replace(edition, subtitle=locale.text(VOLUMES[volume]), tagline=tagline)
    return edition


def changed_sides(sides: Sides, locale: i18n.Locale) -> str:
    changed = [side.edition for side in sides.sides if side.edition.edition.changed]
    if sides.manner is Manner.COUNTRIES:
        names = locale.listed(locale.named_inside(vintage.country.code, vintage.country) for vintage in changed)
    else:
        names = locale.years(vintage.year for vintage in changed)
    return locale.put("{}: {}", locale.text("Changed after publication, not published"), names) if changed else ""


def map_of(locale: i18n.Locale) -> Entry:
    return Entry(locale.text("Map"), (locale.text(MAP),))


def facts_of(edition: Edition, vintages: Sequence[Vintage], locale: i18n.Locale) -> tuple[Entry, ...]:
    """The imprint lines of every format. A missing fact has no line."""
    # Some words are true only of published figures.
    is_final = edition.status is EditionStatus.FINAL
    status = "" if edition.unpublished and is_final else locale.text(i18n.STATUS_WORDS[edition.status])
    settings = vintages[0].settings
    licence, address = LICENCES.get(settings.licence, ("", ""))
    reuse = settings.reuse.text(locale.language) or (locale.text(licence) if licence else "")
    if edition.restricted:
        reuse, address = "", ""
    lines = (
        (i18n.N_("Publisher"), edition.publisher, ""),
        (i18n.N_("Author"), edition.compiled or edition.rapporteur, ""),
        (i18n.N_("Reference year"), edition.about, ""),
        (i18n.N_("Intended for"), edition.restriction, ""),
        (i18n.N_("Edition"), edition.unpublished, ""),
        (i18n.N_("Corrigendum"), edition.corrigendum, ""),
        (i18n.N_("Published"), edition.published, ""),
        (i18n.N_("Data as of"), edition.data_cutoff, ""),
        (i18n.N_("Status of the figures"), status, ""),
        (i18n.N_("Legal basis"), edition.legal_basis, ""),
        (i18n.N_("On the web"), "", edition.found_at),
        (i18n.N_("Recommended citation"), _citation(edition, locale), ""),
        (i18n.NP_("terms of the licence", "Reuse"), reuse, address),
        (
            i18n.N_("Sources"),
            locale.text("For each country: see the annex Sources")
            if len(vintages) > MOST_SIDE_BY_SIDE
            else sources_note(vintages, locale),
            "",
        ),
    )
    return tuple(Entry(locale.text(title), (text,) if text else (), url) for title, text, url in lines if text or url)


def _citation(edition: Edition, locale: i18n.Locale) -> str:
    """How to cite an edition; empty if it may not be cited."""
    if edition.status is EditionStatus.DRAFT or edition.restricted:
        return ""
    author = edition.rapporteur
    title = locale.put("{}: {}", edition.title, edition.country_name)
    number = edition.unpublished or edition.corrigendum or edition.published
    publisher = "" if edition.publisher == author else edition.publisher
    parts = (author, title, locale.inside(edition.subtitle), number, publisher, edition.found_at)
    return locale.joined(", ", filter(None, parts))


def other_volumes(production: Production, volume: Volume, locale: i18n.Locale, ending: str) -> Iterator[Entry]:
    """The other volumes of a document by file name. A page of HTML links to them in its own folder."""
    for other, name in production.names.items():
        if Volume.MAIN in (volume, other) and other is not volume:
            file = f"{name}.{ending}"
            links = (Link(file, file),) if ending == "html" else ()
            yield Entry(locale.text(VOLUMES[other]), (file,), links=links)


def companions_of(production: Production, volume: Volume, locale: i18n.Locale) -> Iterator[Companion]:
    """The files to which the page of a volume links: the page in other languages, a printable file, other volumes.
    Their names do not depend on the reader, so no page links to a file for another audience."""
    for language, names in production.translations.items():
        spoken = locale.speak(language)
        name = str(spoken.opened(spoken.language_name(language)))
        yield Companion(f"{names[volume]}.html", name, language, spoken.tag)
    if volume in production.names:
        yield Companion(f"{production.names[volume]}.pdf", locale.text("PDF, for printing"))
    for other, name in production.names.items():
        if Volume.MAIN in (volume, other) and other is not volume:
            yield Companion(f"{name}.html", locale.text(VOLUMES[other]))


def imprint_of_pdf(production: Production, volume: Volume, locale: i18n.Locale) -> Iterator[Entry]:
    """The imprint lines of the PDF only: other volumes, attached files, and the profiles that it passes."""
    yield from other_volumes(production, volume, locale, "pdf")
    attached = (
        locale.text("{file}: the figures of the year", file=production.source_file) if production.source_file else "",
        locale.text("{file}: every figure of this edition", file=production.data_file),
        locale.text("One CSV file for each chart, named by its number"),
    )
    if volume is Volume.MAIN:
        yield Entry(locale.text("Files attached"), tuple(line for line in attached if line))
    if production.proven:
        yield Entry(locale.text("Validation"), (locale.text(PROVEN),))


def colophon_of(production: Production, locale: i18n.Locale) -> Iterator[Entry]:
    yield Entry(locale.text("Typefaces"), (locale.text("Source Sans 3 and Source Serif 4, SIL Open Font License 1.1"),))
    yield Entry(locale.text("Program"), (locale.text("reporter {version}", version=production.program),))
    yield Entry(
        locale.text("Checksum of the data"),
        (production.checksum, locale.text("SHA-256 of the list of its input files, each with its own SHA-256")),
    )


def release_name(release: Release, locale: i18n.Locale) -> str:
    """The name of a published edition with its date: the first edition, or the number of its corrigendum."""
    date = locale.date(release.date)
    if release.number:
        return locale.text("Corrigendum {n}, {date}", n=release.number, date=date)
    return locale.text("First edition, {date}", date=date)
