"""Make documents, and print how each ended, for people or for machines."""

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.finding_lines import WEIGHTS, finding_lines
from reporter.data.errors import ExitCode
from reporter.data.extras import extra
from reporter.data.files.as_json import pick
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.editions.job import FORMATS, Job
from reporter.editions.making.due import BuildChoices, make_due
from reporter.editions.making.order import BEGUN, DONE, FAILED, PAPER, Executor, Order, Outcome, Show

# The first documents wait for processes to start and say little about the others.
FEWEST_DONE, MINUTE = 3, 60
# Without a terminal, the seconds before the first line and between lines.
FIRST, BETWEEN = 30.0, 60.0


class DocumentCount:
    """How many of some documents are done, running or failed; `hear` takes every stage, `clock` counts seconds."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.clock = total, clock
        self.begun = clock()
        self.done = self.failed = 0
        self._running: dict[Job, None] = {}

    def hear(self, job: Job, stage: str) -> None:
        if stage in (DONE, FAILED):
            self._running.pop(job, None)
            self.done += stage == DONE
            self.failed += stage == FAILED
        else:
            self._running[job] = None

    @property
    def left(self) -> str:
        """The remaining time in words, by the average of the ended documents; empty when these are too few."""
        ended, to_do = self.done + self.failed, self.total - self.done - self.failed
        if ended < FEWEST_DONE or not to_do:
            return ""
        seconds = (self.clock() - self.begun) / ended * to_do
        return "less than a minute left" if seconds < MINUTE else f"about {round(seconds / MINUTE)} min left"

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        left = f"; {self.left}" if self.left else ""
        return f"{self.done} of {self.total} documents done, {len(self._running)} running{failed}{left}"


def periodic_lines(count: DocumentCount) -> Show:
    """Report progress on stderr in a line now and then where there is no terminal, as in a log; not for short runs."""
    due = [count.begun + FIRST]

    def hear(job: Job, stage: str) -> None:
        count.hear(job, stage)
        if stage in (DONE, FAILED) and count.clock() >= due[0]:
            due[0] = count.clock() + BETWEEN
            click.echo(f"reporter: {count}", err=True)

    return hear


@contextmanager
def line_that_changes(count: DocumentCount) -> Iterator[Show]:
    """Show progress on a terminal, with the latest stage."""

    def write(line: str) -> None:
        # Back to the first column and clear the rest of the line (ECMA-48, 8.3.41).
        click.echo(f"\r{line}\x1b[K", err=True, nl=False)

    def hear(job: Job, stage: str) -> None:
        count.hear(job, stage)
        last = f"{count}; {job}: {'begins' if stage == BEGUN else stage}"
        write(last[: shutil.get_terminal_size().columns - 1])

    try:
        yield hear
    finally:
        write("")


OPEN_ADDRESS = re.compile(r"tcp://(?!(?:127\.0\.0\.1|localhost|\[::1\]):)")
OPEN = "data sent to {address} are not encrypted, withheld figures included; use tls:// (docs/cluster.md)"


def make_all(
    workspace: Workspace,
    sources: Sources,
    wanted: Sequence[Job],
    choices: BuildChoices,
    *,
    cluster: str = "",
    machine: bool = False,
    quiet: bool = False,
    together: bool = False,
) -> int:
    """Make what is due and print how each job ended, in few lines if `together`; return the exit code."""

    def report_removed(path: Path, why: str) -> None:
        if not quiet:
            click.echo(f"{options.display_path(path)} (removed, {why})", err=True)

    def on_cluster() -> Executor:
        if OPEN_ADDRESS.match(cluster) and not quiet:
            click.echo(f"reporter: {OPEN.format(address=cluster)}", err=True)
        with extra():
            from reporter.editions.making.dask_executor import DaskExecutor
        return DaskExecutor(cluster, workspace.cache, lambda message: click.echo(f"reporter: {message}", err=True))

    def progress(orders: Sequence[Order]) -> AbstractContextManager[Show]:
        """Show progress on a terminal, elsewhere in a line now and then, but none for a single edition."""
        count, is_watched = DocumentCount(len(orders)), sys.stderr.isatty()
        if quiet or machine or not (is_watched or len({order.job.edition for order in orders}) > 1):
            return nullcontext(lambda *_: None)
        return line_that_changes(count) if is_watched else nullcontext(periodic_lines(count))

    elsewhere = on_cluster if cluster else None
    outcomes = make_due(workspace, sources, wanted, choices, progress, removed=report_removed, elsewhere=elsewhere)
    return print_outcomes(workspace, outcomes, choices.formats, machine=machine, quiet=quiet, together=together)


# The most editions named that failed with the same error.
MOST_NAMED = 5


def print_outcomes(
    workspace: Workspace,
    outcomes: Sequence[Outcome],
    formats: tuple[str, ...] = (),
    *,
    machine: bool = False,
    quiet: bool = False,
    together: bool = False,
) -> int:
    """Print how each job ended, return the exit code; `together`, unchanged jobs are counted and failures come last."""
    if machine:
        options.answer("json", [_plain(workspace, outcome, formats) for outcome in outcomes], ())
    printed_lines: set[str] = set()
    for outcome in outcomes:
        if outcome.findings or outcome.error:
            # What stops an edition often stops all its languages and documents.
            alike = [other.job for other in outcomes if other.error == outcome.error]
            job = outcome.job.main if outcome.job.main in alike else outcome.job
            languages = ", ".join(one.language for one in alike if replace(one, language=job.language) == job)
            name = f"{str(job).removesuffix(f'({job.language})')}({languages})"
            closing = [] if together else [f"reporter: {name}: {outcome.error}"]
            lines = [*finding_lines(outcome.findings), *closing]
            options.print_lines((line for line in lines if line not in printed_lines), err=True)
            printed_lines.update(lines)
        elif not machine and not quiet:
            options.print_lines(_lines(workspace, outcome, formats, together=together))
        if outcome.faults and not outcome.job.volume:
            what = "1 finding" if outcome.faults == 1 else f"{outcome.faults} findings"
            more = f"reporter check {outcome.job.country} {outcome.job.year}"
            click.echo(f"reporter: {outcome.job}: the draft marks {what} to correct; see {more}", err=True)
    # The reason why there is no PDF is the same for all.
    for unmade in dict.fromkeys(outcome.unmade for outcome in outcomes if outcome.unmade):
        click.echo(f"reporter: {unmade}", err=True)
    if together:
        left = [outcome for outcome in outcomes if not outcome.files and not outcome.error]
        files = sum(len(_reported_formats(outcome, formats)) for outcome in left)
        if files and not (quiet or machine):
            click.echo(f"{files} {'file is' if files == 1 else 'files are'} unchanged")
        options.print_lines(_failures(outcomes), err=True)
    return max((outcome.exit_code for outcome in outcomes), default=ExitCode.OK)


def _failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The failed editions with error and first finding, one line for those with the same error."""
    failed = [outcome for outcome in outcomes if outcome.error]
    all_of_them, of_them = (len({outcome.job.edition for outcome in some}) for some in (outcomes, failed))
    if failed:
        yield f"reporter: {of_them} of {all_of_them} {'edition' if all_of_them == 1 else 'editions'} failed:"
    alike: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for outcome in failed:
        heaviest = sorted(outcome.findings, key=lambda one: WEIGHTS.index(one.severity))[:1]
        first = "".join(str(one).partition("\n")[0] for one in heaviest)
        edition = str(outcome.job.main).removesuffix(f" ({outcome.job.language})")
        alike.setdefault((outcome.error, first), {}).setdefault(edition, {})[outcome.job.language] = None
    printed_hints: set[str] = set()
    for (error, first), editions in alike.items():
        names = [f"{edition} ({', '.join(languages)})" for edition, languages in editions.items()]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        message, *hints = error.split("\n")
        yield f"  {', '.join(names[:MOST_NAMED])}{more}: {message}"
        # The same hint often applies to several.
        yield from (f"  {line}" for line in hints if line not in printed_hints)
        printed_hints.update(hints)
        if first:
            yield f"    the first: {first}"


