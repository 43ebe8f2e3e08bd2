"""Two years in a table whose last column draws the change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis.arithmetic import Change, Obstacle
from reporter.charts.gauges import gauges, ratio
from reporter.comparison import INHABITANTS, Compared, Manner, Sides
from reporter.context import Context
from reporter.document.document import Column, Dumbbells, Picture, Row, Text
from reporter.document.plot_of_sides import Dumbbell, Gauge, Ruler
from reporter.i18n import N_
from reporter.prose.change_sentences import sentence_between_years
from reporter.prose.sentences import REASONS, percent_text, relative_of
from reporter.sections.beside_words import finding, lead
from reporter.sections.material import SectionMaterial
from reporter.tables.tabulate import Calculated, Content, Elsewhere, Heads, Line, call_letters, tabulate, without_notes

# The groups of rows, by the first word of an indicator's code.
GROUPS = (
    (N_("Victims"), ("victims",)),
    (N_("Investigation and prosecution"), ("investigations", "cases", "suspects", "persons")),
    (N_("Assistance"), ("assistance",)),
)
OTHERS = N_("Other figures")
# With more lines, headings among them, the table leaves no room for what stands below it on its page. A label of more
# letters than the first column holds takes half a line more for each line that it needs.
MOST_LINES, LEAST_LINES, LETTERS = 15, 6, 34
# Letters on a line of the notes, the headline and the lead, how many lines of each are reckoned with, and how many
# lines of the table each further one takes.
NOTE, HEADLINE, LEAD = (150, 0, 0.6), (50, 1, 1.5), (95, 3, 0.9)
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


def dumbbells(material: SectionMaterial) -> Dumbbells | None:
    """Every figure of the last side that compares with the first, drawn. Key figures that do not compare are named with
    the reason; so many parts are shown as there is room for. None where nothing compares, and where the sides are not
    years."""
    context, sides = material.context, material.context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    above = (_further(finding(context), HEADLINE), _further(lead(context), LEAD))
    room = float(MOST_LINES)
    while True:
        groups = _groups(context, room)
        if not any(_is_comparable(row) for group in groups for row, _ in group.rows):
            return None
        made = _laid(context, sides, groups)
        rows = [each for group in groups for row, parts in group.rows for each in (row, *parts)]
        notes = " ".join(text for _, text in made.notes)
        if room <= LEAST_LINES or _height(context, rows) + sum(above) + _extra(notes, NOTE) <= MOST_LINES:
            return made
        room -= 0.5


def _further(text: Text | None, reckoned: tuple[int, int, float]) -> float:
    return _extra(text.words, reckoned) if text else 0.0


def _extra(words: str, reckoned: tuple[int, int, float]) -> float:
    letters, lines, each = reckoned
    return max(-(-len(words) // letters) - lines, 0) * each


def _is_comparable(row: Compared) -> bool:
    return row.overall is not None and row.overall.difference is not None


def _groups(context: Context, room: float) -> tuple[_RowGroup, ...]:
    counted = [row for row in context.rows if row.indicator.unit.is_whole and row.address != INHABITANTS]
    rows = [
        row
        for row in counted
        if _is_comparable(row)
        or bool(row.indicator.key and row.overall and (row.overall.obstacle not in (None, Obstacle.MISSING)))
    ]
    while _height(context, rows) > room:
        rows.remove(max(rows, key=_rank))
    shown = _parts(context, rows, room - _height(context, rows))
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


def _height(context: Context, rows: Sequence[Compared]) -> float:
    headings = len({_group_of(row) for row in rows if not row.code})
    return headings + sum(1 + (len(_row_label(context, row)) - 1) // LETTERS / 2 for row in rows)


def _parts(context: Context, rows: Iterable[Compared], room: float) -> dict[str, tuple[Compared, ...]]:
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
        if _height(context, found) <= room:
            shown[row.indicator.code] = (*shown.get(row.indicator.code, ()), *found)
            room -= _height(context, found)
    return shown


def _heads(context: Context, sides: Sides, *, percents: bool) -> Heads:
    first, last, base = sides.first.year, sides.last.year, context.vintage.settings.percent_base
    columns = [Column(str(first)), Column(str(last), current=True), Column(context.text("Change"))]
    unit = context.text(N_("{first}: ring, {last}: dot"), first=first, last=last)
    if percents:
        columns.append(Column("%"))
        words = N_("{signs}; a percentage only where the figure of {first} is {base} or more")
        unit = context.text(words, signs=unit, first=first, base=base)
    return Heads(
        code="dumbbells",
        caption=context.text("What can be compared, {first} and {last}", first=first, last=last),
        unit_line=unit,
        stub=context.text("Number of"),
        columns=tuple(columns),
    )


def _laid(context: Context, sides: Sides, groups: Sequence[_RowGroup]) -> Dumbbells:
    rows = [each for group in groups for row, parts in group.rows for each in (row, *parts)]
    percents = any(
        row.overall is not None and relative_of(row.overall, context.vintage.settings) is not None for row in rows
    )
    heads, scales = _heads(context, sides, percents=percents), gauges([group.largest for group in groups])
    lines, pictures = [], []
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
    return Dumbbells(
        code=bare.code,
        number=0,
        caption=bare.caption,
        unit_line=bare.unit_line,
        stub=bare.stub,
        columns=bare.columns,
        rows=tuple(_marked(row, marks) for row in bare.rows),
        source_note=bare.source_note,
        notes=(
            *(note for note in bare.notes if note[0] not in (APART, NONE)),
            *((mark, reason) for reason, mark in letters.items()),
        ),
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
    found, settings = row.overall or Change(None, None, Obstacle.MISSING), context.vintage.settings
    names = str(sides.first.year), str(sides.last.year)
    label = context.label(row.indicator.code)
    alt = sentence_between_years(
        context.locale.joined(", ", (label, context.locale.inside(_row_label(context, row)))) if row.code else label,
        found,
        names,
        settings,
        context.locale,
    )
    if found.difference is None or found.before is None or found.after is None:
        return Picture(Dumbbell(scale), alt)
    values = (found.before, found.after)
    words = (context.locale.put("{}: {}", *each) for each in zip(names, map(context.locale.value, values), strict=True))
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
