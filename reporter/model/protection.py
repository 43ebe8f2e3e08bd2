"""Which values public editions withhold or round, and why."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.label import NO_WORDS, Label
from reporter.model.observation import Confidentiality
from reporter.model.statement import About, Elsewhere, Explained

# What is rounded is printed as a multiple of it.
ROUNDED_TO = 5


class Because(Explained):
    """Why a value is withheld from the public."""

    SMALL = "small", "so small a count could show who is meant"
    ZERO = "zero", "that it is zero would tell something of everybody in a group"
    PROTECTS = "protects", "without it, another withheld value could be worked out"
    LOT = "lot", "chosen at random, so that the choice does not show which counts are small"
    CHOSEN = "chosen", "a person decided so"

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
        tuple[str, ...], About("The withheld figures of the year that it keeps from being worked out")
    ] = ()
    reason: Annotated[Label, About("More of the reason, for those who come after you; it is in no public edition")] = (
        NO_WORDS
    )
    mark: Mark


@dataclass(frozen=True, slots=True)
class RoundedFigure:
    """A value of which public editions print a multiple of five."""

    figure: str
    year: int
    value: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Protection:
    """The decisions of an edition on what the public may not know. They stand in a file of its own beside those of the
    years. What was drawn by lot follows from the `seed`, which is secret."""

    edition: int
    withheld: tuple[Decision, ...]
    rounded: tuple[RoundedFigure, ...]
    mark: Mark
    seed: str = ""
