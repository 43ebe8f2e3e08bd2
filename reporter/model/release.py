"""Published editions, which never change, and duties to report."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.label import NO_WORDS, Label
from reporter.model.statement import About, CountryCode, Date, Day, Elsewhere, Explained, Key, Name, NumberText, Sha256

Sums = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Who approved what was published, and when."""

    by: str
    date: Date
    sha256: Annotated[Sha256, About("The checksum of what the public may see of the files; the imprint prints it")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An edition as published: number 0, or a corrigendum. `program` is the version of the program, `code` the sha256
    of it. With the seal a change by hand shows."""

    country: CountryCode
    year: int
    number: Annotated[int, About("0 for the first, then the number of the corrigendum")]
    date: Annotated[Date, About(key="published")]
    by: str
    reason: Annotated[Label, About("Of a corrigendum")] = NO_WORDS
    approved: Annotated[tuple[Approved, ...], About("Who approved it, besides the one who published it")] = ()
    program: Elsewhere[str]
    code: Elsewhere[str]
    engines: tuple[tuple[str, NumberText], ...]
    fonts: tuple[tuple[str, Sha256], ...]
    inputs: Annotated[tuple[tuple[str, Sha256], ...], About("The files it was made from; their copies lie beside")]
    files: Annotated[tuple[tuple[str, Sha256], ...], About("What was published")] = ()
    mark: Mark
    seal: Annotated[Sha256, About("The checksum of all the rest")] = ""

    @property
    def name(self) -> str:
        """The name of its file without the ending: 2020, 2020-1."""
        return f"{self.year}-{self.number}" if self.number else str(self.year)

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.rpartition(".")[2] for name, _ in self.files))

    def __str__(self) -> str:
        if self.number:
            return f"{self.country} {self.year}, corrigendum {self.number} of {self.date}"
        return f"{self.country} {self.year}, number 0 of {self.date}"


class Rhythm(Explained):
    """How often something is due."""

    YEAR = "year", "every year"
    TWO_YEARS = "two years", "every second year, counted from first:"

    @property
    def years(self) -> int:
        return 1 if self is Rhythm.YEAR else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A duty to report."""

    code: Key[Name]
    title: Annotated[Label, About("What is due")]
    basis: Annotated[Label, About("The law that asks for it")] = NO_WORDS
    every: Annotated[Rhythm, About("How often it is due")] = Rhythm.YEAR
    first: Annotated[int, About("The first year in which it is due")]
    day: Annotated[Day, About("The month and day, such as 12-31", key="due")]
    after: Annotated[int, About("How many years after the reference year it is due")] = 1
    recipients: Annotated[tuple[str, ...], About("The recipients; left out: whoever gets the package", key="to")] = ()
    mark: Mark

    def date(self, due: int) -> str:
        return f"{due}-{self.day}"

    def years(self, last: int) -> tuple[int, ...]:
        """Return the years in which it is due. They go up to one after `last` at least."""
        return tuple(range(self.first, max(self.first, last) + 2 * self.every.years, self.every.years))
