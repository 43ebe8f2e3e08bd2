"""Compose an edition as a document, before drawing and layout."""

from dataclasses import replace

from reporter.comparison import Manner
from reporter.comparison.erratum import Erratum
from reporter.context import Context
from reporter.document.document import Document
from reporter.document.outline import COMPARISON, SECTIONS
from reporter.edition.checked import CheckedDataset
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.errors import DataError, Finding
from reporter.i18n import Locale
from reporter.sections import Production, compose


def document_of(
    checked: CheckedDataset,
    job: Job,
    locale: Locale,
    production: Production | None = None,
    *,
    context: Context | None = None,
    erratum: Erratum | None = None,
) -> Document:
    """Compose the document of an edition, with its production if given.

    A context has its erratum already. Raises DataError when the text cannot be printed.
    """
    context = context or context_of(checked.dataset, job, locale, erratum)
    known = context.vintage
    outline = COMPARISON if job.manner else SECTIONS
    composed = compose(known, locale, _about(checked.findings, job), production, outline=outline, context=context)
    if composed.findings:
        raise DataError(composed.findings)
    return replace(composed.document, edition=replace(composed.document.edition, stem=job.stem))


def _about(findings: tuple[Finding, ...], job: Job) -> tuple[Finding, ...]:
    """The findings that a document tells of.

    Of a comparison they are those about its own years.
    """
    if job.manner is None:
        return findings
    years = {int(each) for each in job.beside} if job.manner is Manner.YEARS else {job.year}
    return tuple(each for each in findings if each.year in years)
