"""All loaded data, and what was known of it for one edition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from reporter.data.errors import Mark
from reporter.data.records.accepted import Accepted
from reporter.data.records.calendar import year_of
from reporter.data.records.catalogue import Catalogue
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChoice:
    """The charts that a profile shows otherwise than the outline says. A chart in the place of another one is named as
    in `docs/blocks.md`, or by an indicator, alone or with a breakdown."""

    leave_out: Annotated[tuple[str, ...], About("Charts that no profile shows, by their names in docs/blocks.md")] = ()
    instead: Annotated[
        tuple[tuple[str, str], ...],
        About(
            "What stands in the place of a chart: another chart, an indicator such as persons.prosecuted, or one by a "
            "breakdown such as victims.identified-by-person"
        ),
    ] = ()


Dated = TypeVar("Dated", Contact, Institution, Role, Reference, Provision, Plan)
# What becomes of a thing after it began, by the names of the fields that tell the day or year.
LATER = ("until", "adopted", "evaluated")


@dataclass(frozen=True, slots=True)
class CountryData:
    """The data of one country, years in ascending order. `open_lists` are the lists of countries that nobody has
    answered yet, which stand in drafts only. `frozen_until` is the last year whose file is as it was published, 0
    without one. `past_texts` are recommendations of earlier years: an edition says what became of them, and does not
    print them again."""

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
        """The recommendations of earlier years of which a year says what became. Of those that were made again under
        their code the latest; not those that an earlier year says are done or dropped."""
        made = {each.code: each for each in self.recommendations if each.year < year}
        ended = {
            each.code
            for each in self.follow_ups
            if each.state in ENDED and each.code in made and made[each.code].year < each.year < year
        }
        return tuple(each for code, each in made.items() if code not in ended)

    def year(self, year: int) -> YearFile | None:
        return next((each for each in self.years if each.year == year), None)


class Annexes(StrEnum):
    """Where the annexes of a profile stand: apart, or all in it."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a workspace, from `reporter.yaml`. `percent_base` is the smallest base on which a percentage is
    printed; `jump` the relative and `jump_count` the absolute year-on-year change above which a comment is asked for.
    `theme` names a folder of tokens; `theme_mark` is where it is chosen. `licence` is the name of that under which the
    reports may be used again, `reuse` what is said of it in other words; both are empty where nobody stated any. `mail`
    is None where no mail server is written down. `small_counts` are the permissions to publish small counts,
    `disclosure` says what the public does not get besides; `annexes` say where annexes stand, `charts` are those chosen
    otherwise than the outline has them. So many `approvals` by others are needed before an edition is published."""

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
    disclosure: DisclosureRules = field(default_factory=DisclosureRules)
    approvals: int = 0

    def allows_percent(self, base: Decimal | int | None) -> bool:
        return base is not None and base >= self.percent_base

    def recipient(self, code: str) -> Recipient | None:
        return next((each for each in self.recipients if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of a file, in one or more languages. `keys` lead to it. One in the file of a `year` has the name by which
    `still_holds:` confirms it, such as `figures.victims.tried.note`. A title names a thing and states nothing."""

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
    """All countries of a workspace, its catalogue and its settings. `catalogue` is what they share, `catalogues` holds
    for a country what it has of its own laid over that. `wordings` are the texts of its files."""

    settings: Settings
    catalogue: Catalogue
    countries: tuple[CountryData, ...]
    wordings: tuple[Wording, ...] = ()
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)

    def country(self, code: str) -> CountryData | None:
        return next((each for each in self.countries if each.country.code == code), None)

    def catalogue_of(self, code: str) -> Catalogue:
        return self.catalogues.get(code, self.catalogue)


@dataclass(frozen=True, slots=True)
class Vintage:
    """The data as known for the edition of one year. There is no later year in it and no later revision. `remarks` are
    the reasons of accepted findings by (address, year); they are printed with the value. `as_of` is the latest edition
    whose files were read for the figures, `year` unless told otherwise."""

    year: int
    settings: Settings
    catalogue: Catalogue
    data: CountryData
    index: Mapping[tuple[str, int], Observation] = field(repr=False)
    remarks: Mapping[Key, tuple[Label, ...]] = field(repr=False)
    as_of: int

    @property
    def country(self) -> Country:
        return self.data.country

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.data.years[0].year, self.year + 1)) if self.data.years else ()

    @property
    def edition(self) -> YearFile:
        return next(each for each in self.data.years if each.year == self.year)

    def observation(self, address: str, year: int | None = None) -> Observation | None:
        """Return the value at an address such as `investigations.opened.sexual`. The year is the edition's by default.
        None when nothing was stated."""
        return self.index.get((address, self.year if year is None else year))

    def series(self, indicator: str, code: str = "") -> Series:
        """Return the observations of an indicator up to the edition's year. With `code`, those of this code of it."""
        address = f"{indicator}.{code}" if code else indicator
        found = (self.index.get((address, year)) for year in self.years)
        return Series(indicator, code, tuple(seen for seen in found if seen))

    def parts(self, indicator: str, dimension: str, year: int | None = None) -> tuple[Observation, ...]:
        """Return the values of a breakdown in one year. They are in the catalogue's order of codes; the year is the
        edition's by default."""
        axis = self.catalogue.dimension(dimension)
        found = (self.observation(f"{indicator}.{member.code}", year) for member in axis.codes) if axis else ()
        return tuple(seen for seen in found if seen and seen.dimension == dimension)

    def notes(self, seen: Observation) -> tuple[Label, ...]:
        """Return the notes to print with a value beside its total. These are its own notes and the reasons of the
        findings about it that were accepted."""
        return seen.notes + self.remarks.get((seen.address, seen.year), ())

    def all_notes(self, seen: Observation) -> tuple[Label, ...]:
        """Return the notes to print with a value that stands alone. These are its own notes and those of its total."""
        total = self.observation(seen.figure, seen.year) if seen.code else None
        return self.notes(seen) + (self.notes(total) if total else ())


