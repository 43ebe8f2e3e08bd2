"""The rows of one indicator and year, as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reporter.model import ExternalCell, ExternalValue
from reporter.model.external import WHOLE

Persons = Mapping[str, tuple[str, str]]
# Smaller numbers are equal by chance, and are masked anyway.
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Everything the file says of one indicator in one year."""

    indicator: str
    year: int
    rows: Mapping[ExternalCell, ExternalValue]
    persons: Persons

    @property
    def total(self) -> ExternalValue | None:
        return self.rows.get(ExternalCell(self.indicator))

    def person(self, code: str, block: ExternalCell | None = None) -> ExternalValue | None:
        """The number of women, men, … in all or one category."""
        whole = block or ExternalCell(self.indicator)
        if code not in self.persons:
            return None
        sex, age = self.persons[code]
        return self.rows.get(replace(whole, sex=sex, age=age))

    def categories(self) -> Iterator[tuple[str, tuple[ExternalValue, ...]]]:
        """The totals of the categories of each breakdown. In the order of the file."""
        found: dict[str, list[ExternalValue]] = {}
        for cell, seen in self.rows.items():
            if cell.dimension != WHOLE and (cell.sex, cell.age) == (WHOLE, WHOLE):
                found.setdefault(cell.dimension, []).append(seen)
        yield from ((dimension, tuple(seen)) for dimension, seen in found.items())

    def blocks(self) -> tuple[ExternalCell, ...]:
        """The cells that head a table by sex and age. That of all, then that of each category."""
        heads = (replace(cell, sex=WHOLE, age=WHOLE) for cell in self.rows)
        return tuple(dict.fromkeys((ExternalCell(self.indicator), *heads)))

    def other_rows(self, block: ExternalCell) -> tuple[ExternalValue, ...]:
        """The rows of a table with another sex or age. The file calls them Other or Unknown."""
        known = {*self.persons.values(), (WHOLE, WHOLE)}
        return tuple(
            seen
            for cell, seen in self.rows.items()
            if replace(cell, sex=WHOLE, age=WHOLE) == block and (cell.sex, cell.age) not in known
        )


def lay_out(rows: tuple[ExternalValue, ...], persons: Persons) -> tuple[IndicatorTable, ...]:
    """Lay out the rows of a file as tables. In the order of the file; of a cell stated twice the first value stands."""
    found: dict[tuple[str, int], dict[ExternalCell, ExternalValue]] = {}
    for seen in rows:
        found.setdefault((seen.cell.indicator, seen.year), {}).setdefault(seen.cell, seen)
    return tuple(IndicatorTable(indicator, year, cells, persons) for (indicator, year), cells in found.items())
