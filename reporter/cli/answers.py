"""`reporter answers`: what agencies say, and what becomes of it."""

from collections.abc import Iterator

import click

from reporter.cli import options
from reporter.cli.journal_options import writer_of
from reporter.edition.job import years_of
from reporter.errors import ExitCode, UsageError
from reporter.files.as_json import pick
from reporter.files.published import published_years
from reporter.files.workspace import Workspace
from reporter.intake.agency_proposals import Proposal
from reporter.intake.deciding_answers import accept_answers, answers_of_year, chosen, keep_values

EPILOG = """\b
Examples:
  reporter answers LT 2021                              what is to be decided on
  reporter answers LT 2021 --accept victims.identified
  reporter answers LT 2021 --accept police              all that the police say
  reporter answers LT 2021 --accept police:victims.identified --reason "the courts count later"
  reporter answers LT 2021 --keep cases.solved --reason "counted by day of the act\""""


@click.command("answers", epilog=EPILOG)
@options.edition
@click.option("--accept", "accepted", multiple=True, metavar="WHAT", help="A figure, an agency, AGENCY:FIGURE or all.")
@click.option("--keep", "kept", multiple=True, metavar="WHAT", help="What stands in the file stays; say why.")
@click.option("--reason", default="", help="Why, where agencies disagree or the file stays as it is.")
@click.option("--by", "who", default="", help="Who decides; by default the user of this machine.")
@options.output_format
@options.workspace
@options.verbosity
def command(
    country: str,
    year: int,
    accepted: tuple[str, ...],
    kept: tuple[str, ...],
    reason: str,
    who: str,
    form: str,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Shows what agencies say of a year and its file does not.

    Nothing is taken over by itself. What you accept is written into data/COUNTRY/YEAR.yaml; what you keep stays, with
    your reason in data/COUNTRY/received/. Where two agencies disagree both are shown, and you choose with a reason.
    """
    sources = workspace.snapshot()
    years_of(sources, country, year)
    if accepted and kept:
        raise UsageError("--accept and --keep go one after the other", hint="leave one of them out")
    found = answers_of_year(sources, country, year)
    if not accepted and not kept:
        options.answer(form, [_plain(each) for each in found.proposals], _lines(found.proposals))
        return ExitCode.OK
    picked = chosen(found, accepted or kept, keeps=bool(kept))
    writer = writer_of(who)
    if accepted:
        accept_answers(workspace, found, picked, writer, reason)
    else:
        keep_values(workspace, picked, reason, writer)
    if not quiet:
        what = "written into" if accepted else "left as they are in"
        click.echo(f"{len(picked)} {'value' if len(picked) == 1 else 'values'} {what} data/{country}/{year}.yaml")
        if accepted and year in published_years(sources, country):
            click.echo(f"  hint: it is published: reporter publish {country} {year} --corrigendum …", err=True)
    return ExitCode.OK


def _lines(proposals: tuple[Proposal, ...]) -> Iterator[str]:
    if not proposals:
        yield "nothing to decide on"
    for figure in dict.fromkeys(each.figure for each in proposals):
        of_figure = [each for each in proposals if each.figure == figure]
        yield f"{figure}: {of_figure[0].now or 'nothing'} in the file"
        for each in of_figure:
            answer = each.said.answer
            yield f"  {each.said.received.agency:<14}{answer.value:<12}{each.said.place}, {each.said.received.received}"
            for words in filter(None, (answer.remark, answer.source)):
                yield f"  {'':<14}{words}"


def _plain(each: Proposal) -> dict[str, object]:
    said = ("value=said.answer.value", "agency=said.received.agency", "file=said.received.file")
    values = pick(each, "figure", "now", *said, "cell=said.answer.cell", "received=said.received.received")
    return values | {"rivals": [pick(one, "agency=received.agency", "value=answer.value") for one in each.rivals]}
