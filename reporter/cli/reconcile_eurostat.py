"""`reporter reconcile eurostat`: previews Eurostat's tables."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import UsageError, nearest
from reporter.data.files.file_type import read_outside
from reporter.data.files.received import published_files
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.eurostat_tables import PublishedTables, read_eurostat
from reporter.data.records import Audience, Transmission
from reporter.data.records.label import ENGLISH
from reporter.editions.checked import require_year
from reporter.editions.job import select
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
from reporter.formats.export.sdmx import Tables, transmission_tables
from reporter.formats.export.tidy import csv_for

# For narrow screens; longer series continue below.
WIDTH = 100
EPILOG = """\b
Examples:
  reporter reconcile eurostat LT 2021                       every table
  reporter reconcile eurostat LT 2021 estat_crim_thb_sex.tsv   compared with the published table
  reporter reconcile eurostat LT 2021 --table CRIM_THB_VEXP --format csv
Files of Eurostat (SDMX-CSV or TSV, also .gz) in data/COUNTRY/received/eurostat/
are used, too; they are not part of any edition."""


@click.command("eurostat", epilog=EPILOG)
@options.edition
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--table", "named", default="", help="One table, such as CRIM_THB_SEX; by default all.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="For people, or for machines."
)
@options.audience
@options.workspace
@options.verbosity
def command(
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
        text = "\n".join(preview_text(preview, WIDTH, quiet=quiet) for preview in table_previews)
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
