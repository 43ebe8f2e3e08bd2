"""Facts about a country besides its figures.

Law, plans, offices, activities, countries named, narrative.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from reporter.errors import Finding, Mark
from reporter.model.label import NO_WORDS, Label
from reporter.model.observation import Observation
from reporter.model.statement import (
    About,
    CountryCode,
    Date,
    Elsewhere,
    Key,
    Name,
    NumberText,
    OfFile,
    Period,
    PublishedFigure,
    SourceCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that can be reached; never a person.

    Telephone, address and website are those it publishes. `since` and `until` are years, as of an institution; None
    means open.
    """

    code: Key[Name]
    name: Label
    role: Label = NO_WORDS
    telephone: NumberText = ""
    email: str = ""
    website: str = ""
    since: int | None = None
    until: int | None = None
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body that takes part in the work.

    `since` and `until` are its first and last year; None means open.
    """

    code: Key[str]
    name: Label
    role: Label = NO_WORDS
    since: int | None = None
    until: int | None = None
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A legal provision with its penalties or periods.

    It is in force from `since` until `until`, ISO dates; empty means open. `least` is the lightest penalty in words,
    when it has no number.
    """

    code: Key[Name]
    law: Label
    article: NumberText = ""
    subject: Label
    since: Date = ""
    until: Date = ""
    least: Annotated[Label, About("The lightest penalty, when it has no number: a fine")] = NO_WORDS
    figures: Elsewhere[tuple[Observation, ...]]
    note: Label = NO_WORDS
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action plan or framework programme.

    Empty dates mean that it was not adopted or evaluated.
    """

    code: Key[Name]
    name: Label
    period: Period
    framework: bool = False
    adopted: Date = ""
    evaluated: Date = ""
    focus: Label = NO_WORDS
    note: Label = NO_WORDS
    mark: Mark

    @property
    def first(self) -> int:
        """The first year of the plan."""
        return int(self.period[:4])

    @property
    def last(self) -> int:
        """The last year of the plan."""
        return int(self.period.rpartition("/")[2][:4])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document or website named under Resources."""

    code: Key[str]
    group: Literal["legislation", "plan", "report", "link"]
    title: Label
    url: str = ""
    since: int | None = None
    mark: Mark


class ListKind(StrEnum):
    """The meaning of a list of countries.

    Lists of different kinds are never joined.
    """

    TARGET = "target"
    DESTINATION = "destination"
    EXPLOITATION = "exploitation"
    COOPERATION = "cooperation"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryList:
    """A list of countries named, and what kind of list it is.

    Their codes are those of ISO 3166-1 alpha-2, but EL and UK, as the EU writes them. `groups` are groups of countries
    in the words of the source. One that is `unanswered` names none yet.
    """

    year: Elsewhere[int]
    kind: ListKind
    countries: Annotated[tuple[CountryCode, ...], About("ISO codes, EL and UK as the EU writes them", key="named")] = ()
    main: tuple[CountryCode, ...] = ()
    groups: tuple[Label, ...] = ()
    note: Label = NO_WORDS
    source: OfFile[SourceCode]
    unanswered: Elsewhere[bool] = False
    mark: Mark


