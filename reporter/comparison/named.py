"""The countries named on the sides of a comparison. Only lists of the same kind are compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporter.comparison.sides import Side, Sides
from reporter.model import CountryList, Label, ListKind


@dataclass(frozen=True, slots=True)
class Named:
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


def compare_named(sides: Sides) -> tuple[Named, ...]:
    """The lists of every kind that some side has. Those that can be compared come first."""
    found = [each for kind in ListKind if (each := _named(kind, sides.sides)).listed]
    return tuple(sorted(found, key=lambda each: not each.is_comparable))


def _named(kind: ListKind, sides: tuple[Side, ...]) -> Named:
    found = [
        [each for each in side.edition.data.lists if each.kind is kind and each.year == side.year] for side in sides
    ]
    codes = tuple(
        tuple(dict.fromkeys(code for each in lists for code in each.countries)) if lists else None for lists in found
    )
    groups = tuple(tuple(group for each in lists for group in each.groups) for lists in found)
    return Named(kind, codes, groups, tuple(each for lists in found for each in lists))


def _without(codes: Iterable[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in others)
