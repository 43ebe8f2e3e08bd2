"""Figures side by side: what changed in sentences, the tables of changes, and how to read them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from reporter.analysis import count_alike, is_sound
from reporter.charts import Frame
from reporter.charts.beside import (
    TENTH,
    all_columns,
    breaks,
    caption,
    change_cells,
    change_columns,
    extreme_cells,
    full_line,
    is_long,
    key_rows,
    main_change,
    mean_cell,
    rest_label,
    sentences,
    side_names,
    tally_line,
    told_values,
)
from reporter.comparison import INHABITANTS, Compared, Manner, Record, Sides
from reporter.document import Box, Column, Table, Text
from reporter.i18n import N_
from reporter.prose.changes import Case, case_of
from reporter.prose.tally import INDICATORS
from reporter.sections.boxes import TITLE
from reporter.sections.material import Material
from reporter.tables import Content, Heads, Line, Worked, is_note_mark, tabulate

Rests = tuple[Decimal | None, ...]
READING = {
    Manner.YEARS: (
        N_(
            "A change is told only where both values count the same: ≠ marks what a break, another definition, an "
            "inexact value or a figure in doubt keeps apart, and the note says which."
        ),
        N_("Numbers are small and vary from year to year: a percentage is given only on a base of {base} or more."),
        N_("A fall in recorded figures may reflect less detection as well as less crime."),
    ),
    Manner.EDITIONS: (
        N_(
            "Both columns are about the same year. What differs is a revision, whose reason is in the note; it says "
            "nothing about a rise or a fall."
        ),
    ),
    Manner.COUNTRIES: (
        N_(
            "Countries define and register differently. Values stand beside each other with their notes; no difference "
            "is worked out and no rank is given."
        ),
    ),
}
LAG = N_("The persons prosecuted or convicted in a year belong mostly to investigations of earlier years.")
RECORDS = {
    Record.HIGHEST: N_("The highest of the years {years} that can be compared."),
    Record.LOWEST: N_("The lowest of the years {years} that can be compared."),
}
ALIKE = {
    Record.HIGHEST: N_(
        "None of the years {years} that can be compared has a higher figure; it was the same in {alike}."
    ),
    Record.LOWEST: N_("None of the years {years} that can be compared has a lower figure; it was the same in {alike}."),
}
SPANS = N_(
    "Each figure is told between the first and the last of these years that can be compared; its years are named."
)
NOTES = N_("The notes on these values stand below the table of all figures")
# An extreme is said only of a stretch this long.
LEAST_YEARS = 5
# Columns beside which those of mean and extremes still fit.
MOST_COLUMNS = 4
# The chain in which later stages concern cases of earlier years.
LAGGING = ("persons.prosecuted", "persons.charged", "persons.convicted")


def changes(material: Material) -> Text | None:
    """What changed, in sentences made from the data; what cannot be compared comes last."""
    frame, sides = material.frame, material.frame.sides
    # How many live in a country is what rates are worked out with, no finding of its own.
    known = [row for row in frame.rows if row.address != INHABITANTS]
    rows = sorted(known, key=lambda row: _is_silent(row, sides)) if sides else []
    if sides and sides.manner is Manner.COUNTRIES:
        rows = [row for row in rows if row.is_shared]
    if sides is None or not rows:
        return None
    told = [sentence for row in rows if not _is_empty(row, sides) for sentence in _told(frame, row, sides)]
    items = "".join(f"<li>{escape(each)}</li>\n" for each in (*told, *_empty(frame, rows, sides)))
    seen = tuple(value for row in rows for value in row.values if value)
    return Text(f"{_summary(frame, sides)}<ul>\n{items}</ul>\n", seen)


def _is_empty(row: Compared, sides: Sides) -> bool:
    """Whether neither the first nor the last of many sides has a figure, and no two between them can be compared."""
    found = main_change(row, sides)
    return found is not None and case_of(found) is Case.NOTHING and len(row.changes) != 1


def _empty(frame: Frame, rows: Iterable[Compared], sides: Sides) -> Iterator[str]:
    """One sentence for all the rows that have a figure only between the first and the last side."""
    labels = [_label(frame, row) for row in rows if _is_empty(row, sides)]
    if labels:
        words = N_("No figure for {first} and none for {last}: {labels}.")
        yield frame.text(words, first=sides.first.year, last=sides.last.year, labels="; ".join(labels))


def _is_silent(row: Compared, sides: Sides) -> bool:
    found = main_change(row, sides)
    return found is None or found.difference is None


def _told(frame: Frame, row: Compared, sides: Sides) -> Iterator[str]:
    """The sentences of a row; the last of them says whether the figure is the highest or lowest for long."""
    label = _label(frame, row)
    said = list(sentences(frame, row, sides, label)) or [told_values(frame, label, row, sides)]
    more = _remark(frame, row, sides)
    yield from said[:-1]
    yield f"{said[-1]} {more}" if more else said[-1]


def _remark(frame: Frame, row: Compared, sides: Sides) -> str:
    """What is to be added to the values of a row: of years a record, of countries that they define it differently."""
    if sides.manner is Manner.COUNTRIES and not count_alike(row.values):
        return frame.text("The definitions differ.")
    if sides.manner is not Manner.YEARS:
        return ""
    broken = breaks(row, sides) if is_long(sides) else ()
    told = frame.text("Break in the series: {years}.", years=", ".join(map(str, broken))) if broken else ""
    return " ".join(filter(None, (told, _extreme(frame, row))))


def _extreme(frame: Frame, row: Compared) -> str:
    """Whether no value that can be compared with the last one is higher, or lower; nothing of a value that is usual."""
    known = row.extremes
    if known is None or known.record is None or len(known.years) < LEAST_YEARS:
        return ""
    if 2 * len(known.alike) >= len(known.years):
        return ""
    return frame.text(
        (ALIKE if known.alike else RECORDS)[known.record],
        years=frame.locale.years(known.years),
        alike=frame.locale.years(known.alike),
    )


def _summary(frame: Frame, sides: Sides) -> str:
    """How many figures are higher, lower or the same, or cannot be compared; nothing of countries."""
    words = tally_line(frame, frame.rows, sides, INDICATORS)
    return f"<p>{escape(words)}.</p>\n" if words else ""


def key_changes(material: Material) -> Table | None:
    """The key figures side by side; of many sides the notes stand below the table of all figures only."""
    if material.frame.sides is None:
        return None
    table = _table(material, "key_changes", N_("Key figures"), key_rows(material.frame))
    return _unnoted(material.frame, table) if table and is_long(material.frame.sides) else table


def _unnoted(frame: Frame, table: Table) -> Table:
    """The same without notes, which would take more room at a glance than the figures."""
    rows = (
        replace(row, cells=tuple(replace(cell, marks=tuple(_flags(cell.marks))) for cell in row.cells))
        for row in table.rows
    )
    signs = tuple((mark, text) for mark, text in table.notes if not is_note_mark(mark))
    return replace(table, rows=tuple(rows), notes=(*signs, ("", frame.text(NOTES))))


def _flags(marks: Iterable[str]) -> Iterator[str]:
    return (mark for mark in marks if not is_note_mark(mark))


def every_change(material: Material) -> tuple[Table, ...]:
    """Every indicator side by side, with the mean of the five years before and the extremes of the series."""
    frame, sides = material.frame, material.frame.sides
    if sides is None or not frame.rows:
        return ()
    if sides.manner is not Manner.YEARS:
        table = _table(material, "every_change", N_("All figures"), frame.rows)
        return (table,) if table else ()
    columns, lines = all_columns(frame, sides), [_line(frame, row, sides) for row in frame.rows]
    if is_long(sides) or len(columns) > MOST_COLUMNS:
        return (_laid(frame, sides, "every_change", N_("All figures"), columns, lines), _apart(frame, sides))
    wide = [Line(line.label, [*line.cells, *_series(frame, row)]) for line, row in zip(lines, frame.rows, strict=True)]
    more = _columns_of_series(frame, sides)
    return (_laid(frame, sides, "every_change", N_("All figures"), (*columns, *more), wide),)


def _apart(frame: Frame, sides: Sides) -> Table:
    """Of many sides the change from the first to the last, the mean and the extremes, in a table of their own."""
    told = change_columns(frame, sides) if is_long(sides) else ()
    lines = [
        Line(_label(frame, row), [*(change_cells(frame, row, sides) if told else ()), *_series(frame, row)])
        for row in frame.rows
    ]
    columns = (*told, *_columns_of_series(frame, sides))
    return _laid(frame, sides, "series_changes", N_("Means and extremes"), columns, lines)


def _columns_of_series(frame: Frame, sides: Sides) -> tuple[Column, ...]:
    last = sides.last.year
    mean = frame.text("Mean {first}–{last}", first=last - 5, last=last - 1)
    return (Column(mean), Column(frame.text("Lowest")), Column(frame.text("Highest")))


def _series(frame: Frame, row: Compared) -> list[Content]:
    return [mean_cell(frame, row.mean), *extreme_cells(frame, row)]


def _line(frame: Frame, row: Compared, sides: Sides) -> Line:
    return full_line(frame, row, sides, _label(frame, row))


def _table(material: Material, code: str, what: str, rows: Iterable[Compared]) -> Table | None:
    frame, sides = material.frame, material.frame.sides
    lines = [_line(frame, row, sides) for row in rows] if sides else []
    return _laid(frame, sides, code, what, all_columns(frame, sides), lines) if sides and lines else None


def _laid(
    frame: Frame, sides: Sides, code: str, what: str, columns: tuple[Column, ...], lines: Iterable[Line]
) -> Table:
    heads = Heads(
        code,
        caption(frame, sides, frame.text(what)),
        _unit_line(frame, sides),
        frame.text("Number of"),
        columns,
    )
    return tabulate(heads, lines, frame.vintage, frame.locale)


def _unit_line(frame: Frame, sides: Sides) -> str:
    if sides.manner is Manner.COUNTRIES:
        return frame.text("Definitions differ between countries, see the notes; nothing is ranked")
    if sides.manner is Manner.EDITIONS:
        return frame.text("The year {year} as each edition states it", year=sides.last.year)
    words = N_("As known in the edition of {year}; a percentage only on a base of {base} or more")
    return frame.text(words, year=sides.last.figures.as_of, base=frame.vintage.settings.percent_base)


def part_changes(material: Material) -> tuple[Table, ...]:
    """Every breakdown side by side: its parts, what they leave of the total, their shares on a large base."""
    frame, sides = material.frame, material.frame.sides
    if sides is None:
        return ()
    return tuple(
        _parted(frame, row, name, rests, sides)
        for row in frame.rows
        for name, rests in row.rests
        if sides.manner is not Manner.COUNTRIES or any(part.is_shared for part in row.within(name))
    )


def _parted(frame: Frame, row: Compared, dimension: str, rests: Rests, sides: Sides) -> Table:
    axis = frame.vintage.catalogue.dimension(dimension)
    by = axis.label.text(frame.locale.language) if axis else dimension
    parts = row.within(dimension)
    shared = _are_shared(frame, row, sides)
    columns = (*all_columns(frame, sides), *(_share_columns(frame, sides) if shared else ()))
    lines = [_line(frame, row, sides), *(_part(frame, part, sides, shared=shared) for part in parts)]
    lines += [_rest(rest_label(frame, row, dimension), rests)] if any(rests) else []
    heads = Heads(
        f"parts-{row.indicator.code}-{dimension}".replace(".", "-"),
        caption(frame, sides, f"{_label(frame, row)}: {by}"),
        _unit_line(frame, sides),
        frame.text("Number of"),
        columns,
    )
    return tabulate(heads, [_padded(line, len(columns)) for line in lines], frame.vintage, frame.locale)


def _padded(line: Line, count: int) -> Line:
    """A row with a cell for every column, empty where there is nothing to tell."""
    return Line(line.label, [*line.cells, *[""] * (count - len(line.cells))], line.level)


def _are_shared(frame: Frame, row: Compared, sides: Sides) -> bool:
    """Whether shares are told: of two sides, on bases that are large enough and in no doubt."""
    bases = [seen.value for seen in row.values if is_sound(seen) and seen and seen.value is not None]
    large = len(bases) == len(row.values) and min(bases) >= frame.vintage.settings.percent_base
    return large and len(sides.sides) == 2


def _part(frame: Frame, part: Compared, sides: Sides, *, shared: bool) -> Line:
    line = full_line(frame, part, sides, frame.code_label(part.dimension, part.code), level=1)
    return Line(line.label, [*line.cells, *_share_cells(frame, part)], line.level) if shared else line


def _share_columns(frame: Frame, sides: Sides) -> tuple[Column, ...]:
    names = (frame.text("Share, {side}", side=name) for name in side_names(frame, sides))
    points = (Column(frame.text("Points")),) if sides.manner is not Manner.COUNTRIES else ()
    return (*(Column(name) for name in names), *points)


def _share_cells(frame: Frame, part: Compared) -> list[Content]:
    """The shares to a tenth of a per cent, and their difference in percentage points."""
    cells: list[Content] = [_percent(frame, each.value if each else None) for each in part.shares]
    return [*cells, *(_point(frame, each) for each in part.points)]


def _percent(frame: Frame, share: Decimal | None) -> Content:
    return ":" if share is None else Worked(share, frame.locale.percent(share, 1))


def _point(frame: Frame, points: Decimal | None) -> Content:
    if points is None:
        return ":"
    return Worked(points, frame.locale.difference((points * 100).quantize(TENTH, ROUND_HALF_UP).normalize()))


def _rest(label: str, rests: Rests) -> Line:
    """What the parts leave of the total; it is no category, so nothing is told of its change."""
    return Line(label, [":" if rest is None else rest for rest in rests], level=1)


def reading_changes(material: Material) -> Box | None:
    """How a comparison is to be read."""
    frame, sides = material.frame, material.frame.sides
    if sides is None or not frame.rows:
        return None
    texts = list(READING[sides.manner])
    if sides.manner is Manner.YEARS and any(row.indicator.code in LAGGING for row in frame.rows):
        texts.append(LAG)
    if sides.manner is Manner.YEARS and is_long(sides):
        texts.append(SPANS)
    base = frame.vintage.settings.percent_base
    return Box(frame.text(TITLE), tuple(frame.text(text, base=base) for text in texts))


def _label(frame: Frame, row: Compared) -> str:
    return row.indicator.label.text(frame.locale.language)
