"""Export the figures and texts of an edition as files, and print a comparison. Nothing here is written to disk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from reporter.data.errors import DataError, Finding, ReporterError
from reporter.data.i18n import CHANGED, RESTRICTED, Locale
from reporter.data.records import Audience, Vintage, from_year, vintage
from reporter.data.records.label import ENGLISH
from reporter.editions.checked import CheckedDataset, blocking_findings, concerning, errors_in_texts, of_data
from reporter.editions.job import UNPUBLISHED, Job
from reporter.editions.resources import locale_of
from reporter.editions.state import EditionState, context_of, stopping_findings
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.ranking import is_ranked
from reporter.formats.export import comparison_csv, table_text
from reporter.formats.export.commission_page import commission_page
from reporter.formats.export.observations import (
    COVERAGE_HEADS,
    COVERAGE_REQUIRED,
    COVERED,
    ENDING,
    REQUIRED,
    coverage_lines,
    csv_metadata,
    figures_json,
    observation_lines,
    observations_csv,
    observed_columns,
)
from reporter.formats.export.page_notes import WrittenSection, written_sections
from reporter.formats.export.sdmx import Tables, origins_csv, own_figures_csv, sdmx_csv, transmission_tables
from reporter.formats.export.tidy import csv_for
from reporter.report.context import Context
from reporter.report.document.document import Table
from reporter.report.sections import edition_of, facts_of, tables_of
from reporter.report.sections.comparison import every_change, part_changes
from reporter.report.sections.country_ranges import part_ranges, ranges, rankings, unranked
from reporter.report.sections.imprint import changed_sides
from reporter.text.markdown import as_fragment


@dataclass(frozen=True, slots=True)
class Extract:
    """The data to export of an edition, in one language, perhaps of its last years only. `name` is the start of every
    file name; `main`, if not empty, is the full name of the main file. The narrative is that of `edition`, which has
    all years; `faults` are the errors that stop it, `undecided` its unconfirmed texts of earlier years."""

    context: Context
    checked: CheckedDataset
    name: str
    edition: Vintage
    main: str = ""
    faults: tuple[Finding, ...] = ()
    undecided: frozenset[str] = frozenset()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.printed

    @property
    def vintage(self) -> Vintage:
        return self.context.vintage

    @property
    def audience(self) -> Audience:
        return self.context.audience

    @property
    def locale(self) -> Locale:
        return self.context.locale

    @property
    def title(self) -> str:
        country, years = self.locale.name_of(self.vintage.country), self.vintage.years
        span = self.locale.period(str(years[0]), str(years[-1]))
        title = self.locale.put("{}: {}, {}", self.vintage.settings.title.text(self.locale.language), country, span)
        if self.vintage.edition.changed:
            title = self.locale.put("{} ({})", title, self.locale.text(CHANGED))
        if self.audience is Audience.RESTRICTED:
            title = self.locale.put("{} ({})", title, self.locale.text(RESTRICTED))
        return title

    @property
    def date(self) -> str:
        return self.vintage.edition.day

    def file(self, ending: str) -> str:
        return self.main or f"{self.name}{ending}"


Files = dict[str, bytes]
MakeExport = Callable[[Extract], Files]


def extract_of(
    checked: CheckedDataset, job: Job, locale: Locale, first: int | None = None, *, erratum: Erratum | None = None
) -> Extract:
    """Extract an edition for export, from the year `first` if given. With a corrigendum, the tables of its erratum are
    numbered with the others. Raises DataError when an error in the data stops it."""
    country, year = job.country, job.year
    if stopped := of_data(blocking_findings(checked, year)):
        raise DataError(stopped)
    context = context_of(checked.dataset, replace(job, language=locale.language), locale, erratum)
    edition, languages = context.vintage, (locale.language,)
    span = str(year) if first is None else f"{first}-{year}"
    if first is not None:
        erratum = erratum and replace(erratum, before=from_year(erratum.before, first))
        context = replace(context, vintage=from_year(context.vintage, first), erratum=erratum)
    status = UNPUBLISHED if context.vintage.edition.changed else ""
    return Extract(
        context=context,
        checked=checked,
        name="-".join(filter(None, (country, span, job.restricted, status, locale.language))),
        edition=edition,
        faults=blocking_findings(checked, year, languages),
        undecided=_undecided(checked, year, locale.language),
    )


def export(extract: Extract, makers: Iterable[MakeExport]) -> Files:
    return {name: content for make in makers for name, content in make(extract).items()}


def make_csv(extract: Extract) -> Files:
    """Make CSV files of all observations and Article 19a coverage, each with a metadata file."""
    locale, audience, name = extract.locale, extract.audience, extract.file("-observations.csv")
    stem = extract.main.removesuffix(".csv") or extract.name
    covered, title = f"{stem}-coverage.csv", extract.title
    about = locale.put("{}. {}", title, locale.text("Article 19a of Directive 2011/36/EU"))
    vintage = extract.vintage
    return {
        name: observations_csv(vintage, locale.language, audience).encode(),
        name + ENDING: csv_metadata(name, title, observed_columns(vintage.catalogue), REQUIRED, locale, audience),
        covered: csv_for(audience, COVERAGE_HEADS, coverage_lines(vintage, locale)).encode(),
        covered + ENDING: csv_metadata(covered, about, COVERED, COVERAGE_REQUIRED, locale, audience),
    }


def make_xlsx(extract: Extract) -> Files:
    return {extract.file(".xlsx"): workbook_of(extract.context, tables_of(extract.context, extract.findings))}


def workbook_of(context: Context, tables: tuple[Table, ...]) -> bytes:
    """Make the workbook: contents, observations, and the tables of the profile, a sheet for each."""
    # This library takes longer to load than almost all else.
    from reporter.formats.export.workbook import workbook

    edition = edition_of(context)
    observed = observation_lines(context.vintage, context.locale.language)
    return workbook(edition, facts_of(edition, (context.vintage,), context.locale), tables, observed, context)


def make_json(extract: Extract) -> Files:
    """Make one JSON file of everything (`schema/export.json`). Errors in texts omit the narrative, not the figures."""
    sections = _sections(extract)
    narrative = None if _text_faults(extract, sections) else sections
    figures = figures_json(extract.vintage, extract.locale, extract.title, narrative, extract.audience)
    return {extract.file("-observations.json"): figures}


def make_markdown(extract: Extract) -> Files:
    """Make the narrative as Markdown, a file for each section. Raises DataError or ReporterError without one."""
    sections = _sections(extract)
    if faults := _text_faults(extract, sections):
        raise DataError(faults)
    if not sections:
        vintage = extract.edition
        place = f"data/{vintage.country.code}/text/{extract.locale.language}/{vintage.year}.md"
        raise ReporterError("no section has a text yet", hint=f"write one in {place}")
    return {f"{extract.name}-{section.code}.md": section.markdown.encode() for section in sections}


def make_page(extract: Extract) -> Files:
    """Make the text of every year for the Commission's page, as HTML and Markdown. Raises DataError."""
    locale = extract.locale if extract.locale.language == ENGLISH else extract.locale.speak(ENGLISH)
    checked, now = extract.checked, extract.edition
    years = [file.year for file in now.data.years if file.year in extract.vintage.years and file.year != now.year]
    earlier = {year: vintage(checked.dataset, now.country.code, year) for year in years}
    page, unprinted, passages = commission_page(
        extract.vintage, earlier | {now.year: now}, locale, _undecided(checked, now.year, ENGLISH), extract.audience
    )
    faults = [*blocking_findings(checked, now.year, (ENGLISH,))]
    for year in years:
        faults += errors_in_texts(checked, year, {mark for other, mark in passages if other == year})
    if faults := list(dict.fromkeys((*faults, *unprinted))):
        raise DataError(tuple(faults))
    name = f"{_name_without_language(extract)}-{ENGLISH}-page"
    return {f"{name}.html": as_fragment(page).encode(), f"{name}.md": page.encode()}


