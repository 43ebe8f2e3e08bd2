"""An edition as a document, checked, before anything is drawn or laid out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reporter.build.beside import context_of
from reporter.build.plan import Job
from reporter.build.release import latest
from reporter.check import check, no_messages
from reporter.comparison import Manner
from reporter.comparison.erratum import Erratum
from reporter.context import Context
from reporter.document.document import Document
from reporter.document.outline import COMPARISON, SECTIONS
from reporter.errors import DataError, Finding, ReporterError
from reporter.files.workspace import Workspace
from reporter.i18n import Locale, load_locale
from reporter.load.dataset import load_dataset
from reporter.model import CountryData, Dataset
from reporter.sections import Production, compose


@dataclass(frozen=True, slots=True)
class Checked:
    """A country's dataset with the findings of its check."""

    dataset: Dataset
    findings: tuple[Finding, ...]


def load_checked(workspace: Workspace, *countries: str) -> Checked:
    """The files of some countries, read and checked; raises DataError when they cannot be read."""
    dataset = load_dataset(workspace.root, countries)
    silent = no_messages(workspace.unspoken(dataset.settings.languages))
    found = tuple(finding for data in dataset.countries for finding in check(data, dataset))
    return Checked(dataset, (*silent, *found))


def dated(workspace: Workspace, checked: Checked, country: str, year: int) -> Checked:
    """The same, published on the day on which the edition was published last, if it was, whatever its file says."""
    found = latest(workspace, country, year)
    if found is None:
        return checked
    countries = (
        _dated(data, year, found.date) if data.country.code == country else data for data in checked.dataset.countries
    )
    return replace(checked, dataset=replace(checked.dataset, countries=tuple(countries)))


def _dated(data: CountryData, year: int, day: str) -> CountryData:
    years = (replace(each, published=day) if each.year == year else each for each in data.years)
    return replace(data, years=tuple(years))


def document_of(
    checked: Checked,
    job: Job,
    locale: Locale,
    production: Production | None = None,
    speak: Callable[[str], Locale] = load_locale,
    *,
    context: Context | None = None,
    erratum: Erratum | None = None,
) -> Document:
    """The document of an edition, with a colophon when it is produced; DataError when the text cannot be printed.

    `speak` gives the locale of the other languages, for what is not translated. A context has its erratum already.
    """
    context = context or context_of(checked.dataset, job, locale, erratum)
    known = context.vintage
    data = checked.dataset.country(job.country)
    if not job.manner and (data is None or not data.passages):
        place = f"data/{job.country}/text/{job.language}/{job.year}.md"
        raise ReporterError(f"there is no narrative of {job.country}", hint=f"write {place}")
    outline = COMPARISON if job.manner else SECTIONS
    composed = compose(
        known, locale, _about(checked.findings, job), production, speak, outline=outline, context=context
    )
    if composed.findings:
        raise DataError(composed.findings)
    return replace(composed.document, edition=replace(composed.document.edition, stem=job.stem))


def _about(findings: tuple[Finding, ...], job: Job) -> tuple[Finding, ...]:
    """The findings a document tells of: of a comparison those about its own years."""
    if job.manner is None:
        return findings
    years = {int(each) for each in job.beside} if job.manner is Manner.YEARS else {job.year}
    return tuple(each for each in findings if each.year in years)
