"""What charts and sections of a comparison share: names of the sides, rows as lines of a table and as sentences."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from reporter.analysis.arithmetic import Change, Obstacle, change
from reporter.comparison import Compared, Manner, Mean, Side, Sides
from reporter.context import Context
from reporter.document.document import Column
from reporter.i18n import N_
from reporter.model import Flag, Observation, Status, is_given, is_hidden
from reporter.prose.change_sentences import sentence_between_editions, sentence_between_years
from reporter.prose.sentences import REASONS, change_text
from reporter.prose.tally import EDITIONS, SPANS, YEARS, Forms, tally, tally_words
from reporter.tables.tabulate import Content, Elsewhere, Line, Noted, Worded, Worked

# More sides than this no longer stand as slopes, nor with a column of changes between each two.
MOST_SLOPES = 3
TENTH = Decimal("0.1")


def side_name(context: Context, side: Side, manner: Manner) -> str:
    """What a column or an axis calls a side: its year, its edition, its country."""
    if manner is Manner.EDITIONS:
        return context.text("edition of {year}", year=side.edition.year)
    return str(side.year) if manner is Manner.YEARS else context.locale.name_of(side.figures.country)


def side_names(context: Context, sides: Sides) -> tuple[str, ...]:
    """The names of all sides in their order."""
    return tuple(side_name(context, side, sides.manner) for side in sides.sides)


def side_list(context: Context, sides: Sides) -> str:
    """The sides in a sentence: 2019 and 2020; of years that follow each other the first and the last, 2009–2020."""
    if sides.manner is not Manner.YEARS:
        return context.locale.listed(side_names(context, sides))
    return context.locale.years(side.year for side in sides.sides)


def plain_name(side: Side, manner: Manner) -> str:
    """What a sentence calls a side: the year, of the figures or of the edition."""
    return str(side.edition.year if manner is Manner.EDITIONS else side.year)


def key_rows(context: Context) -> tuple[Compared, ...]:
    """The rows of the key indicators, in the order of their rank; of countries those that two of them have."""
    found = (row for row in context.rows if row.indicator.key and (row.changes or row.is_shared))
    return tuple(sorted(found, key=lambda row: row.indicator.key))


def side_pairs(sides: Sides) -> tuple[tuple[int, int], ...]:
    """The places of the sides between which a change is told: each with the next, of many the first with the last."""
    last = len(sides.sides) - 1
    if sides.manner is Manner.COUNTRIES:
        return ()
    return ((0, last),) if is_long(sides) else tuple((n, n + 1) for n in range(last))


def changes_of(row: Compared, sides: Sides) -> tuple[Change, ...]:
    """The changes of a row between those sides."""
    if is_long(sides):
        return (row.overall,) if row.overall else ()
    return row.changes


def stated_changes(row: Compared, sides: Sides) -> tuple[tuple[int, int, Change], ...]:
    """The changes that sentences tell, with the places of their sides; of many years the widest there is."""
    if is_long(sides) and sides.manner is Manner.YEARS and row.overall and not row.code:
        last = len(sides.sides) - 1
        return ((0, last, row.overall) if row.overall.difference is not None else _widest(row, sides),)
    return tuple((*places, each) for places, each in zip(side_pairs(sides), changes_of(row, sides), strict=False))


def main_change(row: Compared, sides: Sides) -> Change | None:
    """The change that a row counts with: from the first to the last side, of many the one that is told."""
    return stated_changes(row, sides)[0][-1] if row.overall and is_long(sides) else row.overall


def _widest(row: Compared, sides: Sides) -> tuple[int, int, Change]:
    """The latest value that can be compared with an earlier one, and the earliest such; else the first and the last."""
    given = [place for place, seen in enumerate(row.values) if is_given(seen)]
    series = sides.last.figures.series(row.indicator.code)
    for last in reversed(given):
        for first in given[: given.index(last)]:
            found = change(series, sides.sides[last].year, sides.sides[first].year)
            if found.difference is not None:
                return first, last, found
    return 0, len(sides.sides) - 1, row.overall or Change(None, None, Obstacle.MISSING)


def side_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    """A column for each side; of years and editions the last one is the current one."""
    names = side_names(context, sides)
    last = len(names) - 1 if sides.manner is not Manner.COUNTRIES else -1
    return tuple(Column(_capital(name), current=place == last) for place, name in enumerate(names))


def change_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    """A column for each change that is told."""
    if len(sides.sides) == 2:
        return tuple(Column(context.text("Change")) for _ in side_pairs(sides))
    plain = [plain_name(side, sides.manner) for side in sides.sides]
    return tuple(
        Column(context.text("Change {first}–{last}", first=plain[one], last=plain[two]))
        for one, two in side_pairs(sides)
    )


def all_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    """The columns of few sides with their changes; many sides leave no room for these."""
    own = side_columns(context, sides)
    return own if is_long(sides) else (*own, *change_columns(context, sides))


def change_cells(context: Context, row: Compared, sides: Sides) -> list[Content]:
    """The changes that are told of a row, or what stands in their way."""
    return [change_cell(context, each) for each in changes_of(row, sides)]


def full_line(context: Context, row: Compared, sides: Sides, label: str, level: int = 0) -> Line:
    """A row with its value on every side and, of few sides, its changes."""
    values = value_cells(row, sides)
    return Line(label, values if is_long(sides) else [*values, *change_cells(context, row, sides)], level)


def rest_label(context: Context, row: Compared, dimension: str) -> str:
    """What is said of what the parts leave of a total: not stated, unless the source may state parts left out here."""
    return context.text(N_("Other or not stated") if row.is_partial(dimension) else N_("Not stated"))


def is_long(sides: Sides) -> bool:
    """Whether there are too many sides for slopes and for columns of changes."""
    return len(sides.sides) > MOST_SLOPES


def value_cells(row: Compared, sides: Sides) -> list[Content]:
    """The value of a row on every side, with the notes that are known there."""
    return [Elsewhere(seen, side.figures) for seen, side in zip(row.values, sides.sides, strict=True)]


def change_cell(context: Context, found: Change) -> Content:
    """A change with its sign, on a large base with a percentage; a mark and the reason where there is none."""
    if found.difference is None:
        return obstacle_cell(context, found.obstacle)
    return Worked(found.difference, change_words(context, found))


def change_words(context: Context, found: Change) -> str:
    """A change in short, or why there is none; between editions it is a revision, of which no percentage is told."""
    if found.difference is not None and context.sides and context.sides.manner is Manner.EDITIONS:
        return context.locale.difference(found.difference)
    return change_text(found, context.vintage.settings, context.locale)


def obstacle_cell(context: Context, obstacle: Obstacle | None) -> Content:
    """The mark for what cannot be compared, with the reason; a colon where a value is simply not there."""
    if obstacle is None or obstacle is Obstacle.MISSING:
        return ":"
    return Noted("≠", context.text(REASONS[obstacle]))


def mean_cell(context: Context, mean: Mean | None) -> Content:
    """The mean of five years to a tenth, or why there is none."""
    if mean is None or mean.value is None:
        return obstacle_cell(context, mean.obstacle if mean else None)
    rounded = mean.value.quantize(TENTH, ROUND_HALF_UP).normalize()
    return Worked(mean.value, context.locale.number(rounded))


def extreme_cells(context: Context, row: Compared) -> list[Content]:
    """The lowest and the highest value with their years; a colon where fewer than two can be compared."""
    if row.extremes is None:
        return [":", ":"]
    both = (row.extremes.lowest, row.extremes.highest)
    return [Worded(f"{context.locale.value(seen)} ({seen.year})", seen) for seen in both]


def sentences(context: Context, row: Compared, sides: Sides, label: str) -> Iterator[str]:
    """What a row shows, a sentence for each change."""
    for one, two, told in stated_changes(row, sides):
        names = plain_name(sides.sides[one], sides.manner), plain_name(sides.sides[two], sides.manner)
        if sides.manner is Manner.EDITIONS:
            yield sentence_between_editions(label, told, names, context.locale)
        else:
            yield sentence_between_years(label, told, names, context.vintage.settings, context.locale)


def breaks(row: Compared, sides: Sides) -> tuple[int, ...]:
    """The years among the sides, but for the first, in which the series of a row breaks."""
    later = zip(sides.sides[1:], row.values[1:], strict=True)
    return tuple(side.year for side, seen in later if seen and Flag.BREAK in seen.flags)


def values_sentence(context: Context, label: str, row: Compared, sides: Sides) -> str:
    """A row on every side in a sentence: Persons convicted – 2018: 48, 2019: 14; no figure: 2020."""
    values: list[str] = []
    without: dict[str, list[str]] = {}
    for name, seen in zip(side_names(context, sides), row.values, strict=True):
        if is_given(seen):
            values.append(f"{name}: {context.locale.value(seen)}")
        else:
            without.setdefault(context.text(_why_none(seen)), []).append(name)
    told = [", ".join(values)] if values else []
    told += [f"{why}: {', '.join(names)}" for why, names in without.items()]
    return context.text("{label} – {values}.", label=label, values="; ".join(told))


def _why_none(seen: Observation | None) -> str:
    """Why there is no value, in words: signs are for tables and charts."""
    if seen is not None and seen.status is Status.NOT_APPLICABLE:
        return N_("not applicable")
    return N_("not shown") if is_hidden(seen) else N_("no figure")


def tally_line(context: Context, rows: Iterable[Compared], sides: Sides, subject: Forms) -> str:
    """How many rows are higher or lower on the last side than on the first, or cannot be compared."""
    manner = EDITIONS if sides.manner is Manner.EDITIONS else SPANS if is_long(sides) else YEARS
    found = tally(main_change(row, sides) for row in rows)
    return tally_words(found, subject, manner, plain_name(sides.first, sides.manner), context.locale)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


CAPTIONS = {
    Manner.YEARS: N_("{what}, {sides}"),
    Manner.EDITIONS: N_("{what}, {year} by edition"),
    Manner.COUNTRIES: N_("{what} by country, {year}"),
}


def caption(context: Context, sides: Sides, what: str) -> str:
    """A caption that names what is compared and the sides."""
    names = side_list(context, sides)
    return context.text(CAPTIONS[sides.manner], what=what, sides=names, year=sides.last.year)
