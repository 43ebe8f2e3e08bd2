"""`reporter reconcile unodc` and `eurostat`: figures next to those of other publications."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import DataError, ExitCode, UsageError, nearest
from reporter.data.files.as_json import pick
from reporter.data.files.file_type import read_outside
from reporter.data.files.received import published_files
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import three_letters
from reporter.data.read.dataset import load_dataset
from reporter.data.read.eurostat_tables import PublishedTables, read_eurostat
from reporter.data.read.glotip import read_glotip
from reporter.data.records import Audience, Publication, Transmission, vintage
from reporter.data.records.label import ENGLISH
from reporter.editions.checked import require_year
from reporter.editions.job import select, spans, years_of
from reporter.editions.making.eurostat_preview import (
    PREVIEW_HEADS,
    plain_preview,
    preview_table_rows,
    preview_text,
    previews,
)
from reporter.editions.making.exports import extract_of
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.figures.analysis.populations import unfilled
from reporter.figures.reconcile import Agreement, Comparison, Fault, Reconciliation, reconcile
from reporter.formats.export.sdmx import Tables, transmission_tables
from reporter.formats.export.tidy import csv_for

WIDTH = 80
UNODC_EPILOG = """\b
Examples:
  reporter reconcile unodc LT GLOTIP.csv          every year in both
  reporter reconcile unodc LT GLOTIP.csv 2017     one year
  reporter reconcile unodc LT GLOTIP.csv --format json"""
UNSTAMPED = "a publication that names neither publisher nor date"
HEADS = {
    Agreement.AGREES: "Agree",
    Agreement.COMPATIBLE: "Compatible: a mask or a bound covers the other number",
    Agreement.POPULATION: "Another population: the same figure counts something else here",
    Agreement.CONFIDENTIAL: "Confidential here, so not compared",
    Agreement.ONLY_HERE: "Only here",
    Agreement.ONLY_THERE: "Only there",
}


@click.command("unodc", epilog=UNODC_EPILOG)
@click.argument("country", shell_complete=options.complete_country)
@click.argument("file", type=click.Path(path_type=Path))
@options.year
@options.output_format
@options.in_workspace
def compare_unodc(country: str, file: Path, year: int | None, form: str, workspace: Workspace, quiet: bool) -> int:
    """Compares national figures with those of another publication.

    FILE is the public CSV of UNODC's GLOTIP.

    Lists what agrees, differs or is missing on either side, with the likely reason of a difference. A difference is
    open until a year's file explains it under differences:, a renamed indicator until the catalogue has the new name.
    Contradictions within the file are listed, too.
    """
    sources = workspace.snapshot()
    years = years_of(sources, country, year)
    publication = read_glotip(file, options.display_path(file), three_letters(country))
    dataset, faults = load_dataset(sources, (country,))
    if faults:
        raise DataError(faults)
    result = reconcile(vintage(dataset, country, years[-1]), publication, year)
    options.answer(form, _plain(country, publication, result), _text(country, publication, result, quiet=quiet))
    if not quiet:
        counts = {agreement: len(result.of(agreement)) for agreement in Agreement}
        differing = f"{counts[Agreement.DIFFERS]} differ, {len(result.unexplained)} of them unexplained"
        click.echo(
            f"{counts[Agreement.AGREES]} agree, {counts[Agreement.COMPATIBLE]} compatible, {differing}, "
            f"{counts[Agreement.ONLY_HERE]} only here, {counts[Agreement.ONLY_THERE]} only there, "
            f"{len(result.faults)} doubtful in the file",
            err=True,
        )
    # An unexplained difference and a renamed indicator need a person.
    return ExitCode.FINDINGS if result.unexplained or result.renamed_indicators else ExitCode.OK


def _text(country: str, publication: Publication, result: Reconciliation, *, quiet: bool) -> Iterator[str]:
    """Write the result for people, grouped by kind, open work first."""
    open_, explained = result.unexplained, [item for item in result.of(Agreement.DIFFERS) if item.explanation]
    if not quiet:
        stamp = " ".join((publication.publisher, publication.stamped)).strip()
        yield from _wrapped(f"{country} against {stamp or UNSTAMPED}", 0)
        yield from _wrapped(f"{publication.path}, {spans(result.years_there)}; in both: {spans(result.years)}", 0)
    yield from _section("Differ, not explained", open_, (line for item in open_ for line in _difference(item)))
    yield from _section("Probably renamed", result.renamed_indicators, _renamed(result))
    stale = [f"{item.figure} {item.year}: {item.published} there, as {item.mark} says" for item in result.stale]
    yield from _section("Explained, but outdated", stale, (line for text in stale for line in _wrapped(text, 2)))
    if quiet:
        return
    yield from _section("Differ, explained", explained, (line for item in explained for line in _difference(item)))
    for verdict, head in HEADS.items():
        yield from _section(head, result.of(verdict), _gathered(result.of(verdict)))
    yield from _section("Doubtful in the file itself", result.faults, _doubts(result.faults))
    if result.unmatched:
        yield ""
        yield from _wrapped(f"Rows without a matching figure: {result.unmatched}", 0)
    if result.unknown:
        yield from _wrapped(f"of indicators without a match: {', '.join(result.unknown)}", 2)


def _section(head: str, entries: Iterable[object], lines: Iterable[str]) -> Iterator[str]:
    if count := len(list(entries)):
        yield from ("", f"{head} ({count})", *lines)


def _difference(item: Comparison) -> Iterator[str]:
    yield from _wrapped(f"{item.figure} {item.year}: {item.here} here, {item.there} there", 2)
    places = [str(observation.mark) for observation in item.values[:1]] + ([str(item.there.mark)] if item.there else [])
    yield from (f"      {place}" for place in places)
    yield from (line for reading in item.causes for line in _wrapped(f"likely: {reading}", 4))
    if item.explanation:
        yield from _wrapped(f"reason: {item.explanation.reason.text(ENGLISH)}", 4)


def _renamed(result: Reconciliation) -> Iterator[str]:
    for indicator in result.renamed_indicators:
        near = get_close_matches(indicator, result.unknown, 1, 0) or result.unknown
        yield from _wrapped(f"{indicator}: not in the file, which has {near[0]}", 2)
    yield from _wrapped("hint: write the new name as glotip: in data/catalogue.yaml", 2)


def _gathered(comparisons: Iterable[Comparison]) -> Iterator[str]:
    # For information only.
    years: dict[str, list[int]] = {}
    for comparison in comparisons:
        name = str(comparison.cell) if comparison.agreement is Agreement.ONLY_THERE else comparison.figure
        years.setdefault(name, []).append(comparison.year)
    for name, found_in in sorted(years.items()):
        yield from _wrapped(f"{name}: {spans(found_in)}", 2)


def _doubts(faults: Iterable[Fault]) -> Iterator[str]:
    for pattern, same in groupby(sorted(faults, key=lambda entry: entry.pattern), key=lambda entry: entry.pattern):
        yield f"  {pattern[0].upper()}{pattern[1:]}"
        for fault in same:
            lines = sorted({mark.line for mark in fault.marks})
            place = f" (line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))})" if lines else ""
            yield from _wrapped(f"{fault.year} {fault.indicator}: {fault.text}{place}", 4)


def _wrapped(text: str, indent: int) -> list[str]:
    head = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=f"{head}  " if indent else "", break_on_hyphens=False
    )


def _plain(country: str, publication: Publication, result: Reconciliation) -> dict[str, object]:
    return {
        "country": country,
        "file": publication.path,
        **pick(publication, "publisher", "stamped"),
        "years": result.years,
        "unexplained": len(result.unexplained),
        "figures": [
            pick(comparison, "figure", "label", "year")
            | {
                "verdict": comparison.agreement,
                "here": comparison.here or None,
                "there": str(comparison.there) if comparison.there else None,
                "there_called": str(comparison.cell),
                "place_here": comparison.values[0].mark if comparison.values else None,
                "place_there": comparison.there.mark if comparison.there else None,
                "likely": comparison.causes,
                "reason": comparison.explanation.reason.text(ENGLISH) if comparison.explanation else None,
            }
            for comparison in result.comparisons
        ],
        "stale": [pick(difference, "figure", "year", "published") for difference in result.stale],
        "faults": [
            pick(fault, "pattern", "year", "indicator", "text") | {"lines": [mark.line for mark in fault.marks]}
            for fault in result.faults
        ],
        "strangers": result.unmatched,
        **pick(result, "unknown", "absent"),
    }


# For narrow screens; longer series continue below.
TABLE_WIDTH = 100
EUROSTAT_EPILOG = """\b
Examples:
  reporter reconcile eurostat LT 2021                       every table
  reporter reconcile eurostat LT 2021 estat_crim_thb_sex.tsv   compared with the published table
  reporter reconcile eurostat LT 2021 --table CRIM_THB_VEXP --format csv