class ActivityKind(StrEnum):
    """The kind of an activity."""

    TRAINING = "training"
    CAMPAIGN = "campaign"
    COOPERATION = "cooperation"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A training, campaign or joint undertaking with its own period and counts."""

    code: Key[Name]
    kind: ActivityKind
    title: Label
    organiser: Label = NO_WORDS
    audience: Label = NO_WORDS
    period: Period
    target: Annotated[bool, About("An aim, never shown as a result")] = False
    part_of: Annotated[str, About("The activity that already contains this one")] = ""
    figures: Elsewhere[tuple[Observation, ...]]
    note: Label = NO_WORDS
    source: OfFile[SourceCode]
    year: Elsewhere[int]
    mark: Mark

    @property
    def since(self) -> str:
        """The first day, month or year of its period."""
        return self.period.partition("/")[0]

    @property
    def until(self) -> str:
        """The last day, month or year of its period."""
        return self.period.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Passage:
    """The narrative of one section in one language and year.

    It is as written in the file of that year. `markdown` starts below the heading; `mark` is the place of its first
    line, so that line n of the text is line `mark.line + n` of the file. `headline` is what stands behind the code in
    the heading.
    """

    section: str
    language: str
    year: int
    markdown: str
    mark: Mark
    headline: "Passage | None" = None


class EditionStatus(StrEnum):
    """How final the figures of a year are."""

    DRAFT = "draft"
    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding the rapporteur answers for.

    The reason is printed wherever the figure is. `vintage` is the year of the file that accepts the finding, which may
    be later than the figure's. A figure that is not `comparable` is in doubt: no change is worked out from it.
    """

    rule: str
    figure: str
    year: OfFile[int]
    vintage: Elsewhere[int]
    comparable: Annotated[bool, About("false: the figure is in doubt and is compared with no other")] = True
    reason: Label
    mark: Mark


def accepts(accepted: Accepted, finding: Finding) -> bool:
    """Return whether an acceptance covers a finding.

    Rule and figure must be the same, and the year, unless the finding has none.
    """
    same = finding.figure and (accepted.rule, accepted.figure) == (finding.code, finding.figure)
    return bool(same) and finding.year in (accepted.year, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why a figure differs from what another publication says.

    `published` is the figure as that one writes it; `vintage` is the year of the file that explains it.
    """

    publication: Annotated[SourceCode, About("Code of the source that says otherwise")]
    figure: str
    year: OfFile[int]
    vintage: Elsewhere[int]
    published: Annotated[PublishedFigure, About("What it says: a number, or a mask such as <5")]
    reason: Label
    mark: Mark


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of an earlier year, repeated by a later one.

    It stands in the tables of the later year, and is kept only to be checked.
    """

    figure: str
    year: int
    value: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFile:
    """The file of one reference year.

    `source` is the code of the default source of the figures.
    """

    year: int
    status: EditionStatus = EditionStatus.DRAFT
    published: Date = ""
    data_cutoff: Date = ""
    source: SourceCode
    mark: Mark


class Esms(StrEnum):
    """The headings of the Euro SDMX Metadata Structure, in its order.

    Figures are documented under them.
    """

    CONTACT = "contact"
    METADATA_UPDATE = "metadata_update"
    PRESENTATION = "presentation"
    UNIT = "unit"
    REFERENCE_PERIOD = "reference_period"
    MANDATE = "mandate"
    CONFIDENTIALITY = "confidentiality"
    RELEASE_POLICY = "release_policy"
    FREQUENCY = "frequency"
    ACCESSIBILITY = "accessibility"
    QUALITY_MANAGEMENT = "quality_management"
    RELEVANCE = "relevance"
    ACCURACY = "accuracy"
    TIMELINESS = "timeliness"
    COHERENCE = "coherence"
    COST = "cost"
    REVISION = "revision"
    PROCESSING = "processing"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, its rapporteur, and the facts that belong to no year.

    `source` is where all of it comes from. `methodology` has a text for some headings, true of every edition.
    """

    code: CountryCode
    name: Annotated[Label, About("Only when it is not the name in the Unicode CLDR")] = NO_WORDS
    rapporteur: Label
    publisher: Label
    source: SourceCode
    found_at: Annotated[str, About("The address at which the profiles are published")] = ""
    mappings: Annotated[tuple[tuple[str, str], ...], About("What other publications call its citizens")] = ()
    contacts: tuple[Contact, ...] = ()
    institutions: tuple[Institution, ...] = ()
    provisions: tuple[Provision, ...] = ()
    plans: tuple[Plan, ...] = ()
    references: tuple[Reference, ...] = ()
    methodology: tuple[tuple[Esms, Label], ...] = ()
    mark: Mark

    @property
    def main_contact(self) -> Contact | None:
        """The contact of the rapporteur, else the first one; None without contacts."""
        return next((each for each in self.contacts if each.code == "rapporteur"), next(iter(self.contacts), None))
