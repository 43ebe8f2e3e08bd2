"""The page of what is withheld: what the template is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from starlette.responses import Response

from reporter.context import Context
from reporter.disclosure.deciding import decide, view_of
from reporter.disclosure.protecting import ReadersView, WithheldCell
from reporter.disclosure.solver import require_solver
from reporter.disclosure.weights import weight_of
from reporter.files.checksum import list_checksum
from reporter.files.published import published_years
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_
from reporter.load.withholding import protection_file
from reporter.model import Decision, Observation, is_given, is_withheld
from reporter.model.seen import Key
from reporter.sections.finding_words import problem_words
from reporter.sections.retold import label_at
from reporter.web.decision_steps import REASON, decision_seen
from reporter.web.desk import Reading
from reporter.web.frame import YearPage
from reporter.web.live_edition import field_address
from reporter.web.withheld_figures import Withholding, decision_name
from reporter.web.workshop import Finished, Task

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
    before. `left` are small counts by name and year that no decision keeps from readers."""

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
    left: frozenset[Key]
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
        left=decided.open_counts,
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


TEMPLATE, PLACE = "withheld.html", "withheld"
# Seconds that a request waits: whoever comes back to a page that was made sees it at once.
PATIENCE = 0.2
TOTAL, NOTHING = N_("total"), N_("nothing of it")


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A value that the public does not get, or should not. `seen` is the digest of what its file says of it, empty for
    what is only proposed; `was` is that of the words of a person."""

    value: Observation
    decision: Decision | WithheldCell
    seen: str = ""
    was: str = ""

    @property
    def name(self) -> str:
        return decision_name(self.value.address, self.value.year)

    def reason(self, language: str) -> str:
        """What a person wrote of it; empty for what is only proposed."""
        return dict(self.decision.reason.texts).get(language, "") if isinstance(self.decision, Decision) else ""


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """The values of a figure and year, and what is left."""

    figure: str
    year: int
    rows: tuple[DecisionRow, ...]
    left: str


@dataclass(frozen=True, slots=True)
class AskedWithheld:
    """What somebody asked of the page, and what stood against it."""

    form: Mapping[str, str] = field(default_factory=dict)
    problem: tuple[str, str] | None = None


def judged(page: YearPage) -> Finished | None:
    """What should be withheld besides; None while that is worked out."""
    task = judging_task(page.reading, page.state.country.code, page.state.year)
    found: Finished | None = page.request.app.state.papers.wait(task, PATIENCE)
    return found


def withheld_page(page: YearPage, asked: AskedWithheld, *, status: int = 200) -> Response:
    locale, state, known = page.locale, page.state, page.vintage
    finished = judged(page)
    judgement: JudgedEdition | None = finished.made if finished else None
    context, withholding = Context(known, locale), Withholding(known, state.data.protections, locale)
    decided = tuple(_decided(page))
    proposed = [DecisionRow(each.seen, each) for each in (judgement.cells if judgement else ())]
    return page.answer(
        TEMPLATE,
        PLACE,
        status=status,
        decided=decided,
        groups=tuple(_groups(page, [*decided, *proposed])),
        judgement=judgement,
        digest=judging_task(page.reading, state.country.code, state.year).digest,
        stopped=problem_words(finished.problem, locale) if finished and finished.problem else None,
        is_waiting=finished is None,
        asked=asked,
        form=asked.form,
        label=lambda address: label_at(address, context),
        axes={each.code: locale.inside(each.label.text(locale.language)) for each in known.catalogue.dimensions},
        title_of=lambda seen: _title(page, seen),
        why=lambda decision: withholding.why(decision.because, decision.protects),
        cost=lambda seen: weight_of(seen, known),
        address_of=lambda seen: field_address(seen, state.data),
        choices=tuple(_choices(page)),
        file=protection_file(state.country.code, state.year),
        is_published=state.year in published_years(page.reading.sources, state.country.code),
    )


def _decided(page: YearPage) -> Iterator[DecisionRow]:
    state, sources = page.state, page.reading.sources
    own = next((each for each in state.data.protections if each.edition == state.year), None)
    file = protection_file(state.country.code, state.year)
    for each in own.withheld if own else ():
        seen = page.vintage.observation(each.figure, each.year)
        if seen:
            key = (each.figure, each.year)
            yield DecisionRow(seen, each, decision_seen(sources, file, key), decision_seen(sources, file, key, REASON))


def _title(page: YearPage, seen: Observation) -> str:
    axis = page.vintage.catalogue.dimension(seen.dimension)
    member = axis.get(seen.code) if axis else None
    return member.label.text(page.locale.language) if member else page.locale.text(TOTAL)


def _groups(page: YearPage, found: Sequence[DecisionRow]) -> Iterator[DecisionGroup]:
    known, locale = page.vintage, page.locale
    order = {key: number for number, key in enumerate(known.index)}
    gone = {(each.value.address, each.value.year) for each in found}
    rows = sorted(found, key=lambda each: (-each.value.year, order.get((each.value.address, each.value.year), 0)))

    def figure(row: DecisionRow) -> tuple[int, str]:
        return row.value.year, known.index[row.value.address, row.value.year].figure

    for (year, name), group in groupby(rows, key=figure):
        left = [
            locale.put("{} {}", locale.inside(_title(page, seen)), locale.value(seen))
            for (address, of), seen in known.index.items()
            if (seen.figure, of) == (name, year)
            and (address, of) not in gone
            and is_given(seen)
            and not is_withheld(seen)
        ]
        yield DecisionGroup(name, year, tuple(group), locale.listed(left) or locale.text(NOTHING))


def _choices(page: YearPage) -> Iterator[Observation]:
    """The values that can be withheld by hand: those of the year, and of figures and years in which something is
    open."""
    places = {(each.values[0].figure, each.year) for each in page.state.small}
    for (_, year), seen in page.vintage.index.items():
        is_asked = year == page.state.year or (seen.figure, year) in places
        if is_asked and not seen.owner and is_given(seen) and not is_withheld(seen):
            yield seen
