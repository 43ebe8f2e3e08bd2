"""How long the audit of what is withheld takes, and the choice of what to withhold besides: part of `make bench`.
Made-up figures of 27 countries in 10 years: victims by person, form of exploitation and citizenship, person and form
crossed, how many were assisted, and a stock that ties each year to the next. Seconds of
processor time; a number is no test."""

import os
import random
import time
from collections.abc import Iterable, Iterator

from reporter.figures.withhold.bounds import bounds_of
from reporter.figures.withhold.cell_equations import CellKey, Count, System, Tie
from reporter.figures.withhold.protection import protection_of

COUNTRIES, YEARS = int(os.environ.get("COUNTRIES", "27")), range(2011, 2021)
GOAL = 60.0
PERSONS, FORMS = ("women", "men", "children"), ("sexual", "labour", "crime", "begging", "other")
CITIZENS = ("own", "eu", "neighbours", "asia", "africa", "unknown")
SMALL = range(1, 5)


def total_tie(name: str, whole: CellKey, parts: Iterable[CellKey]) -> Tie:
    return Tie(name, ((whole, -1), *((part, 1) for part in parts)), 0, 0)


def split(total: int, parts: int, chance: random.Random) -> list[int]:
    """A total in parts, the first of which is mostly the largest."""
    weights = [chance.random() / (1 + 2 * at) for at in range(parts)]
    found = [0] * parts
    for at in chance.choices(range(parts), weights, k=total):
        found[at] += 1
    return found


def year(number: int, total: int, chance: random.Random) -> Iterator[Count | Tie]:
    def key(address: str) -> CellKey:
        return CellKey(f"victims.{address}", number)

    def count(address: str, value: int, *, kept: bool = False) -> Count:
        return Count(key(address), value, withheld=not kept and value in SMALL, must_print=kept)

    by_person = split(total, len(PERSONS), chance)
    crossed = [split(value, len(FORMS), chance) for value in by_person]
    by_form = [sum(row[at] for row in crossed) for at in range(len(FORMS))]
    yield count("total", total, must_print=True)
    for names, values in ((PERSONS, by_person), (FORMS, by_form), (CITIZENS, split(total, len(CITIZENS), chance))):
        yield from map(count, names, values)
        yield total_tie(f"victims of {number} by {names[0]}", key("total"), map(key, names))
    for person, row in zip(PERSONS, crossed, strict=True):
        inner = [f"{person}.{form}" for form in FORMS]
        yield from map(count, inner, row)
        yield total_tie(f"{person} of {number} by form", key(person), map(key, inner))
    for form in FORMS:
        yield total_tie(f"{form} of {number} by person", key(form), [key(f"{person}.{form}") for person in PERSONS])
    yield count("assisted", total - total // 3)
    yield Tie(f"assisted of {number}", ((key("assisted"), 1), (key("total"), -1)), None, 0)


def country(seed: int) -> System:
    chance = random.Random(seed)
    totals = [max(0, round(chance.gauss(8 + 4 * seed, 4 + seed))) for _ in YEARS]
    made = [each for number, total in zip(YEARS, totals, strict=True) for each in year(number, total, chance)]
    made += list(stock(tuple(each for each in made if isinstance(each, Count)), chance))
    counts = tuple(each for each in made if isinstance(each, Count))
    return System(counts, tuple(each for each in made if isinstance(each, Tie)))


def stock(counts: tuple[Count, ...], chance: random.Random) -> Iterator[Count | Tie]:
    """Children in care: those of the year before, with the new ones, without those who left."""
    new = {each.key.year: each.value or 0 for each in counts if each.key.address == "victims.children"}
    before, held = None, 0
    for number, came in new.items():
        left = chance.randint(0, held)
        held += came - left
        keys = [CellKey(f"care.{name}", number) for name in ("held", "left")]
        for key, value in zip(keys, (held, left), strict=True):
            yield Count(key, value, withheld=value in SMALL)
        if before:
            terms = ((before, 1), (CellKey("victims.children", number), 1), (keys[1], -1), (keys[0], -1))
            yield Tie(f"children in care in {number}", terms, 0, 0)
        before = keys[0]


def main() -> None:
    systems = [country(seed) for seed in range(COUNTRIES)]
    size = sum(len(each.counts) for each in systems), sum(len(each.ties) for each in systems)
    print(f"{COUNTRIES} countries, {len(YEARS)} years: {size[0]} counts and {size[1]} ties")
    start = time.process_time()
    exposed = [bounds_of(each).exposed for each in systems]
    print(f"audit of the small ones alone, with what betrays them: {time.process_time() - start:.1f} s")
    print(f"  {sum(map(len, exposed))} of {sum(len(each.withheld) for each in systems)} exposed")
    start, longest = time.process_time(), 0.0
    proposals = []
    for each in systems:
        began = time.process_time()
        proposals.append(protection_of(each))
        longest = max(longest, time.process_time() - began)
    unproved = sum(not each.is_cheapest for each in proposals)
    print(f"what to withhold besides: {time.process_time() - start:.1f} s, the longest country {longest:.1f} s")
    print(f"  {sum(len(each.further) for each in proposals)} counts, {unproved} countries not proved the cheapest")
    print(f"  {sum(len(each.hopeless) for each in proposals)} hopeless")
    protected = [each.withholding(proposal.keys) for each, proposal in zip(systems, proposals, strict=True)]
    start = time.process_time()
    left = sum(len(bounds_of(each).exposed) for each in protected)
    print(
        f"audit of all that is withheld then: {time.process_time() - start:.1f} s, {left} exposed (goal {GOAL:.0f} s)"
    )


if __name__ == "__main__":
    main()
