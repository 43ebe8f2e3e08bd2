"""Two years or editions in a table whose last column draws the change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from reporter.analysis.arithmetic import Obstacle
from reporter.charts.gauges import gauges, ratio
from reporter.comparison import INHABITANTS, Compared, Manner, Sides
from reporter.context import Context
from reporter.document.document import Column, Dumbbells, Picture, Row
from reporter.document.plot import Dumbbell, Gauge, Ruler
from reporter.i18n import N_
from reporter.prose.sentences import REASONS, percent_text, relative_of
from reporter.tables.compared import caption, sentences, side_years
from reporter.tables.tabulate import Calculated, Content, Elsewhere, Heads, Line, call_letters, tabulate, without_notes

# The groups of rows, by the first word of an indicator's code.
GROUPS = (
    (N_("Victims"), ("victims",)),
    (N_("Investigation and prosecution"), ("investigations", "cases", "suspects", "persons")),
    (N_("Assistance"), ("assistance",)),
)
OTHERS = N_("Other figures")
# With more lines, headings among them, the table leaves no room for what comes below it on its page.
MOST_LINES = 14
# A breakdown that is the last to be shown: it has a drawing of its own.
LAST = "form"
APART, NONE = "≠", "–"
SCALES = {
    2: N_("{group}, at half the scale above"),
    5: N_("{group}, at one fifth of the scale above"),
    10: N_("{group}, at one tenth of the scale above"),
    -2: N_("{group}, at twice the scale above"),
    -5: N_("{group}, at five times the scale above"),
    -10: N_("{group}, at ten times the scale above"),
}
SMALLER, LARGER = N_("{group}, at 1/{n} of the scale above"), N_("{group}, at {n} times the scale above")


@dataclass(frozen=True, slots=True)
class _RowGroup:
    """Rows under a heading: each indicator with the parts that are shown."""

    title: str
    rows: tuple[tuple[Compared, tuple[Compared, ...]], ...]

    @property
    def largest(self) -> Decimal:
        drawn = (each for row, parts in self.rows for each in (row, *parts) if _is_comparable(each))
        return max(
            (seen.value for row in drawn for seen in (row.values[0], row.values[-1]) if seen and seen.value),
            default=Decimal(),
        )


def dumbbells(context: Context) -> Dumbbells | None:
    """Every figure of the last side that compares with the first, drawn. Key figures that do not compare are named with
    the reason; so many parts are shown as there is room for. None where nothing compares, of more than two sides, and
    of countries."""
    sides = context.sides
    if sides is None or sides.manner is Manner.COUNTRIES or len(sides.sides) != 2:
        return None
    groups = _groups(context)
    if not any(_is_comparable(row) for group in groups for row, _ in group.rows):
        return None
    return _laid(context, sides, groups)


def _is_comparable(row: Compared) -> bool:
    return row.overall is not None and row.overall.difference is not None


def _groups(context: Context) -> tuple[_RowGroup, ...]:
    counted = [row for row in context.rows if row.indicator.unit.is_whole and row.address != INHABITANTS]
    rows = [
        row
        for row in counted
        if _is_comparable(row)
        or bool(row.indicator.key and row.overall and (row.overall.obstacle not in (None, Obstacle.MISSING)))
    ]
    while _lines(rows) > MOST_LINES:
        rows.remove(max(rows, key=_rank))
    shown = _parts(rows, MOST_LINES - _lines(rows))
    titles = [title for title, _ in GROUPS] + [OTHERS]
    groups = (
        _RowGroup(title, tuple((row, shown.get(row.indicator.code, ())) for row in rows if _group_of(row) == title))
        for title in titles
    )
    return tuple(each for each in groups if each.rows)


def _group_of(row: Compared) -> str:
    first = row.indicator.code.partition(".")[0]
    return next((title for title, words in GROUPS if first in words), OTHERS)


def _rank(row: Compared) -> int:
    """The rank of a key figure; others come after all of them."""
    return row.indicator.key or 1000


def _lines(rows: Sequence[Compared]) -> int:
    return len(rows) + len({_group_of(row) for row in rows})


def _parts(rows: Iterable[Compared], room: int) -> dict[str, tuple[Compared, ...]]:
    """The parts to show of each indicator, whole breakdowns only. Those of key figures go first, and the forms of
    exploitation last."""
    offered = [
        (name == LAST, place, _rank(row), row, found)
        for row in rows
        for place, name in enumerate(row.indicator.dimensions)
        if (found := tuple(part for part in row.within(name) if _is_comparable(part)))
    ]
    shown: dict[str, tuple[Compared, ...]] = {}
    for *_, row, found in sorted(offered, key=lambda each: each[:3]):
        if len(found) <= room:
            shown[row.indicator.code] = (*shown.get(row.indicator.code, ()), *found)
            room -= len(found)
    return shown


def _heads(context: Context, sides: Sides, *, percents: bool) -> Heads:
    first, last = side_years(sides)
    columns = [Column(first), Column(last, current=True), Column(context.text("Change"))]
    unit = context.text(N_("{first}: ring, {last}: dot"), first=first, last=last)
    if percents:
        columns.append(Column("%"))
        words = N_("{signs}; a percentage only where the figure of {first} is {base} or more")
        unit = context.text(words, signs=unit, first=first, base=context.vintage.settings.percent_base)
    return Heads(
        code="dumbbells",
        caption=context.text("What can be compared, {first} and {last}", first=first, last=last)
        if sides.manner is Manner.YEARS
        else caption(context, sides, context.text("What can be compared")),
        unit_line=unit,
        stub=context.text("Number of"),
        columns=tuple(columns),
    )


def _laid(context: Context, sides: Sides, groups: Sequence[_RowGroup]) -> Dumbbells:
    rows = [each for group in groups for row, parts in group.rows for each in (row, *parts)]
    # Of a revision no percentage is given.
    percents = sides.manner is Manner.YEARS and any(
        row.overall is not None and relative_of(row.overall, context.vintage.settings) is not None for row in rows
    )
    heads, scales = _heads(context, sides, percents=percents), gauges([group.largest for group in groups])
    lines, pictures = list[Line](), list[Picture]()
    for n, (group, scale) in enumerate(zip(groups, scales, strict=True)):
        lines.append(Line(_heading(context, group, scales[n - 1] if n else scale, scale), heading=True))
        texts = tuple(context.locale.number(scale.top * n / scale.steps) for n in range(scale.steps + 1))
        pictures.append(
            Picture(Ruler(scale, texts), context.text("Scale from {low} to {top}", low=texts[0], top=texts[-1]))
        )
        for row, parts in group.rows:
            lines += [_line(context, sides, each, percents=percents) for each in (row, *parts)]
            pictures += [_picture(context, sides, each, scale) for each in (row, *parts)]
    bare = without_notes(tabulate(heads, lines, context.vintage, context.locale))
    reasons = list(dict.fromkeys(_reason(context, row) for row in rows if not _is_comparable(row)))
    letters = dict(zip(reasons, call_letters(bare.notes), strict=False))
    marks = iter([letters[_reason(context, row)] for row in rows if not _is_comparable(row)])
    signs = (note for note in bare.notes if note[0] not in (APART, NONE))
    lettered = {
        "rows": tuple(_marked(row, marks) for row in bare.rows),
        "notes": (*signs, *((mark, reason) for reason, mark in letters.items())),
    }
    return Dumbbells(
        **{each.name: getattr(bare, each.name) for each in fields(bare)} | lettered,
        pictures=tuple(pictures),
        plain_unit=_percent_words(context, sides) if percents else "",
        plain_heads=tuple(context.text(group.title) for group in groups),
    )


def _percent_words(context: Context, sides: Sides) -> str:
    words = N_("A percentage only where the figure of {first} is {base} or more")
    return context.text(words, first=sides.first.year, base=context.vintage.settings.percent_base)


def _heading(context: Context, group: _RowGroup, above: Gauge, scale: Gauge) -> str:
    title, times = context.text(group.title), ratio(above, scale)
    if times == 1:
        return title
    frame = SCALES.get(times, SMALLER if times > 0 else LARGER)
    return context.text(frame, group=title, n=context.locale.number(Decimal(abs(times))))


def _picture(context: Context, sides: Sides, row: Compared, scale: Gauge) -> Picture:
    found, label = row.changes[0], context.label(row.indicator.code)
    if row.code:
        label = context.locale.joined(", ", (label, context.locale.inside(_row_label(context, row))))
    alt = next(sentences(context, row, sides, label))
    if found.difference is None or found.before is None or found.after is None:
        return Picture(Dumbbell(scale), alt)
    values = (found.before, found.after)
    texts = zip(side_years(sides), map(context.locale.value, values), strict=True)
    words = (context.locale.put("{}: {}", *each) for each in texts)
    return Picture(Dumbbell(scale, found.before.value, found.after.value, tuple(words)), alt)


def _line(context: Context, sides: Sides, row: Compared, *, percents: bool) -> Line:
    cells: list[Content] = [
        Elsewhere(row.values[0], sides.first.figures),
        Elsewhere(row.values[-1], sides.last.figures),
    ]
    difference = row.overall.difference if row.overall else None
    cells.append(APART if difference is None else Calculated(difference, context.locale.difference(difference)))
    if percents:
        cells.append(_percent(context, row) if difference is not None else "")
    return Line(_row_label(context, row), cells, level=1 if row.code else 0)


def _percent(context: Context, row: Compared) -> Content:
    """The change in per cent; a dash on a small base."""
    found = row.overall
    relative = relative_of(found, context.vintage.settings) if found else None
    if found is None or relative is None:
        return NONE
    words = percent_text(found, context.vintage.settings, context.locale)
    return Calculated(relative, words or context.locale.percent(Decimal()))


def _reason(context: Context, row: Compared) -> str:
    return context.text(REASONS[(row.overall and row.overall.obstacle) or Obstacle.MISSING])


def _marked(row: Row, marks: Iterator[str]) -> Row:
    return replace(
        row,
        cells=tuple(
            replace(each, marks=(next(marks),)) if each.text == APART and each.observation is None else each
            for each in row.cells
        ),
    )


def _row_label(context: Context, row: Compared) -> str:
    return context.code_label(row.dimension, row.code) if row.code else context.label(row.indicator.code)
