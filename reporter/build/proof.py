"""An edition as a document, checked, before anything is drawn or laid out."""

from collections.abc import Callable
from dataclasses import dataclass

from reporter.build.plan import Job
from reporter.build.workspace import Workspace
from reporter.check import check, unspoken
from reporter.document import Document
from reporter.errors import DataError, Finding, ReporterError
from reporter.i18n import Locale, load_locale
from reporter.load.dataset import load_dataset
from reporter.model import Dataset, vintage
from reporter.sections import Production, compose


@dataclass(frozen=True, slots=True)
class Checked:
    """A country's dataset with the findings of its check."""

    dataset: Dataset
    findings: tuple[Finding, ...]


def load_checked(workspace: Workspace, country: str) -> Checked:
    """A country's files, read and checked; raises DataError when they cannot be read."""
    dataset = load_dataset(workspace.root, (country,))
    data = dataset.country(country)
    silent = unspoken(workspace.unspoken(dataset.settings.languages))
    return Checked(dataset, (*silent, *check(data, dataset)) if data else ())


def document_of(
    checked: Checked,
    job: Job,
    locale: Locale,
    production: Production | None = None,
    speak: Callable[[str], Locale] = load_locale,
) -> Document:
    """The document of an edition, with a colophon when it is produced; DataError when the text cannot be printed.

    `speak` gives the locale of the other languages, for what is not translated.
    """
    data = checked.dataset.country(job.country)
    if data is None or not data.passages:
        place = f"data/{job.country}/text/{job.language}/{job.year}.md"
        raise ReporterError(f"there is no narrative of {job.country}", hint=f"write {place}")
    known = vintage(checked.dataset, job.country, job.year)
    composed = compose(known, locale, checked.findings, production, speak)
    if composed.findings:
        raise DataError(composed.findings)
    return composed.document
