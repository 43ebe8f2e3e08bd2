"""`reporter check`: every finding, in file order."""

from collections import Counter

import click

from reporter.cli import options
from reporter.cli.finding_lines import finding_lines
from reporter.edition.checked import blocking_findings, load_checked
from reporter.edition.job import check_country, no_year
from reporter.edition.language_state import faulty_messages
from reporter.edition.permission_findings import permission_findings
from reporter.edition.resources import theme_of
from reporter.edition.state import changed_editions
from reporter.errors import DataError, ExitCode, Finding, Severity
from reporter.files.as_json import as_json
from reporter.files.sources import Sources, known_years
from reporter.files.workspace import Workspace
from reporter.load.dataset import load_joint_catalogue
from reporter.load.schema import outdated_schema
from reporter.load.yaml_tree import read_languages

EPILOG = """\b
Examples:
  reporter check                    the country in reporter.yaml
  reporter check LT 2017            findings that concern 2017
  reporter check LT 2017 -v         each of them, also where many are alike
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

    Several findings of one kind are one line with the first place and their number; -v lists them
    all. An accepted finding stays in the list with its reason, and is printed as a footnote in the
    report.
    """
    sources = workspace.snapshot()
    codes = check_country(sources, country)
    if year is not None and all(year not in known_years(sources, code) for code in codes):
        raise no_year(sources, codes[0], year)
    findings = _findings(sources, country, year)
    weights = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    stopping = [each for each in findings if each.severity in weights and not each.accepted]
    if form == "json":
        click.echo(as_json([each.plain() for each in findings]))
    else:
        lines = finding_lines(stopping if quiet else findings, read_languages(sources), all_of_them=verbose)
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    if not quiet:
        counts = Counter("accepted" if each.accepted else each.severity.value for each in findings)
        words = (("error", "errors"), ("warning", "warnings"), ("note", "notes"), ("accepted", "accepted"))
        told = ", ".join(f"{counts[one]} {one if counts[one] == 1 else more}" for one, more in words)
        are_alike = len({(each.accepted and "accepted") or each.code for each in findings}) < len(findings)
        more = "; -v lists them all" if are_alike and not verbose and form != "json" else ""
        click.echo(f"{told}{more}", err=True)
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
    own = faulty_messages(sources, checked.dataset.settings.languages)
    catalogue, _ = load_joint_catalogue(sources)
    found = [
        *checked.findings,
        *own,
        *permission_findings(sources, checked.dataset),
        *outdated_schema(sources, catalogue or checked.dataset.catalogue),
    ]
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
    if year is None:
        return found
    stopping = set(blocking_findings(checked, year))
    return [each for each in found if each in stopping or _concerns(each, year)]


def _concerns(finding: Finding, year: int) -> bool:
    if finding.undecided:
        return finding.year == year
    stem = finding.mark.path.rpartition("/")[2].partition(".")[0]
    years = {finding.year, int(stem) if stem.isdigit() else None} - {None}
    return not years or year in years
