"""Orders carried out and told: what `build` and `compare` share."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module

import click

from reporter.build.plan import (
    EDITIONS,
    FORMATS,
    Job,
    Made,
    Order,
    Outcome,
    Prove,
    check_language,
    digest,
    is_due,
    program_digest,
)
from reporter.cli import options
from reporter.cli.validate import load_verify
from reporter.errors import ExitCode, ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.load.yaml_tree import read_languages

MOST_AT_ONCE = 4
# A PDF needs Pango; a page of HTML must not ask for it, nor a workbook.
ROOMS = {"pdf": "reporter.build.paper", "html": "reporter.build.screen", "xlsx": "reporter.build.spreadsheet"}


@dataclass(frozen=True, slots=True)
class Making:
    """How orders are carried out: in which formats, how many at once, what stops them, and how they are told."""

    formats: tuple[str, ...]
    jobs: int | None = None
    force: bool = False
    strict: bool = False
    validate: bool = False
    machine: bool = False
    quiet: bool = False


def make_all(workspace: Workspace, wanted: Sequence[Job], making: Making) -> int:
    """Makes what is due and tells how each job ended; answers the exit code."""
    outcomes = make_due(workspace, wanted, making)
    return report(workspace, outcomes, making.formats, machine=making.machine, quiet=making.quiet)


def make_due(workspace: Workspace, wanted: Sequence[Job], making: Making) -> list[Outcome]:
    """Makes what is due; how each job ended, also those that had nothing to make."""
    formats, validate = making.formats, making.validate
    if validate and "pdf" not in formats:
        raise UsageError("--validate is for PDFs, and none is made", hint="write --format pdf,html")
    return carry_out(workspace, wanted, making, load_verify().prove if validate else None)


def carry_out(workspace: Workspace, wanted: Sequence[Job], making: Making, prove: Prove | None) -> list[Outcome]:
    """Makes what is due and gives how each job ended; `prove` judges each PDF."""
    formats, validate = making.formats, prove is not None
    orders, program = [], program_digest()
    for job in wanted:
        state = digest(workspace, job, program) if making.force else _state(workspace, job, program)
        ripe = partial(is_due, workspace, job, state, strict=making.strict)
        due = tuple(each for each in formats if making.force or ripe(each, proven=validate and each == "pdf"))
        orders += (
            [Order(workspace=workspace, job=job, state=state, formats=due, strict=making.strict, prove=prove)]
            if due
            else []
        )
    outcomes = {job: Outcome(job) for job in wanted}
    if orders:
        build_all = _open_rooms(orders)
        with _progress(len(orders), shown=not making.quiet and not making.machine) as show:
            workers = making.jobs or _workers(len(orders), proven=validate)
            outcomes |= {each.job: each for each in build_all(orders, workers=workers, show=show)}
    return list(outcomes.values())


def _state(workspace: Workspace, job: Job, program: str) -> str:
    """The state that files are left in; where nothing was published, nothing is loaded to look for it."""
    if job.manner or not (workspace.root / "data" / job.country / EDITIONS).is_dir():
        return digest(workspace, job, program)
    room = import_module("reporter.build.release")
    return str(room.state_of(workspace, job, program, room.unchanged(workspace, job.country, job.year)))


def parse_formats(
    ctx: click.Context, param: click.Parameter, value: str, known: tuple[str, ...] = FORMATS
) -> tuple[str, ...]:
    """The formats that a list names, in the order of those known; raises UsageError for anything else."""
    named = [each.strip() for each in value.split(",")]
    if not all(named):
        raise UsageError(
            f"--format {value!r} names no format in one place",
            hint=f"formats: {', '.join(known)}; write several as {','.join(known[:2])}",
        )
    for each in named:
        if each in ("json", "text"):
            raise UsageError(f"{each!r} is no format of a profile", hint="for an answer that machines read: --json")
        if each not in known:
            raise UsageError(f"unknown format {each!r}", hint=f"formats: {', '.join(known)}")
        if named.count(each) > 1:
            raise UsageError(
                f"the format {each!r} is named twice", hint=f"write --format {','.join(dict.fromkeys(named))}"
            )
    return tuple(form for form in known if form in named)


def parse_languages(workspace: Workspace, lang: str) -> tuple[str, ...]:
    """The languages that a list names, all of the workspace when it names none; raises UsageError for another one."""
    named = tuple(dict.fromkeys(each.strip() for each in lang.split(",") if each.strip()))
    known = read_languages(workspace.root)
    for each in named:
        check_language(each)
        if each not in known:
            raise UsageError(
                f"reporter.yaml does not list the language {each!r}", hint=f"languages: {', '.join(known)}"
            )
    return named or known


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


def _progress(total: int, *, shown: bool) -> AbstractContextManager[Callable[[Job, str], None]]:
    """A live display on a terminal, else nothing."""
    if not shown or not sys.stderr.isatty():
        return nullcontext(lambda *_: None)
    display: AbstractContextManager[Callable[[Job, str], None]] = import_module("reporter.cli.progress").display(total)
    return display


def report(
    workspace: Workspace, outcomes: list[Outcome], formats: tuple[str, ...], *, machine: bool, quiet: bool
) -> int:
    """Tells how each job ended; answers the exit code."""
    if machine:
        told = [_plain(workspace, each, formats) for each in outcomes]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    said: set[str] = set()
    for each in outcomes:
        if each.findings or each.error:
            # What stops an edition often stops it in every language.
            alike = [other.job for other in outcomes if _is_same(other, each)]
            lines = [*map(str, each.findings), f"reporter: {_in_languages(alike)}: {each.error}"]
            if new := [line for line in lines if line not in said]:
                click.echo("\n".join(new), err=True)
            said.update(lines)
        elif not machine and not quiet:
            click.echo("\n".join(_lines(workspace, each, formats)))
    codes = [each.exit_code for each in outcomes]
    return max(codes, default=ExitCode.OK)


def _is_same(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are of one document in two languages, and ended with the same error."""
    return one.error == other.error and replace(one.job, language="") == replace(other.job, language="")


