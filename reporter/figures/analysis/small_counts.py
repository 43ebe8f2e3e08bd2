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
from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.analysis.arithmetic import breakdowns, remainder, top_parts

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
        whole, *parts = (each.value or Decimal(0) for each in self.values)
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


def small_counts(known: Vintage) -> tuple[SmallCount, ...]:
    limits = {(seen.address, seen.year): limit_of(seen, known) for seen in known.index.values()}
    now = (seen for seen in known.index.values() if limits[seen.address, seen.year])
    stated = {
        (seen.address, seen.year, seen.value, seen.source): SmallCount((seen,))
        for seen in (*_before(known), *now)
        if is_given(seen) and _is_small(seen.value, limit_of(seen, known))
        # A multiple of five with "about" was rounded.
        if not (seen.qualifier is Qualifier.ABOUT and seen.value is not None and not seen.value % ROUNDED_TO)
    }
    return tuple(sorted((*stated.values(), *_rests(known, limits)), key=lambda each: (each.mark, bool(each.axis))))


def nearly_small_rests(known: Vintage, width: int) -> Iterator[SmallCount]:
    """What parts leave of their whole, where it is not small but less than `width` above small."""
    limits = {(seen.address, seen.year): limit_of(seen, known) for seen in known.index.values()}
    small = set(_rests(known, limits))
    wider = {key: limit and limit + width for key, limit in limits.items()}
    return (each for each in _rests(known, wider) if each not in small)


def limit_of(seen: Observation, known: Vintage) -> int:
    """The number from which a count is not small, or 0 for counts that may always be published. It applies to victims,
    to children in any count of persons, and as the settings say."""
    named = (each.below for each in known.settings.disclosure.thresholds if is_named(each, seen))
    usual = SMALL.stop if _counts_victims(seen, known) or _counts_children(seen, known) else 0
    return max((usual, *named))


def _is_small(value: Decimal | None, limit: int) -> bool:
    return value is not None and SMALL.start <= value < limit


def unpermitted(known: Vintage) -> tuple[SmallCount, ...]:
    return tuple(each for each in small_counts(known) if not permissions_of(each, known))


def undecided(known: Vintage) -> tuple[SmallCount, ...]:
    """The small counts that would be published by oversight, neither permitted nor withheld nor rounded. `known` may
    have all numbers or only those that the public gets."""
    rounded = {(each.figure, each.year) for one in known.data.protections for each in one.rounded}

    def is_kept(seen: Observation) -> bool:
        key = (seen.address, seen.year)
        return key in rounded or is_withheld(seen) or is_withheld(known.index.get(key, seen))

    return tuple(each for each in unpermitted(known) if not any(map(is_kept, each.values)))


def grants(known: Vintage) -> tuple[Grant, ...]:
    let_out: dict[Mark, list[SmallCount]] = {}
    for each in small_counts(known):
        for permission in permissions_of(each, known):
            let_out.setdefault(permission.mark, []).append(each)
    return tuple(Grant(each, tuple(let_out[each.mark])) for each in known.settings.small_counts if each.mark in let_out)


def permissions_of(count: SmallCount, known: Vintage) -> tuple[Permission, ...]:
    """The first permission for each value of a count; none as soon as one of the values has none."""
    found = [next((each for each in known.settings.small_counts if each.covers(seen)), None) for seen in count.values]
    return tuple({each.mark: each for each in found if each}.values()) if None not in found else ()


def permission_lines(counts: Iterable[SmallCount], languages: Iterable[str]) -> Iterator[str]:
    """The lines that would permit these counts, one for each source, with the reason left to the user."""
    years: dict[tuple[str, str], set[int]] = {}
    for seen in (seen for each in counts for seen in each.values):
        years.setdefault((seen.country, seen.source), set()).add(seen.year)
    reason = ", ".join(f"{each}: …" for each in languages)
    for (country, source), of_source in sorted(years.items()):
        first, last = min(of_source), max(of_source)
        span = f"{first}/{last}" if first < last else f"{first}"
        yield f"  - {{country: {country}, source: {source}, years: {span}, reason: {{{reason}}}}}"


def _before(known: Vintage) -> Iterator[Observation]:
    """What was stated before a later file revised it: it is printed next to the current value, and its file is sent."""
    yield from (each.value for each in known.data.restated)
    yield from known.data.observations
    for each in known.data.revisions:
        yield each.now
        key = (each.figure, each.year)
        stated = any((seen.address, seen.year, seen.value) == (*key, each.was) for seen in known.data.observations)
        if each.was is not None and not stated:
            yield replace(each.now, value=each.was, status=Status.GIVEN, confidentiality=Confidentiality.FREE)


def _counts_victims(seen: Observation, known: Vintage) -> bool:
    """Return whether a figure counts victims. By a word in its name or that of its part or whole, by its population, or
    because its indicator answers item (a) of Article 19a."""
    indicator = known.catalogue.indicator(seen.indicator)
    answers = indicator is not None and dict(indicator.mappings).get(ITEM) == LETTER
    named = (seen.address, seen.part_of, indicator.population if indicator else "")
    return answers or any(VICTIMS.search(each) for each in named)


def _counts_children(seen: Observation, known: Vintage) -> bool:
    indicator, axis = known.catalogue.indicator(seen.indicator), known.catalogue.dimension(seen.dimension)
    if indicator is None or indicator.unit is not Unit.PERSONS or axis is None:
        return False
    code = seen.code
    while code not in CHILDREN and (member := axis.get(code)) and member.within:
        code = member.within
    return code in CHILDREN


def _rests(known: Vintage, limits: Mapping[tuple[str, int], int]) -> Iterator[SmallCount]:
    """What parts leave of their whole (a total, or a part with parts) where that is a small count."""
    for (figure, year, name), parts in breakdowns(known.index.values()).items():
        axis = known.catalogue.dimension(name)
        if axis is None:
            continue
        by_code = {seen.code: seen for seen in parts}
        inner: dict[str, list[Observation]] = {}
        for seen in parts:
            member = axis.get(seen.code)
            if member and member.within in by_code:
                inner.setdefault(member.within, []).append(seen)
        wholes = ((known.observation(figure, year), parts), *((by_code[code], each) for code, each in inner.items()))
        for whole, inside in wholes:
            given = top_parts(inside, axis)
            # The remainder is of the kind of the parts where all of them are.
            limit = min(limits[seen.address, seen.year] for seen in inside)
            if whole and _is_small(remainder(whole, given, axis), limit):
                yield SmallCount((whole, *given), axis.code)
