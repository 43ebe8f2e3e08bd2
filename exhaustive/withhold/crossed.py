"""Random crosses of forms with persons, and the reader who replays the rules on them."""

from collections.abc import Iterator, Mapping
from random import Random

from exhaustive.withhold.replaying import ENOUGH, INNER, VICTIMS, Published, Values, World
from reporter.data.files.sources import Sources
from reporter.data.records.observation import Key
from reporter.figures.withhold.solver import Between, Ending, Program
from tests import small
from tests.withhold.deciding_country import country_of

# The program adds no values that large to those of a cross.
MOST = 150
FORMS, PERSONS = ("sexual", "labour", "begging"), ("women", "men", "children")
LABOUR = "      labour: {label: {en: Labour exploitation}}\n"


class CrossedWorld(World):
    """Victims of some years by form and person at once, with what is stated of either alone."""

    def lines(self, year: int) -> str:
        own = {name.removeprefix(f"{VICTIMS}."): n for (name, of), n in self.values.items() if of == year}
        forms = ", ".join(f"{name}: {n}" for name, n in own.items() if name in FORMS)
        person = ", ".join(f"{name}: {n}" for name, n in own.items() if name in (*PERSONS, *INNER))
        rows = "".join(
            f"      {form}: {{{', '.join(cells)}}}\n"
            for form in FORMS
            if (cells := [f"{name.partition('.')[2]}: {n}" for name, n in own.items() if name.startswith(f"{form}.")])
        )
        text = f"{VICTIMS}:\n    total: {self.values[VICTIMS, year]}\n"
        text += f"    by form: {{{forms}}}\n" if forms else ""
        text += f"    by person: {{{person}}}\n" if person else ""
        text += "    incomplete: [form and person]\n" if (VICTIMS, year) in self.incomplete else ""
        return f"{text}    by form, person:\n{rows}"

    @property
    def sources(self) -> Sources:
        catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [form, person]")
        catalogue = catalogue.replace(LABOUR, f"{LABOUR}      begging: {{label: {{en: Begging}}}}\n")
        return country_of({year: self.lines(year) for year in self.years}, more={"data/catalogue.yaml": catalogue})

    def table_of(self, key: Key) -> Key:
        return VICTIMS, key[1]

    def redrawn(self, published: Published, found: Mapping[Key, set[int]], chance: Random) -> Values | None:
        key = chance.choice([key for key in found if len(found[key]) < ENOUGH])
        other = chance.choice([n for n in range(max(found[key]) + 6) if n not in found[key]])
        return _completed(self, published, list(found), {key: other}, chance)

    def sums(self, year: int) -> Iterator[tuple[Key, list[Key], bool]]:
        """The values of a year and what adds up to them, as everybody knows; or may leave something of them."""
        is_partial = (VICTIMS, year) in self.incomplete
        names = [name for name, of in self.values if of == year]
        cells = [name for name in names if name.count(".") == 3]
        outer = [name for name in cells if not name.endswith(INNER)]
        for form in FORMS:
            yield (f"{VICTIMS}.{form}", year), [(name, year) for name in outer if f".{form}." in name], is_partial
        for person in (*PERSONS, *INNER):
            column = [(name, year) for name in cells if name.endswith(f".{person}")]
            yield (f"{VICTIMS}.{person}", year), column, is_partial
        top = [name for name in names if name.count(".") == 2]
        for codes in (FORMS, PERSONS):
            yield (VICTIMS, year), [(name, year) for name in top if name.rpartition(".")[2] in codes], False
        for name in names:
            if name.endswith(".children"):
                row = name.removesuffix("children")
                inner = [(f"{row}{part}", year) for part in INNER if f"{row}{part}" in names]
                yield (name, year), inner, len(inner) < len(INNER)
        if not top or not all(any(name.endswith(f".{codes[0]}") for name in top) for codes in (FORMS, PERSONS)):
            yield (VICTIMS, year), [(name, year) for name in outer], is_partial


def crossed_world(chance: Random) -> CrossedWorld:
    years = tuple(range(2021 - chance.choice((1, 1, 2)), 2021))
    values: dict[Key, int] = {}
    incomplete = set[Key]()
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
        if chance.random() < 0.3:
            incomplete.add((VICTIMS, year))
            lost = chance.sample(sorted(cells), chance.choice((1, 2)))
            lost += [(form, inner) for form, person in lost if person == "children" for inner in INNER]
            cells = {names: n for names, n in cells.items() if names not in lost}
        values |= {(f"{VICTIMS}.{form}.{person}", year): n for (form, person), n in cells.items()}
    return CrossedWorld(years, values, chance.random() < 0.6, frozenset(incomplete))


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
    for whole, parts, is_partial in world.sums(hidden[0][1]):
        if whole not in world.values or not parts:
            continue
        terms = ((whole, -1), *((part, 1) for part in parts))
        rest = -sum(factor * published.values[key] for key, factor in terms if key not in place)
        left = tuple((place[key], factor) for key, factor in terms if key in place)
        rows += [Between(left, None if is_partial else rest, rest)] if left else []
    cost = {len(hidden) + at: chance.randint(1, 3) for at in place.values()}
    solution = Program(spans, rows, whole=range(len(hidden))).least(cost)
    if solution.ending is not Ending.FOUND:
        return None
    return {key: round(solution.columns[at]) for key, at in place.items()}
