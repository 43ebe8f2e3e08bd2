"""The sides of a comparison. Years of a country, one year in several editions, or one year of several countries."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.model import Catalogue, Label, Observation, Vintage, joint_catalogue
from reporter.model.label import NO_WORDS


class Manner(StrEnum):
    """The kind of sides: years, editions or countries."""

    YEARS = "years"
    EDITIONS = "editions"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a year in an edition. `figures` is what is known of the year's figures, `edition` the
    edition whose text, law and lists the side shows. Years of one country share one state of knowledge, so `figures` is
    the same for all of them; editions differ in it."""

    year: int
    figures: Vintage
    edition: Vintage

    def seen(self, address: str) -> Observation | None:
        """The observation at an address on this side; None without one."""
        return self.figures.observation(address, self.year)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a comparison, at least two. Years and editions stand in their order."""

    manner: Manner
    sides: tuple[Side, ...]

    @property
    def first(self) -> Side:
        return self.sides[0]

    @property
    def last(self) -> Side:
        return self.sides[-1]

    @property
    def catalogue(self) -> Catalogue:
        of_countries = self.manner is Manner.COUNTRIES
        return joint_catalogue(side.figures.catalogue for side in self.sides[:: 1 if of_countries else -1])

    def definition(self, place: int, seen: Observation) -> Label:
        found = self.sides[place].figures.catalogue.indicator(seen.indicator)
        return dict(found.definitions).get(seen.definition, NO_WORDS) if found else NO_WORDS
