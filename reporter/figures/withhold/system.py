"""Counts that are published or withheld, and what ties them. All that readers know of a count that is withheld, they
know from here: no file, no data set, no page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from reporter.data.records.value_status import Key


class CellKey(NamedTuple):
    """Where a count stands: address, year, and which publication. Two versions of a count are two cells. Where they are
    the same number, a tie says so."""

    address: str
    year: int = 0
    version: str = ""

    @property
    def place(self) -> Key:
        return self.address, self.year

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


def equation_text(tie: Tie, counts: Mapping[CellKey, Count]) -> str:
    """An equation in one line, with the numbers that readers know. For example `victims.identified 39 = women 17 + men
    18 + children`."""
    wholes = [(key, -factor) for key, factor in tie.terms if factor < 0]
    parts = [(key, factor) for key, factor in tie.terms if factor > 0]
    if tie.least == tie.most == 0 and len(wholes) == 1 and parts:
        return f"{_sum(wholes, counts)} = {_sum(parts, counts, within=wholes[0][0].address)}{_year(tie)}"
    if tie.least is None and tie.most == 0 and wholes:
        return f"{_sum(wholes, counts)} ≥ {_sum(parts, counts)}{_year(tie)}"
    left = " − ".join(filter(None, (_sum(parts, counts), _sum(wholes, counts))))
    if tie.least == tie.most:
        return f"{tie.name}: {left} = {tie.least}{_year(tie)}"
    least = f"{tie.least} ≤ " if tie.least is not None else ""
    most = f" ≤ {tie.most}" if tie.most is not None else ""
    return f"{tie.name}: {least}{left}{most}{_year(tie)}"


def _sum(terms: list[tuple[CellKey, int]], counts: Mapping[CellKey, Count], within: str = "") -> str:
    return " + ".join(_term(key, factor, counts, within) for key, factor in terms)


def _term(key: CellKey, factor: int, counts: Mapping[CellKey, Count], within: str) -> str:
    count = counts.get(key)
    name = key.address.removeprefix(f"{within}.") if within else key.address
    known = f" {count.value}" if count and count.is_known else ""
    return f"{f'{factor} × ' if factor != 1 else ''}{name}{known}"


def _year(tie: Tie) -> str:
    years = sorted({key.year for key, _ in tie.terms if key.year})
    return f" in {' and '.join(map(str, years))}" if years else ""
