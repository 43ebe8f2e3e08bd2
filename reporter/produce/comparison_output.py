"""Print a comparison as data or as text tables. Nothing is drawn, nothing is laid out."""

from dataclasses import replace

from reporter.comparison import is_ranked
from reporter.context import Context
from reporter.document.document import Revised
from reporter.edition.comparison_sides import context_of, stopping_findings
from reporter.edition.resources import locale_of
from reporter.edition.state import EditionState
from reporter.errors import DataError
from reporter.export import comparison_csv, comparison_json, table_text
from reporter.sections.compared import every_change, part_changes
from reporter.sections.compared_text import texts_changed
from reporter.sections.imprint import changed_sides
from reporter.sections.material import SectionMaterial
from reporter.sections.ranked_figures import part_ranges, rankings, unranked
from reporter.sections.ranked_front import ranges


def comparison_output(state: EditionState, language: str, form: str) -> str:
    """Write a comparison as text, csv or json. Raises DataError when errors stand in the data."""
    checked, job = state.checked, state.job
    if stopped := stopping_findings(checked, replace(job, language=language)):
        raise DataError(stopped)
    context = context_of(checked.dataset, job, locale_of(state.sources, language))
    if form == "text":
        return comparison_text(context)
    if form == "csv":
        return comparison_csv(context)
    blocks = texts_changed(SectionMaterial(context))
    return comparison_json(context, [each for each in blocks if isinstance(each, Revised)])


def comparison_text(context: Context) -> str:
    """Print the tables of a comparison in lines of 80 characters. Those of every indicator and every breakdown, as the
    document lays them out; of many countries those of ranges and ranks."""
    material = SectionMaterial(context, complete=True)
    if is_ranked(context.sides):
        # Without their sources, which fill an annex.
        lists = (each.table for each in rankings(material))
        made = (ranges(material), *lists, unranked(material), part_ranges(material))
        shown = tuple(replace(each, source_note="") for each in made if each)
    else:
        shown = (*every_change(material), *part_changes(material))
    tables = "\n".join(map(table_text, shown))
    changed = changed_sides(context.sides, context.locale) if context.sides else ""
    return f"{changed}\n\n{tables}" if changed else tables
