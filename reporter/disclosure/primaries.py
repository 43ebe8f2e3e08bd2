"""Which values the public must not get for what they are themselves."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reporter.analysis.arithmetic import remainder, top_parts
from reporter.analysis.small_counts import SmallCount, limit_of, nearly_small_rests, permissions_of, small_counts
from reporter.disclosure.lots import PARTS, TOTALS, Lots
from reporter.disclosure.replay import most_small
from reporter.model import Because, Dimension, Observation, Qualifier, Vintage, is_given
from reporter.model.seen import Key


@dataclass(frozen=True, slots=True)
class Primary:
    """A value that must not become known, and why."""

    seen: Observation
    because: Because


def small_primaries(known: Vintage, lots: Lots) -> tuple[Primary, ...]:
    """The values that are withheld for being small. None that a permission covers. A value that stood there before a
    revision is withheld with that. Of those that are nearly small some are withheld too, by lot."""
    small = (each.values[0] for each in _unpermitted(known) if not each.axis)
    found = {(seen.address, seen.year): Primary(seen, Because.SMALL) for seen in small}
    for key, seen in known.index.items():
        one_in = PARTS if seen.code else TOTALS
        if key not in found and lots.is_drawn("small", *key, one_in) and _is_nearly_small(seen, known):
            found[key] = Primary(seen, Because.LOT)
    return tuple(found.values())


def _is_nearly_small(seen: Observation, known: Vintage) -> bool:
    limit, value = limit_of(seen, known), seen.value
    if not (limit and value is not None and is_given(seen)) or seen.owner or seen.qualifier is not Qualifier.EXACT:
        return False
    is_near = limit <= value <= most_small(limit, known.settings.disclosure.width)
    return is_near and not permissions_of(SmallCount((seen,)), known)


def zero_primaries(known: Vintage, withheld: Collection[Key]) -> tuple[Primary, ...]:
    """Zeros from which something follows for all persons of a group. Where another part of the group is withheld,
    nothing follows from them, and they are printed."""
    if not known.settings.disclosure.zeros:
        return ()
    return tuple(
        Primary(seen, Because.ZERO)
        for inside, zeros in _telling_zeros(known)
        if not any((seen.address, seen.year) in withheld for seen in inside)
        for seen in zeros
    )


def small_rests(known: Vintage, lots: Lots) -> tuple[SmallCount, ...]:
    nearly = nearly_small_rests(known, known.settings.disclosure.width) if lots.seed else ()
    drawn = (each for each in nearly if lots.is_drawn("small", each.name, each.year, PARTS))
    small = (each for each in _unpermitted(known) if each.axis)
    return (*small, *(each for each in drawn if not permissions_of(each, known)))


def _unpermitted(known: Vintage) -> Iterator[SmallCount]:
    return (each for each in small_counts(known) if not permissions_of(each, known))


def _telling_zeros(known: Vintage) -> Iterator[tuple[tuple[Observation, ...], list[Observation]]]:
    """The parts of a group, and the zeros by which all are known to be of one kind. They are beside the only part that
    has anybody in it, of persons of whom small counts are withheld."""
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
                open_zeros = [
                    seen
                    for seen in zeros
                    if limit_of(seen, known) and not any(each.covers(seen) for each in known.settings.small_counts)
                ]
                yield inside, open_zeros


def _rows(
    total: Observation | None, parts: list[Observation], axis: Dimension
) -> Iterator[tuple[Observation | None, tuple[Observation, ...]]]:
    yield total, top_parts(parts, axis)
    for seen in parts:
        codes = {member.code for member in axis.codes if member.within == seen.code}
        inner = tuple(each for each in parts if each.code in codes)
        if inner:
            yield seen, inner
