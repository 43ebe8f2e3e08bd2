"""Figures as another publication states them, in its own words."""

from dataclasses import dataclass

from reporter.data.errors import Mark

WHOLE = "Total"


@dataclass(frozen=True, slots=True, order=True)
class ExternalCell:
    """The place of a figure in the tables of another publication. An axis that is not divided says Total."""

    indicator: str
    dimension: str = WHOLE
    category: str = WHOLE
    sex: str = WHOLE
    age: str = WHOLE

    def __str__(self) -> str:
        axes = (self.category, self.sex, self.age)
        return ", ".join((self.indicator, *(each for each in axes if each != WHOLE)))


@dataclass(frozen=True, slots=True)
class TheirName:
    """What another publication calls one of its cells or axes."""

    words: str
    cell: ExternalCell

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class ExternalValue:
    """A value of another publication, which may be masked. A mask such as <5 has no value, and `below` is its limit; it
    covers zero too."""

    cell: ExternalCell
    year: int
    value: int | None
    below: int | None
    mark: Mark

    @property
    def least(self) -> int:
        return 0 if self.value is None else self.value

    @property
    def most(self) -> int:
        return (self.below or 1) - 1 if self.value is None else self.value

    def __str__(self) -> str:
        return f"<{self.below}" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Publication:
    """One country's rows in a file of another publisher. `publisher` and `stamped` say whose they are and of which day,
    in the words of the file; empty when it does not."""

    path: str
    publisher: str
    stamped: str
    rows: tuple[ExternalValue, ...]
