"""Find counts from which a person could be identified, and their permissions. They are one to four victims or children,
or what the settings call small: stated counts, and those that parts leave of their whole."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.data.errors import Mark
from reporter.data.records import (
    Confidentiality,
    Observation,
    Permission,
    Qualifier,
    Status,
    Unit,
    Vintage,
    is_given,
    is_named,
    is_withheld,
)
from reporter.data.records.catalogue import OF_CELL
from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.analysis.arithmetic import divisions, remainder, top_parts

# A count in this range may let readers recognise a person.
SMALL = range(1, 5)
CHILDREN = ("children", "girls", "boys")
VICTIMS, ITEM, LETTER = re.compile(r"(?<![a-z])victims?(?![a-z])", re.IGNORECASE), "art19a", "a"


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A count that could identify a person: the first of `values`, or what the others leave of it on an `axis`."""

    values: tuple[Observation, ...]
    axis: str = ""

    @property
    def mark(self) -> Mark:
        return self.values[0].mark

    @property
    def year(self) -> int:
        return self.values[0].year

    @property
    def number(self) -> Decimal:
        whole, *parts = (observation.value or Decimal(0) for observation in self.values)
        return whole - sum(parts, Decimal(0))

    @property
    def name(self) -> str:
        address = self.values[0].address
        return f"{address}, not stated by {self.axis}" if self.axis else address


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission with the counts that may be published by it."""

    permission: Permission
    counts: tuple[SmallCount, ...]


def small_counts(vintage: Vintage) -> tuple[SmallCount, ...]:
    limits = {(value.address, value.year): limit_of(value, vintage) for value in vintage.index.values()}
    now = (observation for observation in vintage.index.values() if limits[observation.address, observation.year])
    stated = {
        (item.address, item.year, item.value, item.source): SmallCount((item,))
        for item in (*_before(vintage), *now)
        if is_given(item) and _is_small(item.value, limit_of(item, vintage))
        # A multiple of five with "about" was rounded.
        if not (item.qualifier is Qualifier.ABOUT and item.value is not None and not item.value % ROUNDED_TO)
    }
    return tuple(sorted((*stated.values(), *_rests(vintage, limits)), key=lambda count: (count.mark, bool(count.axis))))


def nearly_small_rests(vintage: Vintage, width: int) -> Iterator[SmallCount]:
    """What parts leave of their whole, where it is not small but less than `width` above small."""
    limits = {(value.address, value.year): limit_of(value, vintage) for value in vintage.index.values()}
    small = set(_rests(vintage, limits))
    wider = {key: limit and limit + width for key, limit in limits.items()}
    return (count for count in _rests(vintage, wider) if count not in small)


def limit_of(observation: Observation, vintage: Vintage) -> int:
    """The number from which a count is not small, or 0 for counts that may always be published. It applies to victims,
    to children in any count of persons, and as the settings say."""
    named = (rule.below for rule in vintage.settings.disclosure.thresholds if is_named(rule, observation))
    usual = SMALL.stop if _counts_victims(observation, vintage) or _counts_children(observation, vintage) else 0
    return max((usual, *named))


def _is_small(value: Decimal | None, limit: int) -> bool:
    return value is not None and SMALL.start <= value < limit


def unpermitted(vintage: Vintage) -> tuple[SmallCount, ...]:
    return tuple(count for count in small_counts(vintage) if not permissions_of(count, vintage))


def undecided(vintage: Vintage) -> tuple[SmallCount, ...]:
    """The small counts that would be published by oversight, neither permitted nor withheld nor rounded."""
    rounded = {(item.figure, item.year) for one in vintage.data.protections for item in one.rounded}

    def is_kept(observation: Observation) -> bool:
        key = (observation.address, observation.year)
        return key in rounded or is_withheld(observation) or is_withheld(vintage.index.get(key, observation))

    return tuple(count for count in unpermitted(vintage) if not any(map(is_kept, count.values)))


def grants(state: Vintage) -> tuple[Grant, ...]:
    let_out: dict[Mark, list[SmallCount]] = {}
    for count in small_counts(state):
        for permission in permissions_of(count, state):
            let_out.setdefault(permission.mark, []).append(count)
    return tuple(Grant(rule, tuple(let_out[rule.mark])) for rule in state.settings.small_counts if rule.mark in let_out)


def permissions_of(count: SmallCount, vintage: Vintage) -> tuple[Permission, ...]:
    """The first permission for each value of a count; none as soon as one of the values has none."""
    rules = [next((rule for rule in vintage.settings.small_counts if rule.covers(item)), None) for item in count.values]
    return tuple({rule.mark: rule for rule in rules if rule}.values()) if None not in rules else ()


def permission_lines(counts: Iterable[SmallCount], languages: Iterable[str]) -> Iterator[str]:
    """The lines that would permit these counts, one for each source, with the reason left to the user."""
    years: dict[tuple[str, str], set[int]] = {}
    for observation in (item for count in counts for item in count.values):
        years.setdefault((observation.country, observation.source), set()).add(observation.year)
    reason = ", ".join(f"{language}: …" for language in languages)
    for (country, source), of_source in sorted(years.items()):
        first, last = min(of_source), max(of_source)
        span = f"{first}/{last}" if first < last else f"{first}"
        yield f"  - {{country: {country}, source: {source}, years: {span}, reason: {{{reason}}}}}"


def _before(vintage: Vintage) -> Iterator[Observation]:
    """What was stated before a later file revised it: it is printed next to the current value, and its file is sent."""
    yield from (restatement.value for restatement in vintage.data.restated)
    yield from vintage.data.observations
    for change in vintage.data.revisions:
        yield change.now
        key = (change.figure, change.year)
        stated = any((item.address, item.year, item.value) == (*key, change.was) for item in vintage.data.observations)
        if change.was is not None and not stated:
            yield replace(change.now, value=change.was, status=Status.GIVEN, confidentiality=Confidentiality.FREE)


def _counts_victims(observation: Observation, vintage: Vintage) -> bool:
    """Return whether a figure counts victims. By a word in its name or that of its part or whole, by its population, or
    because its indicator answers item (a) of Article 19a."""
    indicator = vintage.catalogue.indicator(observation.indicator)
    answers = indicator is not None and dict(indicator.mappings).get(ITEM) == LETTER
    named = (observation.address, observation.part_of, indicator.population if indicator else "")
    return answers or any(VICTIMS.search(word) for word in named)


def _counts_children(observation: Observation, state: Vintage) -> bool:
    indicator, axis = state.catalogue.indicator(observation.indicator), state.catalogue.dimension(observation.dimension)
    if indicator is None or indicator.unit is not Unit.PERSONS or axis is None:
        return False
    cells = (observation.code, *axis.around(observation.code))
    return any(code in CHILDREN for cell in cells for code in cell.split(OF_CELL))


def _rests(vintage: Vintage, limits: Mapping[tuple[str, int], int]) -> Iterator[SmallCount]:
    """What parts leave of their whole (a total, or a part with parts) where that is a small count."""
    for division in divisions(vintage, vintage.index.values()):
        axis, parts = division.axis, division.parts
        by_code = {observation.code: observation for observation in parts}
        inner: dict[str, list[Observation]] = {}
        for observation in parts:
            member = axis.get(observation.code)
            if member and member.within in by_code:
                inner.setdefault(member.within, []).append(observation)
        total = vintage.observation(division.whole, division.year)
        wholes = ((total, parts), *((by_code[code], members) for code, members in inner.items()))
        for whole, inside in wholes:
            outer_parts = top_parts(inside, axis)
            # The remainder is of the kind of the parts where all of them are.
            limit = min(limits[observation.address, observation.year] for observation in inside)
            if whole and _is_small(remainder(whole, outer_parts, axis), limit):
                yield SmallCount((whole, *outer_parts), axis.code)
