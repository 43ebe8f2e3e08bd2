"""Facts about a country apart from figures: law, plans, offices, activities, country lists, proposals, narrative."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from reporter.data.errors import Mark
from reporter.data.records.calendar import in_force, year_of
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.observation import Observation
from reporter.data.records.statement import (
    About,
    CountryCode,
    Date,
    Day,
    Elsewhere,
    Explained,
    Form,
    IndicatorName,
    Key,
    LanguageCode,
    Name,
    NumberText,
    OfFile,
    Period,
    PlainWords,
    PublishedFigure,
    SecureAddress,
    SourceCode,
    Title,
    WebAddress,
)

LISTED_FROM = "First year whose edition lists it, if its start is not known; no year is printed"
DATE_NOTE = "Printed below it: the origin of a date that the source does not state"

# A telephone number by RFC 3966, and what people write between its digits.
NUMBER = re.compile(r"\+?[0-9]{3,15}")
BETWEEN_DIGITS = re.compile(r"[\s().\u2010-\u2013-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that can be contacted. Telephone, address and website are those it publishes. `since` and `until` are
    the years whose editions list it; None means open."""

    code: Key[Name]
    name: Annotated[Label, About("The office")]
    person: Annotated[
        PlainWords, About("The person in office, only if the name may remain in print; default: the office alone")
    ] = ""
    role: Annotated[Label, About("What it does, in one line")] = NO_WORDS
    telephone: Annotated[NumberText, About("The number it publishes")] = ""
    email: Annotated[str, Form.ADDRESS, About("The mail address it publishes")] = ""
    website: Annotated[WebAddress, About("The address of its website")] = ""
    ngo: Annotated[bool, About("true: a non-governmental organisation, listed separately on the Commission's page")] = (
        False
    )
    since: Annotated[int | None, About("First year whose edition names it; default: every year")] = None
    until: Annotated[int | None, About("Last year whose edition names it; default: no end")] = None
    mark: Mark

    @property
    def dialled(self) -> str:
        """The address to call, empty if the telephone is not a single number."""
        number = BETWEEN_DIGITS.sub("", self.telephone)
        return f"tel:{number}" if NUMBER.fullmatch(number) else ""


class Task(Explained):
    """A field of work of a body, a column of the table of who does what."""

    COORDINATE = "coordinate", "coordinates the work of others, assesses it, or reports and proposes measures"
    PARTICIPATE = (
        "participate",
        "takes part in carrying out the action plan, or has a seat on the body that coordinates it",
    )
    PREVENT = "prevent", "prevention: campaigns, information, work with people at risk"
    IDENTIFY = "identify", "identifies victims, or gives guidance on identifying them"
    INVESTIGATE = "investigate", "investigates or prosecutes trafficking"
    ASSIST = "assist", "assists victims, or finances assistance or compensation"
    TRAIN = "train", "trains people who meet victims, or approves their training"
    COOPERATE = "cooperate", "works with authorities or bodies abroad, or is such a body"


