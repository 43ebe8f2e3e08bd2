"""What readers could work out, and what to withhold besides. It takes a second or two, and a solver that may not be
installed: so it is done where pages on paper are made."""

from dataclasses import dataclass
from functools import lru_cache

from reporter.disclosure.deciding import decide, view_of
from reporter.disclosure.protecting import ReadersView, WithheldCell
from reporter.disclosure.solver import require_solver
from reporter.files.checksum import list_checksum
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_
from reporter.model import Observation
from reporter.model.seen import Key
from reporter.web.desk import Reading
from reporter.web.workshop import Task

LACKING = N_("What readers can work out needs the package {package}, which is not installed.")
REMEDY = N_('Install it: pip install "reporter[{extra}]". What is decided is shown all the same.')


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A withheld value of which too few are possible for readers. `highest` is None where there is no end; `equations`
    betray it."""

    figure: str
    year: int
    lowest: int
    highest: int | None
    equations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedEdition:
    """What should be withheld besides, and what readers can work out. `text` is what the file is to be, `before` what
    it is, None where there is none. `open_now` are values that are not protected as the files are, `open_then` those
    that are not after the proposal either. `judged` is how many withheld values were looked at. `idle` are decisions
    that nothing asks for any more, `by_hand` counts that no decision reaches, `out` values that were published
    before."""

    path: str
    before: str | None
    text: str
    cells: tuple[WithheldCell, ...]
    judged: int
    width: int
    open_now: tuple[OpenFigure, ...]
    open_then: tuple[OpenFigure, ...]
    idle: tuple[Key, ...]
    by_hand: tuple[Observation, ...]
    out: tuple[Observation, ...]
    is_cheapest: bool


def judging_task(reading: Reading, country: str, year: int) -> Task:
    sources, digest = _files(reading, country)
    return Task(("withheld", country, year), f"withheld-{country}-{year}-{digest}", judge, (sources, country, year))


@lru_cache(maxsize=16)
def _files(reading: Reading, country: str) -> tuple[Sources, str]:
    own = reading.sources.only(
        lambda path: not path.startswith(f"{DATA}/") or path.count("/") == 1 or path.startswith(f"{DATA}/{country}/")
    )
    return own, list_checksum({path: each.sha256 for path, each in own.items()})[:24]


def judge(sources: Sources, country: str, year: int) -> JudgedEdition:
    """Judge an edition as `reporter protect` does. Raises ReporterError where it cannot be read, or the solver is
    missing."""
    require_solver(LACKING, REMEDY)
    decided, now = decide(sources, country, year), view_of(sources, country, year)
    plan, before = decided.plan, decided.before
    return JudgedEdition(
        path=decided.path,
        before=before,
        text=decided.text,
        cells=plan.cells,
        judged=len(now.bounds.limits),
        width=decided.known.settings.disclosure.width,
        open_now=_open(now),
        open_then=_open(decided.view),
        idle=tuple((each.figure, each.year) for each in decided.idle),
        by_hand=tuple(each.seen for each in plan.by_hand),
        out=tuple(each.seen for each in plan.known_already),
        is_cheapest=plan.is_cheapest,
    )


def _open(view: ReadersView) -> tuple[OpenFigure, ...]:
    return tuple(
        OpenFigure(
            figure=each.key.address,
            year=each.key.year,
            lowest=each.lowest,
            highest=each.highest,
            equations=tuple(dict.fromkeys(view.equations.get(each.key, ()))),
        )
        for each in view.bounds.exposed
    )
