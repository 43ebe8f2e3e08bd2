"""What an edition says of one cell, the same in every chart, table and file. A zero that follows from the other parts,
and a value that does not belong to its series."""

from dataclasses import replace
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.analysis.arithmetic import Obstacle
from reporter.model import Flag, Observation, Series, Vintage


def part_value(known: Vintage, indicator: str, dimension: str, code: str, year: int) -> Observation | None:
    """A part in a year. Where nothing is stated of it and the other parts make the whole, it is 0."""
    seen, total = known.observation(f"{indicator}.{code}", year), known.observation(indicator, year)
    axis = known.catalogue.dimension(dimension)
    if seen is not None or total is None or axis is None:
        return seen
    if not arithmetic.is_unnamed_zero(code, total, known.parts(indicator, dimension, year), axis):
        return None
    cleared = replace(total, notes=(), incomplete=(), part_of="")
    return replace(cleared, dimension=dimension, code=code, value=Decimal(), implied=True)


def part_series(known: Vintage, indicator: str, dimension: str, code: str) -> Series:
    """A part over the years, with the zeros that follow from the other parts."""
    found = (part_value(known, indicator, dimension, code, year) for year in known.years)
    return Series(indicator, code, tuple(seen for seen in found if seen))


def break_years(known: Vintage, series: Series) -> frozenset[int]:
    """The years in which a series breaks. That of a part breaks where its total does."""
    both = (known.series(series.indicator, code) for code in dict.fromkeys((series.code, "")))
    return frozenset(seen.year for each in both for seen in each if Flag.BREAK in seen.flags)


def off_series(known: Vintage, seen: Observation) -> Obstacle | None:
    """Why a value does not belong with the others of its series. What holds of a total holds of its parts."""
    if seen.owner or seen.country != known.country.code:
        return None
    for code in dict.fromkeys((seen.code, "")):
        series = tuple(known.series(seen.indicator, code))
        for each, obstacle in zip(series, arithmetic.off_series_obstacles(series), strict=True):
            if each.year == seen.year and obstacle:
                return obstacle
    return None
