"""The outcome of a reconciliation. How each figure and year agrees, and the contradictions inside the outside file."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import Mark
from reporter.model import Difference, ExternalCell, ExternalValue, Observation
from reporter.model.telling import Told


class Agreement(StrEnum):
    """How a national figure agrees with the other publication."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    POPULATION = "another population"
    CONFIDENTIAL = "confidential here"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


class Pattern(StrEnum):
    """A mistake that recurs in tables of figures."""

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
    REPEATED_YEAR = "numbers of another year"
    EXCESS = "parts do not fit their total"
    GAP = "gap in the series"
    TWICE = "stated twice"


@dataclass(frozen=True, slots=True)
class PossibleCause:
    """A possible cause of a difference."""

    pattern: Pattern
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of one year on both sides. `seen` are the national values that answer to the outside one. `here` is
    what they say in words, empty when nothing is said or nothing may be printed."""

    figure: str
    label: str
    cell: ExternalCell
    year: int
    agreement: Agreement
    here: str
    seen: tuple[Observation, ...]
    there: ExternalValue | None
    causes: tuple[PossibleCause, ...] = ()
    explanation: Difference | None = None

    @property
    def is_unexplained(self) -> bool:
        """Return whether it is a difference that nobody has explained."""
        return self.agreement is Agreement.DIFFERS and self.explanation is None


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction or a gap inside the outside file. `text` can be told again in other languages; `marks` are the
    rows that show it, `cells` what they are about."""

    pattern: Pattern
    indicator: str
    year: int
    text: Told
    marks: tuple[Mark, ...] = ()
    cells: tuple[ExternalCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that a reconciliation found. `years` are those on both sides. `unmatched` counts the rows that no
    figure here answers to.

    `stale` are explanations that the file does not bear out. `unknown` are indicators of the file that no figure here
    answers to, `absent` those that some do, and that the file has in no year."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    years: tuple[int, ...]
    years_there: tuple[int, ...]
    unmatched: int
    stale: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def of(self, agreement: Agreement) -> tuple[Comparison, ...]:
        return tuple(each for each in self.comparisons if each.agreement is agreement)

    @property
    def unexplained(self) -> tuple[Comparison, ...]:
        return tuple(each for each in self.comparisons if each.is_unexplained)

    @property
    def renamed_indicators(self) -> tuple[str, ...]:
        """The indicators that the file seems to call otherwise. It lacks them, and has others that nobody knows."""
        return self.absent if self.unknown else ()

    @property
    def needs_work(self) -> bool:
        """Return whether somebody has to look at it. There is a difference that nobody has explained, or an indicator
        of another name."""
        return bool(self.unexplained or self.renamed_indicators)
