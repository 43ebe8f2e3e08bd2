"""Observations: values with all that must travel with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reporter.errors import Mark
from reporter.model.label import Label


class Flag(StrEnum):
    """Eurostat's observation flags, as published letters.

    The list OBS_STATUS in force since January 2025.
    """

    BREAK = "b"
    DEFINITION_DIFFERS = "d"
    ESTIMATED = "e"
    FORECAST = "f"
    IMPUTED = "i"
    MISSING = "m"
    NOT_SIGNIFICANT = "n"
    PROVISIONAL = "p"
    LOW_RELIABILITY = "u"


class Confidentiality(StrEnum):
    """SDMX confidentiality status (CONF_STATUS), a list apart from the flags."""

    FREE = "F"
    CONFIDENTIAL = "C"
    NOT_FOR_PUBLICATION = "N"
    PRIMARY = "A"
    SECONDARY = "D"


class Status(StrEnum):
    """Whether there is a value, and if not, why.

    Zero is a value; four different kinds of nothing are not. What is unanswered, nobody has looked up yet: it stands in
    drafts only.
    """

    GIVEN = "given"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    SUPPRESSED = "suppressed"
    NOT_COLLECTED = "not collected"
    UNANSWERED = "unanswered"


class Qualifier(StrEnum):
    """How exactly a value is stated."""

    EXACT = "exact"
    AT_LEAST = "at least"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of an indicator, for a country and reference year.

    Or a count that belongs to one thing, such as an activity or a provision. `dimension` and `code` are empty for the
    total. `owner` is empty for the yearly figures, else the thing whose figure this is (`activities.strom_2`,
    `law.cc_147`). `vintage` is the year of the file that states the value. `since`/`until` hold the period when it is
    not the reference year (ISO text). `target` marks an aim, which is never shown as a result; `part_of` names the
    figure that already contains this one. `incomplete` lists the breakdowns of a total that are known to be partial. A
    `doubtful` value stands in a contradiction that the rapporteur accepted as not comparable.
    """

    country: str
    year: int
    indicator: str
    value: Decimal | None
    mark: Mark
    vintage: int
    source: str
    dimension: str = ""
    code: str = ""
    owner: str = ""
    status: Status = Status.GIVEN
    qualifier: Qualifier = Qualifier.EXACT
    flags: frozenset[Flag] = frozenset()
    confidentiality: Confidentiality = Confidentiality.FREE
    definition: str = ""
    notes: tuple[Label, ...] = ()
    since: str = ""
    until: str = ""
    target: bool = False
    part_of: str = ""
    incomplete: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def figure(self) -> str:
        """The address without the breakdown: `investigations.opened`, `law.cc_147.prison_max`."""
        return f"{self.owner}.{self.indicator.rpartition('.')[2]}" if self.owner else self.indicator

    @property
    def address(self) -> str:
        """The name of the value in prose and on the command line.

        For example `investigations.opened.sexual`.
        """
        return f"{self.figure}.{self.code}" if self.code else self.figure


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one indicator and country, by year.

    With `code`, those of this code of it.
    """

    indicator: str
    code: str
    observations: tuple[Observation, ...]

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def get(self, year: int) -> Observation | None:
        """Return the observation of a year, None when nothing was stated."""
        return next((seen for seen in self.observations if seen.year == year), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """A value of an earlier year, restated by a later file.

    `was` is what had been published.
    """

    figure: str
    year: int
    was: Decimal | None
    now: Observation
    reason: Label
    mark: Mark
