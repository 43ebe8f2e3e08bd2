"""`reporter agencies ask`, `receive` and `answers`: requests to agencies and their answers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from secrets import token_hex

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.as_json import pick
from reporter.data.files.published import published_years
from reporter.data.files.workspace import Workspace
from reporter.data.write.applying import Writer
from reporter.editions.job import check_country, years_of
from reporter.exchange.agencies.agency_proposals import (
    Proposal,
    Reception,
    accepting,
    answers_of_year,
    chosen,
    decide_answers,
    keeping,
)
from reporter.exchange.agencies.asking import ask_agencies

ASKING_EPILOG = """\b
Examples:
  reporter agencies ask LT 2021                  one for each agency with figures of 2021
  reporter agencies ask LT 2021 --to police      build/LT/forms/LT-2021-police.xlsx, and a mail with it
  reporter agencies ask LT 2021 --to police --remind"""


@click.command("ask", epilog=ASKING_EPILOG)
@options.edition
@click.option("--to", "codes", multiple=True, metavar="AGENCY", help="An agency; by default all that answer.")
@click.option("--remind", is_flag=True, help="Write a reminder, with the workbook again.")
@options.in_workspace
def ask(country: str, year: int, codes: tuple[str, ...], remind: bool, workspace: Workspace, quiet: bool) -> int:
    """Writes requests to agencies for their figures of a year.

    Figures, language and due date come from agencies: in the country's file. Each agency gets a workbook to fill in,
    with a draft mail for your mail program. Requests are recorded in data/COUNTRY/received/asked.yaml.
    """
    sources = workspace.snapshot()
    check_country(sources, country)
    for request in ask_agencies(workspace, sources, country, year, codes, options.local_now(), again=remind):
        click.echo(f"{options.display_path(request.workbook)}\n{options.display_path(request.mail)}")
        if not (quiet or request.agency.address):
            message = f"{request.agency.code} has no address in data/{country}/country.yaml; enter it in the mail"
            click.echo(f"reporter: {message}", err=True)
    return ExitCode.OK


RECEIVE_EPILOG = """\b
Examples:
  reporter agencies receive police-2021.xlsx
  reporter agencies receive police-2021.xlsx --day 2022-03-03
  reporter agencies answers LT 2021        its answers, compared with the file of the year"""


@click.command("receive", epilog=RECEIVE_EPILOG)
@click.argument("file", type=options.FILE)
@click.option("--day", default="", callback=options.day, metavar="DATE", help="The day it arrived; by default today.")
@click.option("--dry-run", is_flag=True, help="Show the result, but write nothing.")
@options.in_workspace
def receive(file: Path, day: date, dry_run: bool, workspace: Workspace, quiet: bool) -> int:
    """Imports a workbook from an agency; no figure changes.

    Its answers and their cells are recorded in data/COUNTRY/received/. reporter agencies answers compares them with the
    file of the year. Errors are shown by cell; a copy of the workbook with them as comments is put in
    build/COUNTRY/forms/, with a mail to return it.
    """
    with extra():
        from reporter.exchange.agencies.taking_in import take_in
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise ReporterError(f"{file.name} cannot be read: {problem.strerror}", hint="check its permissions") from None
    sources = workspace.snapshot()
    intake = take_in(workspace, sources, content, file.name, day.isoformat(), options.local_now(), writes=not dry_run)
    came = intake.received
    if not quiet:
        options.print_lines(_received(intake))
        if came.year in published_years(sources, came.country):
            message = f"{came.country} {came.year} is published: accepted answers make a corrigendum"
            click.echo(f"reporter: {message}", err=True)
    options.print_lines(map(options.display_path, intake.written))
    if not quiet and not dry_run and intake.proposals:
        click.echo(f"  hint: reporter agencies answers {came.country} {came.year} --accept {came.agency}", err=True)
    return ExitCode.FINDINGS if intake.problems else ExitCode.OK


def _received(reception: Reception) -> Iterator[str]:
    came = reception.received
    count, due = len(came.answers), len(reception.proposals)
    yield f"{came.country} {came.year} {came.agency}: {came.file}, {count} answers, {due} to decide on"
    for item in reception.proposals:
        yield f"  {item.figure:<40} {item.now or 'nothing'} → {item.reply.answer.value}  {item.reply.answer.cell}"
    for problem in reception.problems:
        where = problem.cell or problem.figure or came.file
        yield f"  {'odd' if problem.is_odd else 'wrong'}  {where}: {problem.words}"
    if reception.open:
        yield f"  open   {len(reception.open)} cells are empty: {', '.join(reception.open)}"


ANSWERS_EPILOG = """\b
Examples:
  reporter agencies answers LT 2021                     the answers to decide on
  reporter agencies answers LT 2021 --accept victims.identified
  reporter agencies answers LT 2021 --accept police     all answers of the police
  reporter agencies answers LT 2021 --accept police:victims.identified --reason "the courts count later"
  reporter agencies answers LT 2021 --keep cases.solved --reason "counted by day of the act\""""


