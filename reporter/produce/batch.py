"""Make several editions, one after another or several at once.

All are finished before any failure is told.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from multiprocessing import get_context
from traceback import format_exc

from reporter.edition.job import Job
from reporter.edition.kept_findings import findings_of
from reporter.edition.state import EditionState
from reporter.errors import DataError, ExitCode, ReporterError
from reporter.files.processes import Helpers, end_with_parent
from reporter.produce.drawing import DrawingProcess
from reporter.produce.formats import MakeFile
from reporter.produce.order import Order, Outcome
from reporter.produce.run import Beside, build_edition, has_pages, produce

DISK = "free space on the disk and in the folder for temporary files; the earlier report is unchanged"

Show = Callable[[Job, str], None]
Makers = Mapping[str, MakeFile]


def build_all(orders: Iterable[Order], *, makers: Makers, workers: int, show: Show) -> Iterator[Outcome]:
    """Make the files of several orders, and put them in place.

    `makers` make the formats, `show` hears of every stage. Of one document, several workers share the pages.
    """
    waiting = list(orders)
    if workers == 1 or len({order.job.main for order in waiting}) == 1:
        with closing(_helpers(waiting, workers)) as helpers:
            for state, order in _with_states(waiting):
                yield _carry_out(order, state, makers, show, helpers)
                # What the layout left would add up over many editions.
                gc.collect()
    else:
        yield from _at_once(waiting, makers, workers, show)


def produce_all(orders: Iterable[Order], states: Iterable[EditionState], *, makers: Makers) -> list[Outcome]:
    """Make the files of several orders in memory only."""
    return [_produce_one(order, state, makers) for order, state in zip(orders, states, strict=True)]


def _with_states(orders: Iterable[Order]) -> Iterator[tuple[EditionState, Order]]:
    """Pair each order with the state of its edition.

    The languages of an edition share one state, read and checked once.
    """
    last: EditionState | None = None
    for order in orders:
        job = order.job.edition
        if last is None or (last.job, last.sources) != (job, order.files):
            last = EditionState(job, order.files, folder=findings_of(order.workspace))
        yield last, order


def _helpers(orders: Iterable[Order], workers: int) -> Helpers:
    """The other workers that lay out pages.

    They begin at once where hardly a page was laid out before.
    """
    helpers = Helpers(workers - 1, "reporter.pdf")
    if any("pdf" in each.formats and not (each.workspace.cache / "pieces").is_dir() for each in orders):
        helpers.begin()
    return helpers


def _carry_out(
    order: Order, state: EditionState, makers: Makers, show: Show, helpers: Helpers | None = None
) -> Outcome:
    """Carry out one order; errors are told in the outcome.

    So the other orders go on.
    """

    def build(early: DrawingProcess | None) -> Outcome:
        built = build_edition(order, state, makers, Beside(early, helpers), lambda stage: show(order.job, stage))
        code = ExitCode.FINDINGS if built.faults or built.unmade else ExitCode.OK
        return Outcome(order.job, built, exit_code=code, faults=built.faults)

    return _attempt(order, build, show)


def _produce_one(order: Order, state: EditionState, makers: Makers) -> Outcome:
    def make(early: DrawingProcess | None) -> Outcome:
        return Outcome(order.job, produced=produce(order, state, makers, Beside(early), lambda _: None))

    return _attempt(order, make, _silent)


def _attempt(order: Order, make: Callable[[DrawingProcess | None], Outcome], show: Show) -> Outcome:
    with ExitStack() as ending:
        ending.callback(show, order.job, "done")
        try:
            return make(_early(order, ending))
        except ReporterError as problem:
            findings = problem.findings if isinstance(problem, DataError) else ()
            return Outcome(order.job, error=str(problem), findings=findings, exit_code=problem.exit_code)
        except OSError as problem:
            failed = ReporterError(f"a file cannot be read or written: {problem}", hint=DISK)
            return Outcome(order.job, error=str(failed), exit_code=failed.exit_code)
        except Exception:
            return Outcome(order.job, error=f"a fault of the program\n{format_exc()}", exit_code=ExitCode.FAULT)


def _early(order: Order, ending: ExitStack) -> DrawingProcess | None:
    """Start a drawing process while the files are read.

    None when no chart is shown, or all are likely in the cache.
    """
    if not has_pages(order) or (order.workspace.cache / "charts").is_dir():
        return None
    drawing = DrawingProcess()
    ending.callback(drawing.close)
    return drawing


def _at_once(orders: list[Order], makers: Makers, workers: int, show: Show) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=end_with_parent)
    # The volumes of a document are made by one worker, which composes them once.
    together: dict[Job, list[Order]] = {}
    for order in orders:
        together.setdefault(order.job.main, []).append(order)
    running = {pool.submit(_quietly, each, makers): [order.job for order in each] for each in together.values()}
    try:
        for future in as_completed(running):
            for job in running[future]:
                show(job, "done")
            yield from _outcomes(future, running[future])
    finally:
        # When somebody interrupts, what has not begun must not begin.
        pool.shutdown(cancel_futures=True)


def _outcomes(future: Future[list[Outcome]], jobs: Iterable[Job]) -> list[Outcome]:
    try:
        return future.result()
    except BrokenProcessPool as problem:
        return [Outcome(job, error=f"its process ended: {problem}", exit_code=ExitCode.FAULT) for job in jobs]


def _quietly(orders: list[Order], makers: Makers) -> list[Outcome]:
    return [_carry_out(order, state, makers, _silent) for state, order in _with_states(orders)]


def _silent(_job: Job, _stage: str) -> None:
    """Show nothing: nobody watches this work."""
