"""Find counts of one to four victims, and their permissions.

A count is one that a file states, or one that follows from what is printed: what parts leave of their whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis.arithmetic import remainder
from reporter.errors import Mark
from reporter.model import Confidentiality, Dimension, Observation, Permission, Status, Vintage, is_given

# A count of so many persons may let readers recognise one of them.
SMALL = range(1, 5)
VICTIMS, ITEM, LETTER = re.compile(r"(?<![a-z])victims?(?![a-z])", re.IGNORECASE), "art19a", "a"


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A count of one to four victims.

    It is the first of `values`, or what the others leave of that on an `axis`.
    """

    values: tuple[Observation, ...]
    axis: str = ""

    @property
    def mark(self) -> Mark:
        """The place of the value, or of the whole."""
        return self.values[0].mark

    @property
    def year(self) -> int:
        """The reference year."""
        return self.values[0].year

    @property
    def name(self) -> str:
        """The address, with the axis for what is not stated on it."""
        address = self.values[0].address
        return f"{address}, not stated by {self.axis}" if self.axis else address


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission with the counts that it lets out."""

    permission: Permission
    counts: tuple[SmallCount, ...]


def small_counts(known: Vintage) -> tuple[SmallCount, ...]:
    """The small counts of victims of a vintage, in file order."""
    victims = [seen for seen in known.index.values() if _counts_victims(seen, known)]
    before = [seen for seen in _before(known) if _counts_victims(seen, known)]
    stated = {
        (seen.address, seen.year, seen.value, seen.source): SmallCount((seen,))
        for seen in (*before, *victims)
        if is_given(seen) and seen.value in SMALL
    }
    return tuple(sorted((*stated.values(), *_rests(victims, known)), key=lambda each: (each.mark, bool(each.axis))))


def unpermitted(known: Vintage) -> tuple[SmallCount, ...]:
    """The small counts that no permission covers."""
    return tuple(each for each in small_counts(known) if not permissions_of(each, known))


def grants(known: Vintage) -> tuple[Grant, ...]:
    """The permissions that let counts out, in the order of the file."""
    let_out: dict[Mark, list[SmallCount]] = {}
    for each in small_counts(known):
        for permission in permissions_of(each, known):
            let_out.setdefault(permission.mark, []).append(each)
    permissions = known.settings.small_counts
    return tuple(Grant(each, tuple(let_out[each.mark])) for each in permissions if each.mark in let_out)


def permissions_of(count: SmallCount, known: Vintage) -> tuple[Permission, ...]:
    """The permissions of a count, the first for each of its values.

    None as soon as one of the values has none.
    """
    found = [next((each for each in known.settings.small_counts if each.covers(seen)), None) for seen in count.values]
    return tuple({each.mark: each for each in found if each}.values()) if None not in found else ()


def permission_lines(counts: Iterable[SmallCount], languages: Iterable[str]) -> Iterator[str]:
    """The lines that would permit these counts, one a source.

    The reason is left to who knows it.
    """
    years: dict[tuple[str, str], set[int]] = {}
    for seen in (seen for each in counts for seen in each.values):
        years.setdefault((seen.country, seen.source), set()).add(seen.year)
    reason = ", ".join(f"{each}: …" for each in languages)
    for (country, source), of_source in sorted(years.items()):
        first, last = min(of_source), max(of_source)
        span = f"{first}/{last}" if first < last else f"{first}"
        yield f"  - {{country: {country}, source: {source}, years: {span}, reason: {{{reason}}}}}"


def _before(known: Vintage) -> Iterator[Observation]:
    """What was stated before a later file revised it.

    It is printed beside what holds now, and its file is sent.
    """
    yield from (each.value for each in known.data.restated)
    yield from known.data.observations
    for each in known.data.revisions:
        yield each.now
        key = (each.figure, each.year)
        stated = any((seen.address, seen.year, seen.value) == (*key, each.was) for seen in known.data.observations)
        if each.was is not None and not stated:
            yield replace(each.now, value=each.was, status=Status.GIVEN, confidentiality=Confidentiality.FREE)


def _counts_victims(seen: Observation, known: Vintage) -> bool:
    """Return whether a figure counts victims.

    It does by a word in its name, in that of its part or of what it is part of, by the population that it counts, or
    because its indicator answers item (a) of Article 19a.
    """
    indicator = known.catalogue.indicator(seen.indicator)
    answers = indicator is not None and dict(indicator.mappings).get(ITEM) == LETTER
    named = (seen.address, seen.part_of, indicator.population if indicator else "")
    return answers or any(VICTIMS.search(each) for each in named)


def _rests(victims: Iterable[Observation], known: Vintage) -> Iterator[SmallCount]:
    """What parts leave of their whole, where that is a small count.

    The whole is a total, or a part that has parts itself.
    """
    groups: dict[tuple[str, int, str], list[Observation]] = {}
    for seen in victims:
        if seen.dimension:
            groups.setdefault((seen.figure, seen.year, seen.dimension), []).append(seen)
    for (figure, year, name), parts in groups.items():
        axis = known.catalogue.dimension(name)
        if axis:
            by_code = {seen.code: seen for seen in parts}
            yield from _rest(known.observation(figure, year), parts, axis)
            for code, inner in _within(by_code, axis).items():
                yield from _rest(by_code[code], inner, axis)


def _within(parts: Mapping[str, Observation], axis: Dimension) -> Mapping[str, list[Observation]]:
    """The parts that lie within other parts, by the code of those."""
    found: dict[str, list[Observation]] = {}
    for code, seen in parts.items():
        member = axis.get(code)
        if member and member.within in parts:
            found.setdefault(member.within, []).append(seen)
    return found


def _rest(whole: Observation | None, parts: Iterable[Observation], axis: Dimension) -> Iterator[SmallCount]:
    given = tuple(parts)
    rest: Decimal | None = remainder(whole, given, axis)
    if whole and rest in SMALL:
        yield SmallCount((whole, *given), axis.code)
