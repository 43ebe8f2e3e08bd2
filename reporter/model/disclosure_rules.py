"""What the public does not get besides, and what it costs."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.observation import Observation
from reporter.model.statement import About, IndicatorName, Name

# A reader must be left with so many possible values of what is withheld.
ENOUGH = 5
FIGURES = About("Their names, each with all of its breakdowns, or of parts alone")
BY = About("Only their parts by this breakdown, such as citizenship; left out: the figures and all of their parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number below which some counts are withheld from the public."""

    figures: Annotated[tuple[IndicatorName, ...], FIGURES]
    by: Annotated[Name, BY] = ""
    below: Annotated[int, About("A count below it is withheld, unless it is 0")]
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWeight:
    """How much it costs that the public does not get some values."""

    figures: Annotated[tuple[IndicatorName, ...], FIGURES]
    by: Annotated[Name, BY] = ""
    weight: Annotated[int, About("From 1, withheld first, to 100, withheld last")]
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """What holds besides when `reporter protect` looks for what to withhold."""

    thresholds: Annotated[
        tuple[Threshold, ...],
        About("What is withheld besides counts of 1 to 4 victims, and of 1 to 4 children of any figure"),
    ] = ()
    zeros: Annotated[
        bool, About("Whether a zero is withheld where, with it, all of a group are known to be of one kind")
    ] = True
    width: Annotated[int, About("So many values must stay possible for who knows all that is published; 5 or more")] = (
        ENOUGH
    )
    weights: Annotated[
        tuple[FigureWeight, ...],
        About("What it costs to lose some values, where it is otherwise than the program thinks (docs/disclosure.md)"),
    ] = ()


def is_named(entry: Threshold | FigureWeight, seen: Observation) -> bool:
    named = seen.figure in entry.figures or seen.address in entry.figures
    return named and entry.by in ("", seen.dimension)