TASKS = "Fields of work that the role covers, for the table of who does what; default: the table has its words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a body does in some years only. `since` and `until` are its first and last year as stated; None means open.
    If no start is stated, `listed_from` keeps it out of earlier editions; no year is printed."""

    code: Key[Name]
    role: Annotated[Label, About("What the body does, in one line")]
    tasks: Annotated[tuple[Task, ...], About(TASKS)] = ()
    since: Annotated[int | None, About("First year in which it does so, as stated in the source")] = None
    until: Annotated[int | None, About("Last year in which it does so; default: it still does")] = None
    listed_from: Annotated[int | None, About(LISTED_FROM)] = None
    note: Annotated[Label, About(DATE_NOTE)] = NO_WORDS
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body that takes part in the work. `role` is what it does in all years of `since`, `until` and `listed_from`,
    `roles` what it does in some. A body with `roles` only is listed in their years."""

    code: Key[str]
    name: Annotated[Label, About("Name of the body")]
    short: Annotated[Label, About("Short name, for the table of who does what")] = NO_WORDS
    role: Annotated[Label, About("Its role in the work, in one line")] = NO_WORDS
    tasks: Annotated[tuple[Task, ...], About(TASKS)] = ()
    roles: Annotated[tuple[Role, ...], About("Roles in some years only, each under its own code")] = ()
    since: Annotated[int | None, About("First year in which it takes part; default: every year")] = None
    until: Annotated[int | None, About("Last year in which it does so; default: it still does")] = None
    founded: Annotated[int | None, About("The year in which the body was set up; default: not known")] = None
    dissolved: Annotated[int | None, About("The year in which it ceased to exist; default: it still exists")] = None
    listed_from: Annotated[int | None, About(LISTED_FROM)] = None
    note: Annotated[Label, About(DATE_NOTE)] = NO_WORDS
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document or website named under Resources."""

    code: Key[str]
    group: Annotated[
        Literal["legislation", "plan", "report", "link"],
        About("The list it belongs to: legislation, plan, report or link"),
    ]
    title: Annotated[Label, About("Title of the document or website")]
    url: Annotated[SecureAddress, About("Its address, https")] = ""
    since: Annotated[int | None, About("First year whose edition lists it; default: every year")] = None
    until: Annotated[int | None, About("Last year whose edition lists it; default: no end")] = None
    mark: Mark


def is_listed(entry: Contact | Role | Institution | Reference, year: int) -> bool:
    first = entry.listed_from if isinstance(entry, (Role, Institution)) else None
    return in_force(entry.since, entry.until, year) and in_force(first, None, year)


# Sections of the narrative. Recommendations belong to one year: later editions do not repeat them, but report on them.
CHALLENGES, RECOMMENDATIONS = "challenges", "recommendations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a recommendation asks of whom, and by when; a draft may lack both. `offices` are the addressees' names."""

    code: Key[Name]
    to: Annotated[tuple[str, ...], About("Addressees: codes of institutions or contacts")] = ()
    by: Annotated[Date, About("Day, month or year by which it is to be done")] = ""
    answers: Annotated[str, About("The challenge that it addresses: the code after its title; default: none")] = ""
    offices: Elsewhere[tuple[Label, ...]] = ()
    year: Elsewhere[int]
    mark: Mark

    @property
    def is_open(self) -> bool:
        return not (self.to and self.by)


class RecommendationState(Explained):
    """How far a recommendation of an earlier year has been implemented."""

    DONE = "done", "implemented; later years need not report on it"
    UNDER_WAY = "under way", "started, but not finished"
    NOT_BEGUN = "not begun", "nothing has been done yet"
    DROPPED = "dropped", "abandoned; the note says why, and later years need not report on it"
    UNANSWERED = "unanswered", "not looked up yet; only in a draft"


