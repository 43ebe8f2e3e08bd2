"""Totals of rows and columns that no file states. Readers know that each is one number, which ties the cells of two
crosses with a dimension in common."""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace

from reporter.data.records import Catalogue, Observation, Status, Vintage
from reporter.data.records.catalogue import CROSSED, OF_CELL, codes_by_dimension
from reporter.data.records.observation import Key
from reporter.figures.analysis.arithmetic import breakdowns


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
        uneven = {name for cells in of_figure if len(names) > 1 for name in _uneven(cells, vintage.catalogue)}
        for cells, own in zip(of_figure, names, strict=True) if len(names) > 1 else ():
            shared = {tuple(name for name in own if name in others) for others in names} - {own, ()}
            partial = {*(total.incomplete if total else ())}
            for margin in _margins(cells, sorted(shared), partial, uneven, vintage.catalogue):
                place = (margin.address, margin.year)
                if place not in vintage.index and (place not in margins or not margin.incomplete):
                    margins[place] = margin
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
            yield Observation(
                cells[0].country,
                cells[0].year,
                cells[0].indicator,
                None,
                cells[0].mark,
                cells[0].vintage,
                cells[0].source,
                CROSSED.join(names),
                OF_CELL.join(codes[name] for name in names),
                status=Status.MISSING,
                incomplete=names if may_be_more else (),
                implied=True,
            )


def _uneven(cells: Sequence[Observation], catalogue: Catalogue) -> Iterator[str]:
    """The dimensions of which a row has a code only as one within it or around it: its total then lacks that row."""
    by_dimension = [codes_by_dimension(cell.dimension, cell.code) for cell in cells]
    for name in by_dimension[0]:
        rows: dict[tuple[str, ...], set[str]] = {}
        for codes in by_dimension:
            rows.setdefault(tuple(code for other, code in codes.items() if other != name), set()).add(codes[name])
        axis = catalogue.dimension(name)
        around = {code: set(axis.around(code)) if axis else set() for code in set[str]().union(*rows.values())}
        for codes in rows.values():
            outer = set[str]().union(*(around[code] for code in codes))
            if any(code in outer or not around[code].isdisjoint(codes) for code in around.keys() - codes):
                yield name
