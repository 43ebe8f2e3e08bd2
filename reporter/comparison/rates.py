"""Figures per 100 000 inhabitants. Only where the workspace has the number of inhabitants, with its source."""

from dataclasses import dataclass
from decimal import Decimal

from reporter.analysis.arithmetic import is_exact, is_sound
from reporter.comparison.figures import Compared
from reporter.comparison.sides import Side, Sides
from reporter.model import Kind, Observation, Unit

INHABITANTS = "population.inhabitants"
PER = 100_000
# What can happen to an inhabitant in a year; a term in years or a stock of clients is no rate.
COUNTED = (Unit.PERSONS, Unit.CASES)


@dataclass(frozen=True, slots=True)
class Rates:
    """A row per 100 000 inhabitants on each side. None where one of the two numbers is missing, inexact or in doubt."""

    row: Compared
    values: tuple[Decimal | None, ...]


def inhabitants(sides: Sides) -> tuple[Observation | None, ...]:
    """The number of inhabitants on each side. None where it is not known exactly, or is zero."""
    seen = (side.seen(INHABITANTS) for side in sides.sides)
    return tuple(each if each and is_exact(each) and each.value else None for each in seen)


def rates(rows: tuple[Compared, ...], sides: Sides) -> tuple[Rates, ...]:
    """The flows of persons and cases as rates. Empty unless at least two sides have inhabitants."""
    if sum(each is not None for each in inhabitants(sides)) < 2:
        return ()
    flows = (row for row in rows if row.indicator.kind is Kind.FLOW and row.indicator.unit in COUNTED)
    found = (Rates(row, tuple(_rate(row, side, place) for place, side in enumerate(sides.sides))) for row in flows)
    others = (each for each in found if each.row.indicator.code != INHABITANTS)
    return tuple(each for each in others if any(value is not None for value in each.values))


def _rate(row: Compared, side: Side, place: int) -> Decimal | None:
    seen, people = row.values[place], side.seen(INHABITANTS)
    if not (is_sound(seen) and is_sound(people)) or seen is None or people is None or not people.value:
        return None
    return (seen.value or Decimal(0)) * PER / people.value
