"""All loaded data, and the data as known for one edition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from reporter.data.errors import Mark
from reporter.data.records.accepted import Accepted
from reporter.data.records.calendar import year_of
from reporter.data.records.catalogue import CROSSED, OF_CELL, Catalogue, Cross, codes_by_dimension
from reporter.data.records.country import (
    ENDED,
    Activity,
    Contact,
    Country,
    CountryList,
    Difference,
    FollowUp,
    Institution,
    Passage,
    Plan,
    Provision,
    Recommendation,
    Reference,
    Restated,
    Role,
    StillHolds,
    YearFile,
    is_listed,
)
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.observation import Key, Observation, Revision, Series
from reporter.data.records.protection import DisclosureRules, Protection
from reporter.data.records.release import Deadline, Mail, Recipient
from reporter.data.records.statement import About, CountryCode, IndicatorName, Period, SourceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Why small counts of victims may be published: a permission for all that meets every condition it states."""

    country: Annotated[CountryCode, About("Country of the figures")]
    source: Annotated[SourceCode, About("Source of the figures; default: any")] = ""
    figures: Annotated[
        tuple[IndicatorName, ...],
        About("Names of figures, each with all its breakdowns, or of single parts; default: all of the source"),
    ] = ()
    years: Annotated[Period, About("The reference year, or the first and last; later years need another permission")]
    reason: Annotated[Label, About("Why they may be published; included in every package")]
    mark: Mark

    @property
    def span(self) -> range:
        first, _, last = self.years.partition("/")
        return range(int(first), int(last or first) + 1) if first else range(0)

    def covers(self, observation: Observation) -> bool:
        named = not self.figures or observation.figure in self.figures or observation.address in self.figures
        of_source = not self.source or observation.source == self.source
        return observation.country == self.country and observation.year in self.span and of_source and named


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChoice:
    """Changes to a profile's charts, named as in `docs/blocks.md` or by an indicator, perhaps with a breakdown."""

    leave_out: Annotated[
        tuple[str, ...], About("Charts to leave out of every profile, named as in docs/blocks.md")
    ] = ()
    instead: Annotated[
        tuple[tuple[str, str], ...],
        About(
            "What replaces a chart: another chart, an indicator such as persons.prosecuted, or one by a breakdown "
            "such as victims.identified-by-person"
        ),
    ] = ()


Dated = TypeVar("Dated", Contact, Institution, Role, Reference, Provision, Plan)
# Fields that hold the day or year of later events of a thing.
LATER = ("until", "adopted", "evaluated")


