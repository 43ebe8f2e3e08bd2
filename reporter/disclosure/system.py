"""Counts that are published or withheld, and what ties them. All that readers know of a count that is withheld, they
know from here: no file, no data set, no page."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple


class CellKey(NamedTuple):
    """Where a count stands: address, year, and which publication. Two versions of a count are two cells. Where they are
    the same number, a tie says so."""

    address: str
    year: int = 0
    version: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.address, f"of {self.year}" if self.year else "", self.version)))


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number in a publication. `value` is None where it is not known. Readers take it to lie between `lowest`
    and `highest`. A count that is `out` is known from an earlier publication, one that is `kept` must be printed:
    neither can be withheld as well. `weight` says how much is lost without it; of what weighs the same, the lowest
    `order` goes first."""

    key: CellKey
    value: int | None = None
    lowest: int = 0
    highest: int | None = None
    withheld: bool = False
    out: bool = False
    kept: bool = False
    weight: int = 1
    order: int = 0

    @property
    def is_known(self) -> bool:
        return self.value is not None and (self.out or not self.withheld)

    @property
    def can_be_withheld(self) -> bool:
        return self.value is not None and not (self.withheld or self.out or self.kept)


Terms = tuple[tuple[CellKey, int], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What readers know of a sum of counts: its least and most. Each count has its factor. `name` says in plain words
    which counts they are ("victims.identified and its parts by person"), `place` where readers see it. What is printed
    only with some counts, as a share or a change is, readers do not see where one of them is withheld."""

    name: str
    terms: Terms
    least: int | None
    most: int | None
    place: str = ""
    printed_with: tuple[CellKey, ...] = ()

    @property
    def keys(self) -> tuple[CellKey, ...]:
        return tuple(key for key, _ in self.terms)


@dataclass(frozen=True, slots=True)
class System:
    """The counts of all publications, with all that ties them."""

    counts: tuple[Count, ...]
    ties: tuple[Tie, ...]

    @property
    def by_key(self) -> dict[CellKey, Count]:
        return {each.key: each for each in self.counts}

    @property
    def withheld(self) -> tuple[CellKey, ...]:
        return tuple(each.key for each in self.counts if each.withheld)

    def withholding(self, keys: Collection[CellKey]) -> "System":
        return replace(
            self, counts=tuple(replace(each, withheld=each.withheld or each.key in keys) for each in self.counts)
        )
