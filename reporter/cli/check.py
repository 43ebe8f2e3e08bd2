"""`reporter check`: every finding, in file order."""

from functools import partial

import click

from reporter.cli import options
from reporter.cli.finding_lines import finding_lines
from reporter.cli.machine_forms import CheckQuestion
from reporter.edition.kept_searches import CheckAnswer
from reporter.errors import ExitCode, Severity, counted
from reporter.files.as_json import as_json
from reporter.files.workspace import Workspace
from reporter.model import Audience

MACHINES = ("sarif", "github", "ess")
EPILOG = """\b
Examples:
  reporter check                    the country in reporter.yaml
  reporter check LT 2017            findings that concern 2017
  reporter check LT 2017 -v         each of them, also where many are alike
  reporter check LT --strict        warnings count as errors
  reporter check --format json      for another program
  reporter check --format sarif     for a code host or an editor
  reporter check --format github    marks the lines in a run of GitHub
  reporter check --format ess       the validation report of the ESS"""


@click.command("check", epilog=EPILOG)
@options.country
@options.year
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--public", is_flag=True, help="Tells only what the public may know: it can be handed on.")
@partial(options.output_format, more=MACHINES)
@options.workspace
@partial(options.verbosity, told=True)
def command(
    country: str | None,
    year: int | None,
    strict: bool,
    public: bool,
    form: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Shows every finding: where it is, what is wrong, what to do.

    Several findings of one kind are one line with the first place and their number; -v lists them
    all. An accepted finding stays in the list with its reason, and is printed as a footnote in the
    report.

    The forms for machines hold what JSON holds: whatever is found. In a run that others read, such
    as a public one, say --public.
    """
    question = CheckQuestion(workspace, country, year, Audience.PUBLIC if public else Audience.RESTRICTED)
    answer = _answer(question)
    findings = answer.findings
    weights = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    stopping = [each for each in findings if each.severity in weights and not each.accepted]
    if form in MACHINES:
        from reporter.cli.machine_forms import MAKERS

        click.echo(MAKERS[form](question, answer), nl=False)
    elif form == "json":
        click.echo(as_json([each.plain() for each in findings]))
    else:
        lines = finding_lines(stopping if quiet else findings, answer.languages, all_of_them=verbose)
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    if not quiet:
        counts = counted(findings)
        words = (("error", "errors"), ("warning", "warnings"), ("note", "notes"), ("accepted", "accepted"))
        told = ", ".join(f"{counts[one]} {one if counts[one] == 1 else more}" for one, more in words)
        are_alike = len({(each.accepted and "accepted") or each.code for each in findings}) < len(findings)
        more = "; -v lists them all" if are_alike and not verbose and form == "text" else ""
        click.echo(f"{told}{more}", err=True)
    return ExitCode.FINDINGS if stopping else ExitCode.OK


def _answer(asked: CheckQuestion) -> CheckAnswer:
    kept = asked.kept
    answer = kept.find()
    if answer is None:
        # Whoever asks again does not wait for what reads and checks.
        from reporter.edition.all_findings import find_all

        answer = find_all(kept.sources, asked.country, asked.year, kept, audience=asked.audience)
        kept.keep(answer)
    return answer