def vintage(dataset: Dataset, country: str, year: int, *, as_of: int | None = None) -> Vintage:
    """Return the data as known for the edition of one year. With `as_of`, what the files up to that later edition say
    of the figures of these years: revisions and reasons. Raises LookupError when the year has no file, which the caller
    checks."""
    data = dataset.country(country)
    if data is None or data.year(year) is None:
        raise LookupError(f"{country} {year}")
    edition = max(year, as_of or year)
    known = _known(data, year, edition)
    return Vintage(
        year=year,
        settings=dataset.settings,
        catalogue=dataset.catalogue_of(country),
        data=known,
        index=_index(known, year),
        remarks=_remarks(known),
        as_of=edition,
    )


def from_year(known: Vintage, first: int) -> Vintage:
    """Return a vintage without the figures and files before `first`."""
    data = known.data
    return replace(
        known,
        data=replace(
            data,
            years=tuple(each for each in data.years if each.year >= first),
            observations=tuple(each for each in data.observations if each.year >= first),
            revisions=tuple(each for each in data.revisions if each.year >= first),
            restated=tuple(each for each in data.restated if each.year >= first),
            activities=tuple(each for each in data.activities if each.year >= first),
            lists=tuple(each for each in data.lists if each.year >= first),
        ),
        # A figure of law has no year.
        index={key: seen for key, seen in known.index.items() if not 0 < seen.year < first},
    )


def _known(data: CountryData, year: int, edition: int) -> CountryData:
    return replace(
        data,
        country=_country(data.country, year),
        years=tuple(each for each in data.years if each.year <= year),
        observations=tuple(each for each in data.observations if each.vintage <= edition and each.year <= year),
        revisions=tuple(each for each in data.revisions if each.now.vintage <= edition and each.year <= year),
        restated=tuple(each for each in data.restated if each.value.vintage <= edition and each.year <= year),
        activities=tuple(each for each in data.activities if each.year <= year),
        lists=tuple(each for each in data.lists if each.year <= year),
        open_lists=tuple(each for each in data.open_lists if each.year <= year),
        passages=tuple(each for each in data.passages if each.is_of(year)),
        past_texts=tuple(each for each in data.passages if each.year < year and not each.is_of(year)),
        recommendations=tuple(each for each in data.recommendations if each.year <= year),
        follow_ups=tuple(each for each in data.follow_ups if each.year <= year),
        accepted=tuple(each for each in data.accepted if each.vintage <= edition and each.year <= year),
        differences=tuple(each for each in data.differences if each.vintage <= edition and each.year <= year),
        still_holds=tuple(each for each in data.still_holds if each.year <= year),
        protections=tuple(each for each in data.protections if each.edition <= edition),
    )


def _country(country: Country, year: int) -> Country:
    return replace(
        country,
        contacts=tuple(_as_told(each, year) for each in country.contacts if is_listed(each, year)),
        institutions=tuple(_institutions(country, year)),
        provisions=tuple(_as_told(each, year) for each in country.provisions if each.is_in_force(year)),
        plans=tuple(_as_told(each, year) for each in country.plans if each.is_known(year)),
        references=tuple(_as_told(each, year) for each in country.references if is_listed(each, year)),
    )


def _institutions(country: Country, year: int) -> Iterator[Institution]:
    for each in country.institutions:
        roles = tuple(_as_told(role, year) for role in each.roles if is_listed(role, year))
        if is_listed(each, year) and (roles or each.role or not each.roles):
            yield replace(_as_told(each, year), roles=roles)


def _as_told(thing: Dated, year: int) -> Dated:
    later: dict[str, Any] = {
        each.name: each.default
        for each in fields(thing)
        if each.name in LATER and (year_of(str(getattr(thing, each.name) or "")) or 0) > year
    }
    return replace(thing, **later) if later else thing


def _index(data: CountryData, year: int) -> Mapping[tuple[str, int], Observation]:
    index = {(seen.address, seen.year): seen for seen in data.observations}
    for each in data.revisions:
        key = (each.now.address, each.year)
        index[key] = _revised(index.get(key, each.now), each)
    doubted = {(each.figure, each.year) for each in data.accepted if not each.comparable}
    index |= {key: replace(seen, doubtful=True) for key, seen in index.items() if (seen.figure, seen.year) in doubted}
    # A count that belongs to a thing is addressed without a year: it is the same in every later edition.
    index |= {(seen.address, year): seen for thing in data.things for seen in thing.figures}
    return index


def _revised(was: Observation, revision: Revision) -> Observation:
    """Return a restated value, with the revision's reason as a note. It counts what the first value counted; the notes
    on that one were about it alone."""
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
    """The reasons of accepted findings, by what they are printed with. It is the total, or the parts where a reason
    rests on these alone. A neutral one says nothing of a figure."""
    remarks: dict[Key, tuple[Label, ...]] = {}
    for each in (entry for entry in data.accepted if not entry.is_neutral):
        held = {address for year, address, _ in each.values if year == each.year}
        parts = sorted(address for address in held if address.startswith(f"{each.figure}."))
        for address in parts if parts and each.figure not in held else (each.figure,):
            key = (address, each.year)
            if each.reason not in remarks.get(key, ()):
                remarks[key] = (*remarks.get(key, ()), each.reason)
    return remarks
