"""One document to make: its name, and the places of its files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.data.errors import UsageError, WordedError
from reporter.data.files.published import FOLDER, is_record, record_files, release_files
from reporter.data.files.received import RECEIVED
from reporter.data.files.sources import (
    DATA,
    SETTINGS,
    TEMPLATES,
    THEMES,
    TRANSLATIONS,
    Sources,
    checksum,
    known_countries,
    known_years,
    lines_of_keys,
)
from reporter.data.files.workspace import Workspace
from reporter.data.i18n.territories import EU
from reporter.data.outline import COMPARED, PROFILE, RANKED, Outlines, Volume
from reporter.data.read.stray_files import NAMES_YEAR, stray_files, stray_folders
from reporter.data.read.yaml_tree import read_scope, read_status
from reporter.data.records import Annexes, Audience, EditionStatus
from reporter.data.records.calendar import year_runs
from reporter.editions.public.public_files import for_audience
from reporter.figures.compare.figures import Manner
from reporter.figures.compare.ranking import MOST_SIDE_BY_SIDE

# A comparison has pages only; a profile also has its tables as a workbook. Those are published.
PAGES = ("pdf", "html")
PUBLISHED = (*PAGES, "xlsx")
# A working copy of a profile for Word, built but never published.
WORD = "docx"
FORMATS = (*PUBLISHED, WORD)
# In the folder and file names of an edition that differs from the published one.
UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Job:
    """One document: country, reference year, language; a profile or a comparison. A comparison has a `manner`, and
    `sides` names them: years or editions in order, or countries. Its year is that of the last side, its country
    that of the first. A `draft` has its own folder and may be built whatever its findings. An edition `changed` after
    publication has its own folder and names too, so that neither passes for the published one. `volume` is its part."""

    country: str
    year: int
    language: str
    manner: Manner | None = None
    sides: tuple[str, ...] = ()
    draft: bool = False
    changed: bool = False
    volume: Volume = Volume.MAIN
    audience: Audience = Audience.PUBLIC

    def __str__(self) -> str:
        title = self.main.stem if self.manner else f"{self.country} {self.year}"
        return f"{', '.join(filter(None, (title, self.restricted, self.volume.replace('-', ' '))))} ({self.language})"

    @property
    def main(self) -> "Job":
        return replace(self, volume=Volume.MAIN)

    @property
    def edition(self) -> "Job":
        return replace(self, language="", volume=Volume.MAIN)

    @property
    def formats(self) -> tuple[str, ...]:
        return PAGES if self.manner or self.volume else FORMATS

    @property
    def stem(self) -> str:
        sides = "-".join(self.sides)
        if self.manner is Manner.COUNTRIES:
            return f"compare-{sides}-{self.year}"
        if self.manner is Manner.EDITIONS:
            return f"{self.country}-compare-{self.year}-editions-{sides}"
        return f"{self.country}-compare-{sides}" if self.manner else f"{self.country}-{self.year}"

    @property
    def name(self) -> str:
        status = UNPUBLISHED if self.changed and not self.draft else ""
        return "-".join(filter(None, (self.begin, self.volume, status, self.language)))

    @property
    def begin(self) -> str:
        return "-".join(filter(None, (self.stem, self.restricted)))

    @property
    def restricted(self) -> str:
        return "" if self.audience is Audience.PUBLIC else self.audience

    @property
    def is_apart(self) -> bool:
        return self.manner is not None or self.draft or self.changed

    @property
    def editions(self) -> tuple[tuple[str, int], ...]:
        if self.manner is None:
            return ((self.country, self.year),)
        if self.manner is Manner.COUNTRIES:
            return tuple((country, self.year) for country in self.sides)
        return tuple((self.country, int(year)) for year in self.sides)

    @property
    def countries(self) -> tuple[str, ...]:
        return self.sides if self.manner is Manner.COUNTRIES else (self.country,)

    def folder(self, workspace: Workspace) -> Path:
        if self.manner is Manner.COUNTRIES:
            return workspace.output / self.stem
        folder = workspace.output / self.country / self.stem.removeprefix(f"{self.country}-")
        return folder / EditionStatus.DRAFT if self.draft else folder / UNPUBLISHED if self.changed else folder

    def file(self, workspace: Workspace, form: str) -> Path:
        return self.folder(workspace) / f"{self.name}.{form}"

    def pdf(self, workspace: Workspace) -> Path:
        return self.file(workspace, "pdf")

    def sums(self, workspace: Workspace) -> Path:
        return self.folder(workspace) / f"{self.name}.pdf.sha256"

    def record(self, workspace: Workspace) -> Path:
        """The file that records the inputs, digests, bytes and page count of its files."""
        return self.folder(workspace) / f"{self.name}.json"


def outlines_of(job: Job, annexes: Annexes) -> Outlines:
    """The outlines of all volumes of a document. Texts of several countries are not compared, so that comparison has no
    such volume; many countries have an outline of their own."""
    if job.manner is Manner.COUNTRIES:
        return RANKED if len(job.sides) > MOST_SIDE_BY_SIDE else {Volume.MAIN: COMPARED[Volume.MAIN]}
    return COMPARED if job.manner else PROFILE[annexes]


def volumes(job: Job, annexes: Annexes) -> tuple[Job, ...]:
    return tuple(replace(job, volume=volume) for volume in outlines_of(job, annexes))


@dataclass(frozen=True, slots=True)
class Selection:
    """The editions of a command: the years of each country, and the languages."""

    sources: Sources
    years: Mapping[str, tuple[int, ...]]
    languages: tuple[str, ...]

    def jobs(self, audience: Audience = Audience.PUBLIC) -> tuple[Job, ...]:
        editions = ((country, year) for country, years in self.years.items() for year in years)
        return tuple(job for edition in editions for job in profiles(self.sources, *edition, self.languages, audience))


def select(
    sources: Sources,
    country: str | None,
    year: int | None,
    lang: str = "",
    *,
    every_year: bool = False,
    every_country: bool = False,
) -> Selection:
    """The editions named on the command line, by default the latest year of the workspace's country. Raises UsageError
    for an edition that does not exist, or a language that `reporter.yaml` does not list."""
    languages = parse_languages(sources, lang)
    codes = (known_countries(sources) if every_country else ()) or check_country(sources, country)
    if not (every_year or every_country):
        years = {code: years_of(sources, code, year) for code in codes}
        return Selection(sources, {code: (year or file_years[-1],) for code, file_years in years.items()}, languages)
    years = {code: country_years for code in codes if (country_years := known_years(sources, code))}
    if not years:
        raise no_year(sources, codes[0], None)
    return Selection(sources, years, languages)


def parse_languages(sources: Sources, lang: str) -> tuple[str, ...]:
    """Parse a list of languages; if empty, all of the workspace. Raises UsageError for one not in reporter.yaml."""
    named = tuple(dict.fromkeys(code.strip() for code in lang.split(",") if code.strip()))
    languages = read_scope(sources).languages
    for language in named:
        if language not in languages:
            hint = f"languages: {', '.join(languages)}"
            raise UsageError(f"reporter.yaml does not list the language {language!r}", hint=hint)
    return named or languages


def years_of(sources: Sources, country: str, year: int | None) -> tuple[int, ...]:
    """The years for which a country has a file. Raises UsageError for an unknown country or a year without a file."""
    check_country(sources, country)
    years = known_years(sources, country)
    if not years or (year is not None and year not in years):
        raise no_year(sources, country, year)
    return years


def profiles(
    sources: Sources, country: str, year: int, languages: Iterable[str], audience: Audience = Audience.PUBLIC
) -> list[Job]:
    draft = read_status(sources, country, year) == EditionStatus.DRAFT
    return [Job(country, year, language, draft=draft, audience=audience) for language in languages]


def no_year(sources: Sources, country: str, year: int | None) -> UsageError:
    """The error for a country without a file of the year, or without any. It mentions a misnamed file."""
    years = known_years(sources, country)
    what = f"{country} has no file for {year}" if years and year is not None else f"{country} has no year files"
    for finding in stray_files(sources, country):
        if finding.year is not None and year in (None, finding.year):
            return UsageError(f"{what}, but there is {finding.mark.path}", hint=finding.hint)
    if not years:
        return UsageError(what, hint=f"create data/{country}/YYYY.yaml")
    more = f"; reporter new {country} {year} creates it" if year and year > years[-1] else ""
    return UsageError(what, hint=f"years with a file: {spans(years)}{more}")


def check_country(sources: Sources, country: str | None) -> tuple[str, ...]:
    """The given country, else that of `reporter.yaml`, else all. Raises UsageError if it has no folder."""
    countries = known_countries(sources)
    if country is None and not countries:
        lying = next((finding.hint for finding in stray_folders(sources) if "folder" in finding.hint), "")
        hint = lying or "to add a country, run reporter new FI, with the code of your country"
        raise UsageError("no country in data/ has a file yet", hint=hint)
    named = country or read_scope(sources).country
    if not named or named in countries:
        return (named,) if named else countries
    if country and NAMES_YEAR.fullmatch(country):
        usual = read_scope(sources).country or next(iter(countries), "LT")
        raise UsageError(f"{country} is a year", hint=f"put the country before it, such as {usual} {country}")
    message = f"unknown country {named!r}" if country else f"reporter.yaml says country: {named}, which has no data"
    meant = EU.get(named.upper(), named.upper())
    folders = (finding for finding in stray_folders(sources) if finding.mark.path.upper() == f"{DATA}/{named}".upper())
    hint = next((finding.hint for finding in folders), "") or f"countries with data: {', '.join(countries) or 'none'}"
    raise UsageError(message, hint=f"did you mean {meant}?" if meant in countries else hint)


def spans(years: Iterable[int]) -> str:
    """Years as text: 2009–2012, 2014."""
    words = (str(first) if first == last else f"{first}–{last}" for first, last in year_runs(years))
    return ", ".join(words) or "no year"


MOST_YEARS = 12
# The codes of all countries are in the file names, which may have 255 characters.
MOST_COUNTRIES = 60


def compared_years(sources: Sources, country: str, years: Sequence[int]) -> Job:
    """The job that compares years of a country. Raises UsageError with a remedy if impossible."""
    years_text = spans(known_years(sources, country))
    if not years:
        raise WordedError("no year is named: a comparison needs two", "years with a file: {years}", years=years_text)
    if len(years) < 2:
        values = {"year": years[0], "years": years_text}
        raise WordedError("only {year} is named: a comparison needs two", "years with a file: {years}", **values)
    _refuse_twice(years)
    _require_files(sources, country, years)
    if len(years) > MOST_YEARS:
        values = {"count": len(years), "most": MOST_YEARS}
        raise WordedError("{count} years do not fit on a page", "name at most {most}", **values)
    ordered = sorted(years)
    return Job(country=country, year=ordered[-1], language="", manner=Manner.YEARS, sides=tuple(map(str, ordered)))


def compared_editions(sources: Sources, country: str, year: int, editions: Sequence[int]) -> Job:
    """The job that compares editions of one year. Raises UsageError with a remedy if impossible."""
    if len(editions) < 2:
        raise WordedError("a comparison needs two editions", "name two editions of {year} or later", year=year)
    _refuse_twice(editions)
    _require_files(sources, country, [year, *editions])
    early = min(editions)
    if early < year:
        raise WordedError(
            "the edition of {early} was made before {year} and does not cover it",
            "name editions of {year} or later",
            early=early,
            year=year,
        )
    sides = tuple(map(str, sorted(editions)))
    return Job(country=country, year=year, language="", manner=Manner.EDITIONS, sides=sides)


def compared_countries(sources: Sources, countries: Sequence[str], year: int) -> Job:
    """The job that compares countries in one year. Raises UsageError with a remedy if impossible."""
    if len(countries) < 2:
        raise WordedError("a comparison needs two countries", "add another country with a file for {year}", year=year)
    _refuse_twice(countries)
    for country in countries:
        _require_files(sources, country, [year])
    if len(countries) > MOST_COUNTRIES:
        values = {"count": len(countries), "most": MOST_COUNTRIES}
        raise WordedError("{count} countries cannot be compared at once", "name at most {most}", **values)
    return Job(country=countries[0], year=year, language="", manner=Manner.COUNTRIES, sides=tuple(countries))


def _refuse_twice(named: Sequence[object]) -> None:
    repeated = next((name for name in named if named.count(name) > 1), None)
    if repeated is not None:
        raise WordedError("{name} is named twice", "name each one once", name=repeated)


def _require_files(sources: Sources, country: str, years: Iterable[int]) -> None:
    file_years = known_years(sources, country)
    missing = next((year for year in years if year not in file_years), None)
    if missing is not None:
        raise no_year(sources, country, missing)


# The inputs of every document; a workspace may have its own in place of the program's.
COMMON = (SETTINGS, f"{DATA}/catalogue.yaml")
OWN = (f"{TEMPLATES}/", f"{THEMES}/", f"{TRANSLATIONS}/")
# In a country's folder: its own file, and files and texts of years, including misnamed ones, which are reported.
OF_COUNTRY = re.compile(
    rf"{DATA}/(?P<country>[^/]+)(?:/(?!(?:{FOLDER}|{RECEIVED})/)(?:.*/)?(?P<stem>[^/]+)\.(?:y[^./]*ml|md))?", re.I
)
FOLDERS = re.compile(rf"{DATA}(?:/[^./]+)*")
# Delivery, recipients, deadlines, disclosure rules and approvals: changing these changes no page.
OUTSIDE = (b"mail:", b"recipients:", b"deadlines:", b"publish_small_counts:", b"disclosure:", b"approvals:")


def inputs_of(sources: Sources, job: Job) -> Sources:
    """The files from which a document is made. A profile uses none of a later year."""
    return sources.only(lambda path: path in COMMON or path.startswith(OWN) or _is_of(sources, path, job))


def _is_of(sources: Sources, path: str, job: Job) -> bool:
    match = OF_COUNTRY.fullmatch(path)
    if match is None:
        # An unreadable folder counts as an input, for whatever it contains.
        return bool(FOLDERS.fullmatch(path) and sources[path].finding)
    if match["country"] not in job.countries:
        return False
    stem = match["stem"] or ""
    return job.manner is not None or not stem.isdecimal() or int(stem) <= job.year


def is_shared(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return path in COMMON or path.startswith(OWN) or (name == "country.yaml" and folder.count("/") == 1)


def edition_files(sources: Sources, job: Job) -> Sources:
    """The inputs of an edition and all that was published of it, including the copies of its inputs; for a comparison,
    of each side. For other years among the inputs, the publication records are included, without copies."""
    inputs = inputs_of(sources, job)
    published = {path for country, year in job.editions for path in release_files(sources, country, year)}
    last = None if job.manner else job.year
    records = {path for country in job.countries for path in record_files(sources, country, last)}
    return sources.only(lambda path: path in inputs or path in published or path in records)


def digests(inputs: Sources) -> Mapping[str, str]:
    """The checksum of each file by path. Of the settings only the lines that affect pages count."""
    checksum_by_path = {path: file.sha256 for path, file in inputs.items()}
    if SETTINGS in inputs and not inputs[SETTINGS].finding:
        checksum_by_path[SETTINGS] = checksum(page_settings(inputs[SETTINGS].content))
    return checksum_by_path


def page_settings(content: bytes) -> bytes:
    """The lines of `reporter.yaml` that affect pages; recipients are not among them."""
    return lines_of_keys(content, lambda line: not line.startswith(OUTSIDE))


def shown_inputs(sources: Sources, job: Job) -> Sources:
    return for_audience(inputs_of(sources, job), job.audience)


def digest_of(files: Sources, job: Job, program: str) -> str:
    """A digest of everything on which a document depends. `program` is the `program_digest`; `files` are the
    `edition_files`, because everything published of the edition counts."""
    inputs, own = shown_inputs(files, job), inputs_of(files, job)
    records = (f"{path} {file.sha256}\n" for path, file in files.items() if path not in own and is_record(path))
    listed = "".join((*(f"{path} {sha256}\n" for path, sha256 in digests(inputs).items()), *records))
    return checksum(f"{program} {job}\n{listed}")
