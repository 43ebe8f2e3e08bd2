"""Print a comparison as data or as a text table.

Nothing is drawn, nothing is laid out.
"""

from reporter.document.document import Revised
from reporter.edition.checked import blocking_findings
from reporter.edition.comparison_sides import context_of, last_year_read
from reporter.edition.resources import locale_lookup
from reporter.edition.state import EditionState
from reporter.errors import DataError
from reporter.export import comparison_csv, comparison_json, comparison_text
from reporter.sections.compared_text import texts_changed
from reporter.sections.material import SectionMaterial

FORMS = {"text": comparison_text, "csv": comparison_csv}


def comparison_output(state: EditionState, language: str, form: str) -> str:
    """Write a comparison as text, csv or json.

    Raises DataError when errors stand in the data.
    """
    checked, job = state.checked, state.job
    if stopped := blocking_findings(checked.findings, last_year_read(checked.dataset, job), strict=False):
        raise DataError(stopped)
    speak = locale_lookup(state.sources)
    context = context_of(checked.dataset, job, speak(language))
    if form in FORMS:
        return FORMS[form](context)
    blocks = texts_changed(SectionMaterial(context, speak=speak))
    return comparison_json(context, [each for each in blocks if isinstance(each, Revised)])
