"""A table of two years or editions whose last column draws the change."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal

from reporter.data.i18n import N_, NN_
from reporter.data.languages import known_language
from reporter.data.records import Catalogue, Flag, Observation, is_given
from reporter.figures.analysis.arithmetic import Obstacle
from reporter.figures.compare.figures import INHABITANTS, FigureRow, Manner, Sides, counted_alike
from reporter.report.context import Context
from reporter.report.document.document import Box, Dumbbells, Picture
from reporter.report.document.plot import Dumbbell, Gauge, Ruler
from reporter.report.sections.boxes import TITLE
from reporter.report.tables.comparison import (
    all_columns,
    caption,
    full_line,
    row_label,
    sentences,
    side_names,
    side_years,
)
from reporter.report.tables.tabulate import FLAG_WORDS, Line, TableHeader, tabulate
from reporter.text.change_sentences import MOVES, REVISIONS, ChangeKind, change_headline, number_of, tally
from reporter.text.tree import Text, line, paragraph

# The opening of a headline on figures that fell, rose or did not change.
COUNTS = {
    ChangeKind.FELL: NN_("{n} key figure fell", "{n} key figures fell"),
    ChangeKind.ROSE: NN_("{n} key figure rose", "{n} key figures rose"),
    ChangeKind.SAME: NN_("{n} key figure stayed the same", "{n} key figures stayed the same"),
}
# For one year in two editions, where a difference is a revision.
REVISED = {
    ChangeKind.FELL: NN_("{n} figure was revised downwards", "{n} figures were revised downwards"),
    ChangeKind.ROSE: NN_("{n} figure was revised upwards", "{n} figures were revised upwards"),
    ChangeKind.SAME: NN_("{n} figure was not revised", "{n} figures were not revised"),
}
# For figures that moved in one direction: the only one, the one that moved most, and the part that explains it.
FELL, FELL_MOST = N_("{label}: {n} fewer"), N_("{label} fell most, by {n}")
ROSE, ROSE_MOST = N_("{label}: {n} more"), N_("{label} rose most, by {n}")
NUMBER_FELL, NUMBER_FELL_MOST = N_("The number of {label} fell by {n}"), N_("The number of {label} fell most, by {n}")
NUMBER_ROSE, NUMBER_ROSE_MOST = N_("The number of {label} rose by {n}"), N_("The number of {label} rose most, by {n}")
OF_WHOM = N_("{change}, {n} of them {part}")
# The breakdowns whose parts are persons.
PERSONS = ("person", "client", "citizenship")
LEADS = {
    Manner.EDITIONS: N_("Differences are revisions and say nothing about a rise or a fall."),
    Manner.COUNTRIES: N_("Differences between countries are not calculated, and countries are not ranked."),
}
READING = {
    Manner.YEARS: (
        N_("Figures alone give no reason for a change: fewer cases on record need not mean fewer cases."),
        N_("The persons prosecuted or convicted in a year often belong to investigations of earlier years."),
    ),
    Manner.EDITIONS: (N_("All columns are about the same year; the notes give the reason for each revision."),),
    Manner.COUNTRIES: (
        N_(
            "Countries define and register cases differently: where figures are not counted alike, the notes explain "
            "why."
        ),
    ),
}
WORDS_APART = N_("Values that cannot be compared are marked ≠.")


def finding(context: Context, front: Text | None = None) -> Text | None:
    """Which key figures fell and rose that the headline `front` of the first page does not name; without such, how many
    fell, rose, did not change or were revised, the largest group first; for countries, how many figures have the same
    definition. None if none can be compared."""
    sides = context.sides
    if sides and sides.manner is Manner.COUNTRIES:
        return line(_alike(context, sides))
    rows, locale = _compared(context), context.locale
    is_revision = sides is not None and sides.manner is Manner.EDITIONS
    if rows and not is_revision and sides and len(sides.sides) == 2 and (words := _moved(context, rows, front)):
        return line(words, _ends(rows))
    openings, others = (REVISED, REVISIONS) if is_revision else (COUNTS, MOVES)
    sums = tally(row.overall for row in rows)
    # The largest number comes first; of editions, revised figures do.
    kinds = sorted(filter(sums.get, openings), key=lambda kind: (is_revision and kind is ChangeKind.SAME, -sums[kind]))
    counted_words = [(sums[kind], others[kind] if place else openings[kind]) for place, kind in enumerate(kinds)]
    clauses = [locale.count(*forms, n, n=locale.numeral(n, subject=True)) for n, forms in counted_words]
    counts = locale.joined(", ", clauses)
    if counts and sides and len(sides.sides) > 2:
        names = side_names(context, sides)
        counts = context.text("{first} to {last}: {counts}", first=names[0], last=names[-1], counts=counts)
    return line(locale.opened(counts), _ends(rows)) if counts else None


def _moved(context: Context, rows: Sequence[FigureRow], front: Text | None) -> str:
    """The figures that fell and rose most, in the catalogue's words. A first page whose headline prints no figure is
    taken to name the first key figure."""
    named = {value.indicator for value in front.observations} or {rows[0].indicator.code} if front else set()
    words = dict[bool, str]()
    for row in sorted(rows, key=lambda row: -abs(_difference(row))):
        text = change_headline(row.indicator, row.overall, context.locale) if row.overall else ""
        if text and row.indicator.code not in named:
            words.setdefault(_difference(row) > 0, text)
    clauses = [context.locale.inside(words[up]) if place else words[up] for place, up in enumerate(sorted(words))]
    return context.locale.joined(". " if known_language(context.locale.language).has_capital_nouns else ", ", clauses)


def _alike(context: Context, sides: Sides) -> str:
    rows = [row for row in context.rows if row.address != INHABITANTS and sum(map(is_given, row.values)) > 1]
    alike = sum(counted_alike(row, sides) for row in rows)
    number, count = context.locale.numeral, context.locale.count
    summary = context.text(
        "{countries}: {figures}, {alike}",
        countries=count(*NN_("{n} country", "{n} countries"), len(sides.sides), n=number(len(sides.sides))),
        figures=count(*NN_("{n} figure", "{n} figures"), len(rows), n=number(len(rows))),
        alike=count(*NN_("{n} counted alike", "{n} counted alike"), alike, n=number(alike))
        if alike
        else context.text("none counted alike"),
    )
    return context.locale.opened(summary)


def lead(context: Context) -> Text | None:
    """Which of all comparable key figures fell and rose most; for editions and countries, what differs. May be None."""
    if context.sides and context.sides.manner in LEADS:
        return paragraph(context.text(LEADS[context.sides.manner]))
    rows = [row for row in _compared(context) if _difference(row)]
    sides = [[row for row in rows if (_difference(row) > 0) == up] for up in (False, True)]
    parts = [_most(context, moved, up=up) for up, moved in zip((False, True), sides, strict=True) if moved]
    sentences_of = [context.locale.put("{}.", part) for part in parts]
    return paragraph(context.locale.joined(" ", sentences_of), _ends(rows)) if parts else None


def reading_the_comparison(context: Context) -> Box | None:
    """How to read the sides of a comparison."""
    if context.sides is None:
        return None
    return Box(context.text(TITLE), tuple(map(context.text, (*READING[context.sides.manner], WORDS_APART))))


def counted_label(context: Context, code: str, observation: Observation | None) -> str:
    """The name of a figure by its definition, with a remark that the definition differs if it has no name."""
    indicator = context.indicator(code)
    named = indicator.name_by(observation.definition if observation else "")
    label = named.text(context.locale.language)
    if observation is None or Flag.DEFINITION_DIFFERS not in observation.flags or named is not indicator.label:
        return label
    return context.locale.put("{} ({})", label, context.text(FLAG_WORDS[Flag.DEFINITION_DIFFERS]))


def _compared(context: Context) -> list[FigureRow]:
    """The key figures comparable with the first side; for editions, all such figures."""
    rows = [row for row in context.rows if _is_comparable(row) and row.address != INHABITANTS]
    if context.sides is not None and context.sides.manner is Manner.EDITIONS:
        return rows
    return sorted((row for row in rows if row.indicator.key), key=lambda row: row.indicator.key)


def _difference(row: FigureRow) -> Decimal:
    return (row.overall and row.overall.difference) or Decimal()


def _ends(rows: Sequence[FigureRow]) -> tuple[Observation, ...]:
    return tuple(observation for row in rows for observation in (row.values[0], row.values[-1]) if observation)


def _most(context: Context, moved: Sequence[FigureRow], *, up: bool) -> str:
    row = max(moved, key=lambda moved_row: abs(_difference(moved_row)))
    label, n, last = counted_label(context, row.indicator.code, row.values[-1]), abs(_difference(row)), row.values[-1]
    frames = (ROSE, ROSE_MOST) if up else (FELL, FELL_MOST)
    counted = number_of(row.indicator, last.definition if last else "", context.locale)
    if counted and Flag.DEFINITION_DIFFERS not in (last.flags if last else ()):
        label = counted
        frames = (NUMBER_ROSE, NUMBER_ROSE_MOST) if up else (NUMBER_FELL, NUMBER_FELL_MOST)
    # If two changed by the same number, neither changed most.
    most = len(moved) > 1 and sum(abs(_difference(moved_row)) == n for moved_row in moved) == 1
    sentence = context.locale.opened(context.text(frames[most], label=label, n=context.locale.number(n)))
    part = _of_whom(row) if n > 1 else None
    if part is None:
        return sentence
    whom = context.locale.inside(context.code_label(part.dimension, part.code))
    return context.text(OF_WHOM, change=sentence, n=context.locale.number(abs(_difference(part))), part=whom)


def _of_whom(row: FigureRow) -> FigureRow | None:
    """The part with most of a change. Only of a whole breakdown in which no part moved in the other direction."""
    for name, rests in row.rests:
        if name not in PERSONS:
            continue
        parts = row.within(name)
        is_incomparable = any(part.overall is None or part.overall.difference is None for part in parts)
        against = any(_difference(part) * _difference(row) < 0 for part in parts)
        if is_incomparable or against or rests[0] != 0 or rests[-1] != 0:
            continue
        first = max(parts, key=lambda part: abs(_difference(part)))
        if abs(_difference(first)) * 2 > abs(_difference(row)):
            return first
    return None


# The groups of rows, by the first word of an indicator's code.
GROUPS = (
    (N_("Victims"), ("victims",)),
    (N_("Investigation and prosecution"), ("investigations", "cases", "suspects", "persons")),
    (N_("Assistance"), ("assistance",)),
)
OTHERS = N_("Other figures")
# Rows and headings of the table, so that the content below it stays on its page; figures that are no key figure follow.
MOST_LINES, OTHER_RANK = 14, 1000
# The breakdown shown last: it has a drawing of its own.
LAST = "form"
# The possible numbers of steps on a scale, and the round numbers between steps.
STEPS, ROUND = (5, 4, 6), (1, 2, 5, 10, 20)
UNIT_LINE = N_("{first}: ring, {last}: dot; each group on its own scale")
PERCENTS = N_("Percentages are given only where the {first} figure is {base} or more")
# An indicator with those of its parts that are shown.
Group = tuple[FigureRow, tuple[FigureRow, ...]]


def scale_for(most: Decimal) -> Gauge:
    """The smallest round scale on which a value fits."""
    power = Decimal(10) ** max(most.adjusted() - 1, 0)
    fitting = (Gauge(power * factor * steps, steps) for factor in ROUND for steps in STEPS)
    return min((gauge for gauge in fitting if gauge.top >= most), key=lambda gauge: gauge.top)


def dumbbells(context: Context) -> Dumbbells | None:
    """Every figure of the last side that is comparable with the first, drawn. Key figures that are not comparable are
    named with the reason; parts are shown as far as there is room. None if nothing is comparable, for more than two
    sides, and for countries."""
    sides = context.sides
    if sides is None or sides.manner is Manner.COUNTRIES or len(sides.sides) != 2:
        return None
    groups = _groups(context)
    if not any(_is_comparable(row) for group in groups.values() for row, _ in group):
        return None
    lines, pictures = list[Line](), list[Picture]()
    for title, group in groups.items():
        rows = [figure_row for row, parts in group for figure_row in (row, *parts)]
        drawn = [item.value for row in rows if _is_comparable(row) for item in row.values if item and item.value]
        scale = scale_for(max(drawn, default=Decimal(1)))
        texts = tuple(context.locale.number(scale.top * n / scale.steps) for n in range(scale.steps + 1))
        lines.append(Line(context.text(title), heading=True))
        alt = context.text("Scale from {low} to {top}", low=texts[0], top=texts[-1])
        pictures.append(Picture(Ruler(scale, texts), alt))
        for row in rows:
            lines.append(full_line(context, row, sides, noted=False))
            pictures.append(_picture(context, sides, row, scale))
    first, last = side_years(sides)
    unit, plain = context.text(UNIT_LINE, first=first, last=last), ""
    # A revision has no percentage.
    if sides.manner is Manner.YEARS:
        plain = context.text(PERCENTS, first=first, base=context.vintage.settings.percent_base)
        unit = context.locale.joined("; ", (unit, context.locale.inside(plain)))
    head = TableHeader(
        code="dumbbells",
        caption=caption(context, sides, context.text("Comparable figures")),
        unit_line=unit,
        stub=context.text("Number of"),
        columns=all_columns(context, sides),
    )
    table = tabulate(head, lines, context.vintage, context.locale)
    value_by_name = {field.name: getattr(table, field.name) for field in fields(table)}
    return Dumbbells(**value_by_name, pictures=tuple(pictures), plain_unit=plain)


def _is_comparable(row: FigureRow) -> bool:
    return row.overall is not None and row.overall.difference is not None


def _groups(context: Context) -> dict[str, tuple[Group, ...]]:
    """The rows to show under the title of each group; if there are too many, those of the highest rank."""
    rows = [
        row
        for row in context.rows
        if row.indicator.unit.is_whole and row.address != INHABITANTS
        if _is_comparable(row)
        or bool(row.indicator.key and row.overall and row.overall.obstacle not in (None, Obstacle.MISSING))
    ]
    while _lines(rows) > MOST_LINES:
        rows.remove(max(rows, key=lambda row: row.indicator.key or OTHER_RANK))
    parts = _parts(rows, MOST_LINES - _lines(rows), context.vintage.catalogue)
    groups = {
        title: tuple((row, parts.get(row.indicator.code, ())) for row in rows if _group_of(row) == title)
        for title in (*(title for title, _ in GROUPS), OTHERS)
    }
    return {title: group for title, group in groups.items() if group}


def _group_of(row: FigureRow) -> str:
    first = row.indicator.code.partition(".")[0]
    return next((title for title, words in GROUPS if first in words), OTHERS)


def _lines(rows: Sequence[FigureRow]) -> int:
    return len(rows) + len({_group_of(row) for row in rows})


def _parts(rows: Iterable[FigureRow], room: int, catalogue: Catalogue) -> dict[str, tuple[FigureRow, ...]]:
    """The parts to show for each indicator, whole breakdowns only: key figures first, forms of exploitation last."""
    offered = [
        (name == LAST, place, row.indicator.key or OTHER_RANK, row, parts)
        for row in rows
        for place, name in enumerate(row.indicator.dimensions)
        if (axis := catalogue.dimension(name))
        if (
            parts := tuple(part for part in row.within(name) if _is_comparable(part) and not axis.is_country(part.code))
        )
    ]
    parts_by_code: dict[str, tuple[FigureRow, ...]] = {}
    for *_, row, parts in sorted(offered, key=lambda offer: offer[:3]):
        if len(parts) <= room:
            parts_by_code[row.indicator.code] = (*parts_by_code.get(row.indicator.code, ()), *parts)
            room -= len(parts)
    return parts_by_code


def _picture(context: Context, sides: Sides, row: FigureRow, scale: Gauge) -> Picture:
    change, label = row.changes[0], context.label(row.indicator.code)
    if row.code:
        label = context.locale.joined(", ", (label, context.locale.inside(row_label(context, row))))
    alt = next(sentences(context, row, sides, label))
    if change.difference is None or change.before is None or change.after is None:
        return Picture(Dumbbell(scale), alt)
    texts = zip(side_years(sides), map(context.locale.value, (change.before, change.after)), strict=True)
    words = tuple(context.locale.put("{}: {}", *pair) for pair in texts)
    return Picture(Dumbbell(scale, change.before.value, change.after.value, words), alt)
