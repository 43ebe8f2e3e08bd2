"""Permissions to publish small counts."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.label import Label
from reporter.model.observation import Observation
from reporter.model.statement import About, CountryCode, IndicatorName, Period, SourceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Why small counts of victims may be published. It covers what meets all that it says."""

    country: Annotated[CountryCode, About("The country whose figures they are")]
    source: Annotated[SourceCode, About("The source that they come from; left out: any")] = ""
    figures: Annotated[
        tuple[IndicatorName, ...],
        About("Their names, each with all of its breakdowns, or of parts alone; left out: any of the source"),
    ] = ()
    years: Annotated[Period, About("The reference year, or the first and the last; a later year asks for another")]
    reason: Annotated[Label, About("Why they may be published; it stands in every package")]
    mark: Mark

    @property
    def span(self) -> range:
        first, _, last = self.years.partition("/")
        return range(int(first), int(last or first) + 1) if first else range(0)

    def covers(self, seen: Observation) -> bool:
        named = not self.figures or seen.figure in self.figures or seen.address in self.figures
        of_source = not self.source or seen.source == self.source
        return seen.country == self.country and seen.year in self.span and of_source and named
