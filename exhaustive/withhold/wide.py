"""Random figures by form, person and citizenship in several crosses, and a reader who knows only that all of them count
the same persons: he tries tables of all three dimensions, and uses no equation of the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from exhaustive.withhold.crossed import FORMS, LABOUR, MOST
from exhaustive.withhold.replaying import ENOUGH, VICTIMS, Published, Values, World
from reporter.data.files.sources import Sources
from reporter.data.records.observation import Key
from reporter.figures.withhold.solver import Between, Ending, Program
from tests import small
from tests.withhold.deciding_country import country_of

PERSONS, CITIZENS = ("women", "men", "children"), ("national", "eu", "BR", "UA")
AXES = {"form": FORMS, "person": PERSONS, "citizenship": CITIZENS}
GROUP, INSIDE = "third_country", ("BR", "UA")
Cell = tuple[str, ...]


@dataclass(frozen=True)
class WideWorld(World):
    """Victims of some years in any breakdowns and crosses; each value is named by its codes in the order of AXES."""

    cells: tuple[Cell, ...] = ()

    def lines(self, year: int) -> str:
        tables: dict[tuple[str, ...], dict[Cell, int]] = {}
        for (name, of), number in self.values.items():
            codes = tuple(name.removeprefix(VICTIMS).split(".")[1:])
            if of == year and codes:
                tables.setdefault(tuple(axis_of(code) for code in codes), {})[codes] = number
        text = f"{VICTIMS}:\n    total: {self.values[VICTIMS, year]}\n"
        for names, numbers in tables.items():
            rows: dict[str, object] = {}
            for codes, number in numbers.items():
                row = rows
                for code in codes[:-1]:
                    row = row.setdefault(code, {})  # type: ignore[assignment]
                row[codes[-1]] = number
            text += f"    by {', '.join(names)}: {rows}\n".replace("'", "")
        return text

    @property
    def sources(self) -> Sources:
        catalogue = small.CROSSED["data/catalogue.yaml"].replace(
            LABOUR, f"{LABOUR}      begging: {{label: {{en: B}}}}\n"
        )
        return country_of({year: self.lines(year) for year in self.years}, more={"data/catalogue.yaml": catalogue})

    def table_of(self, key: Key) -> Key:
        return VICTIMS, key[1]

    def redrawn(self, published: Published, found: Mapping[Key, set[int]], chance: Random) -> Values | None:
        key = chance.choice([key for key in found if len(found[key]) < ENOUGH])
        other = chance.choice([n for n in range(max(found[key]) + 6) if n not in found[key]])
        year, hidden = key[1], list(found)
        rows = [
            Between(self._terms(name), number, number) for (name, of), number in published.values.items() if of == year
        ]
        rows.append(Between(self._terms(key[0]), other, other))
        start = len(self.cells)
        for at, (name, _) in enumerate(hidden, start):
            near = chance.choice((self.values[name, year], chance.randint(0, 9)))
            rows += [
                Between((*self._terms(name), (at, -1)), None, near),
                Between((*self._terms(name), (at, 1)), near, None),
            ]
        spans = [(0, MOST)] * (start + len(hidden))
        cost = {at: chance.randint(1, 3) for at in range(start, len(spans))}
        solution = Program(spans, rows, whole=range(start)).least(cost)
        if solution.ending is not Ending.FOUND:
            return None
        return {each: sum(round(solution.columns[place]) for place, _ in self._terms(each[0])) for each in hidden}

    def _terms(self, name: str) -> tuple[tuple[int, int], ...]:
        codes = name.removeprefix(VICTIMS).split(".")[1:]
        return tuple((place, 1) for place, cell in enumerate(self.cells) if _is_in(cell, codes))


def axis_of(code: str) -> str:
    return next((name for name, codes in AXES.items() if code in codes), "citizenship")


def _is_in(cell: Cell, codes: list[str]) -> bool:
    return all(code in cell or (code == GROUP and not {*INSIDE}.isdisjoint(cell)) for code in codes)


# What may be stated: breakdowns and crosses of two or three dimensions.
STATED = tuple(names for size in (1, 2, 3) for names in combinations(AXES, size))
SHAPES = (
    (("form", "person"), ("form", "citizenship")),
    (("form", "person"), ("person", "citizenship"), ("person",)),
    (("form", "person"), ("form", "citizenship"), ("person", "citizenship")),
    (("form", "person", "citizenship"), ("form",)),
    (("form", "person", "citizenship"), ("form", "person"), ("citizenship",)),
    (("form", "person", "citizenship"), ("person", "citizenship")),
)


def wide_world(chance: Random) -> WideWorld:
    years = tuple(range(2021 - chance.choice((1, 1, 2)), 2021))
    shape = chance.choice((*SHAPES, tuple(chance.sample(STATED, 3))))
    forms, citizens = FORMS[: chance.choice((2, 3))], CITIZENS[: chance.choice((2, 4))]
    cells = tuple(product(forms, PERSONS[: chance.choice((2, 3))], citizens))
    values: dict[Key, int] = {}
    for year in years:
        most = chance.choice((3, 9, 25))
        numbers = {cell: chance.choice((0, chance.randint(0, most))) for cell in cells}
        values[VICTIMS, year] = sum(numbers.values())
        for names in dict.fromkeys(shape):
            of_axes = [codes_of(name, cells) for name in names]
            for codes in product(*of_axes):
                address = ".".join((VICTIMS, *codes))
                values[address, year] = sum(n for cell, n in numbers.items() if _is_in(cell, list(codes)))
    return WideWorld(years, values, chance.random() < 0.6, frozenset(), cells=cells)


def codes_of(name: str, cells: tuple[Cell, ...]) -> list[str]:
    codes = [code for code in AXES[name] if any(code in cell for cell in cells)]
    return [*codes, GROUP] if {*INSIDE} <= {*codes} else codes