def _undecided(checked: CheckedDataset, year: int, language: str) -> frozenset[str]:
    return frozenset(item.undecided for item in concerning(checked, year, (language,)) if not item.accepted) - {""}


def _sections(extract: Extract) -> tuple[WrittenSection, ...]:
    return tuple(written_sections(extract.edition, extract.locale, extract.undecided, extract.audience))


def _text_faults(extract: Extract, sections: Iterable[WrittenSection]) -> tuple[Finding, ...]:
    """What stops the narrative: errors, and texts that cannot be printed."""
    return tuple(dict.fromkeys((*extract.faults, *(finding for section in sections for finding in section.findings))))


def make_sdmx(extract: Extract) -> Files:
    """Make a file for each dataflow of Eurostat, one with the origin of each number, and one of all figures."""
    tables = filled_tables(extract)
    files = make_tables(extract, tables)
    named = {f"{_name_without_language(extract)}-{code.lower()}.csv": content for code, content in files.items()}
    own = own_figures_csv(extract.vintage, extract.locale.language).encode()
    return named | make_origins(extract, tables) | {f"{_name_without_language(extract)}-figures.csv": own}


def filled_tables(extract: Extract) -> Tables:
    """Eurostat's tables with their lines, equal in every language. Raises ReporterError if the catalogue has none."""
    vintage = extract.vintage
    if not vintage.catalogue.eurostat.dataflows:
        hint = "list them under eurostat: in data/catalogue.yaml, as that of reporter init DIR --example does"
        raise ReporterError("the catalogue has no Eurostat tables", hint=hint, mark=vintage.catalogue.mark)
    return transmission_tables(vintage)


