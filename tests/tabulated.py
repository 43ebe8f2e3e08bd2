"""Small tables with their sums, for the arithmetic of disclosure control, and every completion of what is withheld."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from reporter.figures.withhold.cell_equations import CellKey, Count, System, Tie

MOST = 12
SUM = "*"
# Which categories the dimensions of a table have.
SHAPES = ((3,), (4,), (2, 2), (2, 3), (3, 3), (2, 2, 2))


def cell(name: str) -> CellKey:
    return CellKey(name)


def total_tie(name: str, whole: CellKey, parts: Iterable[CellKey], *, at_most: bool = False) -> Tie:
    """Parts that make a whole, or that it contains."""
    return Tie(name, ((whole, -1), *((part, 1) for part in parts)), None if at_most else 0, 0)


def victims(*withheld: str, **other: int | None) -> System:
    """The victims of the example of 2020 by person."""
    values = {"victims": 24, "women": 16, "men": 7, "children": 1} | other
    counts = tuple(Count(cell(name), value, withheld=name in withheld) for name, value in values.items())
    parts = map(cell, ("women", "men", "children"))
    return System(counts, (total_tie("victims and its parts by person", cell("victims"), parts),))


def table(shape: tuple[int, ...], values: tuple[int, ...]) -> System:
    """A table with the sums over each of its dimensions: the address of a cell is its place, with * for a sum."""
    axes = [[str(each) for each in range(size)] for size in shape]
    inner = dict(zip(product(*axes), values, strict=True))
    every = dict[tuple[str, ...], int]()
    for place in product(*([*axis, SUM] for axis in axes)):
        under = (value for at, value in inner.items() if all(b in (SUM, a) for a, b in zip(at, place, strict=True)))
        every[place] = sum(under)
    ties = [
        total_tie(
            f"the sum {''.join(place)}",
            cell("".join(place)),
            [cell("".join((*place[:axis], each, *place[axis + 1 :]))) for each in axes[axis]],
        )
        for axis in range(len(shape))
        for place in every
        if place[axis] == SUM
    ]
    return System(tuple(Count(cell("".join(place)), value) for place, value in every.items()), tuple(ties))


@st.composite
def tables(draw: st.DrawFn, shapes: tuple[tuple[int, ...], ...] = SHAPES) -> System:
    """A table of which nothing is withheld."""
    shape = draw(st.sampled_from(shapes))
    size = len(list(product(*map(range, shape))))
    return table(shape, tuple(draw(st.lists(st.integers(0, MOST), min_size=size, max_size=size))))


@st.composite
def puzzling_tables(draw: st.DrawFn, most_withheld: int = 5) -> System:
    """A table of which some counts are withheld, with other knowledge of them: no count is beyond the most."""
    system = draw(tables())
    inner = [each.key for each in system.counts if SUM not in each.key.address]
    withheld = draw(st.lists(st.sampled_from(inner), min_size=1, max_size=most_withheld, unique=True))
    counts = tuple(replace(each, withheld=True) if each.key in withheld else each for each in system.counts)
    ends = [Tie(f"the most of {key}", ((key, 1),), None, MOST) for key in withheld]
    return System(counts, (*system.ties, *ends, *draw(st.lists(other_ties(counts), max_size=2))))


@st.composite
def other_ties(draw: st.DrawFn, counts: tuple[Count, ...]) -> Tie:
    """Something true of a sum of some counts, as a printed share or ratio tells it."""
    some = draw(st.lists(st.sampled_from(counts), min_size=1, max_size=3, unique=True))
    terms = tuple((each.key, draw(st.sampled_from((-3, -2, -1, 1, 2, 3)))) for each in some)
    total = total_of(terms, {each.key: each.value or 0 for each in counts})
    least, most = draw(st.integers(0, 4)), draw(st.one_of(st.none(), st.integers(0, 4)))
    return Tie("another number", terms, total - least, None if most is None else total + most)


def total_of(terms: tuple[tuple[CellKey, int], ...], values: Mapping[CellKey, int]) -> int:
    return sum(factor * values[key] for key, factor in terms)


def completions(system: System, most: int = MOST) -> list[dict[CellKey, int]]:
    """Every way to complete what is known, with no count beyond the most: by trying."""
    known = {each.key: each.value for each in system.counts if each.value is not None and each.is_known}
    unknown = [each.key for each in system.counts if not each.is_known]
    return list(_completed(system.ties, known, unknown, most))


def _completed(
    ties: tuple[Tie, ...], values: dict[CellKey, int], unknown: list[CellKey], most: int
) -> Iterator[dict[CellKey, int]]:
    whole = [each for each in ties if all(key in values for key in each.keys)]
    for each in whole:
        total = total_of(each.terms, values)
        if (each.least is not None and total < each.least) or (each.most is not None and total > each.most):
            return
    if not unknown:
        yield values
        return
    left = tuple(each for each in ties if each not in whole)
    for value in range(most + 1):
        yield from _completed(left, values | {unknown[0]: value}, unknown[1:], most)
