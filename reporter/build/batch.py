"""Several editions, one after the other or several at once; all are finished before any failure is told."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from traceback import format_exc

from reporter.build.drawing import Drawing
from reporter.build.making import Make
from reporter.build.plan import Job, Order, Outcome
from reporter.build.run import build_edition, has_pages
from reporter.errors import DataError, ExitCode, ReporterError

DISK = "free space on the disk and in the folder for temporary files; the earlier report is unchanged"

Show = Callable[[Job, str], None]
Makers = Mapping[str, Make]


def build_all(orders: Iterable[Order], *, makers: Makers, workers: int, show: Show) -> Iterator[Outcome]:
    """The outcome of each order as it ends; `makers` make its formats, `show` hears of every stage."""
    waiting = list(orders)
    if workers == 1 or len(waiting) == 1:
        for order in waiting:
            yield carry_out(order, makers, show)
            # What the layout left would add up over many editions.
            gc.collect()
    else:
        yield from _at_once(waiting, makers, workers, show)


def carry_out(order: Order, makers: Makers, show: Show) -> Outcome:
    """One order carried out; whatever goes wrong is told in the outcome, so that the other orders go on."""
    with ExitStack() as ending:
        ending.callback(show, order.job, "done")
        try:
            built = build_edition(order, makers, _early(order, ending), lambda stage: show(order.job, stage))
            return Outcome(order.job, built)
        except ReporterError as problem:
            findings = problem.findings if isinstance(problem, DataError) else ()
            return Outcome(
                job=order.job, built=None, error=str(problem), findings=findings, exit_code=problem.exit_code
            )
        except OSError as problem:
            failed = ReporterError(f"a file cannot be read or written: {problem}", hint=DISK)
            return Outcome(job=order.job, built=None, error=str(failed), findings=(), exit_code=failed.exit_code)
        except Exception:
            return Outcome(
                job=order.job,
                built=None,
                error=f"a fault of the program\n{format_exc()}",
                findings=(),
                exit_code=ExitCode.FAULT,
            )


def _early(order: Order, ending: ExitStack) -> Drawing | None:
    """A drawing process that loads while the files are read; none when no chart is shown, or all are likely kept."""
    if not has_pages(order) or (order.workspace.cache / "charts").is_dir():
        return None
    drawing = Drawing()
    ending.callback(drawing.close)
    return drawing


def _at_once(orders: list[Order], makers: Makers, workers: int, show: Show) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)
    running = {pool.submit(_quietly, order, makers): order.job for order in orders}
    try:
        for future in as_completed(running):
            show(running[future], "done")
            yield _outcome(future, running[future])
    finally:
        # When somebody interrupts, what has not begun must not begin.
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Has a worker end with the process that started it: when that is killed, nobody else tells the worker."""
    parent = parent_process()
    if parent:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(ExitCode.FAULT)


def _outcome(future: Future[Outcome], job: Job) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool as problem:
        return Outcome(
            job=job, built=None, error=f"its process ended: {problem}", findings=(), exit_code=ExitCode.FAULT
        )


def _quietly(order: Order, makers: Makers) -> Outcome:
    return carry_out(order, makers, lambda *_: None)
