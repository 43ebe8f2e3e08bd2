"""Tell on stderr how far documents are, and leave nothing behind on a terminal."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from reporter.editions.job import Job
from reporter.editions.making.order import BEGUN, DONE, FAILED, Show

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


@contextmanager
def line_that_changes(count: DocumentCount) -> Iterator[Show]:
    """Show on a terminal how far a count is, and the last stage heard of."""

    def write(line: str) -> None:
        # Back to the first column; what stood behind the line goes (ECMA-48, 8.3.41).
        click.echo(f"\r{line}\x1b[K", err=True, nl=False)

    def hear(job: Job, stage: str) -> None:
        count.hear(job, stage)
        last = f"{count}; {job}: {'begins' if stage == BEGUN else stage}"
        write(last[: shutil.get_terminal_size().columns - 1])

    try:
        yield hear
    finally:
        write("")
