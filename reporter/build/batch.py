"""Several editions, one after the other or several at once; all are finished before any failure is told."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from reporter.build.drawing import Drawing
from reporter.build.plan import Job, Order, Outcome
from reporter.build.run import build_edition
from reporter.errors import DataError, ReporterError

DISK = "free space on the disk and in the folder for temporary files; the earlier report is unchanged"

Show = Callable[[Job, str], None]


def build_all(orders: Iterable[Order], *, workers: int, show: Show) -> Iterator[Outcome]:
    """The outcome of each order as it ends; `show` hears of every stage."""
    waiting = list(orders)
    if workers == 1 or len(waiting) == 1:
        for order in waiting:
            yield carry_out(order, show)
    else:
        yield from _at_once(waiting, workers, show)


def carry_out(order: Order, show: Show) -> Outcome:
    """One order carried out; what goes wrong is told in the outcome."""
    early = _early(order)
    try:
        built = build_edition(order, early, lambda stage: show(order.job, stage))
        return Outcome(order.job, built)
    except DataError as problem:
        return Outcome(order.job, None, str(problem), problem.findings, problem.exit_code)
    except ReporterError as problem:
        return Outcome(order.job, None, str(problem), (), problem.exit_code)
    except OSError as problem:
        failed = ReporterError(f"a file cannot be read or written: {problem}", hint=DISK)
        return Outcome(order.job, None, str(failed), (), failed.exit_code)
    finally:
        if early:
            early.close()
        show(order.job, "done")


def _early(order: Order) -> Drawing | None:
    """A drawing process that loads its libraries while the files are read; none when charts are likely cached."""
    return None if (order.workspace.output / ".cache" / "charts").is_dir() else Drawing()


def _at_once(orders: list[Order], workers: int, show: Show) -> Iterator[Outcome]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(_quietly, order): order for order in orders}
        for order in orders:
            show(order.job, "waiting")
        for future in as_completed(running):
            show(running[future].job, "done")
            yield future.result()


def _quietly(order: Order) -> Outcome:
    return carry_out(order, lambda *_: None)
