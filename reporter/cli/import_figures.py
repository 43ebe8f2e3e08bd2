"""`reporter import`: takes in figures that another publication states."""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import click

from reporter.cli import options
from reporter.cli.import_lines import import_lines, plain_import
from reporter.cli.late_rooms import DECIDING, load_disclosure
from reporter.cli.signature_options import local_now
from reporter.edit.applying import Writer
from reporter.edition.resources import locale_lookup
from reporter.errors import ExitCode, FileError, ReporterError, Severity, UsageError, nearest
from reporter.files.as_json import as_json
from reporter.files.outside import read_outside
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.files.workspace import Workspace
from reporter.intake.imports.importing import Decide, ImportOrder, ImportPlan, plan_import
from reporter.intake.imports.readers import READERS, FigureReader
from reporter.intake.imports.writing_down import write_plan
from reporter.load.dataset import load_dataset
from reporter.model import vintage
from reporter.start.codes import check_country_code
from reporter.start.country import new_country, new_workspace
from reporter.start.making import begun_files, brought_files, make_workspace
from reporter.start.new_year import text_file
from reporter.submission.message_state import clean

if TYPE_CHECKING:
    from reporter.disclosure.deciding import Decided

GROUP = 8
EPILOG = """\b
Examples:
  reporter import glotip GLOTIP.csv EE            every year of the file
  reporter import glotip GLOTIP.csv EE 2014-2022
  reporter import eurostat estat_crim_thb_vexp.tsv.gz EE
  reporter import glotip GLOTIP.csv EE --dry-run  what would be written, and what is proposed
  reporter import table figures.xlsx EE           figures as reporter export writes them"""


class YearSpan(click.ParamType[frozenset[int]]):
    """The type of an argument that is one year or several."""

    name = "years"

    def convert(
        self, value: str | frozenset[int], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        """The years; raises UsageError for other words."""
        if isinstance(value, frozenset):
            return value
        first, _, last = value.replace("–", "-").partition("-")
        if not all(options.YEAR.fullmatch(each) for each in (first, last or first)):
            raise UsageError(f"{value!r} is no year and no span of years", hint="write 2022, or 2014-2022")
        if last and last < first:
            raise UsageError(f"{value!r} ends before it begins", hint=f"write {last}-{first}")
        return frozenset(range(int(first), int(last or first) + 1))


@click.command("import", epilog=EPILOG)
@click.argument("form", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("country", shell_complete=options.complete_country)
@click.argument("years", metavar="[YEAR|FIRST-LAST]", type=YearSpan(), default=frozenset[int]())
@click.option("-n", "--dry-run", is_flag=True, help="Look at it, and write nothing.")
@click.option("--languages", metavar="LIST", default="en", help="The languages of a workspace that is begun: en,et.")
@click.option("--by", "who", default="", help="Who takes it in, for the journal; by default the user of this machine.")
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", help="How it is told.")
@options.workspace_around_files
@options.verbosity
def command(
    form: str,
    file: Path,
    country: str,
    years: frozenset[int],
    dry_run: bool,
    languages: str,
    who: str,
    output: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Takes in what another publication states of a country.

    FORMAT is glotip, the public CSV of UNODC's Global Report; eurostat, a table of Eurostat
    (crim_thb) as SDMX-CSV or TSV; table, a CSV, workbook or JSON as reporter export writes it.

    A year that has no file is made; what a draft leaves open is filled in. What a file says
    otherwise stays as it is, and is proposed beside it: reporter answers shows it, you decide. Which
    line of the publication says what is kept in data/COUNTRY/received/, and reporter explain tells
    it. What the publication contradicts itself in is accepted with its own words, what it masks is
    withheld, with what would give it away. In a folder with no workspace a whole one is begun.
    """
    before = workspace.snapshot()
    # A country that is here already may have a code of its own.
    code = country if f"{DATA}/{country}/country.yaml" in before else check_country_code(country)
    begun = (
        new_workspace(code, languages.split(","), None, brought_files())
        if SETTINGS not in before
        else {}
        if f"{DATA}/{code}/country.yaml" in before
        else new_country(before, code, None)
    )
    sources = before.overlay(begun)
    plan = _plan(sources, code, form, file, years)
    texts = _first_texts(sources, plan)
    written = {**begun, **plan.files, **texts}
    if written and not dry_run:
        _write(
            workspace, before, plan, {**begun, **texts}, Writer(options.person_of(who), local_now(), token_hex(GROUP))
        )
    if output == "json":
        click.echo(as_json(plain_import(plan, written=() if dry_run else tuple(written))))
    elif not quiet:
        english = locale_lookup(sources)("en")
        for line in import_lines(plan, tuple(written), english, verbose=verbose, dry_run=dry_run):
            click.echo(line)
    return ExitCode.FINDINGS if any(each.severity is Severity.ERROR for each in plan.open) else ExitCode.OK


def _plan(sources: Sources, country: str, form: str, file: Path, years: frozenset[int]) -> ImportPlan:
    reader, shown = _reader(form), options.display_path(file)
    content = read_outside(file, shown, "the file of the publication")
    dataset, _ = load_dataset(sources, (country,))
    data = dataset.country(country)
    if data is None:
        hint = f"look at it: reporter check {country}"
        raise ReporterError(f"{DATA}/{country}/country.yaml cannot be read", hint=hint)
    known = vintage(dataset, country, data.years[-1].year) if data.years else None
    try:
        figures = reader(content, shown, dataset.catalogue_of(country), data.country, known)
    except FileError as problem:
        raise FileError(problem.findings, "nothing was taken in") from None
    order = ImportOrder(
        sources=sources,
        country=country,
        figures=replace(figures, file=clean(file.name)),
        years=years,
        day=local_now().date().isoformat(),
        speak=locale_lookup(sources),
        begin=begun_files,
        decide=_decide(),
    )
    return plan_import(order)


def _reader(name: str) -> FigureReader:
    """The reader of a format; raises UsageError for another word."""
    if name not in READERS:
        raise UsageError(f"no format is called {name!r}", hint=nearest(name, READERS))
    reader: FigureReader = import_module(READERS[name]).read_figures
    return reader


def _decide() -> Decide:
    """What protects masked values; None where the solver is missing."""
    try:
        room = load_disclosure(DECIDING)
    except UsageError:
        return None

    def decide(sources: Sources, country: str, year: int) -> "Decided":
        decided: Decided = room.decide(sources, country, year)
        return decided

    return decide


def _first_texts(sources: Sources, plan: ImportPlan) -> Mapping[str, bytes]:
    """The texts that a country begins with, for the last year made."""
    folder = f"{DATA}/{plan.country}/text/"
    if not plan.made or any(path.startswith(folder) for path in sources):
        return {}
    after = sources.overlay(plan.files)
    dataset, year, speak = load_dataset(after, (plan.country,)).dataset, plan.made[-1], locale_lookup(after)
    return {
        f"{folder}{language}/{year}.md": text_file(dataset, plan.country, year, speak(language))
        for language in dataset.settings.languages
    }


def _write(workspace: Workspace, before: Sources, plan: ImportPlan, begun: Mapping[str, bytes], writer: Writer) -> None:
    if SETTINGS not in before:
        make_workspace(workspace.root, {**begun, **plan.files})
    else:
        write_plan(workspace, before, plan, begun, writer)
