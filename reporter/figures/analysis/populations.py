"""Which population fills a table of Eurostat, and which others would. Numbers of two populations are never joined in a
table: one population provides all of its cells in a year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from itertools import product

from reporter.data.i18n import N_
from reporter.data.records import (
    Catalogue,
    Code,
    Component,
    Dataflow,
    Dimension,
    Observation,
    Qualifier,
    Status,
    Vintage,
    is_given,
    is_hidden,
)
from reporter.figures.analysis.arithmetic import is_exact, remainder, top_parts

# The code of each breakdown of a cell, by the dimension of the table.
Target = Mapping[str, str]


class CellOrigin(StrEnum):
    """Where a cell's number comes from, or why it has none."""

    STATED = "stated"
    DERIVED = "derived"
    CONFIDENTIAL = "confidential"
    MISSING = "missing"
    NOT_DERIVABLE = "not derivable"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for the state of a cell, to be translated, and the observation it is about, if any."""

    text: str
    about: Observation | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a cell of a table: its number if it has one, the observations used, and the reason for its state."""

    origin: CellOrigin
    value: Decimal | None = None
    used: tuple[Observation, ...] = ()
    reason: Reason | None = None


class _Overlap(Enum):
    """How the persons of a code overlap those of a cell."""

    INSIDE = "inside"
    ACROSS = "across"
    OUTSIDE = "outside"


WORDS = {
    Status.MISSING: N_("Nothing is stated"),
    Status.NOT_COLLECTED: N_("not collected"),
    Status.NOT_APPLICABLE: N_("not applicable"),
    Status.UNANSWERED: N_("not answered yet"),
    Status.UNREADABLE: N_("cannot be read"),
}
HIDDEN = Reason(N_("Confidential"))
BROKEN_OFF = Reason(N_("The figure is not broken down like this"))
SILENT = Reason(N_("Not stated; no conclusion is drawn"))
NO_TOTAL = Reason(N_("The total is not exact, so parts may be missing"))
NOT_ALL = Reason(N_("The parts stated do not add up to the total"))
HIDDEN_PART, BOUND, UNSPLIT = (
    N_("A part is confidential"),
    N_("An inexact number"),
    N_("It is not stated how many of these belong here"),
)


@dataclass(frozen=True, slots=True)
class TargetCell:
    """A cell of a Eurostat table in any year: `whole` is the total of every breakdown, `axis` None without such a
    breakdown, `own` the code equal to the cell, `overlaps` how the persons of each code overlap those of the cell."""

    whole: bool
    axis: Dimension | None = None
    own: Code | None = None
    overlaps: Mapping[str, _Overlap] = field(default_factory=dict)


def target_cell(catalogue: Catalogue, components: tuple[Component, ...], target: Target) -> TargetCell:
    if all(target[component.code] == component.total for component in components):
        return TargetCell(whole=True)
    axis = catalogue.dimension(components[0].axis)
    if axis is None:
        return TargetCell(whole=False)
    overlaps = {member.code: _overlap(member, components, target) for member in axis.codes}
    return TargetCell(False, axis, _only(axis, components, target, overlaps), overlaps)


def fill(vintage: Vintage, indicator: str, year: int, cell: TargetCell, sent: set[Qualifier]) -> Filled:
    """Fill a cell for one indicator and year; `sent` are qualifiers of inexact values that may be sent."""
    total = vintage.observation(indicator, year)
    if cell.whole:
        return _stated(total, sent)
    if cell.axis is None:
        return Filled(CellOrigin.NOT_DERIVABLE, reason=BROKEN_OFF)
    observation = vintage.observation(f"{indicator}.{cell.own.code}", year) if cell.own else None
    if observation and (is_given(observation) or is_hidden(observation)):
        return _stated(observation, sent)
    all_parts = vintage.parts(indicator, cell.axis.code, year)
    parts = tuple(observation for observation in all_parts if is_given(observation) or is_hidden(observation))
    return _derived(total, parts, cell.axis, cell.overlaps)


