"""Published editions, which never change, approvals of editions by others than who publishes, and duties to report."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark, one_line
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.statement import (
    About,
    CountryCode,
    Date,
    Day,
    Elsewhere,
    Explained,
    Key,
    Name,
    NumberText,
    PlainWords,
    Sha256,
)

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


WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one person approved: exactly these files. With the seal a change by hand shows."""

    number: Annotated[int, About("The number that was to be published: 0, or that of a corrigendum")]
    by: Annotated[str, About("Who approved it, as they called themselves")]
    date: Date
    sha256: Annotated[Sha256, About("The checksum of the list of files below, with all that is withheld")]
    public: Annotated[Sha256, About("The checksum of what the public may see of them; the imprint prints it")]
    warnings: Annotated[int, About("How many warnings were open; errors there were none")]
    accepted: Annotated[int, About("How many findings somebody had accepted, with a reason")]
    program: Annotated[str, About("The version of the program that showed it")]
    note: Annotated[PlainWords, About("What the person said to it; it leaves in no package")] = ""
    files: Annotated[tuple[tuple[str, Sha256], ...], About("What was approved; of the settings what pages depend on")]
    withdrawn: Annotated[Date, About("The day on which the person took it back")] = ""
    mark: Mark
    seal: Annotated[Sha256, About("The checksum of all the rest of the approval")] = ""

    def __str__(self) -> str:
        return f"approved by {self.by} on {self.date}"


def plain_name(name: str) -> str:
    return one_line(name)


def folded_name(name: str) -> tuple[str, ...]:
    """The words of a name, by which persons are told apart. Capitals, accents, punctuation and the order make no other
    person. Empty where no letter is in it."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return tuple(sorted(WORD.findall(letters)))
