"""The outside file laid out: the rows of one indicator and year, as a table that can be asked for a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.model import ExternalCell, ExternalValue
from reporter.model.external import WHOLE

Persons = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the file says of one indicator in one year."""

    indicator: str
    year: int
    rows: Mapping[ExternalCell, ExternalValue]
    persons: Persons

    @property
    def total(self) -> ExternalValue | None:
        """The total that is divided by nothing."""
        return self.rows.get(ExternalCell(self.indicator))

    def person(self, code: str, block: ExternalCell | None = None) -> ExternalValue | None:
        """The number of women, men … of all or of one category."""
        whole = block or ExternalCell(self.indicator)
        if code not in self.persons:
            return None
        sex, age = self.persons[code]
        return self.rows.get(replace(whole, sex=sex, age=age))

    def categories(self) -> Iterator[tuple[str, tuple[ExternalValue, ...]]]:
        """The totals of the categories of each breakdown, in the order of the file."""
        found: dict[str, list[ExternalValue]] = {}
        for cell, seen in self.rows.items():
            if cell.dimension != WHOLE and (cell.sex, cell.age) == (WHOLE, WHOLE):
                found.setdefault(cell.dimension, []).append(seen)
        yield from ((dimension, tuple(seen)) for dimension, seen in found.items())

    def blocks(self) -> tuple[ExternalCell, ...]:
        """The heads of the tables by sex and age: that of all, then that of each category."""
        heads = (replace(cell, sex=WHOLE, age=WHOLE) for cell in self.rows)
        return tuple(dict.fromkeys((ExternalCell(self.indicator), *heads)))

    def unplaced(self, block: ExternalCell) -> tuple[ExternalValue, ...]:
        """The rows of a table whose sex or age is neither of those known: Other, Unknown."""
        known = {*self.persons.values(), (WHOLE, WHOLE)}
        return tuple(
            seen
            for cell, seen in self.rows.items()
            if replace(cell, sex=WHOLE, age=WHOLE) == block and (cell.sex, cell.age) not in known
        )


def lay_out(rows: tuple[ExternalValue, ...], persons: Persons) -> tuple[Sheet, ...]:
    """The sheets of a file, in its order; of a cell stated twice the first value stands."""
    found: dict[tuple[str, int], dict[ExternalCell, ExternalValue]] = {}
    for seen in rows:
        found.setdefault((seen.cell.indicator, seen.year), {}).setdefault(seen.cell, seen)
    return tuple(Sheet(indicator, year, cells, persons) for (indicator, year), cells in found.items())
