"""Documents of a small workspace to be made by whoever works, and one that kills its maker."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reporter.data.files.workspace import Workspace
from reporter.editions.job import Job
from reporter.editions.making.build_editions import build_all
from reporter.editions.making.order import Executor, Order, Outcome, order_of
from reporter.editions.program import program_digest
from tests import small

YEARS = (2018, 2019, 2020)


def workspace_in(folder: Path) -> Workspace:
    """A small workspace in which nothing is wrong."""
    folder.mkdir(parents=True)
    return Workspace(small.write(folder, small.FINAL))


def orders_of(workspace: Workspace, formats: tuple[str, ...] = ("html", "xlsx")) -> list[Order]:
    """An order for each year of it."""
    sources, program = workspace.snapshot(), program_digest()
    return [order_of(sources, Job("XX", year, "en"), program, formats) for year in YEARS]


@dataclass(frozen=True)
class Deadly:
    """An order that ends each process which receives it."""

    job: Job = field(default=Job("XX", 1999, "en"))
    proven: bool = False

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (1,)


def built(
    workspace: Workspace, orders: list[Order], executor: Executor, after: Callable[[Outcome], object] = lambda _: None
) -> Iterator[Outcome]:
    """Builds, and does something after each of them."""
    for each in build_all(workspace, orders, executor, show=lambda *_: None):
        after(each)
        yield each


def files_of(workspace: Workspace) -> dict[str, bytes]:
    """What lies under build/, without what is kept."""
    found = (path for path in sorted(workspace.output.rglob("*")) if ".cache" not in path.parts and path.is_file())
    return {path.relative_to(workspace.output).as_posix(): path.read_bytes() for path in found}
