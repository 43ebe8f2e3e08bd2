"""The sides of a comparison. Years of a country, one year in several editions, or one year of several countries."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reporter.data.records import Catalogue, CountryList, Label, ListKind, Observation, Vintage, joint_catalogue
from reporter.data.records.label import NO_WORDS


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


@dataclass(frozen=True, slots=True)
class NamedCountries:
    """The countries and groups in the lists of one kind, by side. `countries` holds the codes on each side, None where
    it has no list of that kind."""

    kind: ListKind
    countries: tuple[tuple[str, ...] | None, ...]
    groups: tuple[tuple[Label, ...], ...]
    lists: tuple[CountryList, ...]

    @property
    def listed(self) -> tuple[int, ...]:
        return tuple(place for place, codes in enumerate(self.countries) if codes is not None)

    @property
    def is_comparable(self) -> bool:
        return len(self.listed) > 1

    def change(self, first: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The countries on both of two sides, added, and no longer named. Both sides are to have a list."""
        before, after = self.countries[first] or (), self.countries[last] or ()
        both = tuple(code for code in after if code in before)
        return both, _without(after, both), _without(before, both)


def compare_named(sides: Sides) -> tuple[NamedCountries, ...]:
    """The lists of every kind that some side has. Those that can be compared come first."""
    found = [each for kind in ListKind if (each := _named(kind, sides.sides)).listed]
    return tuple(sorted(found, key=lambda each: not each.is_comparable))


def _named(kind: ListKind, sides: tuple[Side, ...]) -> NamedCountries:
    found = [
        [each for each in side.edition.data.lists if each.kind is kind and each.year == side.year] for side in sides
    ]
    codes = tuple(
        tuple(dict.fromkeys(code for each in lists for code in each.countries)) if lists else None for lists in found
    )
    groups = tuple(tuple(group for each in lists for group in each.groups) for lists in found)
    return NamedCountries(kind, codes, groups, tuple(each for lists in found for each in lists))


def _without(codes: Iterable[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)