def is_known(vintage: Vintage, indicator: str, axis: str, year: int) -> bool:
    """Return whether an indicator has a value in a year, total or part, even a confidential one."""
    total = vintage.observation(indicator, year)
    observations = (*([total] if total else []), *vintage.parts(indicator, axis, year))
    return any(is_given(observation) or is_hidden(observation) for observation in observations)


def _stated(observation: Observation | None, sent: set[Qualifier]) -> Filled:
    if observation is None:
        return Filled(CellOrigin.MISSING, reason=Reason(WORDS[Status.MISSING]))
    if is_hidden(observation):
        return Filled(CellOrigin.CONFIDENTIAL, used=(observation,), reason=HIDDEN)
    if not is_given(observation):
        return Filled(CellOrigin.MISSING, used=(observation,), reason=Reason(WORDS[observation.status]))
    if observation.qualifier is not Qualifier.EXACT and observation.qualifier not in sent:
        return Filled(CellOrigin.NOT_DERIVABLE, used=(observation,), reason=Reason(BOUND, observation))
    return Filled(CellOrigin.STATED, observation.value, (observation,))


def _only(
    axis: Dimension, components: tuple[Component, ...], target: Target, overlaps: Mapping[str, _Overlap]
) -> Code | None:
    """The one code equal to the cell, or None if there is none or another code belongs to the cell as well."""
    inside = [member for member in axis.codes if overlaps[member.code] is _Overlap.INSIDE]
    names = {member.code for member in inside}
    top = [member for member in inside if member.within not in names]
    wanted = [target[component.code] for component in components]
    return top[0] if len(top) == 1 and _coordinates(top[0], components) == wanted else None


def _derived(
    total: Observation | None, parts: tuple[Observation, ...], axis: Dimension, overlaps: Mapping[str, _Overlap]
) -> Filled:
    """Add up the parts of a cell if all parts make the total and none lies across the cell; else give a reason."""
    if not parts and not (total and (is_given(total) or is_hidden(total))):
        return _stated(total, set())
    if total and is_exact(total) and not total.value:
        return Filled(CellOrigin.DERIVED, total.value, (total,))
    hidden = tuple(observation for observation in parts if is_hidden(observation))
    if hidden:
        return Filled(CellOrigin.CONFIDENTIAL, used=hidden[:1], reason=Reason(HIDDEN_PART, hidden[0]))
    obstacle = _obstacle(total, parts, axis)
    if obstacle:
        return Filled(CellOrigin.NOT_DERIVABLE, reason=obstacle)
    leaves = tuple(_leaves(top_parts(parts, axis), parts, axis))
    # A part of 0 has no persons to divide, so it never lies across a cell.
    leaf_overlaps = [(observation, overlaps[observation.code]) for observation in leaves]
    across = [observation for observation, overlap in leaf_overlaps if overlap is _Overlap.ACROSS and observation.value]
    if across:
        return Filled(CellOrigin.NOT_DERIVABLE, reason=Reason(UNSPLIT, across[0]))
    used = tuple(observation for observation, overlap in leaf_overlaps if overlap is not _Overlap.OUTSIDE)
    others = any(overlap is not _Overlap.INSIDE for _, overlap in leaf_overlaps)
    if not used or not others:
        return Filled(CellOrigin.NOT_DERIVABLE, reason=SILENT)
    return Filled(CellOrigin.DERIVED, sum((observation.value or Decimal(0) for observation in used), Decimal(0)), used)


def _obstacle(total: Observation | None, parts: tuple[Observation, ...], axis: Dimension) -> Reason | None:
    if not parts or axis.subset:
        return BROKEN_OFF
    inexact = next((observation for observation in parts if not is_exact(observation)), None)
    if inexact:
        return Reason(BOUND, inexact)
    if not is_exact(total):
        return NO_TOTAL
    return None if remainder(total, parts, axis) == 0 else NOT_ALL


def _leaves(tops: Iterable[Observation], parts: tuple[Observation, ...], axis: Dimension) -> Iterator[Observation]:
    """The finest parts that are complete: a code is replaced by those within it when these add up to it."""
    for observation in tops:
        inner = [part for part in parts if (code := axis.get(part.code)) and code.within == observation.code]
        whole = inner and sum((part.value or Decimal(0) for part in inner), Decimal(0)) == observation.value
        yield from _leaves(inner, parts, axis) if whole else (observation,)