@dataclass(frozen=True, slots=True)
class CountryData:
    """The data of one country, years in ascending order. `open_lists` are unanswered lists of countries, in drafts
    only. `frozen_until` is the last year whose file is as published, 0 for none. `past_texts` are recommendations of
    earlier years, on which an edition reports without repeating them."""

    country: Country
    years: tuple[YearFile, ...]
    observations: tuple[Observation, ...]
    revisions: tuple[Revision, ...]
    restated: tuple[Restated, ...]
    activities: tuple[Activity, ...]
    lists: tuple[CountryList, ...]
    passages: tuple[Passage, ...]
    accepted: tuple[Accepted, ...]
    differences: tuple[Difference, ...] = ()
    open_lists: tuple[CountryList, ...] = ()
    still_holds: tuple[StillHolds, ...] = ()
    frozen_until: int = 0
    recommendations: tuple[Recommendation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    past_texts: tuple[Passage, ...] = ()
    protections: tuple[Protection, ...] = ()

    @property
    def things(self) -> tuple[Activity | Provision, ...]:
        return (*self.activities, *self.country.provisions)

    def asked_again(self, year: int) -> tuple[Recommendation, ...]:
        """The earlier recommendations a year reports on: the latest under each code, unless ended before."""
        latest_by_code = {item.code: item for item in self.recommendations if item.year < year}
        ended = {
            item.code
            for item in self.follow_ups
            if item.state in ENDED and item.code in latest_by_code and latest_by_code[item.code].year < item.year < year
        }
        return tuple(recommendation for code, recommendation in latest_by_code.items() if code not in ended)

    def year(self, year: int) -> YearFile | None:
        return next((year_file for year_file in self.years if year_file.year == year), None)


class Annexes(StrEnum):
    """Where the annexes of a profile are: in a separate document or in the profile."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a workspace, from `reporter.yaml`. `percent_base` is the smallest base for which a percentage is
    printed; `jump` (relative) and `jump_count` (absolute) are the year-on-year changes above which a comment is
    required. `theme` names a folder of tokens; `theme_mark` is where it is chosen. `licence` is the name of the
    reports' licence, `reuse` the conditions in other words; both may be empty. `mail` is None without a mail server.
    `small_counts` are permissions to publish small counts, `disclosure` the rules for withholding more; `annexes` says
    where annexes are, `charts` how charts differ from the outline. `approvals` by others are needed before an edition
    is published; `machine_translation` are the languages in which unreviewed words of the program may be published."""

    title: Label
    languages: tuple[str, ...]
    theme: str
    theme_mark: Mark
    percent_base: int = 50
    jump: float = 0.5
    jump_count: int = 10
    licence: str = ""
    reuse: Label = NO_WORDS
    mail: Mail | None = None
    recipients: tuple[Recipient, ...] = ()
    small_counts: tuple[Permission, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    charts: ChartChoice = field(default_factory=ChartChoice)
    annexes: Annexes = Annexes.SHORT
    machine_translation: tuple[str, ...] = ()
    disclosure: DisclosureRules = field(default_factory=DisclosureRules)
    approvals: int = 0

    def allows_percent(self, base: Decimal | int | None) -> bool:
        return base is not None and base >= self.percent_base

    def recipient(self, code: str) -> Recipient | None:
        return next((recipient for recipient in self.recipients if recipient.code == code), None)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of a file in one or more languages; `keys` are its path. A text in the file of a `year` has a name under
    which `still_holds:` confirms it, such as `figures.victims.tried.note`. A title only names a thing."""

    mark: Mark
    label: Label
    keys: tuple[str, ...]
    name: str = ""
    year: int = 0
    is_title: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, _ in self.label.texts)


@dataclass(frozen=True, slots=True)
class Dataset:
    """All countries of a workspace, its settings, and the texts of its files (`wordings`). `catalogue` is what
    countries share; `catalogues` adds what a country has of its own."""

    settings: Settings
    catalogue: Catalogue
    countries: tuple[CountryData, ...]
    wordings: tuple[Wording, ...] = ()
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)

    def country(self, code: str) -> CountryData | None:
        return next((country_data for country_data in self.countries if country_data.country.code == code), None)

    def catalogue_of(self, code: str) -> Catalogue:
        return self.catalogues.get(code, self.catalogue)


# The dots in an address of a part; that of a cell has more.
MOST_DOTS = 2


@dataclass(frozen=True, slots=True)
class Vintage:
    """The data as known for the edition of one year, without later years and revisions. `remarks` are the reasons of
    accepted findings by (address, year), printed with the value. `as_of` is the latest edition whose files were read
    for the figures, normally `year`."""

    year: int
    settings: Settings
    catalogue: Catalogue
    data: CountryData
    index: Mapping[tuple[str, int], Observation] = field(repr=False)
    remarks: Mapping[Key, tuple[Label, ...]] = field(repr=False)
    as_of: int
    cells: dict[tuple[str, str, int], list[Observation]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def country(self) -> Country:
        return self.data.country

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.data.years[0].year, self.year + 1)) if self.data.years else ()

    @property
    def edition(self) -> YearFile:
        return next(year_file for year_file in self.data.years if year_file.year == self.year)

    def observation(self, address: str, year: int | None = None) -> Observation | None:
        """The value at an address such as `investigations.opened.sexual`, by default of the edition's year, or None.
        The codes of a cell may be in any order."""
        of_year = self.year if year is None else year
        value = self.index.get((address, of_year))
        if value is None and address.count(OF_CELL) > MOST_DOTS:
            value = self.index.get((self.catalogue.ordered(address), of_year))
        return value

    def series(self, indicator: str, code: str = "") -> Series:
        """The observations of an indicator, or of one `code` of it, up to the edition's year."""
        address = f"{indicator}.{code}" if code else indicator
        observations = (self.index.get((address, year)) for year in self.years)
        return Series(indicator, code, tuple(observation for observation in observations if observation))

    def parts(self, indicator: str, dimension: str, year: int | None = None) -> tuple[Observation, ...]:
        """The values of a breakdown in the catalogue's order of codes, by default in the edition's year."""
        if CROSSED in dimension:
            return self._cells(indicator, dimension, self.year if year is None else year)
        axis = self.catalogue.dimension(dimension)
        observations = (self.observation(f"{indicator}.{member.code}", year) for member in axis.codes) if axis else ()
        return tuple(observation for observation in observations if observation and observation.dimension == dimension)

    def crosses(self, indicator: str, year: int | None = None) -> tuple[Cross, ...]:
        """The crosses of an indicator with a cell, by default in the edition's year."""
        return used_crosses((self,), self.catalogue, indicator, (self.year if year is None else year,))

    def _cells(self, indicator: str, dimension: str, year: int) -> tuple[Observation, ...]:
        if not self.cells:
            crossed = [value for value in self.index.values() if CROSSED in value.dimension and not value.owner]
            for value in sorted(crossed, key=self._place):
                self.cells.setdefault((value.figure, value.dimension, value.year), []).append(value)
        return tuple(self.cells.get((indicator, dimension, year), ()))

    def _place(self, cell: Observation) -> list[int]:
        """The place of a cell in the catalogue's order of codes."""
        axes = (
            (self.catalogue.dimension(name), code)
            for name, code in codes_by_dimension(cell.dimension, cell.code).items()
        )
        return [[*(member.code for member in axis.codes), code].index(code) for axis, code in axes if axis]

    @property
    def divided(self) -> frozenset[str]:
        """The dimensions by which any figure is broken down."""
        return frozenset(name for item in self.index.values() for name in item.dimension.split(CROSSED) if name)

    def nouns(self, language: str) -> frozenset[str]:
        """The words for what its figures count, in lower case: investigations, victims, women."""
        used, catalogue = {item.indicator for item in self.index.values()}, self.catalogue
        indicators = (indicator for indicator in catalogue.indicators if indicator.code in used)
        terms = (term for indicator in indicators for term in dict(indicator.terms).get(language, ()))
        axes = filter(None, map(catalogue.dimension, self.divided))
        labels = (code.label.text(language) for axis in axes for code in axis.codes if not code.residual)
        return frozenset(words.split()[-1].casefold() for words in (*terms, *labels) if words.split())

    def notes(self, observation: Observation) -> tuple[Label, ...]:
        """The notes for a value shown with its total: its own, and the reasons of accepted findings about it."""
        return observation.notes + self.remarks.get((observation.address, observation.year), ())

    def all_notes(self, observation: Observation) -> tuple[Label, ...]:
        """The notes for a value shown alone: its own and those of its total."""
        total = self.observation(observation.figure, observation.year) if observation.code else None
        return self.notes(observation) + (self.notes(total) if total else ())


def vintage(dataset: Dataset, country: str, year: int, *, as_of: int | None = None) -> Vintage:
    """The data as known for the edition of one year; with `as_of`, also revisions and reasons from files up to that
    later edition. Raises LookupError if the year has no file, which the caller must check."""
    data = dataset.country(country)
    if data is None or data.year(year) is None:
        raise LookupError(f"{country} {year}")
    edition = max(year, as_of or year)
    edition_data = _data_as_of(data, year, edition)
    return Vintage(
        year=year,
        settings=dataset.settings,
        catalogue=dataset.catalogue_of(country),
        data=edition_data,
        index=_index(edition_data, year),
        remarks=_remarks(edition_data),
        as_of=edition,
    )


def used_crosses(
    vintages: Iterable[Vintage], catalogue: Catalogue, indicator: str, years: Iterable[int]
) -> tuple[Cross, ...]:
    """The crosses of an indicator with a value in some of the years, each with only the codes of these values."""
    of_years, cells = {*years}, dict[str, set[str]]()
    for value in (value for vintage in vintages for value in vintage.index.values()):
        if value.figure == indicator and CROSSED in value.dimension and value.year in of_years:
            cells.setdefault(value.dimension, set()).add(value.code)
    crosses = (cross for name in sorted(cells) if isinstance(cross := catalogue.dimension(name), Cross))
    return tuple(
        replace(cross, codes=tuple(member for member in cross.codes if member.code in cells[cross.code]))
        for cross in crosses
    )


def from_year(vintage: Vintage, first: int) -> Vintage:
    """A vintage without the figures and files before `first`."""
    data = vintage.data
    return replace(
        vintage,
        data=replace(
            data,
            years=tuple(year_file for year_file in data.years if year_file.year >= first),
            observations=tuple(observation for observation in data.observations if observation.year >= first),
            revisions=tuple(revision for revision in data.revisions if revision.year >= first),
            restated=tuple(restatement for restatement in data.restated if restatement.year >= first),
            activities=tuple(activity for activity in data.activities if activity.year >= first),
            lists=tuple(country_list for country_list in data.lists if country_list.year >= first),
        ),
        # A figure of law has no year.
        index={key: observation for key, observation in vintage.index.items() if not 0 < observation.year < first},
    )


def _data_as_of(data: CountryData, year: int, edition: int) -> CountryData:
    return replace(
        data,
        country=_country(data.country, year),
        years=tuple(year_file for year_file in data.years if year_file.year <= year),
        observations=tuple(value for value in data.observations if value.vintage <= edition and value.year <= year),
        revisions=tuple(item for item in data.revisions if item.now.vintage <= edition and item.year <= year),
        restated=tuple(item for item in data.restated if item.value.vintage <= edition and item.year <= year),
        activities=tuple(activity for activity in data.activities if activity.year <= year),
        lists=tuple(country_list for country_list in data.lists if country_list.year <= year),
        open_lists=tuple(country_list for country_list in data.open_lists if country_list.year <= year),
        passages=tuple(passage for passage in data.passages if passage.is_of(year)),
        past_texts=tuple(passage for passage in data.passages if passage.year < year and not passage.is_of(year)),
        recommendations=tuple(recommendation for recommendation in data.recommendations if recommendation.year <= year),
        follow_ups=tuple(follow_up for follow_up in data.follow_ups if follow_up.year <= year),
        accepted=tuple(entry for entry in data.accepted if entry.vintage <= edition and entry.year <= year),
        differences=tuple(item for item in data.differences if item.vintage <= edition and item.year <= year),
        still_holds=tuple(confirmation for confirmation in data.still_holds if confirmation.year <= year),
        protections=tuple(protection for protection in data.protections if protection.edition <= edition),
    )


def _country(country: Country, year: int) -> Country:
    return replace(
        country,
        contacts=tuple(_as_of(contact, year) for contact in country.contacts if is_listed(contact, year)),
        institutions=tuple(_institutions(country, year)),
        provisions=tuple(_as_of(provision, year) for provision in country.provisions if provision.is_in_force(year)),
        plans=tuple(_as_of(plan, year) for plan in country.plans if plan.is_known(year)),
        references=tuple(_as_of(reference, year) for reference in country.references if is_listed(reference, year)),
    )


def _institutions(country: Country, year: int) -> Iterator[Institution]:
    for institution in country.institutions:
        roles = tuple(_as_of(role, year) for role in institution.roles if is_listed(role, year))
        if is_listed(institution, year) and (roles or institution.role or not institution.roles):
            yield replace(_as_of(institution, year), roles=roles)


def _as_of(thing: Dated, year: int) -> Dated:
    later: dict[str, Any] = {
        thing_field.name: thing_field.default
        for thing_field in fields(thing)
        if thing_field.name in LATER and (year_of(str(getattr(thing, thing_field.name) or "")) or 0) > year
    }
    return replace(thing, **later) if later else thing


def _index(data: CountryData, year: int) -> Mapping[tuple[str, int], Observation]:
    index = {(observation.address, observation.year): observation for observation in data.observations}
    for revision in data.revisions:
        key = (revision.now.address, revision.year)
        index[key] = _revised(index.get(key, revision.now), revision)
    doubted = {(entry.figure, entry.year) for entry in data.accepted if not entry.comparable}
    index |= {key: replace(item, doubtful=True) for key, item in index.items() if (item.figure, item.year) in doubted}
    # A count of a thing is addressed without a year: it is the same in every later edition.
    index |= {(observation.address, year): observation for thing in data.things for observation in thing.figures}
    return index


def _revised(was: Observation, revision: Revision) -> Observation:
    """A restated value with the revision's reason as its only note. It counts what the first value counted."""
    return replace(
        revision.now,
        flags=was.flags,
        definition=was.definition,
        notes=(revision.reason, *revision.now.notes),
        since=was.since,
        until=was.until,
        incomplete=was.incomplete,
        part_of=was.part_of,
        confidentiality=was.confidentiality,
    )


def _remarks(data: CountryData) -> Mapping[Key, tuple[Label, ...]]:
    """The reasons of accepted findings by the total they are printed with, or by the parts if a reason is based on
    these alone."""
    remarks: dict[Key, tuple[Label, ...]] = {}
    for acceptance in (entry for entry in data.accepted if entry.is_remark):
        addresses = {address for year, address, _ in acceptance.values if year == acceptance.year}
        parts = sorted(address for address in addresses if address.startswith(f"{acceptance.figure}."))
        for address in parts if parts and acceptance.figure not in addresses else (acceptance.figure,):
            key = (address, acceptance.year)
            if acceptance.reason not in remarks.get(key, ()):
                remarks[key] = (*remarks.get(key, ()), acceptance.reason)
    return remarks
