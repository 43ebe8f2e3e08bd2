"""`reporter export`: the figures and texts of an edition as files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import UsageError
from reporter.data.files.sources import Sources, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.records import Audience
from reporter.editions.build_record import refuse_in_place
from reporter.editions.checked import require_year
from reporter.editions.job import UNPUBLISHED, Job, select
from reporter.editions.making.exports import MAKERS, Extract, export, extract_of
from reporter.editions.resources import locale_of
from reporter.editions.state import EditionState, edition_state
from reporter.figures.analysis.populations import unfilled

FORMATS = ("csv", "xlsx", "sdmx-csv", "json", "md", "page")
# Formats of a single file; the tables of Eurostat and the texts are several.
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "json": ".json"}
EPILOG = """\b
Examples:
  reporter export LT 2020                       all figures of the edition, as CSV
  reporter export LT 2015-2020 --format xlsx    the edition of 2020, only these years
  reporter export LT 2020 --format sdmx-csv     the tables of Eurostat
  reporter export LT 2020 --format md           the texts with their values, one file per section
  reporter export LT 2020 --format page         the text of all years for the Commission's page
  reporter export LT 2020 --format csv,xlsx,sdmx-csv,json -o figures/
  reporter export LT 2020 --format json -o figures.json --lang lt"""


@click.command("export", epilog=EPILOG)
@options.country
@options.span
@options.formats(FORMATS, "csv", f"Any of {', '.join(FORMATS)}; by default csv.")
@options.audience
@click.option("--lang", default="", help="Languages, such as en,lt; by default the first of reporter.yaml.")
@click.option("-o", "--output", help="A folder, or a file with its ending; by default build/COUNTRY/YEAR/export/.")
@options.in_workspace
def command(
    country: str | None,
    span: tuple[int, int] | None,
    formats: tuple[str, ...],
    audience: Audience,
    lang: str,
    output: str | None,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Writes the figures and texts of an edition as files.

    Formats are CSV, workbook, SDMX-CSV for Eurostat, and JSON; md is the texts as Markdown; page is the English text of
    all years for the Commission's page, as HTML and Markdown.

    YEAR is the edition: what was known when it was made, of its year and those before. FIRST-LAST is the edition of the
    last year, from the first year on. Public files never contain withheld figures; restricted files do, and have
    restricted in their names. Either all files are written or none.
    """
    # A single year means the edition with all its years.
    first, last = (None, None) if span is None else (None, span[1]) if span[0] == span[1] else span
    sources = workspace.snapshot()
    chosen = select(sources, country, last, lang)
    jobs = (chosen if lang else replace(chosen, languages=chosen.languages[:1])).jobs(audience)
    for code in chosen.years:
        oldest = known_years(sources, code)[0]
        if first is not None and first < oldest:
            raise UsageError(f"{code} has no figures before {oldest}", hint=f"write {oldest}-{last}")
    file = _file(output, formats, jobs)
    makers = [MAKERS[form] for form in formats]
    content_by_path: dict[Path, bytes] = {}
    lines: list[str] = []
    for job, state, extract in _extracts(sources, jobs, first):
        if state.changed and file and formats == ("csv",) and UNPUBLISHED not in file.name:
            message = f"{file.name} would not show that {state.release} changed since it was published"
            raise UsageError(message, hint=f"write -o {file.with_name(f'{file.stem}-{UNPUBLISHED}.csv')}")
        named = replace(extract, main=file.name) if file else extract
        placed = replace(job, changed=bool(state.changed))
        folder = file.parent if file else Path(output) if output else placed.folder(workspace) / "export"
        content_by_path |= {folder / name: content for name, content in export(named, makers).items()}
        if state.changed and not quiet:
            click.echo(f"reporter: {state.release} changed since it was published; these files differ", err=True)
        lines += map(str, unfilled(extract.vintage)) if "sdmx-csv" in formats else ()
    refuse_in_place(workspace, sources, content_by_path)
    write_together(content_by_path)
    if not quiet:
        options.print_lines(dict.fromkeys(lines), err=True)
        options.print_lines(map(options.display_path, content_by_path))
    return 0


def _file(output: str | None, formats: tuple[str, ...], jobs: Iterable[Job]) -> Path | None:
    """The file that --output names; None for a folder. Raises UsageError when the output is more than one file."""
    if output is None or output.endswith(("/", "\\")) or Path(output).is_dir() or not Path(output).suffix:
        return None
    several = "several formats" if len(formats) > 1 else "several editions" if len(tuple(jobs)) > 1 else ""
    if several or formats[0] not in ENDINGS:
        hint = f"name a folder: -o {Path(output).with_suffix('')}/"
        raise UsageError(f"{output} is one file; {several or formats[0]} are more", hint=hint)
    ending = ENDINGS[formats[0]]
    if Path(output).suffix != ending:
        hint = f"write -o {Path(output).with_suffix(ending)}, or a folder with / at its end"
        raise UsageError(f"{output} does not have the ending of {formats[0]}", hint=hint)
    return Path(output)


def _extracts(sources: Sources, jobs: Iterable[Job], first: int | None) -> Iterator[tuple[Job, EditionState, Extract]]:
    """Each edition with its state and what is exported of it; its languages share one state."""
    states = {(job.country, job.year): edition_state(sources, job) for job in jobs}
    for job in jobs:
        state = states[job.country, job.year]
        require_year(state.checked, job.country, job.year)
        yield job, state, extract_of(state.checked, job, locale_of(sources, job.language), first, erratum=state.erratum)