ENDED = (RecommendationState.DONE, RecommendationState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The state of an earlier recommendation in a year."""

    code: Key[Name]
    state: Annotated[RecommendationState, About("State of implementation")]
    note: Annotated[Label, About("What was done, or why not, in one or two lines; printed in the report")] = NO_WORDS
    year: Elsewhere[int]
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who answers which figures, in which language, by when. An answer is an indicator with all its breakdowns, one
    breakdown (`victims.identified by form`), or the counts of an activity (`activities.CODE`). This appears in no
    report or package."""

    code: Key[Name]
    name: Annotated[Label, About("Name of the agency on its form")]
    language: Annotated[LanguageCode, About("The language of its form, one of those of the reports")]
    answers: Annotated[
        tuple[str, ...],
        About(
            "Figures it provides: investigations.opened, victims.identified by form, victims.identified by form and "
            "person, activities.CODE"
        ),
    ]
    due: Annotated[Day, About("Deadline in the following year, as month and day, such as 03-01")]
    address: Annotated[str, Form.ADDRESS, About("Mail address for its form; kept in this file only")] = ""
    source: Annotated[
        SourceCode, About("Code of the source of its figures; default: the source of the year's file")
    ] = ""
    since: Annotated[int | None, About("First year for which it provides figures; default: every year")] = None
    until: Annotated[int | None, About("Last year for which it provides figures; default: it still does")] = None
    mark: Mark

    def due_on(self, year: int) -> str:
        """The ISO date by which it answers for a year."""
        return f"{year + 1}-{self.due}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A legal provision with its penalties or periods. It is in force from `since` until `until`, ISO dates; empty
    means open. `least` is the lightest penalty in words, if it has no number."""

    code: Key[Name]
    law: Annotated[Label, About("The law, as it is cited")]
    article: Annotated[NumberText, About("The article")] = ""
    subject: Annotated[Label, About("The offence or the right")]
    since: Annotated[Date, About("Day, month or year from which it is in force; default: always")] = ""
    until: Annotated[Date, About("Last day on which it is in force; default: still in force")] = ""
    stated: Annotated[Date, About("When a source stated it, if it is not known since when it applies")] = ""
    least: Annotated[Label, About("The lightest penalty, if it has no number: a fine")] = NO_WORDS
    figures: Elsewhere[tuple[Observation, ...]]
    note: Annotated[Label, About("Printed as a footnote")] = NO_WORDS
    mark: Mark

    def is_in_force(self, year: int) -> bool:
        return in_force(year_of(self.since), year_of(self.until), year)

    def is_known_in(self, year: int) -> bool:
        """Whether it is known to be in force in a year: it is dated, or a source stated it by then."""
        return bool(self.since) or (year_of(self.stated) or year + 1) <= year


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action plan or framework programme. An empty date means not adopted or not evaluated."""

    code: Key[Name]
    name: Annotated[Label, About("Title of the plan")]
    period: Annotated[Period, About("The years that it covers, separated by a slash")]
    framework: Annotated[bool, About("true: a wider programme that covers trafficking among other subjects")] = False
    adopted: Annotated[Date, About("When it was adopted; leave out if it was not, or the date is not known")] = ""
    evaluated: Annotated[Date, About("When it was evaluated; leave out if it was not, or the date is not known")] = ""
    focus: Annotated[Label, About("Its subject, in one line")] = NO_WORDS
    note: Annotated[Label, About("Printed as a footnote")] = NO_WORDS
    mark: Mark

    @property
    def first(self) -> int:
        return int(self.period[:4])

    @property
    def last(self) -> int:
        return int(self.period.rpartition("/")[2][:4])

    def is_known(self, year: int) -> bool:
        return self.first <= year or (year_of(self.adopted) or year + 1) <= year


class ListKind(Explained):
    """The meaning of a list of countries. Lists of different kinds are never merged."""

    TARGET = "target", "the source calls them target countries: traffickers aim to take people there"
    DESTINATION = "destination", "people were taken there, or were on the way there"
    EXPLOITATION = "exploitation", "people were exploited there"
    COOPERATION = "cooperation", "named for police cooperation only, which says nothing about victims"
    ORIGIN = "origin", "people came from there"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryList:
    """A list of countries named, and what kind of list it is. Codes are ISO 3166-1 alpha-2, but EL and UK, as in the
    EU. `groups` are groups of countries in the source's words. An `unanswered` list names none yet."""

    year: Elsewhere[int]
    kind: Annotated[
        ListKind, About("What the source calls them; lists of different kinds are never merged or compared")
    ]
    countries: Annotated[tuple[CountryCode, ...], About(key="named")] = ()
    main: Annotated[tuple[CountryCode, ...], About("Those that the source calls the main ones")] = ()
    groups: Annotated[tuple[Title, ...], About("Groups that the source names without listing the countries")] = ()
    note: Annotated[Label, About("Printed as a footnote")] = NO_WORDS
    source: Annotated[OfFile[SourceCode], About("Code of the source, if not the file's")]
    unanswered: Elsewhere[bool] = False
    mark: Mark


class ActivityKind(Explained):
    """The kind of an activity."""

    TRAINING = "training", "courses and seminars for professionals who meet victims"
    CAMPAIGN = "campaign", "campaigns and other prevention measures for the public"
    COOPERATION = "cooperation", "joint undertakings, such as joint investigation teams"
    COORDINATION = "coordination", "commissions and working groups, with their members and meetings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A training, campaign or joint undertaking with its own period and counts."""

    code: Key[Name]
    kind: Annotated[ActivityKind, About("The table in which it is listed")]
    title: Annotated[Title, About("Name of the activity")]
    organiser: Annotated[Title, About("Who carried it out")] = NO_WORDS
    audience: Annotated[Title, About("Its target group")] = NO_WORDS
    period: Annotated[Period, About("When it took place; it may have started in an earlier year")]
    target: Annotated[bool, About("true: an aim, never shown as a result")] = False
    part_of: Annotated[
        str, About("The activity that already includes this one, so that participants are not counted twice")
    ] = ""
    figures: Elsewhere[tuple[Observation, ...]]
    note: Annotated[Label, About("Printed as a footnote of its counts")] = NO_WORDS
    source: Annotated[OfFile[SourceCode], About("Code of the source, if not the file's")]
    year: Elsewhere[int]
    mark: Mark

    @property
    def since(self) -> str:
        return self.period.partition("/")[0]

    @property
    def until(self) -> str:
        return self.period.rpartition("/")[2]


# Prefixes of the narrative headings that give a chart or table its headline: # figure-investigations: …
FIGURE, TABLE = OVER = ("figure-", "table-")


@dataclass(frozen=True, slots=True)
class Passage:
    """The narrative of a section or part in one language and year, as written in that year's file. `markdown` starts
    below the heading; `mark` is its first line, so that line n of the text is line `mark.line + n` of the file.
    `headline` follows the code in the heading.

    A sub-heading with a code starts a `part`, shared by languages and replaceable by year; the text's first line is its
    title, without the code. A section's own start has no part; it says whether the section `carries` over earlier
    years' texts that this year lacks. `unreviewed` are the paragraphs translated by machine and not reviewed."""

    section: str
    language: str
    year: int
    markdown: str
    mark: Mark
    headline: "Passage | None" = None
    part: str = ""
    carries: bool = False
    unreviewed: tuple[Mark, ...] = ()

    @property
    def name(self) -> str:
        """Its name in `still_holds:`, such as `prevention.schools`."""
        return f"{self.section}.{self.part}" if self.part else self.section

    def is_of(self, year: int) -> bool:
        """Whether a year's edition may print it: recommendations and chart headlines only in their own year."""
        lasts = self.section != RECOMMENDATIONS and not self.section.startswith(OVER)
        return self.year == year or (self.year < year and lasts)


class EditionStatus(Explained):
    """How final the figures of a year are."""

    DRAFT = "draft", "being prepared; the default"
    PROVISIONAL = "provisional", "complete, but figures may still change"
    FINAL = "final", "figures will no longer change; required for publishing and packaging"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why a figure differs from that `published` elsewhere. `vintage` is the year of the file with the reason."""

    publication: Annotated[SourceCode, About("Code of the source with the other figure")]
    figure: Annotated[str, About("The figure here that differs")]
    year: Annotated[OfFile[int], About("The year of the figure, if not the file's")]
    vintage: Elsewhere[int]
    published: Annotated[PublishedFigure, About("The figure there: a number, or a mask such as <5")]
    reason: Annotated[Label, About("Why they differ, or that the reason is not known; printed in the report")]
    mark: Mark


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.casefold()))


# Listed with the year in place of confirmed texts that the public does not see: not a copy of another entry.
UNREAD_TEXT = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHolds:
    """Texts of earlier years that were read again and confirmed for `year`, the year of the file, and no other."""

    year: Elsewhere[int]
    texts: Annotated[
        tuple[str, ...], About("Texts: a section, a part such as prevention.school_lessons, or the place of a note")
    ]
    by: Annotated[str, About("Who confirmed them: a person or an office")]
    day: Annotated[Date, About("Date of confirmation")]
    mark: Mark

    def is_copy_of(self, earlier: "StillHolds") -> bool:
        """Whether the entry was copied from an earlier year: the same, or with only the year changed. Nobody confirms
        the same texts and more on the same day of the year."""
        same = _letters(self.by) == _letters(earlier.by) and self.day[4:] == earlier.day[4:]
        if self.year <= earlier.year or not same:
            return False
        again = set(earlier.texts)
        return again == set(self.texts) if self.day == earlier.day else again <= set(self.texts)


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of an earlier year repeated by a later one; shown in the later year's tables, kept only for checks."""

    figure: str
    year: int
    value: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFile:
    """The file of one reference year. `source` is the code of the default source of the figures."""

    year: Annotated[int, About("The reference year of the figures; the file is named after it")]
    status: Annotated[EditionStatus, About("Status of the edition")] = EditionStatus.DRAFT
    published: Annotated[Date, About("Date of publication, for cover and imprint; reporter publish sets its own")] = ""
    data_cutoff: Annotated[
        Date, About("Date on which the figures were extracted from the registers; printed in the imprint")
    ] = ""
    source: Annotated[SourceCode, About("Code of the default source of the file; in a draft, unanswered if not known")]
    # Places where the source of figures is still unanswered.
    open_sources: Elsewhere[tuple[Mark, ...]] = ()
    # Set if its files differ from those it was published from.
    changed: Elsewhere[bool] = False
    eurostat: Annotated[
        Mapping[str, tuple[IndicatorName, ...]],
        About("The figure for a Eurostat table in this year; default: the first known"),
    ] = field(default_factory=dict)
    mark: Mark

    @property
    def day(self) -> str:
        """The date of its files, never today: of publication, else of the data, else the last day of the year. If
        published, the day of the latest publication, which `with_publication_days` has put into it."""
        days = (self.published, self.data_cutoff, f"{self.year}-12-31")
        return next(day for day in days if len(day) == len("2020-12-31"))


class Esms(Explained):
    """The headings of the Euro SDMX Metadata Structure, in its order, under which figures are documented."""

    CONTACT = "contact", "whom to ask"
    METADATA_UPDATE = "metadata_update", "when this description was last reviewed"
    PRESENTATION = "presentation", "the subject of the figures, and their breakdowns"
    UNIT = "unit", "what is counted: persons, cases, offences"
    REFERENCE_PERIOD = "reference_period", "the period that a figure describes"
    MANDATE = "mandate", "the law under which the figures are collected"
    CONFIDENTIALITY = "confidentiality", "what is withheld, and by which rule"
    RELEASE_POLICY = "release_policy", "when and to whom figures are released"
    FREQUENCY = "frequency", "how often"
    ACCESSIBILITY = "accessibility", "where the figures are available, and in which form"
    QUALITY_MANAGEMENT = "quality_management", "how quality is ensured"
    RELEVANCE = "relevance", "who needs the figures, and what is missing"
    ACCURACY = "accuracy", "how far the figures can be trusted"
    TIMELINESS = "timeliness", "how long it takes until they are published"
    COHERENCE = "coherence", "what they can be compared with"
    COST = "cost", "the cost and burden of collecting them"
    REVISION = "revision", "how figures are revised"
    PROCESSING = "processing", "how they are collected, checked and calculated"
    COMMENT = "comment", "anything else to be said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, its rapporteur, and the facts that belong to no year. `source` is the source of all of them.
    `methodology` has texts for some headings, valid for every edition; `headings` renames sections for the Commission's
    page."""

    code: CountryCode
    name: Annotated[Label, About("Its name, only if the program does not know it or writes it differently")] = NO_WORDS
    rapporteur: Annotated[Label, About("The office of the rapporteur")]
    rapporteur_since: Annotated[
        int | None, About("First year of the office; profiles of earlier years say that they were compiled later")
    ] = None
    publisher: Annotated[Label, About("The authority that publishes the reports")]
    place: Annotated[Label, About("The town of the publisher, printed before the date of a letter")] = NO_WORDS
    source: Annotated[SourceCode, About("Code of the source of everything in the file")]
    found_at: Annotated[WebAddress, About("Web address where the profiles are published")] = ""
    mappings: Annotated[tuple[tuple[str, str], ...], About("The name of its citizens in other publications")] = ()
    contacts: Annotated[
        tuple[Contact, ...],
        About("Offices that readers can contact; rapporteur, or rapporteur_2023 after a change, is on the last page"),
    ] = ()
    institutions: Annotated[tuple[Institution, ...], About("Bodies that take part in the work")] = ()
    provisions: tuple[Provision, ...] = ()
    plans: Annotated[tuple[Plan, ...], About("Action plans and framework programmes")] = ()
    references: Annotated[tuple[Reference, ...], About("Documents and websites listed under Resources")] = ()
    methodology: tuple[tuple[Esms, Label], ...] = ()
    headings: tuple[tuple[str, Label], ...] = ()
    agencies: Annotated[tuple[Agency, ...], About("Which agency provides which figures; never published or sent")] = ()
    mark: Mark

    @property
    def main_contact(self) -> Contact | None:
        """The rapporteur's contact, else the first one, or None."""
        named = (contact for contact in self.contacts if contact.code.partition("_")[0] == "rapporteur")
        return next(named, next(iter(self.contacts), None))
