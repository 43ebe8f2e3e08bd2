"""Totals of rows and columns that no file states. Readers know that each is one number, which ties the cells of two
crosses with a dimension in common."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, combinations, product
from math import prod
from typing import Any

from reporter.data.records import Catalogue, Confidentiality, Observation, Status, Vintage
from reporter.data.records.catalogue import CROSSED, OF_CELL, codes_by_dimension
from reporter.data.records.observation import Key
from reporter.figures.analysis.arithmetic import breakdowns

# The fields of a total that no file states, except its place.
UNSTATED: dict[str, Any] = {
    "value": None,
    "status": Status.MISSING,
    "confidentiality": Confidentiality.FREE,
    "part_of": "",
    "implied": True,
}
MOST_CELLS = 500


def with_margins(vintage: Vintage) -> Vintage:
    """A vintage with these totals as missing values. One that may be more than its cells is incomplete."""
    crosses: dict[Key, list[list[Observation]]] = {}
    for (figure, year, name), cells in breakdowns(vintage.index.values()).items():
        if CROSSED in name and not cells[0].owner:
            crosses.setdefault((figure, year), []).append(cells)
    margins: dict[Key, Observation] = {}
    for key, of_figure in crosses.items():
        names = [tuple(cells[0].dimension.split(CROSSED)) for cells in of_figure]
        total = vintage.observation(*key)
        partial = {*(total.incomplete if total else ())}
        uneven = {name for cells in of_figure if len(names) > 1 for name in _uneven(cells, vintage.catalogue)}
        for cells, own in zip(of_figure, names, strict=True) if len(names) > 1 else ():
            shared = {tuple(name for name in own if name in others) for others in names} - {own, ()}
            for margin in _margins(cells, sorted(shared), partial, uneven, vintage.catalogue):
                place = (margin.address, margin.year)
                if place not in vintage.index and (place not in margins or not margin.incomplete):
                    margins[place] = margin
        complete = not uneven and partial.isdisjoint(name for own in names for name in (*own, CROSSED.join(own)))
        for three in combinations(of_figure, 3) if complete else ():
            together = {name for cells in three for name in cells[0].dimension.split(CROSSED)}
            if not any(together.issubset(own) for own in names):
                margins |= {(cell.address, cell.year): cell for cell in _within(three, vintage.catalogue)}
    return replace(vintage, index={**vintage.index, **margins}) if margins else vintage


def _margins(
    cells: Sequence[Observation],
    shared: Collection[tuple[str, ...]],
    partial: Set[str],
    uneven: Set[str],
    catalogue: Catalogue,
) -> Iterator[Observation]:
    dimensions = cells[0].dimension.split(CROSSED)
    is_partial = not {cells[0].dimension, *dimensions}.isdisjoint(partial)
    for names in shared:
        left_out = (axis for axis in map(catalogue.dimension, dimensions) if axis and axis.code not in names)
        may_be_more = is_partial or any(axis.subset for axis in left_out) or not uneven.isdisjoint(names)
        for codes in (codes_by_dimension(cell.dimension, cell.code) for cell in cells):
            code = OF_CELL.join(codes[name] for name in names)
            incomplete = names if may_be_more else ()
            yield replace(cells[0], dimension=CROSSED.join(names), code=code, incomplete=incomplete, **UNSTATED)


def _within(crosses: Sequence[Sequence[Observation]], catalogue: Catalogue) -> Iterator[Observation]:
    """The cells that three crosses would have together. Where each two share what the third lacks, readers know more
    of them than of any two: of form and person, form and citizenship, person and citizenship."""
    one, two, three = (set(cells[0].dimension.split(CROSSED)) for cells in crosses)
    axes = [axis for axis in catalogue.dimensions if axis.code in one | two | three]
    if not (one & two - three and one & three - two and two & three - one) or any(axis.subset for axis in axes):
        return
    stated = [{frozenset(codes_by_dimension(cell.dimension, cell.code).items()) for cell in cells} for cells in crosses]
    used = [sorted({pair for pair in chain(*chain(*stated)) if pair[0] == axis.code}) for axis in axes]
    # So many would take too long to solve.
    if prod(map(len, used)) > MOST_CELLS:
        return
    names = CROSSED.join(axis.code for axis in axes)
    for cell in product(*used):
        if all(any(codes.issubset(cell) for codes in of_cross) for of_cross in stated):
            code = OF_CELL.join(code for _, code in cell)
            yield replace(crosses[0][0], dimension=names, code=code, **UNSTATED)


def _uneven(cells: Sequence[Observation], catalogue: Catalogue) -> Iterator[str]:
    """The dimensions of which a row has a code only as one within it or around it: its total then lacks that row."""
    by_dimension = [codes_by_dimension(cell.dimension, cell.code) for cell in cells]
    for name in by_dimension[0]:
        rows: dict[tuple[str, ...], set[str]] = {}
        for codes in by_dimension:
            rows.setdefault(tuple(code for other, code in codes.items() if other != name), set()).add(codes[name])
        axis = catalogue.dimension(name)
        around = {code: set(axis.around(code)) if axis else set() for code in set[str]().union(*rows.values())}
        for row in rows.values():
            outer = set[str]().union(*(around[code] for code in row))
            if any(code in outer or not around[code].isdisjoint(row) for code in around.keys() - row):
                yield name
