"""Linear programs, solved by HiGHS silently, reproducibly, on one thread. Callers must verify its inexact answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Any

from reporter.data.extras import extra

SECONDS = 20.0
Span = tuple[int, int | None]
# With whole costs, a solution is optimal when none could be cheaper by one.
GAP = 0.5


class Ending(Enum):
    """How the search for a solution ended."""

    FOUND = "found"
    NONE = "none"
    NO_END = "no end"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most of a sum of columns, each times its factor."""

    terms: tuple[tuple[int, int], ...]
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Solution:
    """How a search ended, and the number of each column; `prices` are cost changes by its span."""

    ending: Ending
    cost: float = 0.0
    columns: tuple[float, ...] = ()
    prices: tuple[float, ...] = ()


# The states of a model in HiGHS.
ENDINGS = {
    "kOptimal": Ending.FOUND,
    "kModelEmpty": Ending.FOUND,
    "kInfeasible": Ending.NONE,
    "kUnbounded": Ending.NO_END,
    "kUnboundedOrInfeasible": Ending.NO_END,
}


def require_solver(*words: str) -> None:
    """Raise WordedError when the solver is not installed, before work that needs it begins."""
    with extra(*words):
        import highspy  # noqa: F401


class Program:
    """Columns with their spans, and limits of their sums."""

    def __init__(
        self,
        spans: Sequence[Span],
        rows: Sequence[Between],
        *,
        whole: Sequence[int] = (),
        seconds: float = SECONDS,
        steps: int | None = None,
    ) -> None:
        self._seconds = seconds
        self._spans = spans
        self._solver = _silent_solver()
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", GAP)):
            self._solver.setOptionValue(option, value)
        if steps is not None:
            self._solver.setOptionValue("mip_max_nodes", steps)
        self._solver.passModel(_model(spans, rows, whole))

    def least(self, cost: Mapping[int, int], spans: Mapping[int, Span] | None = None) -> Solution:
        solver, others = self._solver, spans or {}
        for column, factor in cost.items():
            solver.changeColCost(column, float(factor))
        self._span(others)
        # The clock of HiGHS is not reset between searches.
        solver.setOptionValue("time_limit", solver.getRunTime() + self._seconds)
        solver.run()
        ending = ENDINGS.get(solver.getModelStatus().name, Ending.STOPPED)
        solution = Solution(ending)
        if ending is Ending.FOUND:
            solver_values = solver.getSolution()
            columns = tuple(solver_values.col_value)
            worth = sum(factor * columns[column] for column, factor in cost.items())
            solution = Solution(ending, worth, columns, tuple(solver_values.col_dual))
        for column in cost:
            solver.changeColCost(column, 0.0)
        self._span({column: self._spans[column] for column in others})
        return solution

    def _span(self, spans: Mapping[int, Span]) -> None:
        if spans:
            lows, highs = zip(*map(_ends, spans.values()), strict=True)
            self._solver.changeColsBounds(len(spans), list(spans), list(lows), list(highs))


def _ends(span: tuple[int | None, int | None]) -> tuple[float, float]:
    low, high = span
    return (-inf if low is None else float(low), inf if high is None else float(high))


def _silent_solver() -> Any:  # noqa: ANN401 - the solver loads late, and so do its types
    """HiGHS without its banner on standard output, which it prints first of all as soon as callbacks are enabled."""
    require_solver()
    from highspy import Highs

    class Silent(Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - its name in HiGHS
            self.setOptionValue("output_flag", False)

    return Silent()  # type: ignore[no-untyped-call]


def _model(spans: Sequence[Span], rows: Sequence[Between], whole: Sequence[int]) -> object:
    from highspy import HighsLp, HighsVarType, MatrixFormat

    model = HighsLp()
    model.num_col_, model.num_row_ = len(spans), len(rows)
    model.col_cost_ = [0.0] * len(spans)
    model.col_lower_ = [_ends(span)[0] for span in spans]
    model.col_upper_ = [_ends(span)[1] for span in spans]
    model.row_lower_ = [_ends((row.least, row.most))[0] for row in rows]
    model.row_upper_ = [_ends((row.least, row.most))[1] for row in rows]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.terms))
    matrix = model.a_matrix_
    matrix.format_ = MatrixFormat.kRowwise
    matrix.start_ = starts
    matrix.index_ = [column for row in rows for column, _ in row.terms]
    matrix.value_ = [float(factor) for row in rows for _, factor in row.terms]
    if whole:
        kinds = [HighsVarType.kContinuous] * len(spans)
        for column in whole:
            kinds[column] = HighsVarType.kInteger
        model.integrality_ = kinds
    return model
