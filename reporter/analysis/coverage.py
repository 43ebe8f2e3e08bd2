"""What Article 19a asks for, and what there is of it: given, in part, confidential, missing, not collected."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporter.analysis.arithmetic import remainder
from reporter.i18n import N_
from reporter.model import DutyItem, Indicator, Observation, Split, Status, Vintage, is_given, is_hidden

ANSWER = "art19a"


class State(StrEnum):
    """What there is of something asked for, the most first."""

    GIVEN = N_("given")
    PART = N_("in part")
    CONFIDENTIAL = N_("confidential")
    NOT_APPLICABLE = N_("not applicable")
    MISSING = N_("missing")
    NOT_COLLECTED = N_("not collected")


STATES = {
    Status.NOT_COLLECTED: State.NOT_COLLECTED,
    Status.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Status.SUPPRESSED: State.CONFIDENTIAL,
}


@dataclass(frozen=True, slots=True)
class Covered:
    """One cell: an item by the indicator that answers it (None: none does), whole or by a breakdown, and its state."""

    item: DutyItem
    indicator: Indicator | None
    split: Split | None
    state: State


def covered(vintage: Vintage) -> Iterator[Covered]:
    """Every cell that the law asks for, in its order: each item, each indicator that answers it, each breakdown."""
    for item in vintage.catalogue.article_19a.items:
        for indicator in answering(vintage, item) or (None,):
            yield from covered_by(vintage, item, indicator)


def covered_by(vintage: Vintage, item: DutyItem, indicator: Indicator | None) -> Iterator[Covered]:
    """The cells of an item that one indicator answers, the whole first; without one, nothing is collected."""
    splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
    if indicator is None:
        yield from (Covered(item, None, split, State.NOT_COLLECTED) for split in (None, *splits))
        return
    yield Covered(item, indicator, None, total_state(vintage.observation(indicator.code)))
    yield from (Covered(item, indicator, split, split_state(vintage, indicator, split)) for split in splits)


def item_state(vintage: Vintage, item: DutyItem) -> State:
    """What there is of an item in the edition's year: given only with every breakdown that it asks for."""
    found = answering(vintage, item)
    best = min((total_state(vintage.observation(each.code)) for each in found), key=list(State).index, default=None)
    if best is not State.GIVEN:
        return best or State.NOT_COLLECTED
    splits = [split for split in vintage.catalogue.article_19a.splits if split.code in item.splits]
    whole = (all(split_state(vintage, each, split) is State.GIVEN for split in splits) for each in found)
    return State.GIVEN if any(whole) else State.PART


def answering(vintage: Vintage, item: DutyItem) -> tuple[Indicator, ...]:
    """The indicators that answer an item by their mappings."""
    return tuple(each for each in vintage.catalogue.indicators if dict(each.mappings).get(ANSWER) == item.code)


def split_state(vintage: Vintage, indicator: Indicator, split: Split) -> State:
    """What there is of a breakdown of an indicator in the edition's year."""
    axis = vintage.catalogue.dimension(split.dimension) if split.dimension in indicator.dimensions else None
    if axis is None:
        return State.NOT_COLLECTED
    parts = [seen for seen in vintage.parts(indicator.code, axis.code) if not split.codes or seen.code in split.codes]
    given = [seen for seen in parts if is_given(seen)]
    if not given:
        return min(map(total_state, parts), key=list(State).index, default=State.MISSING)
    whole = remainder(vintage.observation(indicator.code), given, axis) == 0 and not axis.subset
    return State.GIVEN if whole else State.PART


def total_state(seen: Observation | None) -> State:
    """What there is of one value."""
    if seen is None:
        return State.MISSING
    if is_given(seen):
        return State.GIVEN
    return State.CONFIDENTIAL if is_hidden(seen) else STATES.get(seen.status, State.MISSING)