def make_tables(extract: Extract, tables: Tables) -> Files:
    return {flow.code: sdmx_csv(extract.vintage, flow, rows, extract.date).encode() for flow, rows in tables}


def make_origins(extract: Extract, tables: Tables) -> Files:
    """Make the file with the origin of each number of Eurostat's tables, in the language of the extract."""
    origins = origins_csv(extract.vintage, tables, extract.locale, extract.audience)
    return {f"{extract.name}-eurostat-origins.csv": origins.encode()}


def _name_without_language(extract: Extract) -> str:
    """The name without its language, for numbers and codes, which are the same in every language."""
    return extract.name.removesuffix(f"-{extract.locale.language}")


def translate_extract(extract: Extract, locale: Locale) -> Extract:
    name = f"{_name_without_language(extract)}-{locale.language}"
    return replace(extract, context=replace(extract.context, locale=locale), name=name)


MAKERS: Mapping[str, MakeExport] = {
    "csv": make_csv,
    "xlsx": make_xlsx,
    "sdmx-csv": make_sdmx,
    "json": make_json,
    "md": make_markdown,
    "page": make_page,
}


def comparison_output(state: EditionState, language: str, form: str) -> str:
    """Write a comparison as text or csv. Raises DataError when the data have errors."""
    checked, job = state.checked, state.job
    if stopped := stopping_findings(checked, replace(job, language=language)):
        raise DataError(stopped)
    context = context_of(checked.dataset, job, locale_of(state.sources, language))
    return comparison_text(context) if form == "text" else comparison_csv(context)


def comparison_text(context: Context) -> str:
    """The tables of a comparison in lines of 80 characters: indicators and breakdowns, or ranges and ranks."""
    context = replace(context, complete=True)
    if is_ranked(context.sides):
        # Without their sources, which fill an annex.
        parts = (ranges(context), *(item.table for item in rankings(context)), unranked(context), part_ranges(context))
        printed_tables = tuple(replace(table, source_note="") for table in parts if table)
    else:
        printed_tables = (*every_change(context), *part_changes(context))
    tables = "\n".join(map(table_text, printed_tables))
    changed = changed_sides(context.sides, context.locale) if context.sides else ""
    return f"{changed}\n\n{tables}" if changed else tables
