"""Observations: values with all that must travel with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reporter.data.errors import Mark
from reporter.data.records.label import Label
from reporter.data.records.statement import Explained


class Flag(Explained):
    """Eurostat's observation flags, as published letters. The list OBS_STATUS in force since January 2025."""

    BREAK = "b", "the series breaks here: earlier years are not comparable; a note says why"
    DEFINITION_DIFFERS = "d", "defined otherwise than usual; a note says how"
    ESTIMATED = "e", "estimated"
    FORECAST = "f", "a forecast"
    IMPUTED = "i", "not counted but filled in by the office that publishes it"
    MISSING = "m", "cannot exist; only with a word for nothing"
    NOT_SIGNIFICANT = "n", "not significant"
    PROVISIONAL = "p", "provisional: it may still change"
    LOW_RELIABILITY = "u", "of low reliability"


class Confidentiality(Explained):
    """SDMX confidentiality status (CONF_STATUS), a list apart from the flags."""

    FREE = "F", "free for publication, as when the key is left out"
    CONFIDENTIAL = "C", "confidential"
    NOT_FOR_PUBLICATION = "N", "for internal use only"
    PRIMARY = "A", "withheld because so small a count could show who is meant"
    SECONDARY = "D", "withheld so that nobody can work out another withheld value from it"


class Status(Explained):
    """Whether there is a value, and if not, why. Zero is a value; four different kinds of nothing are not. What is
    unanswered, nobody has looked up yet: it stands in drafts only, as does what a file says and nobody can read."""

    GIVEN = "given"
    MISSING = "missing", "nobody said the number; it is not zero"
    NOT_APPLICABLE = "not applicable", "there can be no number this year"
    SUPPRESSED = "suppressed", "somebody knows the number, but it is withheld; also for a masked count such as <5"
    NOT_COLLECTED = "not collected", "nobody counts it"
    UNANSWERED = (
        "unanswered",
        "nobody has looked it up yet: an ellipsis in a draft, which cannot become provisional or final",
    )
    UNREADABLE = "unreadable"


class Qualifier(Explained):
    """How exactly a value is stated."""

    EXACT = "exact"
    AT_LEAST = "at least", "this number or more, where the source gives no exact one"
    OVER = "over", "more than this number, where the source gives no exact one"
    ABOUT = "about", "an approximation, in the words of the source"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of an indicator, for a country and reference year. Or a count that belongs to one thing, such as an
    activity or a provision. `dimension` and `code` are empty for the total. `owner` is empty for the yearly figures,
    else the thing whose figure this is (`activities.strom_2`, `law.cc_147`). `vintage` is the year of the file that
    states the value. `since`/`until` hold the period when it is not the reference year (ISO text). `target` marks an
    aim, which is never shown as a result; `part_of` names the figure that already contains this one. `incomplete` lists
    the breakdowns of a total that are known to be partial. A `doubtful` value stands in a contradiction that the
    rapporteur accepted as not comparable. An `implied` one is a zero that no file states: the other parts make the
    whole."""

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
        """The name of the value in prose and on the command line. For example `investigations.opened.sexual`."""
        return f"{self.figure}.{self.code}" if self.code else self.figure


def amount_text(value: Decimal | None, status: Status, qualifier: Qualifier) -> str:
    """A value as a file writes it, always in the same form.

    24.0 is `24`, whoever wrote it.
    """
    if status is not Status.GIVEN or value is None:
        return str(status if status is not Status.GIVEN else Status.MISSING)
    number = format(value.normalize() + 0, "f")
    return number if qualifier is Qualifier.EXACT else f"{qualifier} {number}"


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one indicator and country, by year. With `code`, those of this code of it."""

    indicator: str
    code: str
    observations: tuple[Observation, ...]

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def get(self, year: int) -> Observation | None:
        return next((seen for seen in self.observations if seen.year == year), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """A value of an earlier year, restated by a later file. `was` is what had been published."""

    figure: str
    year: int
    was: Decimal | None
    now: Observation
    reason: Label
    mark: Mark


# A figure by its address, and the year.
Key = tuple[str, int]


def is_given(seen: Observation | None) -> bool:
    return seen is not None and seen.value is not None and seen.status is Status.GIVEN


def is_hidden(seen: Observation | None) -> bool:
    return seen is not None and seen.status is Status.SUPPRESSED


def is_withheld(seen: Observation) -> bool:
    """Return whether the public may not have a value. Somebody marked or masked it."""
    return is_hidden(seen) or seen.confidentiality is not Confidentiality.FREE
