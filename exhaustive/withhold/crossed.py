"""Random crosses of forms with persons, and the reader who replays the rules on them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from exhaustive.withhold.replaying import (
    ENOUGH,
    INNER,
    MOST,
    VICTIMS,
    Favourable,
    Published,
    Values,
    World,
    published_by,
)
from reporter.data.files.sources import Sources
from reporter.data.records.observation import Key
from reporter.figures.withhold.primary_suppression import Lots
from reporter.figures.withhold.solver import Between, Ending, Program
from tests import small
from tests.withhold.deciding_country import country_of

MOST_TRIES = 250
FORMS, PERSONS = ("sexual", "labour", "begging"), ("women", "men", "children")
LABOUR = "      labour: {label: {en: Labour exploitation}}\n"


def _row(cells: list[tuple[str, int]]) -> str:
    return ", ".join(f"{name.partition('.')[2]}: {n}" for name, n in cells)


class CrossedWorld(World):
    """Victims of some years by form and person at once, with what is stated of either alone."""

    def lines(self, year: int) -> str:
        own = {name.removeprefix(f"{VICTIMS}."): n for (name, of), n in self.values.items() if of == year}
        forms = ", ".join(f"{name}: {n}" for name, n in own.items() if name in FORMS)
        person = ", ".join(f"{name}: {n}" for name, n in own.items() if name in (*PERSONS, *INNER))
        rows = "".join(
            f"      {form}: {{{_row(cells)}}}\n"
            for form in FORMS
            if (cells := [(name, n) for name, n in own.items() if name.startswith(f"{form}.")])
        )
        text = f"{VICTIMS}:\n    total: {self.values[VICTIMS, year]}\n"
        text += f"    by form: {{{forms}}}\n" if forms else ""
        text += f"    by person: {{{person}}}\n" if person else ""
        return f"{text}    by form, person:\n{rows}"

    @property
    def sources(self) -> Sources:
        catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [form, person]")
        catalogue = catalogue.replace(LABOUR, f"{LABOUR}      begging: {{label: {{en: Begging}}}}\n")
        return country_of({year: self.lines(year) for year in self.years}, more={"data/catalogue.yaml": catalogue})

    def sums(self, year: int) -> Iterator[tuple[Key, list[Key]]]:
        """The values of a year that others add up to, as everybody knows them."""
        names = [name for name, of in self.values if of == year]
        cells = [name for name in names if name.count(".") == 3]
        outer = [name for name in cells if not name.endswith(INNER)]
        for form in FORMS:
            yield (f"{VICTIMS}.{form}", year), [(name, year) for name in outer if f".{form}." in name]
        for person in (*PERSONS, *INNER):
            yield (f"{VICTIMS}.{person}", year), [(name, year) for name in cells if name.endswith(f".{person}")]
        top = [name for name in names if name.count(".") == 2]
        for codes in (FORMS, PERSONS):
            yield (VICTIMS, year), [(name, year) for name in top if name.rpartition(".")[2] in codes]
        for name in names:
            if name.endswith(".children"):
                row = name.removesuffix("children")
                yield (name, year), [(f"{row}{part}", year) for part in INNER if f"{row}{part}" in names]
        if not top or not all(any(name.endswith(f".{codes[0]}") for name in top) for codes in (FORMS, PERSONS)):
            yield (VICTIMS, year), [(name, year) for name in outer]


def crossed_world(chance: Random) -> CrossedWorld:
    years = tuple(range(2021 - chance.choice((1, 1, 2)), 2021))
    values: dict[Key, int] = {}
    margins = chance.choice(((FORMS, PERSONS), (FORMS, PERSONS), (FORMS,), (PERSONS,), ()))
    forms, has_sex = FORMS[: chance.choice((2, 3))], chance.random() < 0.3
    for year in years:
        most = chance.choice((3, 9, 25))
        cells = {(form, person): chance.choice((0, chance.randint(0, most))) for form in forms for person in PERSONS}
        values[VICTIMS, year] = sum(cells.values())
        for form in forms if FORMS in margins else ():
            values[f"{VICTIMS}.{form}", year] = sum(n for (of, _), n in cells.items() if of == form)
        for form in forms if has_sex else ():
            cells[form, "girls"] = chance.randint(0, cells[form, "children"])
            cells[form, "boys"] = cells[form, "children"] - cells[form, "girls"]
        persons = (*PERSONS, *INNER) if has_sex else PERSONS
        for person in persons if PERSONS in margins else ():
            values[f"{VICTIMS}.{person}", year] = sum(n for (_, of), n in cells.items() if of == person)
        values |= {(f"{VICTIMS}.{form}.{person}", year): n for (form, person), n in cells.items()}
    return CrossedWorld(years, values, chance.random() < 0.6, frozenset())


def possible_values(world: CrossedWorld, published: Published, chance: Random) -> Mapping[Key, set[int]]:
    """For each value that is not published, those that some numbers and some seed lead to; no more than needed."""
    found = {key: {world.values[key]} for key in published.withheld}
    for year in sorted({year for _, year in found}):
        own = sorted(key for key in found if key[1] == year)
        tried: list[Values] = []
        for _ in range(MOST_TRIES):
            lacking = [key for key in own if len(found[key]) < ENOUGH]
            if not lacking:
                break
            key = chance.choice(lacking)
            values = _completed(world, published, own, {key: _other(found[key], chance)}, chance)
            if values is None or values in tried:
                continue
            tried.append(values)
            other = replace(world, values={**world.values, **values})
            if published_by(other, Favourable(published, other, rests=True)) == published:
                for key in own:
                    found[key].add(values[key])
    return found


def _other(found: set[int], chance: Random) -> int:
    return chance.choice([n for n in range(max(found) + 6) if n not in found])


def _completed(
    world: CrossedWorld, published: Published, hidden: list[Key], fixed: Values, chance: Random
) -> Values | None:
    """Numbers with which all sums hold, near to random ones."""
    place = {key: at for at, key in enumerate(hidden)}
    spans = [(fixed.get(key, 0), fixed.get(key, MOST)) for key in hidden] + [(0, MOST)] * len(hidden)
    rows = []
    for key, at in place.items():
        near = chance.choice((world.values[key], chance.randint(0, 9)))
        rows += [
            Between(((at, 1), (len(hidden) + at, -1)), None, near),
            Between(((at, 1), (len(hidden) + at, 1)), near, None),
        ]
    for whole, parts in world.sums(hidden[0][1]):
        if whole not in world.values or not parts:
            continue
        terms = ((whole, -1), *((part, 1) for part in parts))
        rest = -sum(factor * published.values[key] for key, factor in terms if key not in place)
        left = tuple((place[key], factor) for key, factor in terms if key in place)
        rows += [Between(left, rest, rest)] if left else []
    cost = {len(hidden) + at: chance.randint(1, 3) for at in place.values()}
    solution = Program(spans, rows, whole=range(len(hidden))).least(cost)
    if solution.ending is not Ending.FOUND:
        return None
    return {key: round(solution.columns[at]) for key, at in place.items()}


def below_the_promise(seed: int) -> str:
    """What a reader works out of a random world with a cross, or nothing."""
    chance = Random(seed)
    world = crossed_world(chance)
    published = published_by(world, Lots(f"s{chance.getrandbits(64)}"))
    if published is None:
        return "not promised"
    found = possible_values(world, published, chance)
    few = {key: sorted(each) for key, each in found.items() if len(each) < ENOUGH}
    return f"{seed}: {few} of {world}, {published}" if few else ""
