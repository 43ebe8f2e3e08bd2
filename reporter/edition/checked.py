"""A snapshot read and checked: its dataset, and everything that is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reporter.check import check, no_messages
from reporter.edition.resources import languages_without_messages
from reporter.errors import DataError, Finding, Severity
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.model import CountryData, Dataset


@dataclass(frozen=True, slots=True)
class Checked:
    """A dataset with the findings of its files and of the rules."""

    dataset: Dataset
    findings: tuple[Finding, ...]


def load_checked(sources: Sources, *countries: str, frozen: bool = False) -> Checked:
    """Some countries of a snapshot, read and checked; to a frozen one no later check applies.

    Raises DataError without settings or catalogue.
    """
    dataset, faults = load_dataset(sources, countries, frozen=frozen)
    silent = no_messages(languages_without_messages(sources, dataset.settings.languages))
    found = (*faults, *silent, *(finding for data in dataset.countries for finding in check(data, dataset)))
    # Of what was published, only what was accepted then is told; nothing that is found today can be mended in it.
    return Checked(dataset, tuple(each for each in found if each.accepted) if frozen else found)


def dated(checked: Checked, country: str, year: int, day: str) -> Checked:
    """The edition of a year published on this day, whatever its file says."""
    countries = (
        _dated(data, year, day) if data.country.code == country else data for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=tuple(countries)))


def _dated(data: CountryData, year: int, day: str) -> CountryData:
    years = (replace(each, published=day) if each.year == year else each for each in data.years)
    return replace(data, years=tuple(years))


def blocking(findings: Iterable[Finding], year: int, *, strict: bool) -> tuple[Finding, ...]:
    """The findings that stop an edition: errors not accepted up to its year; with `strict`, warnings too."""
    weights = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return tuple(each for each in findings if each.severity in weights and not each.accepted and each.since <= year)


def require_year(checked: Checked, country: str, year: int) -> CountryData:
    """The data of a country; raises DataError with what is wrong when the file of the year could not be read."""
    data = checked.dataset.country(country)
    if data is None or data.year(year) is None:
        raise DataError(blocking(checked.findings, year, strict=False))
    return data