@click.command("answers", epilog=ANSWERS_EPILOG)
@options.edition
@click.option("--accept", "accepted", multiple=True, metavar="WHAT", help="A figure, an agency, AGENCY:FIGURE or all.")
@click.option("--keep", multiple=True, metavar="WHAT", help="Keep the value in the file; needs --reason.")
@click.option("--reason", default="", help="Why, where agencies disagree or a value is kept.")
@click.option("--by", "who", default="", help="Who decides; by default the user of this machine.")
@options.output_format
@options.in_workspace
def decide(
    country: str,
    year: int,
    accepted: tuple[str, ...],
    keep: tuple[str, ...],
    reason: str,
    who: str,
    form: str,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Shows where agencies' answers differ from the file of the year.

    Nothing is accepted automatically. What you accept is written into data/COUNTRY/YEAR.yaml; what you keep is
    unchanged, with your reason in data/COUNTRY/received/. Where two agencies disagree, choose one with a reason.
    """
    sources = workspace.snapshot()
    years_of(sources, country, year)
    if accepted and keep:
        raise UsageError("--accept and --keep cannot be used together", hint="leave one of them out")
    answers = answers_of_year(sources, country, year)
    if not accepted and not keep:
        options.answer(form, [_plain(proposal) for proposal in answers.proposals], _answers(answers.proposals))
        return ExitCode.OK
    picked = chosen(answers, accepted or keep, keeps=bool(keep))
    person = options.person_of(who)
    writer = Writer(person, options.local_now(), token_hex(8))
    steps = accepting(answers, picked, reason, person) if accepted else keeping(picked, reason, person)
    decide_answers(workspace, steps, writer)
    if not quiet:
        what = "written into" if accepted else "unchanged in"
        click.echo(f"{len(picked)} {'value' if len(picked) == 1 else 'values'} {what} data/{country}/{year}.yaml")
        if accepted and year in published_years(sources, country):
            click.echo(f"  hint: it is published: reporter publish {country} {year} --corrigendum …", err=True)
    return ExitCode.OK


def _answers(proposals: tuple[Proposal, ...]) -> Iterator[str]:
    if not proposals:
        yield "nothing to decide on"
    for figure in dict.fromkeys(proposal.figure for proposal in proposals):
        of_figure = [proposal for proposal in proposals if proposal.figure == figure]
        yield f"{figure}: {of_figure[0].now or 'nothing'} in the file"
        for item in of_figure:
            answer = item.reply.answer
            yield f"  {item.agency:<14}{answer.value:<12}{item.reply.place}, {item.reply.received.received}"
            for words in filter(None, (answer.remark, answer.source)):
                yield f"  {'':<14}{words}"


def _plain(proposal: Proposal) -> dict[str, object]:
    fields = ("value=answer.value", "agency=received.agency", "file=received.file", "cell=answer.cell")
    values = pick(proposal, "figure", "now") | pick(proposal.reply, *fields, "received=received.received")
    return values | {"rivals": [pick(one, "agency=received.agency", "value=answer.value") for one in proposal.rivals]}
