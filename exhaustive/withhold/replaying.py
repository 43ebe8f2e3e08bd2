"""A reader who has all that was published, knows the rules and the program, and not the seed. He tries the numbers that
the sums allow, one by one, and keeps those with which the program could have withheld the same values. Nothing of the
audit is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from reporter.data.errors import UsageError
from reporter.data.files.sources import Sources
from reporter.data.files.store import Memory
from reporter.data.read.year import protection_file
from reporter.data.records.observation import Key
from reporter.figures.withhold.decisions import decide
from reporter.figures.withhold.primary_suppression import Lots
from tests import small
from tests.withhold.deciding_country import country_of

# What was read of files that many worlds have alike.
MEMORY = Memory()
ENOUGH = 5
MOST_TRIES = 400
# The program adds no values that large to those of a table.
MOST = 60
VICTIMS, CONVICTED = "victims.identified", "persons.convicted"
INNER = ("girls", "boys")
CONVICTION = "definition: {en: Convicted in the year.}"
Values = Mapping[Key, int]


@dataclass(frozen=True)
class Published:
    """What readers see of all editions: the numbers, those that are not there, and multiples of five."""

    values: dict[Key, int] = field(default_factory=dict)
    withheld: frozenset[Key] = frozenset()
    rounded: dict[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Figures of some years. The first `editions` of them were published one after the other; of the last one a figure
    may be rounded. Some breakdowns are incomplete."""

    years: tuple[int, ...]
    values: Values
    is_published: bool
    incomplete: frozenset[Key]
    rounding: tuple[str, ...] = ()

    def lines(self, year: int) -> str:
        told = []
        for figure in dict.fromkeys(name for name, of in self.values if of == year and name.count(".") == 1):
            start = f"{figure}."
            parts = {name: n for (name, of), n in self.values.items() if of == year and name.startswith(start)}
            person = ", ".join(f"{name.removeprefix(start)}: {n}" for name, n in parts.items())
            more = ", incomplete: [person]" if (figure, year) in self.incomplete else ""
            told.append(f"  {figure}: {{total: {self.values[figure, year]}, by person: {{{person}}}{more}}}\n")
        return "".join(told).strip() + "\n"

    @property
    def sources(self) -> Sources:
        catalogue = small.FILES["data/catalogue.yaml"].replace(CONVICTION, f"{CONVICTION}\n    dimensions: [person]")
        return country_of({year: self.lines(year) for year in self.years}, more={"data/catalogue.yaml": catalogue})

    def table_of(self, key: Key) -> Key:
        """What a value is added up in."""
        return ".".join(key[0].split(".")[:2]), key[1]

    def redrawn(self, published: "Published", found: Mapping[Key, set[int]], chance: Random) -> Values | None:
        """Other numbers of a table with which all sums hold. `found` are those of its values that are not published."""
        return _table(self, published, self.table_of(next(iter(found))), chance)


def published_by(world: World, lots: Lots) -> Published | None:
    """What the program publishes of a world; None where it says itself that it cannot keep the promise."""
    sources, withheld, rounded = world.sources, set[Key](), dict[Key, int]()
    for year in world.years if world.is_published else world.years[-1:]:
        known = Sources({path: each for path, each in sources.items() if not _is_later(path, year)})
        rounding = world.rounding if year == world.years[-1] else ()
        try:
            decided = decide(known, "XX", year, rounding=rounding, lots=lots, memory=MEMORY)
        except UsageError:
            return None
        if decided.view.bounds.exposed:
            return None
        if decided.text:
            sources = sources.overlay({protection_file("XX", year): decided.text.encode()})
        withheld |= {(each.observation.address, each.observation.year) for each in decided.cells}
        rounded |= {(seen.address, seen.year): value for seen, value in decided.rounded}
        if year != world.years[-1]:
            copies = {path: each for path, each in sources.items() if not _is_later(path, year)}
            copies = {path: each for path, each in copies.items() if "/editions/" not in path}
            store = f"data/XX/editions/{year}"
            sources = sources.overlay(
                {f"{store}.yaml": b"", **{f"{store}/0/{path}": each.content for path, each in copies.items()}}
            )
    hidden = {*withheld, *rounded}
    return Published({key: n for key, n in world.values.items() if key not in hidden}, frozenset(withheld), rounded)


def _is_later(path: str, year: int) -> bool:
    stem = path.rpartition("/")[2].partition(".")[0]
    return path.startswith("data/XX/") and "/editions/" not in path and stem.isdecimal() and int(stem) > year


class Favourable(Lots):
    """The lots with which most would be published as it was. Each is as a seed could have drawn it."""

    __slots__ = ("published", "rests", "world")

    def __init__(self, published: Published, world: World, *, rests: bool) -> None:
        super().__init__("favourable")
        object.__setattr__(self, "rests", rests)
        object.__setattr__(self, "published", published)
        object.__setattr__(self, "world", world)

    @property
    def hidden(self) -> set[Key]:
        return {*self.published.withheld, *self.published.rounded}

    def number(self, what: str, address: str, year: int, below: int) -> int:
        key = (address, year)
        if what == "small" and ", not stated by " in address:
            # It is kept from readers where one of those that it is left by is.
            whole = address.partition(",")[0]
            row = (name for name, of in self.hidden if of == year and name.rpartition(".")[2] not in INNER)
            return 0 if self.rests and any(name.startswith(whole) for name in row) else 1
        if what in ("beside", "small"):
            return 0 if key in self.hidden else 1
        if what.startswith("round"):
            figure, _, rest = address.partition(", not stated by ")
            printed, values = self.published.rounded, self.world.values
            if rest:
                printed, values = ({key: _rest(each, (figure, year))} for each in (printed, values))
            return 0 if printed.get(key, 0) > values.get(key, 0) else below - 1
        return 0


