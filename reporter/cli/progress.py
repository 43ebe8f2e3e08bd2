"""Show progress on a terminal. It goes to stderr and leaves nothing behind."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reporter.edition.job import Job
from reporter.produce.order import BEGUN, DONE, FAILED, Show

# The first documents wait for processes that begin, and say little of the others.
FEWEST_DONE, MINUTE = 3, 60
# Without a terminal a line is written so many seconds after the first, and after each other.
FIRST, BETWEEN = 30.0, 60.0


class DocumentCount:
    """How many of some documents are done, running, or failed. It hears of every stage of each. Its clock counts
    seconds."""

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
        """How long it will take still, in words. As long for each as for those that ended so far; nothing where these
        are too few to tell."""
        ended, to_do = self.done + self.failed, self.total - self.done - self.failed
        if ended < FEWEST_DONE or not to_do:
            return ""
        seconds = (self.clock() - self.begun) / ended * to_do
        return "less than a minute left" if seconds < MINUTE else f"about {round(seconds / MINUTE)} min left"

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        left = f"; {self.left}" if self.left else ""
        return f"{self.done} of {self.total} documents done, {len(self._running)} running{failed}{left}"


def lines_now_and_then(count: DocumentCount) -> Show:
    """Say how far a count is, in a line now and then. It goes to stderr where nobody watches a terminal, such as into a
    log. What is done soon needs no line."""
    due = [count.begun + FIRST]

    def hear(job: Job, stage: str) -> None:
        count.hear(job, stage)
        if stage in (DONE, FAILED) and count.clock() >= due[0]:
            due[0] = count.clock() + BETWEEN
            click.echo(f"reporter: {count}", err=True)

    return hear


# What is shown instead of a stage that is no work.
WORDS = {BEGUN: "begins"}


@contextmanager
def display(total: int) -> Iterator[Show]:
    """Show how many documents are done, and the last stage heard of. The bar counts those that ended, also with a
    failure."""
    columns = (
        SpinnerColumn(),
        BarColumn(20),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    count = DocumentCount(total)
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=total, count=str(count))

        def show(job: Job, stage: str) -> None:
            count.hear(job, stage)
            ended = stage in (DONE, FAILED)
            progress.update(task, description=f"{job}: {WORDS.get(stage, stage)}", advance=int(ended), count=str(count))

        yield show
