"""Published editions, which never change, and duties to report."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import Mark
from reporter.model.label import Label

Sums = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Release:
    """An edition as published: number 0, or a corrigendum.

    Corrigenda have the numbers 1, 2 …, each with its reason. `inputs`, `fonts` and `files` are (name, sha256),
    `engines` (name, version); `code` is the sha256 of the program itself. `seal` is the checksum of all the rest, so
    that a change by hand shows.
    """

    country: str
    year: int
    number: int
    date: str
    by: str
    reason: Label
    program: str
    code: str
    engines: Sums
    fonts: Sums
    inputs: Sums
    files: Sums
    mark: Mark
    seal: str = ""

    @property
    def name(self) -> str:
        """The name of its file without the ending: 2020, 2020-1."""
        return f"{self.year}-{self.number}" if self.number else str(self.year)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that it was published in."""
        return tuple(dict.fromkeys(name.rpartition(".")[2] for name, _ in self.files))

    def __str__(self) -> str:
        what = f"corrigendum {self.number}" if self.number else "number 0"
        return f"{self.country} {self.year}, {what} of {self.date}"


class Rhythm(StrEnum):
    """How often something is due."""

    YEAR = "year"
    TWO_YEARS = "two years"

    @property
    def years(self) -> int:
        """The years from one date to the next."""
        return 1 if self is Rhythm.YEAR else 2


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty to report: what, how often, and until which day.

    `basis` says on what ground, `recipients` are the codes of those it goes to. `first` is the first year in which it
    is due, `day` the month and day in it (12-31), `after` how many years later than the reference year that is.
    """

    code: str
    title: Label
    basis: Label
    every: Rhythm
    first: int
    day: str
    after: int
    recipients: tuple[str, ...]
    mark: Mark

    def date(self, due: int) -> str:
        """Return the day in a year on which it is due."""
        return f"{due}-{self.day}"

    def years(self, last: int) -> tuple[int, ...]:
        """Return the years in which it is due.

        They go up to one after `last` at least.
        """
        return tuple(range(self.first, max(self.first, last) + 2 * self.every.years, self.every.years))
