"""What Article 19a asks for and what the year has of it; which codes of Eurostat and UNODC the figures answer to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporter.charts import Frame
from reporter.coverage import Covered, answering, covered_by
from reporter.document import Column, Table
from reporter.model import Code, Dimension, Indicator, Item
from reporter.sections.material import Material
from reporter.tables import Heads, Line, tabulate

# The words of the questionnaire are English.
GLOTIP = "en"
# For each list: the keys of the catalogue's mappings that make up its code.
LISTS_OF = (("eurostat", "sex", "age"), ("glotip", "glotip_sex", "glotip_age"))


def coverage(material: Material) -> Table | None:
    """Each item of Article 19a and its breakdowns: given, in part, missing or not collected in the edition's year."""
    frame, duty = material.frame, material.frame.vintage.catalogue.article_19a
    if not duty.items:
        return None
    language = frame.locale.language
    names = (frame.text("Total"), *(each.label.text(language) for each in duty.splits))
    heads = Heads(
        "coverage",
        frame.text("Article 19a of Directive 2011/36/EU and the figures of {year}", year=frame.vintage.year),
        frame.text("Items in force since 2024; in part: the parts known do not make the total"),
        frame.text("Item and indicator"),
        tuple(Column(name, text=True) for name in names),
    )
    lines = [line for item in duty.items for line in _item(frame, item)]
    table = tabulate(heads, lines, frame.vintage, frame.locale)
    note = duty.note.text(language)
    return replace(table, notes=(*table.notes, ("", note))) if note else table


def _item(frame: Frame, item: Item) -> Iterator[Line]:
    label = frame.text("({letter}) {item}", letter=item.code, item=item.label.text(frame.locale.language))
    found = answering(frame.vintage, item)
    if not found:
        yield Line(label, _states(frame, covered_by(frame.vintage, item, None)))
        return
    yield Line(label, heading=True)
    for each in found:
        yield Line(frame.label(each.code), _states(frame, covered_by(frame.vintage, item, each)), level=1)


def _states(frame: Frame, cells: Iterable[Covered]) -> list[str]:
    """The words of a row: the total, and each breakdown of the table that the item asks for."""
    known = {each.split.code if each.split else "": frame.text(each.state) for each in cells}
    return [known.get(code, "–") for code in ("", *(each.code for each in frame.vintage.catalogue.article_19a.splits))]


def mapping(material: Material) -> Table | None:
    """The figures and codes of the edition with the codes of Eurostat and the words of GLOTIP they answer to."""
    frame = material.frame
    lines = [
        *_indicators(frame),
        *(line for axis in frame.vintage.catalogue.dimensions for line in _codes(frame, axis)),
    ]
    if not lines:
        return None
    heads = Heads(
        "mapping",
        frame.text("Codes of Eurostat and of the UNODC questionnaire (GLOTIP)"),
        frame.text("Several figures may answer to one code; they are not added for it"),
        frame.text("Figure or breakdown"),
        (
            Column(frame.text("Eurostat"), text=True),
            Column(frame.text("GLOTIP"), text=True, language=_other(frame, GLOTIP)),
        ),
    )
    # What answers to what comes from no source of figures.
    return replace(tabulate(heads, lines, frame.vintage, frame.locale), source_note="")


def _other(frame: Frame, language: str) -> str:
    """A language, when it is not the edition's."""
    return "" if frame.locale.language == language else language


def _indicators(frame: Frame) -> Iterator[Line]:
    used = {seen.indicator for seen in frame.vintage.data.observations}
    found = [each for each in frame.vintage.catalogue.indicators if each.code in used and _is_mapped(each)]
    if found:
        yield Line(frame.text("Indicators"), heading=True)
    for each in found:
        yield Line(frame.label(each.code), _mapped(each), level=1)


def _codes(frame: Frame, axis: Dimension) -> Iterator[Line]:
    used = {seen.code for seen in frame.vintage.data.observations if seen.dimension == axis.code}
    found = [each for each in axis.codes if each.code in used and _is_mapped(each)]
    if found:
        yield Line(axis.label.text(frame.locale.language), heading=True)
    for each in found:
        yield Line(each.label.text(frame.locale.language), _mapped(each), level=1)


def _is_mapped(each: Indicator | Code) -> bool:
    return any(text != ":" for text in _mapped(each))


def _mapped(each: Indicator | Code) -> list[str]:
    known = dict(each.mappings)
    return [", ".join(known[key] for key in keys if key in known) or ":" for keys in LISTS_OF]
