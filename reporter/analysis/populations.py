"""Which population fills a table of Eurostat, and which others would. Numbers of two populations are never joined in a
table: one of them answers for all of its cells in a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from reporter.analysis.derivation import CellOrigin, Filled, fill, is_known, target_cell
from reporter.model import Dataflow, Vintage


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Cells of a table in one year that another indicator would fill. `cells` have their codes in the order of the
    breakdowns; `decided`: the year's file chose `indicator`."""

    dataflow: Dataflow
    person: str
    year: int
    indicator: str
    other: str
    cells: tuple[str, ...]
    decided: bool

    def __str__(self) -> str:
        table, count = self.dataflow.code, len(self.cells)
        return f"{table} is filled by {self.indicator}; {self.other} would fill {count} more: {', '.join(self.cells)}"


def answering_indicator(vintage: Vintage, dataflow: Dataflow, indicators: Sequence[str], year: int) -> str:
    """The indicator that fills a table in one year. The one that the file of the year chooses; else the first with a
    value, else the first that is said to have none, else the first; empty when there are no indicators."""
    axis = dataflow.breakdown[0].axis if dataflow.breakdown else ""
    chosen = (each for each in chosen_indicators(vintage, dataflow, year) if each in indicators)
    known = (each for each in indicators if is_known(vintage, each, axis, year))
    said = (each for each in indicators if vintage.observation(each, year))
    return next(chosen, "") or next(known, "") or next(said, "") or next(iter(indicators), "")


def chosen_indicators(vintage: Vintage, dataflow: Dataflow, year: int) -> tuple[str, ...]:
    """What the file of a year chooses for a table."""
    file = vintage.data.year(year)
    return tuple(file.eurostat.get(dataflow.code, ())) if file else ()


def unfilled(vintage: Vintage) -> Iterator[Unfilled]:
    """The tables of a year that another population would fill further. A cell that is withheld is none of these:
    whoever else is counted, it stays withheld."""
    for dataflow in vintage.catalogue.eurostat.dataflows:
        keys = list(product(*(each.codes for each in dataflow.breakdown)))
        for person, indicators in dataflow.figures:
            chosen = answering_indicator(vintage, dataflow, indicators, vintage.year)
            own = _cells(vintage, dataflow, chosen, keys)
            empty = [
                n for n, each in enumerate(own) if each.value is None and each.origin is not CellOrigin.CONFIDENTIAL
            ]
            for other in (each for each in indicators if each != chosen and empty):
                cells = _cells(vintage, dataflow, other, keys)
                filled = tuple(".".join(keys[n]) for n in empty if cells[n].value is not None)
                if filled:
                    decided = chosen in chosen_indicators(vintage, dataflow, vintage.year)
                    yield Unfilled(
                        dataflow=dataflow,
                        person=person,
                        year=vintage.year,
                        indicator=chosen,
                        other=other,
                        cells=filled,
                        decided=decided,
                    )


def _cells(vintage: Vintage, dataflow: Dataflow, indicator: str, keys: Sequence[tuple[str, ...]]) -> tuple[Filled, ...]:
    names = [each.code for each in dataflow.breakdown]
    sent = set(vintage.catalogue.eurostat.qualifiers)
    targets = (dict(zip(names, key, strict=True)) for key in keys)
    cells = (target_cell(vintage.catalogue, dataflow.breakdown, each) for each in targets)
    return tuple(fill(vintage, indicator, vintage.year, each, sent) for each in cells)
