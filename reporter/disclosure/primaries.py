"""Which values the public must not get for what they are themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.analysis.arithmetic import remainder, top_parts
from reporter.analysis.small_counts import SmallCount, limit_of, permissions_of, small_counts
from reporter.model import Because, Dimension, Observation, Vintage, is_given


@dataclass(frozen=True, slots=True)
class Primary:
    """A value that must not become known, and why."""

    seen: Observation
    because: Because


def primaries(known: Vintage) -> tuple[Primary, ...]:
    """The values that are withheld for what they are. None that a permission covers. A value that stood there before a
    revision is withheld with that."""
    small = (each.values[0] for each in _unpermitted(known) if not each.axis)
    found = {(seen.address, seen.year): Primary(seen, Because.SMALL) for seen in small}
    if known.settings.disclosure.zeros:
        for seen in _telling_zeros(known):
            found.setdefault((seen.address, seen.year), Primary(seen, Because.ZERO))
    return tuple(found.values())


def small_rests(known: Vintage) -> tuple[SmallCount, ...]:
    return tuple(each for each in _unpermitted(known) if each.axis)


def _unpermitted(known: Vintage) -> Iterator[SmallCount]:
    return (each for each in small_counts(known) if not permissions_of(each, known))


def _telling_zeros(known: Vintage) -> Iterator[Observation]:
    """Zeros that tell of everybody in a group. By them all are known to be of one kind. They are beside the only part
    that has anybody in it, of persons of whom small counts are withheld."""
    groups: dict[tuple[str, int, str], list[Observation]] = {}
    for seen in known.index.values():
        if seen.dimension and is_given(seen):
            groups.setdefault((seen.figure, seen.year, seen.dimension), []).append(seen)
    for (figure, year, name), parts in groups.items():
        axis = known.catalogue.dimension(name)
        if axis is None or axis.subset:
            continue
        for whole, inside in _rows(known.observation(figure, year), parts, axis):
            zeros = [seen for seen in inside if seen.value == 0]
            if zeros and len(inside) - len(zeros) == 1 and remainder(whole, inside, axis) == 0:
                yield from (
                    seen
                    for seen in zeros
                    if limit_of(seen, known) and not any(each.covers(seen) for each in known.settings.small_counts)
                )


def _rows(
    total: Observation | None, parts: list[Observation], axis: Dimension
) -> Iterator[tuple[Observation | None, tuple[Observation, ...]]]:
    yield total, top_parts(parts, axis)
    for seen in parts:
        codes = {member.code for member in axis.codes if member.within == seen.code}
        inner = tuple(each for each in parts if each.code in codes)
        if inner:
            yield seen, inner
