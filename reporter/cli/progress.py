"""Show progress on a terminal.

It goes to stderr and leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from reporter.edition.job import Job


@contextmanager
def display(total: int) -> Iterator[Callable[[Job, str], None]]:
    """Show a line with the edition and its stage.

    The bar counts finished editions.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=total)

        def show(job: Job, stage: str) -> None:
            progress.update(task, description=f"{job}: {stage}", advance=int(stage == "done"))

        yield show