def _in_languages(jobs: Sequence[Job]) -> str:
    """One document in several languages: LT 2020 (en, lt)."""
    first = jobs[0]
    return f"{str(first).removesuffix(f'({first.language})')}({', '.join(each.language for each in jobs)})"


def _lines(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> Iterator[str]:
    made = {file.form: file for file in each.built.files} if each.built else {}
    for form in formats:
        yield f"{_shown(workspace, each, form)} ({_size(made[form]) if form in made else 'unchanged'})"
    removed = each.built.removed if each.built else ()
    together = ",".join(form for form in FORMATS if form in (*formats, *removed))
    for form in removed:
        yield f"{_shown(workspace, each, form)} (removed, it was older; --format {together} makes it, too)"
    if each.built and each.built.aside:
        yield f"{options.shown(each.built.aside)} (was signed of an earlier report, and set aside)"


def _shown(workspace: Workspace, each: Outcome, form: str) -> str:
    return options.shown(each.job.file(workspace, form))


def _size(made: Made) -> str:
    return f"{made.size / 1_000_000:.1f} MB" if made.pages is None else f"{made.pages} pages"


def _plain(workspace: Workspace, each: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    job = {"country": each.job.country, "year": each.job.year, "language": each.job.language}
    state = "failed" if each.error else "built" if each.built else "unchanged"
    failed = {"error": each.error, "findings": [str(finding) for finding in each.findings]} if each.error else {}
    files = [] if each.error else [_file(workspace, each, form) for form in formats]
    aside = each.built.aside if each.built else None
    return job | {"state": state, "files": files, "set_aside": str(aside) if aside else None} | failed


def _file(workspace: Workspace, each: Outcome, form: str) -> dict[str, object]:
    told: dict[str, object] = {"format": form, "path": str(each.job.file(workspace, form)), "state": "unchanged"}
    for made in each.built.files if each.built else ():
        if made.form == form:
            told |= {"state": "built", "bytes": made.size, "sha256": made.sha256, "pages": made.pages}
    return told
