"""Facts about a country besides its figures.

Law, plans, offices, activities, countries named, narrative.
"""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import Finding, Mark
from reporter.model.label import Label
from reporter.model.observation import Observation


@dataclass(frozen=True, slots=True)
class Contact:
    """An office that can be reached; never a person.

    Telephone, address and website are those it publishes. `since` and `until` are years, as of an institution; None
    means open.
    """

    code: str
    name: Label
    role: Label
    telephone: str
    email: str
    website: str
    since: int | None
    until: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Institution:
    """A body that takes part in the work.

    `since` and `until` are its first and last year; None means open.
    """

    code: str
    name: Label
    role: Label
    since: int | None
    until: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Provision:
    """A legal provision and the penalties or periods it sets.

    It is in force from `since` until `until`, ISO dates; empty means open. `least` is the lightest penalty in words,
    when it has no number.
    """

    code: str
    law: Label
    article: str
    subject: Label
    since: str
    until: str
    least: Label
    figures: tuple[Observation, ...]
    note: Label
    mark: Mark


@dataclass(frozen=True, slots=True)
class Plan:
    """An action plan or framework programme.

    `first` and `last` are years; `adopted` and `evaluated` are dates as ISO text, empty when there is none.
    """

    code: str
    name: Label
    first: int
    last: int
    framework: bool
    adopted: str
    evaluated: str
    focus: Label
    note: Label
    mark: Mark


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or website named under Resources."""

    code: str
    group: str
    title: Label
    url: str
    since: int | None
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


@dataclass(frozen=True, slots=True)
class CountryList:
    """The countries named in one year.

    Their codes are those of ISO 3166-1 alpha-2, but EL and UK, as the EU writes them. `groups` are groups of countries
    in the words of the source.
    """

    year: int
    kind: ListKind
    countries: tuple[str, ...]
    main: tuple[str, ...]
    groups: tuple[Label, ...]
    note: Label
    source: str
    mark: Mark


class ActivityKind(StrEnum):
    """The kind of an activity."""

    TRAINING = "training"
    CAMPAIGN = "campaign"
    COOPERATION = "cooperation"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Activity:
    """A training, campaign or joint undertaking.

    It has its own period, `since` and `until` (ISO text), and its own figures.
    """

    code: str
    kind: ActivityKind
    title: Label
    organiser: Label
    audience: Label
    since: str
    until: str
    target: bool
    part_of: str
    figures: tuple[Observation, ...]
    note: Label
    source: str
    year: int
    mark: Mark


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


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the rapporteur answers for, with the reason.

    The reason is printed wherever the figure is. `vintage` is the year of the file that accepts the finding, which may
    be later than the figure's. A figure that is not `comparable` is in doubt: no change is worked out from it.
    """

    rule: str
    figure: str
    year: int
    vintage: int
    reason: Label
    mark: Mark
    comparable: bool = True


def accepts(accepted: Accepted, finding: Finding) -> bool:
    """Return whether an acceptance covers a finding.

    Rule and figure must be the same, and the year, unless the finding has none.
    """
    same = finding.figure and (accepted.rule, accepted.figure) == (finding.code, finding.figure)
    return bool(same) and finding.year in (accepted.year, None)


@dataclass(frozen=True, slots=True)
class Difference:
    """The reason why another publication states a figure differently.

    `publication` is the code of a source, `published` the figure as that writes it, such as 64 or <5; `vintage` is the
    year of the file that explains it.
    """

    publication: str
    figure: str
    year: int
    vintage: int
    published: str
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


@dataclass(frozen=True, slots=True)
class YearFile:
    """The facts about an edition in the file of its year.

    Dates are ISO text, empty when not stated; `source` is the code of the default source of the figures.
    """

    year: int
    status: EditionStatus
    published: str
    data_cutoff: str
    source: str
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


@dataclass(frozen=True, slots=True)
class Country:
    """A country, its rapporteur and the facts that belong to no year.

    `name` is empty when the country is called what the Unicode CLDR calls it; `source` is where all of it comes from,
    `found_at` the address at which the profiles are published, empty when it is not known. `methodology` has a text for
    some headings, true of every edition. `mappings` hold what other publications call it.
    """

    code: str
    name: Label
    rapporteur: Label
    publisher: Label
    source: str
    contacts: tuple[Contact, ...]
    institutions: tuple[Institution, ...]
    provisions: tuple[Provision, ...]
    plans: tuple[Plan, ...]
    references: tuple[Reference, ...]
    mark: Mark
    methodology: tuple[tuple[Esms, Label], ...] = ()
    found_at: str = ""
    mappings: tuple[tuple[str, str], ...] = ()

    @property
    def main_contact(self) -> Contact | None:
        """The contact of the rapporteur, else the first one; None without contacts."""
        return next((each for each in self.contacts if each.code == "rapporteur"), next(iter(self.contacts), None))
