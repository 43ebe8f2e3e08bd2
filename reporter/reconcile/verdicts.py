"""What a reconciliation finds: a verdict for each figure and year, and what the outside file contradicts itself in."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import Mark
from reporter.model import Difference, ExternalCell, ExternalValue, Observation


class Verdict(StrEnum):
    """How a national figure stands to that of the other publication."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    POPULATION = "another population"
    CONFIDENTIAL = "confidential here"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


class Pattern(StrEnum):
    """A mistake that is made again and again."""

    TRANSPOSED = "digits transposed"
    MISTYPED = "a digit mistyped"
    DIGIT_LOST = "a digit lost or added"
    OTHER_FIGURE = "another figure counted"
    OTHER_YEAR = "another year counted"
    PARTS_COUNTED = "the parts make the other number"
    PART_COUNTED = "a part for the total"
    SEXES_SWAPPED = "sexes swapped"
    SHIFTED = "columns shifted"
    COPIED = "total copied into parts"
    BORROWED = "numbers of another figure"
    EXCESS = "parts do not fit their total"
    GAP = "gap in the series"
    TWICE = "stated twice"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a difference may come from."""

    pattern: Pattern
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of one year on both sides; `seen` are the national values that answer to the outside one.

    `here` is what they say in words, empty when nothing is said or nothing may be printed.
    """

    figure: str
    label: str
    cell: ExternalCell
    year: int
    verdict: Verdict
    here: str
    seen: tuple[Observation, ...]
    there: ExternalValue | None
    readings: tuple[Reading, ...] = ()
    explanation: Difference | None = None

    @property
    def unexplained(self) -> bool:
        """Whether it is a difference that nobody has explained."""
        return self.verdict is Verdict.DIFFERS and self.explanation is None


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction inside the outside file, or what it leaves out; `marks` are the rows that show it."""

    pattern: Pattern
    indicator: str
    year: int
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Everything found; `years` are those on both sides, `strangers` the rows that no figure here answers to.

    `stale` are explanations that the file does not bear out. `unknown` are indicators of the file that no figure here
    answers to, `absent` those that some do, and that the file has in no year.
    """

    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    years: tuple[int, ...]
    years_there: tuple[int, ...]
    strangers: int
    stale: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def of(self, verdict: Verdict) -> tuple[Comparison, ...]:
        """The comparisons with this verdict."""
        return tuple(each for each in self.comparisons if each.verdict is verdict)

    @property
    def unexplained(self) -> tuple[Comparison, ...]:
        """The differences that nobody has explained."""
        return tuple(each for each in self.comparisons if each.unexplained)

    @property
    def renamed(self) -> tuple[str, ...]:
        """The indicators that the file seems to call otherwise: it lacks them, and has others that nobody knows."""
        return self.absent if self.unknown else ()

    @property
    def asks(self) -> bool:
        """Whether it asks for work: a difference that nobody has explained, or an indicator of another name."""
        return bool(self.unexplained or self.renamed)
