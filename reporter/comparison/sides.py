"""What stands side by side: years of a country, one year in several editions, or one year of several countries."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.model import Observation, Vintage


class Manner(StrEnum):
    """What tells the sides of a comparison apart."""

    YEARS = "years"
    EDITIONS = "editions"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the year of its figures, what is known of them, and the edition whose text, law and lists it shows.

    Years of one country share one state of knowledge, so `figures` is the same for all of them; editions differ in it.
    """

    year: int
    figures: Vintage
    edition: Vintage

    def seen(self, address: str) -> Observation | None:
        """The value at an address on this side, or None when nobody said anything."""
        return self.figures.observation(address, self.year)


@dataclass(frozen=True, slots=True)
class Sides:
    """At least two sides; years and editions stand in their order."""

    manner: Manner
    sides: tuple[Side, ...]

    @property
    def first(self) -> Side:
        """The earliest side, or the first country."""
        return self.sides[0]

    @property
    def last(self) -> Side:
        """The latest side, or the last country."""
        return self.sides[-1]
