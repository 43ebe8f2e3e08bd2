"""A chart and a table of many countries."""

from dataclasses import dataclass

from reporter.document.document import Figure, Row, Table


@dataclass(frozen=True, slots=True)
class Ranking(Figure):
    """Countries on one scale, and the list of their ranks below it. The first `count` rows of its table have a rank.
    Those after them stand apart under the headings that say why; the list is its data, so the annex does not print it
    again."""

    count: int = 0

    @property
    def ranked(self) -> tuple[Row, ...]:
        return self.table.rows[: self.count]

    @property
    def apart(self) -> tuple[Row, ...]:
        return self.table.rows[self.count :]


@dataclass(frozen=True, slots=True)
class Roll(Table):
    """A table of many countries with few numbers of each. Its rows stand in columns beside each other."""
