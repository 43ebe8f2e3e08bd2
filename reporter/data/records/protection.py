"""Which values public editions withhold or round, why, and at what cost."""

from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.observation import Confidentiality, Observation
from reporter.data.records.statement import About, Elsewhere, Explained, IndicatorName, Name

# Rounded values are printed as a multiple of it.
ROUNDED_TO = 5


class Because(Explained):
    """Why a value is withheld from the public."""

    SMALL = "small", "A count this small could identify a person."
    ZERO = "zero", "A zero would reveal something about everyone in the group."
    PROTECTS = "protects", "Without it, another withheld value could be worked out."
    LOT = "lot", "Chosen at random, so that the choice does not reveal which counts are small."
    CHOSEN = "chosen", "Decided by a person."

    @property
    def code(self) -> Confidentiality:
        is_small = self not in (Because.PROTECTS, Because.LOT)
        return Confidentiality.PRIMARY if is_small else Confidentiality.SECONDARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A value that public editions withhold. `figure` is its address, `year` the reference year."""

    figure: Elsewhere[str]
    year: Elsewhere[int]
    because: Annotated[Because, About("Why it is withheld")]
    protects: Annotated[
        tuple[str, ...], About("The withheld figures of the year that it protects from calculation")
    ] = ()
    reason: Annotated[Label, About("The reason in more detail, for those who come after you; in no public edition")] = (
        NO_WORDS
    )
    mark: Mark


@dataclass(frozen=True, slots=True)
class RoundedFigure:
    """A value that public editions round to a multiple of five."""

    figure: str
    year: int
    value: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Protection:
    """An edition's decisions on withheld figures, in a file of their own. The secret `seed` decides by chance."""

    edition: int
    withheld: tuple[Decision, ...]
    rounded: tuple[RoundedFigure, ...]
    mark: Mark
    seed: str = ""


# A reader must be left with this many possible values of a withheld figure.
ENOUGH = 5
FIGURES = About("Names of figures, each with all its breakdowns, or of single parts")
BY = About("Only their parts by this breakdown, such as citizenship; default: the figures and all parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number below which some counts are withheld from the public."""

    figures: Annotated[tuple[IndicatorName, ...], FIGURES]
    by: Annotated[Name, BY] = ""
    below: Annotated[int, About("Counts below this are withheld, except 0")]
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWeight:
    """The cost of withholding some values from the public."""

    figures: Annotated[tuple[IndicatorName, ...], FIGURES]
    by: Annotated[Name, BY] = ""
    weight: Annotated[int, About("From 1 (withheld first) to 100 (withheld last)")]
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """Further rules that `reporter protect` applies when it chooses figures to withhold."""

    thresholds: Annotated[
        tuple[Threshold, ...],
        About("What is withheld in addition to counts of 1 to 4 victims, or of 1 to 4 children in any figure"),
    ] = ()
    zeros: Annotated[bool, About("Whether to withhold a zero that reveals a characteristic of everyone in a group")] = (
        True
    )
    width: Annotated[
        int, About("Number of values that must remain possible for a reader of everything published; 5 or more")
    ] = ENOUGH
    weights: Annotated[
        tuple[FigureWeight, ...],
        About("The cost of withholding some values, if not as the program assumes (docs/disclosure.md)"),
    ] = ()


def is_named(entry: Threshold | FigureWeight, observation: Observation) -> bool:
    """Return whether a rule is about a value. What is small in a breakdown is small in the cells of its crosses."""
    addresses, breakdowns = {observation.figure, observation.address}, {"", observation.dimension}
    if isinstance(entry, Threshold) and CROSSED in observation.dimension:
        addresses |= {f"{observation.figure}.{code}" for code in observation.code.split(OF_CELL)}
        breakdowns |= {*observation.dimension.split(CROSSED)}
    return entry.by in breakdowns and not addresses.isdisjoint(entry.figures)