def _rest(values: Values, table: Key) -> int:
    """What the parts of a table leave of it."""
    whole, year = table
    parts = (n for (name, of), n in values.items() if of == year and name.rpartition(".")[0] == whole)
    inner = (values.get((f"{whole}.{name}", year), 0) for name in INNER)
    return values.get(table, 0) - sum(parts) + sum(inner)


def possible_values(world: World, published: Published, chance: Random) -> Mapping[Key, set[int]]:
    """For each value that is not published, those that some numbers and some seed lead to; no more than needed. One
    table after the other is tried with other numbers, while those beside it stay."""
    found = {key: {world.values[key]} for key in (*published.withheld, *published.rounded)}
    for table in sorted({world.table_of(key) for key in found}):
        own = sorted(key for key in found if world.table_of(key) == table)
        tried: list[Values] = []
        for _ in range(MOST_TRIES):
            lacking = [key for key in own if len(found[key]) < ENOUGH]
            if not lacking:
                break
            values = world.redrawn(published, {key: found[key] for key in own}, chance)
            if values is None or values in tried or all(values[key] in found[key] for key in lacking):
                continue
            tried.append(values)
            other = replace(world, values={**world.values, **values})
            # Only incomplete tables leave a rest.
            rests = (True, False) if world.incomplete else (True,)
            lots = (Favourable(published, other, rests=each) for each in rests)
            if any(published_by(other, each) == published for each in lots):
                for key in own:
                    found[key].add(values[key])
    return found


def _table(world: World, published: Published, table: Key, chance: Random) -> Values | None:
    figure, year = table
    keys = [key for key in world.values if key[1] == year and (key[0] == figure or key[0].startswith(f"{figure}."))]
    for _ in range(MOST_TRIES):
        values = {key: _drawn(key, published, chance, published.values.get(table, MOST)) for key in keys}
        inner = [key for key in keys if key[0].rpartition(".")[2] in INNER]
        children = (f"{figure}.children", year)
        top = [key for key in keys if key not in inner and key != table]
        # What a sum leaves is worked out, where it may be.
        if inner and children not in published.values:
            values[children] = sum(values[key] for key in inner)
        _worked_out(values, published, [key for key in top if key != children or not inner], table, top, world)
        if inner and children in published.values:
            _worked_out(values, published, inner, children, inner, world)
        if _fits(values, published, table, top, inner, children, world):
            return values
    return None


def _worked_out(
    values: dict[Key, int], published: Published, free: list[Key], whole: Key, parts: list[Key], world: World
) -> None:
    if whole in world.incomplete:
        return
    hidden = [key for key in free if key not in published.values]
    if whole not in published.values and whole not in published.rounded:
        values[whole] = sum(values[key] for key in parts)
    elif hidden:
        values[hidden[-1]] += values[whole] - sum(values[key] for key in parts)


def _drawn(key: Key, published: Published, chance: Random, most: int) -> int:
    if key in published.values:
        return published.values[key]
    if key in published.rounded:
        return max(0, published.rounded[key] + chance.randint(-4, 4))
    return chance.choice((chance.randint(0, min(9, most)), chance.randint(0, most)))


def _fits(
    values: Values, published: Published, table: Key, top: list[Key], inner: list[Key], children: Key, world: World
) -> bool:
    rest = values[table] - sum(values[key] for key in top)
    sums = rest >= 0 if table in world.incomplete else rest == 0
    if inner and values[children] != sum(values[key] for key in inner):
        return False
    near = all(abs(values[key] - each) < 5 for key, each in published.rounded.items() if key in values)
    return sums and near and all(each >= 0 for each in values.values())


def random_world(chance: Random) -> World:
    years = tuple(range(2021 - chance.choice((1, 2, 3)), 2021))
    values: dict[Key, int] = {}
    incomplete = set[Key]()
    for year in years:
        for figure in chance.choice(((VICTIMS,), (VICTIMS, CONVICTED), (CONVICTED,))):
            few = chance.random() < 0.5
            parts = {name: chance.randint(0, 12 if few else 25) for name in ("women", "men")}
            parts["children"] = chance.choice((0, chance.randint(1, 4), chance.randint(0, 12)))
            if chance.random() < 0.3:
                girls = chance.randint(0, parts["children"])
                parts |= {"girls": girls, "boys": parts["children"] - girls}
            rest = chance.choice((0, 0, chance.randint(1, 9)))
            if rest:
                incomplete.add((figure, year))
            values[figure, year] = parts["women"] + parts["men"] + parts["children"] + rest
            values |= {(f"{figure}.{name}", year): n for name, n in parts.items()}
    rounding = (VICTIMS,) if (VICTIMS, years[-1]) in values and chance.random() < 0.25 else ()
    return World(years, values, chance.random() < 0.6, frozenset(incomplete), rounding)


def below_the_promise(seed: int, make: Callable[[Random], World] = random_world) -> str:
    """What a reader works out of a random world, or nothing."""
    chance = Random(seed)
    world = make(chance)
    published = published_by(world, Lots(f"s{chance.getrandbits(64)}"))
    if published is None:
        return "not promised"
    found = possible_values(world, published, chance)
    few = {key: sorted(each) for key, each in found.items() if len(each) < ENOUGH}
    return f"{seed}: {few} of {world}, {published}" if few else ""
