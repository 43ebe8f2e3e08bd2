"""An edition as a document, checked, before anything is drawn or laid out."""

from dataclasses import dataclass
from pathlib import PurePath

from reporter.build.plan import Job
from reporter.build.workspace import Workspace
from reporter.check import check
from reporter.document import Document
from reporter.errors import DataError, Finding, ReporterError, Severity
from reporter.i18n import Locale
from reporter.load.dataset import load_dataset
from reporter.model import Dataset, vintage
from reporter.sections import compose


@dataclass(frozen=True, slots=True)
class Checked:
    """A country's dataset with the findings of its check."""

    dataset: Dataset
    findings: tuple[Finding, ...]


def load_checked(workspace: Workspace, country: str) -> Checked:
    """A country's files, read and checked; raises DataError when they cannot be read."""
    dataset = load_dataset(workspace.root, (country,))
    data = dataset.country(country)
    return Checked(dataset, check(data, dataset) if data else ())


def document_of(checked: Checked, job: Job, locale: Locale) -> Document:
    """The document of an edition; raises DataError when the narrative cannot be printed."""
    data = checked.dataset.country(job.country)
    if data is None or not any(each.language == job.language for each in data.passages):
        place = f"data/{job.country}/text/{job.language}"
        raise ReporterError(
            f"there is no narrative in the language {job.language!r}", hint=f"write {place}/{job.year}.md"
        )
    composed = compose(vintage(checked.dataset, job.country, job.year), locale, checked.findings)
    if composed.findings:
        raise DataError(composed.findings)
    return composed.document


def blocking(findings: tuple[Finding, ...], year: int, *, strict: bool) -> tuple[Finding, ...]:
    """The findings that stop an edition: errors not accepted up to its year; with `strict`, warnings too."""
    weights = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return tuple(each for each in findings if each.severity in weights and not each.accepted and _first(each) <= year)


def _first(finding: Finding) -> int:
    """The earliest edition that prints what a finding is about: not before its year, nor before its file; 0 for all."""
    stem = PurePath(finding.mark.path).stem
    return max(finding.year or 0, int(stem) if stem.isdecimal() else 0)
