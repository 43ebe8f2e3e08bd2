"""Random choices, so that no number follows from what is withheld. For a reader who knows the rules but not the seed,
any lot may have been drawn: each number that the publications allow leads to the same choice with some seed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from reporter.disclosure.system import CellKey, Count, System
from reporter.disclosure.weights import TOTAL

# Of the counts beside a withheld one, and of those that are nearly small, one in so many is drawn.
PARTS, TOTALS = 8, 64
# Choices that cost alike are taken in one of so many orders.
ORDERS = 1000


def new_seed() -> str:
    return f"s{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Lots:
    """The lots of a seed. Without one nothing is drawn."""

    seed: str = ""

    def number(self, what: str, address: str, year: int, below: int) -> int:
        """A number from 0, of which each is as likely."""
        if not self.seed:
            return 0
        digest = blake2b(f"{self.seed} {what} {address} {year}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) % below

    def is_drawn(self, what: str, address: str, year: int, one_in: int) -> bool:
        return bool(self.seed) and self.number(what, address, year, one_in) == 0

    def is_beside(self, count: Count) -> bool:
        key, one_in = count.key, PARTS if count.weight < TOTAL else TOTALS
        return count.can_be_withheld and self.is_drawn("beside", key.address, key.year, one_in)


def drawn_beside(system: System, lots: Lots) -> frozenset[CellKey]:
    """The counts that are withheld by lot: each is tied to one that is withheld, or to one that was drawn before it."""
    counts: Mapping[CellKey, Count] = system.by_key
    reached, drawn = set(system.withheld), set[CellKey]()
    left = list(system.ties) if lots.seed else []
    while touched := [tie for tie in left if not reached.isdisjoint(tie.keys)]:
        left = [tie for tie in left if reached.isdisjoint(tie.keys)]
        for key in {key for tie in touched for key in tie.keys} - reached:
            if lots.is_beside(counts[key]):
                drawn.add(key)
                reached.add(key)
            elif not counts[key].is_known:
                reached.add(key)
    return frozenset(drawn)
