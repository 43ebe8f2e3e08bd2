"""Observations: values with everything that must accompany them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporter.data.errors import Mark
from reporter.data.records.label import Label
from reporter.data.records.statement import Explained


class Flag(Explained):
    """Eurostat's observation flags, as published letters: the list OBS_STATUS in force since January 2025."""

    BREAK = "b", "the series breaks here: earlier years are not comparable; a note says why"
    DEFINITION_DIFFERS = "d", "defined differently than usual; a note says how"
    ESTIMATED = "e", "estimated"
    FORECAST = "f", "a forecast"
    IMPUTED = "i", "not counted, but imputed by the office that publishes it"
    MISSING = "m", "cannot exist; only with a word for no value"
    NOT_SIGNIFICANT = "n", "not significant"
    PROVISIONAL = "p", "provisional: it may still change"
    LOW_RELIABILITY = "u", "of low reliability"


class Confidentiality(Explained):
    """SDMX confidentiality status (CONF_STATUS), a list separate from the flags."""

    FREE = "F", "free for publication; the default"
    CONFIDENTIAL = "C", "confidential"
    NOT_FOR_PUBLICATION = "N", "for internal use only"
    PRIMARY = "A", "withheld because a person could be identified from a small count"
    SECONDARY = "D", "withheld so that another withheld value cannot be calculated from it"


class Status(Explained):
    """Whether there is a value, and if not, why. Zero is a value; four kinds of missing are not. `unanswered` (not
    looked up yet) and unreadable values exist in drafts only."""

    GIVEN = "given"
    MISSING = "missing", "the number is not known; it is not zero"
    NOT_APPLICABLE = "not applicable", "there can be no number this year"
    SUPPRESSED = "suppressed", "the number is known, but withheld; also for a masked count such as <5"
    NOT_COLLECTED = "not collected", "it is not counted"
    UNANSWERED = "unanswered", "not looked up yet: an ellipsis in a draft, which cannot become provisional or final"
    UNREADABLE = "unreadable"


class Qualifier(Explained):
    """How exactly a value is stated."""

    EXACT = "exact"
    AT_LEAST = "at least", "this number or more, if the source gives no exact one"
    OVER = "over", "more than this number, if the source gives no exact one"
    ABOUT = "about", "an approximation, in the words of the source"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of an indicator, for a country and reference year, or a count of one thing such as an activity or
    provision. `dimension` and `code` are empty for the total. `owner` is empty for yearly figures, else the thing
    counted (`activities.strom_2`, `law.cc_147`). `vintage` is the year of the file that states the value.
    `since`/`until` are the period if it is not the reference year (ISO text). `target` marks an aim, never shown as a
    result; `part_of` names the figure that contains this one. `incomplete` lists the breakdowns of a total known to be
    partial. A `doubtful` value is in a contradiction accepted as not comparable. An `implied` one is a zero that no
    file states: the other parts add up to the total."""

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
    implied: bool = False

    @property
    def figure(self) -> str:
        """The address without the breakdown: `investigations.opened`, `law.cc_147.prison_max`."""
        return f"{self.owner}.{self.indicator.rpartition('.')[2]}" if self.owner else self.indicator

    @property
    def address(self) -> str:
        """The name of the value in prose and on the command line, such as `investigations.opened.sexual`."""
        return f"{self.figure}.{self.code}" if self.code else self.figure


def amount_text(value: Decimal | None, status: Status, qualifier: Qualifier) -> str:
    """A value in a file's canonical form: 24.0 is `24`."""
    if status is not Status.GIVEN or value is None:
        return str(status if status is not Status.GIVEN else Status.MISSING)
    number = format(value.normalize() + 0, "f")
    return number if qualifier is Qualifier.EXACT else f"{qualifier} {number}"


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of an indicator and country by year, or of one `code` of it."""

    indicator: str
    code: str
    observations: tuple[Observation, ...]

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def get(self, year: int) -> Observation | None:
        return next((observation for observation in self.observations if observation.year == year), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """A value of an earlier year, restated by a later file. `was` is what had been published."""

    figure: str
    year: int
    was: Decimal | None
    now: Observation
    reason: Label
    mark: Mark


# A figure's address, and the year.
Key = tuple[str, int]


def is_given(observation: Observation | None) -> bool:
    return observation is not None and observation.value is not None and observation.status is Status.GIVEN


def is_hidden(observation: Observation | None) -> bool:
    return observation is not None and observation.status is Status.SUPPRESSED


def is_withheld(observation: Observation) -> bool:
    """Whether the public may not see a value: it is marked or masked."""
    return is_hidden(observation) or observation.confidentiality is not Confidentiality.FREE
