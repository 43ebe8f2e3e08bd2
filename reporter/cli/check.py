"""`reporter check`: every finding, in file order."""

from functools import partial

import click

from reporter.cli import options
from reporter.cli.finding_lines import finding_lines
from reporter.data.errors import ExitCode, Severity, counted
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience
from reporter.editions.program import check_digest
from reporter.editions.search_cache import KeptFindings, findings_of

EPILOG = """\b
Examples:
  reporter check                    the country in reporter.yaml
  reporter check LT 2017            findings that concern 2017
  reporter check LT 2017 -v         every one, also where many are alike
  reporter check LT --strict        warnings count as errors
  reporter check --format json      for another program"""


@click.command("check", epilog=EPILOG)
@options.country
@options.year
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--public", is_flag=True, help="Show only what the public may know, so that it can be passed on.")
@options.output_format
@options.workspace
@partial(options.verbosity, takes_verbose=True)
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
    """Shows every finding: place, problem and remedy.

    Findings of one kind are shown as one line with their first place and number; -v lists them all. Accepted findings
    stay in the list with their reason, which is printed as a footnote in the report.

    JSON contains every finding. Use --public if the public can read the output.
    """
    audience = Audience.PUBLIC if public else Audience.RESTRICTED
    question = f"{country or 'the country of the workspace'} {year or 'every year'}, {audience}"
    cache = KeptFindings(findings_of(workspace), check_digest(), workspace.snapshot(), question)
    answer = cache.find()
    if answer is None:
        # A repeated question does not wait for the modules that read and check.
        from reporter.editions.all_findings import find_all

        answer = find_all(cache.sources, country, year, cache, audience=audience)
        cache.keep(answer)
    findings = answer.findings
    weights = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    stopping = [finding for finding in findings if finding.severity in weights and not finding.accepted]
    lines = finding_lines(stopping if quiet else findings, answer.languages, all_of_them=verbose)
    options.answer(form, [finding.plain() for finding in findings], lines)
    if not quiet:
        counts = counted(findings)
        words = (("error", "errors"), ("warning", "warnings"), ("note", "notes"), ("accepted", "accepted"))
        summary = ", ".join(f"{counts[one]} {one if counts[one] == 1 else more}" for one, more in words)
        are_alike = len({(finding.accepted and "accepted") or finding.code for finding in findings}) < len(findings)
        more = "; -v lists them all" if are_alike and not verbose and form == "text" else ""
        click.echo(f"{summary}{more}", err=True)
    return ExitCode.FINDINGS if stopping else ExitCode.OK