def _lines(workspace: Workspace, outcome: Outcome, formats: tuple[str, ...], *, together: bool) -> Iterator[str]:
    for form in _reported_formats(outcome, formats):
        what, file = "unchanged", outcome.files.get(form)
        if together and not file:
            continue
        if file:
            what = f"{file.content.size / 1_000_000:.1f} MB" if file.pages is None else f"{file.pages} pages"
        yield f"{options.display_path(outcome.job.file(workspace, form))} ({what})"
    wanted = ",".join(form for form in FORMATS if form in (*formats, *outcome.removed))
    for form in outcome.removed:
        path = options.display_path(outcome.job.file(workspace, form))
        yield f"{path} (removed, it was older; --format {wanted} makes it, too)"
    if outcome.aside:
        yield f"{options.display_path(outcome.aside)} (signed version of an earlier report, moved aside)"


def _reported_formats(outcome: Outcome, formats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in formats if form in outcome.job.formats and not (outcome.unmade and form == PAPER))


def _plain(workspace: Workspace, item: Outcome, formats: tuple[str, ...]) -> dict[str, object]:
    job, files = item.job, list[dict[str, object]]()
    for form in () if item.error else _reported_formats(item, formats):
        file = item.files.get(form)
        built = pick(file, "bytes=content.size", "sha256", "pages") if file else {}
        state = "built" if file else "unchanged"
        files.append({"format": form, "path": job.file(workspace, form), "state": state, **built})
    state = "failed" if item.error else "built" if item.files else "unchanged"
    failed: dict[str, object] = {"error": item.error, "findings": list(map(str, item.findings))} if item.error else {}
    kind, more = {"volume": job.volume, "audience": job.restricted}, {"faults": item.faults, "unmade": item.unmade}
    plain = pick(job, "country", "year", "language") | {name: value for name, value in kind.items() if value}
    plain |= {"state": state, "files": files, "set_aside": item.aside, **failed}
    return plain | {name: value for name, value in more.items() if value}
