"""Show progress on a terminal. It goes to stderr and leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reporter.cli.count import DocumentCount
from reporter.edition.job import Job
from reporter.produce.order import BEGUN, DONE, FAILED, Show

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
