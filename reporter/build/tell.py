"""A comparison as data or as a table for the terminal; nothing is drawn, nothing is laid out."""

from functools import partial

from reporter.build.beside import context_of, read_until
from reporter.build.gate import blocking
from reporter.build.plan import Job
from reporter.build.proof import load_checked
from reporter.document.document import Revised
from reporter.errors import DataError
from reporter.export import comparison_csv, comparison_json, comparison_text
from reporter.files.workspace import Workspace
from reporter.i18n import load_locale
from reporter.sections.compared_text import texts_changed
from reporter.sections.material import SectionMaterial

FORMS = {"text": comparison_text, "csv": comparison_csv}


def tell(workspace: Workspace, job: Job, form: str) -> str:
    """The comparison as text, csv or json; raises DataError when errors stand in the data."""
    checked = load_checked(workspace, *job.countries)
    if stopped := blocking(checked.findings, read_until(checked.dataset, job), strict=False):
        raise DataError(stopped)
    speak = partial(load_locale, folders=workspace.translations)
    context = context_of(checked.dataset, job, speak(job.language))
    if form in FORMS:
        return FORMS[form](context)
    blocks = texts_changed(SectionMaterial(context, speak=speak))
    return comparison_json(context, [each for each in blocks if isinstance(each, Revised)])
