"""`reporter explain`: traces a figure to its file and line."""

from functools import partial

import click

from reporter.cli import options
from reporter.disclosure.public import for_audience
from reporter.disclosure.written_places import written_place
from reporter.edition.job import Job, select
from reporter.edition.state import edition_state
from reporter.errors import UsageError
from reporter.files.as_json import as_json
from reporter.files.workspace import Workspace
from reporter.load.dataset import load_dataset
from reporter.model import Audience
from reporter.produce.provenance import Trace, trace

EPILOG = """\b
Examples:
  reporter explain LT 2020 victims.identified
  reporter explain LT 2017 investigations.opened.sexual
  reporter explain LT 2020 activities.strom_2.posters
  reporter explain LT 2020 law.cc_147.prison_max --format json"""


@click.command("explain", epilog=EPILOG)
@click.argument("country")
@click.argument("year", type=options.Year())
@click.argument("figure")
@options.audience
@click.option("--public", is_flag=True, help="Tells only what the public may know, as when nothing is said.")
@options.output_format
@options.workspace
@options.verbosity
def command(
    country: str,
    year: int,
    figure: str,
    audience: Audience,
    public: bool,
    form: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Traces FIGURE: its value, file and line, source and notes.

    Tells also where it is printed, and its earlier vintages. A value that is withheld is told with
    --audience restricted only, never with --public.
    """
    if public and audience is Audience.RESTRICTED:
        raise UsageError("--public and --audience restricted contradict each other", hint="leave one of them out")
    sources, language = workspace.snapshot(), "en"
    (job,) = select(sources, country, year, (language,), audience)
    shown = for_audience(sources, audience)
    whole = load_dataset(shown, (country,)).dataset
    found = trace(edition_state(sources, job), whole, partial(written_place, sources, shown), language, figure)
    click.echo(as_json(found) if form == "json" else _text(found, job))
    return 0


def _text(found: Trace, job: Job) -> str:
    lines = [f"{found.address}, {job.country} {found.year}: {found.value}"]
    rows = [
        ("standing", found.standing),
        ("label", found.label),
        ("definition", found.definition),
        ("stated in", found.place),
        ("source", found.source),
    ]
    rows += [("flag", each) for each in found.flags]
    rows += [("note", each) for each in found.notes]
    rows += [("printed in", each) for each in found.printed] or [("printed in", "nowhere in this edition")]
    rows += [("vintage", each) for each in found.vintages]
    return "\n".join([*lines, *(f"  {name:<11}{text}" for name, text in rows if text)])