Files of Eurostat (SDMX-CSV or TSV, also .gz) in data/COUNTRY/received/eurostat/
are used, too; they are not part of any edition."""


@click.command("eurostat", epilog=EUROSTAT_EPILOG)
@options.edition
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--table", "named", default="", help="One table, such as CRIM_THB_SEX; by default all.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="For people, or for machines."
)
@options.audience
@options.in_workspace
def preview_eurostat(
    country: str,
    year: int,
    files: tuple[Path, ...],
    named: str,
    form: str,
    audience: Audience,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Shows Eurostat's tables as they will look with your figures.

    Rows and values are those of reporter export --format sdmx-csv: years as columns, flags next to the number, c for
    withheld, : for missing, with the reason below. With FILE they are compared with what Eurostat last published: = the
    same, ≠ another number, ≈ other flags, − only here, + only there, each difference in words below. Unconfirmed
    entries of the catalogue are marked.
    """
    sources = workspace.snapshot()
    (job,) = replace(select(sources, country, year), languages=(ENGLISH,)).jobs(audience)
    state, locale = edition_state(sources, job), locale_of(sources, ENGLISH)
    require_year(state.checked, country, year)
    vintage = extract_of(state.checked, job, locale, erratum=state.erratum).vintage
    published = tuple(_published(sources, country, files, vintage.catalogue.eurostat))
    table_previews = previews(vintage, _named(transmission_tables(vintage), named), locale, published, audience)
    if form == "csv":
        rows = (row for preview in table_previews for row in preview_table_rows(preview))
        click.echo(csv_for(audience, PREVIEW_HEADS, rows), nl=False)
    else:
        text = "\n".join(preview_text(preview, TABLE_WIDTH, quiet=quiet) for preview in table_previews)
        options.answer(form, [plain_preview(preview) for preview in table_previews], text.splitlines())
    if not quiet:
        lines = [f"{source.name}: {warning}" for source in published for warning in source.warnings]
        options.print_lines((*lines, *unfilled(vintage)), err=True)
    return 0


def _named(tables: Tables, name: str) -> Tables:
    """The table of a name, or all of them. Raises UsageError for an unknown name."""
    named_tables = tuple(table for table in tables if not name or table[0].code == name.upper())
    if not tables:
        raise UsageError("the catalogue lists no table of Eurostat", hint="see eurostat: in docs/export.md")
    if not named_tables:
        raise UsageError(f"no table is called {name!r}", hint=nearest(name, [dataflow.code for dataflow, _ in tables]))
    return named_tables


def _published(
    sources: Sources, country: str, files: tuple[Path, ...], eurostat: Transmission
) -> Iterator[PublishedTables]:
    """The tables that Eurostat published, in stored and named files. Raises FileError for other files or countries."""
    for path in published_files(sources, country):
        yield read_eurostat(sources[path].content, path, eurostat, country)
    for file in files:
        path_text = options.display_path(file)
        yield read_eurostat(read_outside(file, path_text, "a file of Eurostat"), path_text, eurostat, country)
