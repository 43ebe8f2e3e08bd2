"""Countries side by side: a finding that ranks nobody, and what keeps the figures of each apart from the others."""

from collections.abc import Iterable, Iterator
from html import escape

from reporter.analysis import count_alike
from reporter.charts import Frame
from reporter.charts.beside import side_names
from reporter.comparison import Compared, Manner, Side
from reporter.document import Entries, Entry, Text
from reporter.i18n import N_
from reporter.model import Esms, Flag, Observation, is_given, is_hidden
from reporter.outline import Part
from reporter.sections.material import Material
from reporter.tables import edition_source_note


def finding(part: Part, frame: Frame) -> Text | None:
    """The figure that most countries have, of several one that they count alike, with its values and no rank."""
    sides = frame.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    rows = {row.indicator.code: row for row in frame.rows}
    known = [rows[code] for code in part.findings if code in rows and sum(map(is_given, rows[code].values)) > 1]
    first = max(known, key=_weight, default=None)
    if first is None:
        return None
    named = zip(side_names(frame, sides), first.values, strict=True)
    values = ", ".join(f"{name}: {frame.locale.value(seen)}" for name, seen in named if is_given(seen))
    words = {"label": frame.label(first.indicator.code), "year": sides.last.year, "values": values}
    message = (
        N_("{label}, {year} – {values}") if _alike(first) else N_("{label}, {year} – {values}; the definitions differ")
    )
    return Text(escape(frame.text(message, **words)), tuple(seen for seen in first.values if seen and is_given(seen)))


def _weight(row: Compared) -> tuple[int, bool]:
    return sum(map(is_given, row.values)), _alike(row)


def _alike(row: Compared) -> bool:
    return count_alike(tuple(filter(is_given, row.values)))


def comparability(material: Material) -> Entries | None:
    """What keeps the figures of each country apart: sources, definitions, what is masked or in doubt, its own words."""
    sides = material.frame.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    return Entries("", tuple(_country(material.frame, side) for side in sides.sides))


def _country(frame: Frame, side: Side) -> Entry:
    country = side.figures.country
    own = dict(country.methodology).get(Esms.COHERENCE)
    lines = (*_facts(frame, side), own.text(frame.locale.language) if own else "")
    return Entry(frame.locale.name_of(country), tuple(line for line in lines if line))


def _facts(frame: Frame, side: Side) -> Iterator[str]:
    """What the data say of a country's totals of the year."""
    yield frame.text("Source data: {sources}", sources=edition_source_note(side.figures, frame.locale))
    seen = [value for row in frame.rows if (value := side.seen(row.indicator.code))]
    kinds = (
        (
            N_("Other definition than usual: {figures}"),
            [each for each in seen if each.definition or Flag.DEFINITION_DIFFERS in each.flags],
        ),
        (N_("Not shown: {figures}"), [each for each in seen if is_hidden(each)]),
        (N_("In a contradiction that the source leaves open: {figures}"), [each for each in seen if each.doubtful]),
    )
    yield from (frame.text(words, figures=_labels(frame, found)) for words, found in kinds if found)


def _labels(frame: Frame, found: Iterable[Observation]) -> str:
    return "; ".join(frame.label(each.indicator) for each in found)
