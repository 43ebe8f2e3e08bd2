"""Read and check a snapshot: its dataset, and everything wrong."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from reporter.check import check, no_messages, unread_languages
from reporter.edition.inputs import inputs_of
from reporter.edition.job import Job
from reporter.edition.language_state import language_states
from reporter.errors import DataError, Finding, Mark, ReporterError, Severity
from reporter.files.published import published_years
from reporter.files.sources import DATA, Sources
from reporter.load.dataset import load_dataset
from reporter.load.release import read_releases
from reporter.load.stray_files import strays_of
from reporter.model import CountryData, Dataset, Passage, YearFile
from reporter.prose.passages import printed_passages

OF_TEXT = re.compile(rf"{DATA}/[A-Z]{{2}}/text/([^/]+)/")
OF_COUNTRY = re.compile(rf"{DATA}/[A-Z]{{2}}/")


@dataclass(frozen=True, slots=True)
class CheckedDataset:
    """A dataset with the findings of its files and rules."""

    dataset: Dataset
    findings: tuple[Finding, ...]


def load_checked(
    sources: Sources, *countries: str, frozen: bool = False, records: Sources | None = None
) -> CheckedDataset:
    """Read and check some countries of a snapshot.

    To a frozen one, which was published, no later check applies. `records` are files with what was published, where
    `sources` have none. Raises DataError without settings or catalogue.
    """
    dataset, faults = load_dataset(sources, countries, frozen=frozen)
    languages = dataset.settings.languages
    lacking = (
        (each.language, each.lacking, each.total, each.first_line) for each in language_states(sources, languages)
    )
    silent = (*no_messages(lacking), *unread_languages(languages, dataset.catalogue))
    found = (each for data in dataset.countries for each in check(data, dataset, _unread_since(faults, data)))
    settled = {(code, year) for code in countries for year in _texts_published(sources, records or sources, code)}
    found = (each for each in found if not (each.undecided and (frozen or _edition(each) in settled)))
    strays = (each for each in strays_of(sources, countries) if each not in faults)
    return CheckedDataset(dataset, (*faults, *strays, *silent, *found))


def _edition(finding: Finding) -> tuple[str, int | None]:
    return finding.mark.path.split("/")[1], finding.year


def _texts_published(sources: Sources, records: Sources, country: str) -> Iterator[int]:
    """The years that were published with the texts that they have now.

    What they took from earlier years is published; nobody is asked to decide on it any more.
    """
    for year in published_years(records, country):
        with suppress(DataError):
            release = read_releases(records, country, year)[-1]
            now = {path: each.sha256 for path, each in inputs_of(sources, Job(country, year, "")).items()}
            if {each for each in release.inputs if OF_TEXT.match(each[0])} == {
                each for each in now.items() if OF_TEXT.match(each[0])
            }:
                yield year


def _unread_since(faults: Iterable[Finding], data: CountryData) -> int | None:
    """The first edition for which not everything could be read.

    None when everything was.
    """
    own = f"{DATA}/{data.country.code}/"
    paths = ((each, each.mark.path) for each in faults)
    return min((each.since for each, path in paths if path.startswith(own) or not OF_COUNTRY.match(path)), default=None)


def with_publication_days(checked: CheckedDataset, days: Mapping[tuple[str, int], str]) -> CheckedDataset:
    """Set the day on which editions, by country and year, were published.

    It goes before what the file of the year says. Empty for one that changed since: that has no day, and says so.
    """
    countries = tuple(
        replace(data, years=tuple(_on_its_day(each, days.get((data.country.code, each.year))) for each in data.years))
        for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=countries))


def _on_its_day(file: YearFile, day: str | None) -> YearFile:
    return file if day is None else replace(file, published=day, changed=not day)


def blocking_findings(
    checked: CheckedDataset, year: int, languages: Iterable[str] = (), *, first: int | None = None, strict: bool = False
) -> tuple[Finding, ...]:
    """The findings that stop an edition in some languages.

    They are the errors not accepted among those that concern it; with `strict`, warnings too.
    """
    weights = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    found = concerning(checked, year, languages, first=first)
    return tuple(each for each in found if each.severity in weights and not each.accepted)


def of_data(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are about no text, but about data."""
    return tuple(each for each in findings if not OF_TEXT.match(each.mark.path))


def concerning(
    checked: CheckedDataset, year: int, languages: Iterable[str] = (), *, first: int | None = None
) -> tuple[Finding, ...]:
    """The findings that concern the editions from `first` to a year.

    By default that is the edition of the year alone, in the languages of the workspace. A text that no such edition
    prints concerns none, nor does one in another language that could not be read. Whether an earlier text still holds
    is asked of an edition alone, not of what is compared.
    """
    known = checked.dataset.settings.languages
    wanted = tuple(languages) or known
    years = range(year if first is None else first, year + 1)
    printed = {
        passage.mark
        for data in checked.dataset.countries
        for edition in data.years
        if edition.year in years
        for passage in printed_passages((each for each in data.passages if each.year <= edition.year), wanted, known)
    }
    texts = [each for data in checked.dataset.countries for each in data.passages]
    return tuple(
        each
        for each in checked.findings
        if (each.year == year and first is None if each.undecided else each.since <= year)
        and _concerns(each, texts, printed, set(wanted))
    )


def _concerns(finding: Finding, texts: Iterable[Passage], printed: Collection[Mark], wanted: Collection[str]) -> bool:
    of_text = OF_TEXT.match(finding.mark.path)
    if of_text is None:
        return True
    # The heading of a section stands above its text, that of a part is its first line.
    above = (
        each
        for each in texts
        if each.mark.path == finding.mark.path and each.mark.line <= finding.mark.line + (not each.part)
    )
    inside = max(above, key=lambda each: each.mark.line, default=None)
    return inside.mark in printed if inside else of_text[1] in wanted


def require_narrative(checked: CheckedDataset, country: str, year: int) -> None:
    """Refuse figures for which nobody wrote a text up to a year.

    They are built, but do not leave. Raises ReporterError.
    """
    data = checked.dataset.country(country)
    if data and not any(each.year <= year for each in data.passages):
        place = f"data/{country}/text/{checked.dataset.settings.languages[0]}/{year}.md"
        raise ReporterError(f"there is no narrative of {country} up to {year}", hint=f"write {place}")


def require_year(checked: CheckedDataset, country: str, year: int) -> CountryData:
    """The data of a country whose file of a year is readable.

    Raises DataError with what is wrong when the file of the year could not be read.
    """
    data = checked.dataset.country(country)
    if data is None or data.year(year) is None:
        raise DataError(blocking_findings(checked, year))
    return data
