"""The table of everything that is compared, on one page. The reasons for what is not compared have letters, and stand
in the box beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporter.analysis.arithmetic import Change, Obstacle
from reporter.charts.main_breakdown import main_pair
from reporter.comparison import INHABITANTS, Compared, Manner, Sides, counted_alike
from reporter.context import Context
from reporter.document.document import Column, Run, Runs, Table
from reporter.i18n import N_
from reporter.languages.sentences import sentence_breaks
from reporter.model import Flag, Observation, is_given, is_hidden
from reporter.model.label import altered
from reporter.prose.sentences import percent_text
from reporter.sections.material import SectionMaterial
from reporter.tables.compared import caption, change_columns, is_long, side_columns, side_names
from reporter.tables.tabulate import (
    UNLIKE,
    Calculated,
    Content,
    Elsewhere,
    Heads,
    Line,
    Noted,
    call_letters,
    tabulate,
    without_notes,
)

SMALL, NO_VALUE = "–", ":"
# With so many rows the table fills its half of a page; breakdowns are left out first.
MOST_ROWS = 21
# A box beside the table has so many lines of so many letters; beside it the table has so many columns.
LETTERS, MOST_LINES, MOST_COLUMNS = 33, 40, 6
# What a value's own notes explain; the other reasons speak for themselves.
EXPLAINED = (Obstacle.BREAK, Obstacle.DEFINITION, Obstacle.DOUBT, Obstacle.PERIOD)
WHY = {
    Obstacle.HIDDEN: N_("a value is not shown"),
    Obstacle.PERIOD: N_("a value is not of one year"),
    Obstacle.BREAK: N_("the series breaks"),
    Obstacle.DEFINITION: N_("the definition differs"),
    Obstacle.BOUND: N_("a value is not exact"),
    Obstacle.DOUBT: N_("a figure is in doubt"),
}
UNITS = {
    Manner.YEARS: N_("As known in the edition of {year}; the notes on the values stand below the table of all figures"),
    Manner.EDITIONS: N_("The year {year} as each edition states it"),
    Manner.COUNTRIES: N_("Nothing is ranked; the notes on the values stand below the table of all figures"),
}
READING = {
    Manner.YEARS: (
        N_("A fall in recorded figures may reflect less detection as well as less crime."),
        N_("The persons prosecuted or convicted in a year often belong to investigations of earlier years."),
    ),
    Manner.EDITIONS: (
        N_(
            "Both columns are about the same year. What differs is a revision, and says nothing about a rise or a fall."
        ),
    ),
    Manner.COUNTRIES: (
        N_("Countries define and register differently. No difference is worked out and no rank is given."),
    ),
}


@dataclass(frozen=True, slots=True)
class LetteredTable:
    """The table, and the reasons for each ≠ by letter."""

    table: Table
    reasons: tuple[tuple[str, str], ...]


def front_table(material: SectionMaterial) -> Table | None:
    """The table of all figures side by side, with their main breakdowns. Value, change and, of two years, the
    percentage; a letter at each sign of what is not compared."""
    found = _front(material.context)
    return found.table if found else None


def how_to_read(material: SectionMaterial) -> Runs | None:
    """Say how to read the table. The reason for every ≠ in it has a letter."""
    context, sides = material.context, material.context.sides
    found = _front(context)
    if found is None or sides is None:
        return None
    texts = {cell.text for row in found.table.rows for cell in row.cells}
    runs = [Run(NO_VALUE, context.text("not available. It is never a zero."))] if NO_VALUE in texts else []
    if SMALL in texts:
        words = N_("no percentage: the earlier number is below {base}, so that a few cases would move it by points.")
        runs.append(Run(SMALL, context.text(words, base=context.vintage.settings.percent_base)))
    if found.reasons:
        words = N_("not compared: both sides have an entry, but the two do not mean the same.")
        runs.append(Run(UNLIKE, context.text(words), caution=True))
        runs += [Run(f"({mark})", text) for mark, text in found.reasons]
    runs += [Run("", context.text(each)) for each in READING[sides.manner]]
    return Runs(
        label="",
        title=context.text("How to read the table"),
        runs=tuple(runs),
        aside=len(found.table.columns) <= MOST_COLUMNS
        and sum(-(-len(f"{run.head} {run.text}") // LETTERS) for run in runs) <= MOST_LINES,
        reading=True,
    )


def _front(context: Context) -> LetteredTable | None:
    sides = context.sides
    rows = [
        row
        for row in context.rows
        if row.address != INHABITANTS and any(is_given(seen) or is_hidden(seen) for seen in row.values)
    ]
    if sides is None or not rows:
        return None
    lines = [line for row in rows for line in _lines(context, row, sides, _parted(context, rows, sides))]
    heads = Heads(
        code="compared_figures",
        caption=caption(context, sides, context.text("All figures")),
        unit_line=context.text(
            UNITS[sides.manner], year=sides.last.figures.as_of if sides.manner is Manner.YEARS else sides.last.year
        ),
        stub=context.text("Number of"),
        columns=_columns(context, sides),
    )
    return _lettered(tabulate(heads, lines, context.vintage, context.locale))


def _columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    own = side_columns(context, sides)
    if sides.manner is Manner.COUNTRIES:
        return (*own, Column(context.text("Counted alike")))
    if is_long(sides):
        return own
    percent = (Column(context.text("in %")),) if _has_percent(sides) else ()
    return (*own, *change_columns(context, sides), *percent)


def _has_percent(sides: Sides) -> bool:
    return sides.manner is Manner.YEARS and len(sides.sides) == 2


def _parted(context: Context, rows: list[Compared], sides: Sides) -> list[tuple[str, str]]:
    """The breakdowns that the table has room for, by indicator and dimension. Those of key figures come first; that of
    the squares stands there."""
    shown = main_pair(context)
    drawn = {(shown.row.address, shown.dimension)} if shown else set()
    height = 2 if is_long(sides) else 1
    found, room = [], (MOST_ROWS if height == 1 else len(rows)) - len(rows) * height
    for row in sorted(rows, key=lambda row: (not row.indicator.key, row.indicator.key)):
        for name in dict.fromkeys(part.dimension for part in row.parts):
            size = height * len(_shared(row, name))
            if 0 < size <= room and (row.address, name) not in drawn:
                found.append((row.address, name))
                room -= size
    return found


def _shared(row: Compared, dimension: str) -> list[Compared]:
    return [part for part in row.within(dimension) if sum(map(is_given, part.values)) > 1]


def _lines(context: Context, row: Compared, sides: Sides, parted: list[tuple[str, str]]) -> Iterator[Line]:
    yield from _line(context, row, sides, row.indicator.label.text(context.locale.language), 0)
    for address, name in parted:
        if address == row.address:
            for part in _shared(row, name):
                yield from _line(context, part, sides, context.code_label(name, part.code), 1)


def _line(context: Context, row: Compared, sides: Sides, label: str, level: int) -> Iterator[Line]:
    """A row with its changes. Of many sides they stand below the values, else beside them."""
    values: list[Content] = [Elsewhere(seen, side.figures) for seen, side in zip(row.values, sides.sides, strict=True)]
    if sides.manner is Manner.COUNTRIES:
        yield Line(label, [*values, _alike(context, row, sides)], level)
        return
    changes = [_change(context, each, label) for each in row.changes]
    if is_long(sides):
        yield Line(label, values, level)
        yield Line(context.text("change on the one before"), ["", *changes], 1)
        return
    percent = [_percent(context, each) for each in row.changes] if _has_percent(sides) else []
    yield Line(label, [*values, *changes, *percent], level)


def _change(context: Context, change: Change, label: str) -> Content:
    if change.difference is not None:
        return Calculated(change.difference, context.locale.difference(change.difference))
    if change.obstacle is None or change.obstacle is Obstacle.MISSING:
        return NO_VALUE
    return Noted(UNLIKE, _reason(context, change, change.obstacle, label))


def _reason(context: Context, change: Change, obstacle: Obstacle, label: str) -> str:
    """Why two values are not compared. What they themselves say of it follows."""
    said = [context.locale.put("{}: {}.", label, context.text(WHY[obstacle]))]
    if obstacle in EXPLAINED and context.sides and len(context.sides.sides) == 2:
        notes = [
            each
            for seen in (change.after, change.before)
            if _is_apart(seen)
            for each in (
                [] if seen is None else [note.text(context.locale.language) for note in context.vintage.notes(seen)]
            )
        ]
        said += [
            altered(each, lambda note: note[: next(sentence_breaks(note), (len(note), 0))[0]]) for each in notes[:1]
        ]
    return context.locale.joined(" ", said)


def _is_apart(seen: Observation | None) -> bool:
    if seen is None:
        return False
    marked = seen.flags & {Flag.BREAK, Flag.DEFINITION_DIFFERS}
    return bool(marked or seen.definition or seen.doubtful or seen.since)


def _percent(context: Context, change: Change) -> Content:
    if change.difference is None:
        return NO_VALUE if change.obstacle in (None, Obstacle.MISSING) else ""
    text = percent_text(change, context.vintage.settings, context.locale)
    allowed = context.vintage.settings.allows_percent(change.before.value if change.before else None)
    return text or (context.locale.percent(change.relative) if allowed and change.relative is not None else SMALL)


def _alike(context: Context, row: Compared, sides: Sides) -> Content:
    """Whether countries count alike; of those that do not, what they count."""
    if sum(map(is_given, row.values)) < 2:
        return NO_VALUE
    if counted_alike(row, sides):
        return context.text("yes")
    label, language = row.indicator.label.text(context.locale.language), context.locale.language
    said: dict[str, list[str]] = {}
    for place, (name, seen) in enumerate(zip(side_names(context, sides), row.values, strict=True)):
        if seen and is_given(seen):
            said.setdefault(sides.definition(place, seen).text(language), []).append(name)
    told = (context.locale.put("{}: {}", context.locale.joined(", ", names), words) for words, names in said.items())
    return Noted(UNLIKE, context.locale.joined(" ", [context.locale.put("{}.", label), *told]))


def _lettered(table: Table) -> LetteredTable:
    texts = dict(table.notes)
    used = dict.fromkeys(mark for row in table.rows for cell in row.cells if cell.text == UNLIKE for mark in cell.marks)
    bare = without_notes(table)
    letters = dict(zip(used, call_letters(bare.notes), strict=False))
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, marks=tuple(letters[mark] for mark in old.marks)) if cell.text == UNLIKE else cell
                for cell, old in zip(row.cells, before.cells, strict=True)
            ),
        )
        for row, before in zip(bare.rows, table.rows, strict=True)
    )
    said = (NO_VALUE, SMALL, *([UNLIKE] if used else []))
    signs = tuple(note for note in bare.notes if note[0] not in said)
    reasons = tuple((letters[mark].strip("()"), texts[mark]) for mark in used)
    return LetteredTable(replace(bare, rows=rows, notes=signs), reasons)
