"""`reporter check`: every finding, in file order."""

from collections import Counter

import click

from reporter.cli import options
from reporter.edition.checked import blocking_findings, load_checked
from reporter.edition.job import check_country
from reporter.edition.language_state import faulty_messages
from reporter.edition.resources import theme_of
from reporter.edition.state import changed_editions
from reporter.errors import DataError, ExitCode, Finding, Severity, UsageError
from reporter.files.as_json import as_json
from reporter.files.sources import Sources, known_years
from reporter.files.workspace import Workspace

EPILOG = """\b
Examples:
  reporter check                    the country in reporter.yaml
  reporter check LT 2017            findings that concern 2017
  reporter check LT --strict        warnings count as errors
  reporter check --format json      for another program"""


@click.command("check", epilog=EPILOG)
@options.country
@options.year
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@options.output_format
@options.workspace
@options.verbosity
def command(
    country: str | None, year: int | None, strict: bool, form: str, workspace: Workspace, quiet: bool, verbose: bool
) -> int:
    """Shows every finding: where it is, what is wrong, what to do.

    An accepted finding stays in the list with its reason, and is printed as a footnote in the report.
    """
    sources = workspace.snapshot()
    if year is not None and all(year not in known_years(sources, code) for code in check_country(sources, country)):
        raise UsageError(f"there is no file for {year}", hint="name a year that has a file in data/")
    findings = _findings(sources, country, year)
    weights = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    stopping = [each for each in findings if each.severity in weights and not each.accepted]
    if form == "json":
        click.echo(as_json([each.plain() for each in findings]))
    else:
        for each in stopping if quiet else findings:
            click.echo(_accepted(each) if each.accepted else str(each))
    if not quiet:
        counts = Counter("accepted" if each.accepted else each.severity.value for each in findings)
        words = (("error", "errors"), ("warning", "warnings"), ("note", "notes"), ("accepted", "accepted"))
        told = (f"{counts[one]} {one if counts[one] == 1 else more}" for one, more in words)
        click.echo(", ".join(told), err=True)
    return ExitCode.FINDINGS if stopping else ExitCode.OK


def _findings(sources: Sources, country: str | None, year: int | None) -> list[Finding]:
    """The findings about a year, from reading and checking.

    A file that cannot be read concerns every year.
    """
    countries = check_country(sources, country)
    try:
        checked = load_checked(sources, *countries)
    except DataError as problem:
        return list(problem.findings)
    found = [*checked.findings, *faulty_messages(sources, checked.dataset.settings.languages)]
    try:
        theme_of(sources, checked.dataset.settings)
    except DataError as problem:
        found += problem.findings
    for code in countries:
        try:
            found += changed_editions(sources, code)
        except DataError as problem:
            found += problem.findings
    found.sort(key=lambda each: each.mark)
    return found if year is None else [each for each in found if _concerns(each, year)]


def _concerns(finding: Finding, year: int) -> bool:
    stem = finding.mark.path.rpartition("/")[2].partition(".")[0]
    years = {finding.year, int(stem) if stem.isdigit() else None} - {None}
    return not years or year in years or bool(blocking_findings((finding,), year, strict=False))


def _accepted(finding: Finding) -> str:
    text = f"{finding.mark}: accepted {finding.severity}: {finding.message} [{finding.code}]"
    return f"{text}\n  reason: {finding.accepted}"
