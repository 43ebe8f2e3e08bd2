"""How far the figures answer Article 19a of Directive 2011/36/EU. What is not collected the file of the year must say:
what the catalogue cannot hold, and what the file leaves out, is not answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporter.data.i18n import N_
from reporter.data.records import (
    Dimension,
    DutyItem,
    Indicator,
    Observation,
    Split,
    Status,
    Vintage,
    is_given,
    is_hidden,
)
from reporter.figures.analysis.arithmetic import remainder

ANSWER = "art19a"


class Availability(StrEnum):
    """How far something asked for is available, the best first."""

    GIVEN = N_("given")
    PART = N_("in part")
    CONFIDENTIAL = N_("confidential")
    NOT_APPLICABLE = N_("not applicable")
    MISSING = N_("missing")
    UNANSWERED = N_("not answered")
    NOT_COLLECTED = N_("not collected")


STATES = {
    Status.NOT_COLLECTED: Availability.NOT_COLLECTED,
    Status.NOT_APPLICABLE: Availability.NOT_APPLICABLE,
    Status.SUPPRESSED: Availability.CONFIDENTIAL,
    Status.UNANSWERED: Availability.UNANSWERED,
}


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """An item, its indicator (None: no indicator answers it) and a breakdown (None: the total)."""

    item: DutyItem
    indicator: Indicator | None
    split: Split | None
    state: Availability


def coverage_cells(vintage: Vintage) -> Iterator[CoverageCell]:
    """Every cell that the law asks for, in its order: for each item and indicator the total, then each breakdown."""
    for item in vintage.catalogue.article_19a.items:
        for indicator in indicators_for(vintage, item) or (None,):
            yield from item_cells(vintage, item, indicator)


def item_cells(vintage: Vintage, item: DutyItem, indicator: Indicator | None) -> Iterator[CoverageCell]:
    """The cells of an item: the total, then each breakdown. Without an indicator nothing is answered."""
    splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
    if indicator is None:
        yield from (CoverageCell(item, None, split, Availability.UNANSWERED) for split in (None, *splits))
        return
    yield CoverageCell(item, indicator, None, _total_state(vintage.observation(indicator.code)))
    yield from (CoverageCell(item, indicator, split, _split_state(vintage, indicator, split)) for split in splits)


def item_state(vintage: Vintage, item: DutyItem) -> Availability:
    """How far an item is answered in the edition's year: `GIVEN` only with every breakdown that the item asks for."""
    group = indicators_for(vintage, item)
    best = min(
        (_total_state(vintage.observation(figure.code)) for figure in group), key=list(Availability).index, default=None
    )
    if best is not Availability.GIVEN:
        return best or Availability.UNANSWERED
    splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
    whole = (all(_split_state(vintage, figure, split) is Availability.GIVEN for split in splits) for figure in group)
    return Availability.GIVEN if any(whole) else Availability.PART


def indicators_for(vintage: Vintage, item: DutyItem) -> tuple[Indicator, ...]:
    return tuple(figure for figure in vintage.catalogue.indicators if dict(figure.mappings).get(ANSWER) == item.code)


def _split_state(vintage: Vintage, indicator: Indicator, split: Split) -> Availability:
    axis = vintage.catalogue.dimension(split.dimension) if split.dimension in indicator.dimensions else None
    if axis is None:
        return Availability.UNANSWERED
    total, every = vintage.observation(indicator.code), vintage.parts(indicator.code, axis.code)
    parts = [part for part in every if not split.codes or part.code in split.codes]
    stated_parts = [observation for observation in parts if is_given(observation)]
    if not stated_parts:
        if (not parts and _is_uncollected(total)) or _is_uncollected_by(axis, split, every):
            return Availability.NOT_COLLECTED
        states = {_total_state(part) for part in parts} - {Availability.NOT_COLLECTED}
        return min(states, key=list(Availability).index, default=Availability.UNANSWERED)
    whole = remainder(total, stated_parts, axis) == 0 and not axis.subset
    return Availability.GIVEN if whole else Availability.PART


def _is_uncollected(observation: Observation | None) -> bool:
    return observation is not None and observation.status is Status.NOT_COLLECTED


def _is_uncollected_by(axis: Dimension, split: Split, parts: Iterable[Observation]) -> bool:
    """Return whether the file says of every finest code, or of one around it, that it is not collected."""
    uncollected = {part.code for part in parts if _is_uncollected(part)}
    divided = {member.within for member in axis.codes}
    finest = (member.code for member in axis.codes if not member.residual and member.code not in divided)
    wanted = [code for code in finest if not split.codes or code in split.codes]
    return bool(uncollected) and all(uncollected & {code, *axis.around(code)} for code in wanted)


def _total_state(observation: Observation | None) -> Availability:
    if observation is None:
        return Availability.UNANSWERED
    if is_given(observation):
        return Availability.GIVEN
    return Availability.CONFIDENTIAL if is_hidden(observation) else STATES.get(observation.status, Availability.MISSING)
