"""`reporter build`: the profiles that are due."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

import click

from reporter.build.plan import Job, Order, Outcome, check_country, digest, is_due, select
from reporter.build.workspace import Workspace
from reporter.cli import options
from reporter.cli.validate import load_verify
from reporter.errors import ExitCode, ReporterError, UsageError
from reporter.load.reading import read_languages

EPILOG = """\b
Examples:
  reporter build                    the latest year of every country
  reporter build LT 2020            one edition
  reporter build LT --all-years -j 2"""


@click.command("build", epilog=EPILOG)
@options.country
@options.year
@click.option("--all-years", is_flag=True, help="Every year that has a file.")
@click.option("--lang", default="", help="Languages, such as en,lt; by default those of reporter.yaml.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, help="So many editions at once.")
@click.option("-f", "--force", is_flag=True, help="Build even what has not changed.")
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--validate", is_flag=True, help="Keep only a PDF that passes PDF/UA-1 and PDF/A-3a.")
@options.output_format
@options.workspace
@options.verbosity
def command(
    country: str | None,
    year: int | None,
    all_years: bool,
    lang: str,
    jobs: int,
    force: bool,
    strict: bool,
    validate: bool,
    form: str,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Makes the annual profile of a country as a PDF under build/.

    An edition that has not changed is left as it is. An error in the data stops its edition, and the
    earlier report stays; the same holds for a PDF that --validate finds wrong.
    """
    prove = load_verify().prove if validate else None
    wanted = _wanted(workspace, country, year, all_years, lang)
    states = {job: digest(workspace, job) for job in wanted}
    due = [job for job in wanted if force or is_due(workspace, job, states[job], strict=strict, proven=validate)]
    outcomes: dict[Job, Outcome] = {job: Outcome(job) for job in wanted if job not in due}
    if due:
        # The rooms that draw and lay out are loaded only when there is something to build.
        build_all = _open_rooms()
        with _progress(len(due), shown=not quiet and form == "text") as show:
            orders = [Order(workspace, job, states[job], strict, prove) for job in due]
            outcomes |= {each.job: each for each in build_all(orders, workers=jobs, show=show)}
    return _report(workspace, [outcomes[job] for job in wanted], form, quiet=quiet)


def _open_rooms() -> Callable[..., Iterator[Outcome]]:
    """The rooms that draw and lay out; without Pango they cannot be entered."""
    try:
        build_all: Callable[..., Iterator[Outcome]] = import_module("reporter.build.batch").build_all
    except OSError as problem:
        raise ReporterError(f"a library of this machine is missing: {problem}", hint="run: reporter doctor") from None
    return build_all


def _wanted(workspace: Workspace, country: str | None, year: int | None, all_years: bool, lang: str) -> tuple[Job, ...]:
    if all_years and year is not None:
        raise UsageError(f"--all-years and the year {year} contradict each other", hint="leave one of them out")
    named = dict.fromkeys(each.strip() for each in lang.split(",") if each.strip())
    known = read_languages(workspace.root)
    jobs = select(workspace, country, year, tuple(named) or known)
    unknown = [each for each in named if each not in known]
    if unknown:
        raise UsageError(
            f"reporter.yaml does not list the language {unknown[0]!r}", hint=f"languages: {', '.join(known)}"
        )
    if not all_years:
        return jobs
    codes = check_country(workspace, country)
    languages = dict.fromkeys(job.language for job in jobs)
    return tuple(
        Job(code, each, language) for code in codes for each in workspace.years(code) for language in languages
    )


def _progress(total: int, *, shown: bool) -> AbstractContextManager[Callable[[Job, str], None]]:
    """A live display on a terminal, else nothing."""
    if not shown or not sys.stderr.isatty():
        return nullcontext(lambda *_: None)
    display: AbstractContextManager[Callable[[Job, str], None]] = import_module("reporter.cli.progress").display(total)
    return display


def _report(workspace: Workspace, outcomes: list[Outcome], form: str, *, quiet: bool) -> int:
    if form == "json":
        click.echo(json.dumps([_plain(workspace, each) for each in outcomes], indent=2, ensure_ascii=False))
    for each in outcomes:
        if each.findings or each.error:
            click.echo("\n".join([*map(str, each.findings), f"reporter: {each.job}: {each.error}"]), err=True)
        elif form == "text" and not quiet:
            click.echo(_line(workspace, each))
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _line(workspace: Workspace, each: Outcome) -> str:
    path = options.shown(each.job.pdf(workspace))
    return f"{path} (unchanged)" if each.built is None else f"{path} ({each.built.pages} pages)"


def _plain(workspace: Workspace, each: Outcome) -> dict[str, object]:
    job = {"country": each.job.country, "year": each.job.year, "language": each.job.language}
    state = "failed" if each.error else "built" if each.built else "unchanged"
    built = {"pages": each.built.pages, "sha256": each.built.sha256} if each.built else {}
    failed = {"error": each.error, "findings": [str(finding) for finding in each.findings]} if each.error else {}
    return job | {"state": state, "path": str(each.job.pdf(workspace))} | built | failed