def _overlap(code: Code, components: tuple[Component, ...], target: Target) -> _Overlap:
    answers = _coordinates(code, components)
    triples = [(answer, item, target[item.code]) for answer, item in zip(answers, components, strict=True)]
    if any(answer not in (None, item.total, wanted) and wanted != item.total for answer, item, wanted in triples):
        return _Overlap.OUTSIDE
    inside = all(wanted in (component.total, answer) for answer, component, wanted in triples)
    return _Overlap.INSIDE if inside else _Overlap.ACROSS


def _coordinates(code: Code, components: Iterable[Component]) -> list[str | None]:
    """The Eurostat codes of a code of the catalogue, one for each dimension of the table; None where not mapped."""
    code_by_mapping = dict(code.mappings)
    return [code_by_mapping.get(component.mapping) for component in components]


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Cells of a table in one year, by code, that another indicator would fill; `decided` in the year's file or not."""

    dataflow: Dataflow
    person: str
    year: int
    indicator: str
    other: str
    cells: tuple[str, ...]
    decided: bool

    def __str__(self) -> str:
        more = f"{self.other} would fill {len(self.cells)} more of its cells: {', '.join(self.cells)}"
        return f"Eurostat’s table “{self.dataflow.code}” is filled by {self.indicator}; {more}"


def answering_indicator(vintage: Vintage, dataflow: Dataflow, indicators: Sequence[str], year: int) -> str:
    """The indicator that fills a table in one year: the one chosen in the file of the year; else the first with a
    value, the first stated to have none, or the first; "" without indicators."""
    axis = dataflow.breakdown[0].axis if dataflow.breakdown else ""
    chosen = (indicator for indicator in chosen_indicators(vintage, dataflow, year) if indicator in indicators)
    valued_indicators = (indicator for indicator in indicators if is_known(vintage, indicator, axis, year))
    stated_indicators = (indicator for indicator in indicators if vintage.observation(indicator, year))
    return next(chosen, "") or next(valued_indicators, "") or next(stated_indicators, "") or next(iter(indicators), "")


def chosen_indicators(vintage: Vintage, dataflow: Dataflow, year: int) -> tuple[str, ...]:
    file = vintage.data.year(year)
    return tuple(file.eurostat.get(dataflow.code, ())) if file else ()


def unfilled(vintage: Vintage) -> Iterator[Unfilled]:
    """The tables of a year that another population would fill further. Withheld cells stay withheld."""
    for dataflow in vintage.catalogue.eurostat.dataflows:
        keys = list(product(*(component.codes for component in dataflow.breakdown)))
        for person, indicators in dataflow.figures:
            chosen = answering_indicator(vintage, dataflow, indicators, vintage.year)
            own = _cells(vintage, dataflow, chosen, keys)
            empty = [
                n for n, cell in enumerate(own) if cell.value is None and cell.origin is not CellOrigin.CONFIDENTIAL
            ]
            for other in (indicator for indicator in indicators if indicator != chosen and empty):
                cells = _cells(vintage, dataflow, other, keys)
                filled = tuple(".".join(keys[n]) for n in empty if cells[n].value is not None)
                if filled:
                    yield Unfilled(
                        dataflow=dataflow,
                        person=person,
                        year=vintage.year,
                        indicator=chosen,
                        other=other,
                        cells=filled,
                        decided=chosen in chosen_indicators(vintage, dataflow, vintage.year),
                    )


def _cells(vintage: Vintage, dataflow: Dataflow, indicator: str, keys: Sequence[tuple[str, ...]]) -> tuple[Filled, ...]:
    names = [component.code for component in dataflow.breakdown]
    sent = set(vintage.catalogue.eurostat.qualifiers)
    targets = (dict(zip(names, key, strict=True)) for key in keys)
    cells = (target_cell(vintage.catalogue, dataflow.breakdown, target) for target in targets)
    return tuple(fill(vintage, indicator, vintage.year, cell, sent) for cell in cells)
