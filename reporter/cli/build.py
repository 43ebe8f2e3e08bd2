"""`reporter build`: the profiles that are due."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib import import_module

import click

from reporter.build.plan import FORMATS, Job, Made, Order, Outcome, check_country, digest, is_due, select
from reporter.build.workspace import Workspace
from reporter.cli import options
from reporter.cli.validate import load_verify
from reporter.errors import ExitCode, ReporterError, UsageError
from reporter.load.reading import read_languages

MOST_AT_ONCE = 4
EPILOG = """\b
Examples:
  reporter build                    the latest year of the country in reporter.yaml
  reporter build LT 2020            one edition
  reporter build LT 2020 --format pdf,html
  reporter build LT --all-years -j 2"""
# A PDF needs Pango; a page of HTML must not ask for it.
ROOMS = {"pdf": "reporter.build.paper", "html": "reporter.build.screen"}


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """The formats that a list names, in the order of FORMATS; raises UsageError for anything else."""
    named = [each.strip() for each in value.split(",")]
    if not all(named):
        raise UsageError(
            f"--format {value!r} names no format in one place",
            hint=f"write {' or '.join(FORMATS)}, or both as {','.join(FORMATS)}",
        )
    for each in named:
        if each in ("json", "text"):
            raise UsageError(f"{each!r} is no format of a profile", hint="for an answer that machines read: --json")
        if each not in FORMATS:
            raise UsageError(f"unknown format {each!r}", hint=f"formats: {', '.join(FORMATS)}")
        if named.count(each) > 1:
            raise UsageError(
                f"the format {each!r} is named twice", hint=f"write --format {','.join(dict.fromkeys(named))}"
            )
    return tuple(form for form in FORMATS if form in named)


@click.command("build", epilog=EPILOG)
@options.country
@options.year
@click.option("--all-years", is_flag=True, help="Every year that has a file.")
@click.option("--lang", default="", help="Languages, such as en,lt; by default those of reporter.yaml.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="So many editions at once; by default up to four.")
@click.option("-f", "--force", is_flag=True, help="Build even what has not changed.")
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--validate", is_flag=True, help="Keep only a PDF that passes PDF/UA-1 and PDF/A-3a.")
@click.option(
    "--format", "formats", default="pdf", callback=_formats, metavar="LIST", help="pdf, html or both: pdf,html."
)
@click.option("--json", "machine", is_flag=True, help="Answer in JSON.")
@options.workspace
@options.verbosity
def command(
    country: str | None,
    year: int | None,
    all_years: bool,
    lang: str,
    jobs: int | None,
    force: bool,
    strict: bool,
    validate: bool,
    formats: tuple[str, ...],
    machine: bool,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Makes the annual profile of a country under build/: a PDF, one page of HTML, or both.

    A file that has not changed is left as it is. An error in the data stops its edition, and the
    earlier report stays; the same holds for a PDF that --validate finds wrong. A file of a format
    not asked for is removed when it has become older than the others: no two tell of different years.
    """
    if validate and "pdf" not in formats:
        raise UsageError("--validate is for PDFs, and none is made", hint="write --format pdf,html")
    prove = load_verify().prove if validate else None
    wanted = _wanted(workspace, country, year, all_years, lang)
    orders = []
    for job in wanted:
        state = digest(workspace, job)
        ripe = partial(is_due, workspace, job, state, strict=strict)
        due = tuple(each for each in formats if force or ripe(each, proven=validate and each == "pdf"))
        orders += [Order(workspace, job, state, due, strict, prove)] if due else []
    outcomes = {job: Outcome(job) for job in wanted}
    if orders:
        build_all = _open_rooms(orders)
        with _progress(len(orders), shown=not quiet and not machine) as show:
            workers = jobs or _workers(len(orders), proven=validate)
            outcomes |= {each.job: each for each in build_all(orders, workers=workers, show=show)}
    return _report(workspace, list(outcomes.values()), formats, machine=machine, quiet=quiet)


def _workers(editions: int, *, proven: bool) -> int:
    """How many editions are made at once: no more than there are processors, and one when one Java judges them all."""
    return 1 if proven else min(editions, os.cpu_count() or 1, MOST_AT_ONCE)


def _open_rooms(orders: Iterable[Order]) -> Callable[..., Iterator[Outcome]]:
    """The rooms that draw and lay out, loaded only when there is something to build; a PDF needs Pango."""
    due = dict.fromkeys(form for order in orders for form in order.formats)
    try:
        makers = {form: import_module(ROOMS[form]).make for form in due}
        return partial(import_module("reporter.build.batch").build_all, makers=makers)
    except OSError as problem:
        raise ReporterError(f"a library of this machine is missing: {problem}", hint="run: reporter doctor") from None


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


def _report(
    workspace: Workspace, outcomes: list[Outcome], formats: tuple[str, ...], *, machine: bool, quiet: bool
) -> int:
    if machine:
        told = [_plain(workspace, each, formats) for each in outcomes]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    said: set[str] = set()
    for each in outcomes:
        if each.findings or each.error:
            # What stops an edition often stops it in every language.
            new = [finding for finding in map(str, each.findings) if finding not in said]
            said.update(new)
            click.echo("\n".join([*new, f"reporter: {each.job}: {each.error}"]), err=True)
        elif not machine and not quiet:
            click.echo("\n".join(_lines(workspace, each, formats)))
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _lines(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> Iterator[str]:
    made = {file.form: file for file in each.built.files} if each.built else {}
    for form in formats:
        yield f"{_shown(workspace, each, form)} ({_size(made[form]) if form in made else 'unchanged'})"
    for form in each.built.removed if each.built else ():
        yield f"{_shown(workspace, each, form)} (removed, it was older; --format {','.join(FORMATS)} makes both)"


def _shown(workspace: Workspace, each: Outcome, form: str) -> str:
    return options.shown(each.job.file(workspace, form))


def _size(made: Made) -> str:
    return f"{made.size / 1_000_000:.1f} MB" if made.pages is None else f"{made.pages} pages"


def _plain(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    job = {"country": each.job.country, "year": each.job.year, "language": each.job.language}
    state = "failed" if each.error else "built" if each.built else "unchanged"
    failed = {"error": each.error, "findings": [str(finding) for finding in each.findings]} if each.error else {}
    files = [] if each.error else [_file(workspace, each, form) for form in formats]
    return job | {"state": state, "files": files} | failed


def _file(workspace: Workspace, each: Outcome, form: str) -> dict[str, object]:
    told: dict[str, object] = {"format": form, "path": str(each.job.file(workspace, form)), "state": "unchanged"}
    for made in each.built.files if each.built else ():
        if made.form == form:
            told |= {"state": "built", "bytes": made.size, "sha256": made.sha256, "pages": made.pages}
    return told
