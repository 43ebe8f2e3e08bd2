"""The coverage of Article 19a, and the codes of other publications."""

from collections.abc import Iterable
from dataclasses import replace

from reporter.data.records import Code, Indicator
from reporter.data.records.label import ENGLISH
from reporter.figures.analysis.coverage import CoverageCell, indicators_for, item_cells
from reporter.report.context import Context
from reporter.report.document.document import Column, Table
from reporter.report.tables.tabulate import Heads, Line, tabulate

# The words of the questionnaire are English.
GLOTIP = ENGLISH
# For each list: the keys of the catalogue's mappings that make up its code.
LISTS_OF = (("eurostat", "sex", "age"), ("glotip", "glotip_sex", "glotip_age"))


def coverage(context: Context) -> Table | None:
    """The table of what Article 19a asks for, item by item. Each item and breakdown is given, in part, missing or not
    collected in the edition's year. None when the catalogue lists no item."""
    duty = context.vintage.catalogue.article_19a
    if not duty.items:
        return None
    language = context.locale.language
    names = (context.text("Total"), *(each.label.text(language) for each in duty.splits))
    heads = Heads(
        code="coverage",
        caption=context.text(
            "Article 19a of Directive 2011/36/EU and the figures of {year}", year=context.vintage.year
        ),
        unit_line=context.text("Items in force since 2024; in part: the parts known do not make the total"),
        stub=context.text("Item and indicator"),
        columns=tuple(Column(name, text=True) for name in names),
    )
    lines = list[Line]()
    for item in duty.items:
        label = context.text("({letter}) {item}", letter=item.code, item=item.label.text(language))
        found = indicators_for(context.vintage, item)
        if not found:
            lines.append(Line(label, _states(context, item_cells(context.vintage, item, None))))
            continue
        lines.append(Line(label, heading=True))
        for each in found:
            states = _states(context, item_cells(context.vintage, item, each))
            lines.append(Line(context.label(each.code), states, level=1))
    table = tabulate(heads, lines, context.vintage, context.locale)
    note = duty.note.text(language)
    return replace(table, notes=(*table.notes, ("", note))) if note else table


def _states(context: Context, cells: Iterable[CoverageCell]) -> list[str]:
    """The words of a row, for the total and each breakdown. A dash stands where the item does not ask for a
    breakdown."""
    known = {each.split.code if each.split else "": context.text(each.state) for each in cells}
    return [
        known.get(code, "–") for code in ("", *(each.code for each in context.vintage.catalogue.article_19a.splits))
    ]


def mapping(context: Context) -> Table | None:
    """The table of codes of Eurostat and words of GLOTIP. Each figure and code of the edition with those it answers to.
    None when there are none."""
    language = context.locale.language
    observations, catalogue = context.vintage.data.observations, context.vintage.catalogue
    used = {seen.indicator for seen in observations}
    indicators = ((each.label.text(language), each) for each in catalogue.indicators if each.code in used)
    lines = _mapped(context.text("Indicators"), indicators)
    for axis in catalogue.dimensions:
        used = {seen.code for seen in observations if seen.dimension == axis.code}
        codes = ((each.label.text(language), each) for each in axis.codes if each.code in used)
        lines += _mapped(axis.label.text(language), codes)
    if not lines:
        return None
    heads = Heads(
        code="mapping",
        caption=context.text("Codes of Eurostat and of the UNODC questionnaire (GLOTIP)"),
        unit_line=context.text("Several figures may correspond to one code; they are not added up"),
        stub=context.text("Figure or breakdown"),
        columns=(
            Column(context.text("Eurostat"), text=True),
            Column(context.text("GLOTIP"), text=True, language="" if language == GLOTIP else GLOTIP),
        ),
    )
    # The codes come from the catalogue, so no source of figures is cited.
    return replace(tabulate(heads, lines, context.vintage, context.locale), source_note="")


def _mapped(heading: str, labelled: Iterable[tuple[str, Indicator | Code]]) -> list[Line]:
    lines = []
    for label, each in labelled:
        known = dict(each.mappings)
        cells = [", ".join(known[key] for key in keys if key in known) or ":" for keys in LISTS_OF]
        if any(cell != ":" for cell in cells):
            lines.append(Line(label, cells, level=1))
    return [Line(heading, heading=True), *lines] if lines else []
