"""The sides and rows of a comparison as columns, lines and sentences, for its charts and sections."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from reporter.data.i18n import N_, Locale
from reporter.data.records import Flag, Status, is_given, is_hidden
from reporter.data.records.label import altered
from reporter.figures.analysis.arithmetic import Change, Obstacle, change
from reporter.figures.compare.figures import Extremes, FigureRow, Manner, Mean, Record, Sides
from reporter.report.context import Context
from reporter.report.document.document import Column
from reporter.report.tables.tabulate import CalculatedValue, Content, Line, TextValue, TextWithNote, ValueOfEdition
from reporter.text.change_sentences import (
    REASONS,
    TALLY_OF_EDITIONS,
    TALLY_OF_SPANS,
    TALLY_OF_YEARS,
    Forms,
    change_text,
    sentence_between_editions,
    sentence_between_years,
    tally,
    tally_words,
)

# With more sides than this there are no columns of changes.
MOST_CHANGES = 3
TENTH = Decimal("0.1")
RECORDS = {
    Record.HIGHEST: N_("The highest of the comparable years {years}."),
    Record.LOWEST: N_("The lowest of the comparable years {years}."),
}
ALIKE = {
    Record.HIGHEST: N_("The highest of the comparable years {years}, as in {alike}."),
    Record.LOWEST: N_("The lowest of the comparable years {years}, as in {alike}."),
}
# An extreme is stated only for at least this many years.
LEAST_YEARS = 5


def record_sentence(extremes: Extremes | None, locale: Locale) -> str:
    """Whether the last value is the highest or lowest of comparable years. Empty if these are few or half are equal."""
    if extremes is None or extremes.record is None or len(extremes.years) < LEAST_YEARS:
        return ""
    if 2 * len(extremes.alike) >= len(extremes.years):
        return ""
    return locale.text(
        (ALIKE if extremes.alike else RECORDS)[extremes.record],
        years=locale.years(extremes.years),
        alike=locale.years(extremes.alike),
    )


def side_names(context: Context, sides: Sides) -> tuple[str, ...]:
    if sides.manner is Manner.EDITIONS:
        return tuple(context.text("edition of {year}", year=side.edition.year) for side in sides.sides)
    if sides.manner is Manner.YEARS:
        return tuple(str(side.year) for side in sides.sides)
    return tuple(context.locale.name_of(side.figures.country) for side in sides.sides)


def side_list(context: Context, sides: Sides) -> str:
    """The sides as in a sentence: 2019 and 2020. Consecutive years are named by the first and the last: 2009–2020."""
    if sides.manner is Manner.YEARS:
        return context.locale.years(side.year for side in sides.sides)
    if sides.manner is Manner.EDITIONS:
        return context.locale.listed(side_names(context, sides))
    countries = (side.figures.country for side in sides.sides)
    return context.locale.listed(context.locale.named_inside(country.code, country) for country in countries)


def side_years(sides: Sides) -> tuple[str, ...]:
    """The years of the sides, of their figures or their editions."""
    return tuple(str(side.edition.year if sides.manner is Manner.EDITIONS else side.year) for side in sides.sides)


def side_pairs(sides: Sides) -> tuple[tuple[int, int], ...]:
    """The places of sides between which a change is stated: neighbours; of many, first and last; none for countries."""
    last = len(sides.sides) - 1
    if sides.manner is Manner.COUNTRIES:
        return ()
    return ((0, last),) if is_long(sides) else tuple((n, n + 1) for n in range(last))


def changes_of(row: FigureRow, sides: Sides) -> tuple[Change, ...]:
    if is_long(sides):
        return (row.overall,) if row.overall else ()
    return row.changes


def stated_changes(row: FigureRow, sides: Sides) -> tuple[tuple[int, int, Change], ...]:
    """The changes that sentences state, with places of their sides; for many years, the longest comparable one."""
    if is_long(sides) and sides.manner is Manner.YEARS and row.overall and not row.code:
        last = len(sides.sides) - 1
        return ((0, last, row.overall) if row.overall.difference is not None else _widest(row, sides),)
    return tuple((*places, change) for places, change in zip(side_pairs(sides), changes_of(row, sides), strict=False))


def main_change(row: FigureRow, sides: Sides) -> Change | None:
    """The change of a row that a tally counts: from first to last side or, for many sides, that of the sentences."""
    return stated_changes(row, sides)[0][-1] if row.overall and is_long(sides) else row.overall


def _widest(row: FigureRow, sides: Sides) -> tuple[int, int, Change]:
    """The change from the earliest comparable value to the latest; if there is none, from first to last side."""
    places = [place for place, observation in enumerate(row.values) if is_given(observation)]
    series = sides.last.figures.series(row.indicator.code)
    for last in reversed(places):
        for first in places[: places.index(last)]:
            span_change = change(series, sides.sides[last].year, sides.sides[first].year)
            if span_change.difference is not None:
                return first, last, span_change
    return 0, len(sides.sides) - 1, row.overall or Change(None, None, Obstacle.MISSING)


def side_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    """A column for each side; for years and editions the last one is current."""
    names = side_names(context, sides)
    last = len(names) - 1 if sides.manner is not Manner.COUNTRIES else -1
    return tuple(
        Column(altered(name, lambda text: text[:1].upper() + text[1:]), current=place == last)
        for place, name in enumerate(names)
    )


def change_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    if len(sides.sides) == 2:
        return tuple(Column(context.text("Change")) for _ in side_pairs(sides))
    plain = side_years(sides)
    return tuple(
        Column(context.text("Change {first}–{last}", first=plain[one], last=plain[two]))
        for one, two in side_pairs(sides)
    )


def all_columns(context: Context, sides: Sides) -> tuple[Column, ...]:
    """A column for each side and, if there are few sides, for each change."""
    own = side_columns(context, sides)
    return own if is_long(sides) else (*own, *change_columns(context, sides))


def change_cells(context: Context, row: FigureRow, sides: Sides) -> list[Content]:
    """The stated changes of a row, with a percentage on a large base, or a mark with the reason why there is none."""
    cells = list[Content]()
    for item in changes_of(row, sides):
        if item.difference is None:
            cells.append(_obstacle_cell(context, item.obstacle))
        elif sides.manner is Manner.EDITIONS:
            # A revision has no percentage.
            cells.append(CalculatedValue(item.difference, context.locale.difference(item.difference)))
        else:
            cells.append(CalculatedValue(item.difference, change_text(item, context.vintage.settings, context.locale)))
    return cells


def row_label(context: Context, row: FigureRow) -> str:
    return context.code_label(row.dimension, row.code) if row.code else context.label(row.indicator.code)


def full_line(context: Context, row: FigureRow, sides: Sides, *, noted: bool = True) -> Line:
    """A row with its values and, for few sides, its changes. Each value has the notes of its side, or none if not
    `noted`, because another table has them."""
    values = [ValueOfEdition(value, side.figures, noted) for value, side in zip(row.values, sides.sides, strict=True)]
    cells = values if is_long(sides) else [*values, *change_cells(context, row, sides)]
    return Line(row_label(context, row), cells, level=1 if row.code else 0)


def rest_label(context: Context, row: FigureRow, dimension: str) -> str:
    """The label for the rest of a total: “Other or not stated” if the source may state parts that are left out here."""
    is_partial = any(observation and dimension in observation.incomplete for observation in row.values)
    return context.text(N_("Other or not stated") if is_partial else N_("Not stated"))


def is_long(sides: Sides) -> bool:
    """Whether there are too many sides for columns of changes."""
    return len(sides.sides) > MOST_CHANGES


def _obstacle_cell(context: Context, obstacle: Obstacle | None) -> Content:
    """The mark for values that are not comparable, with the reason; a colon for a missing value."""
    if obstacle is None or obstacle is Obstacle.MISSING:
        return ":"
    return TextWithNote("≠", context.locale.opened(context.text(REASONS[obstacle])))


def mean_cell(context: Context, mean: Mean | None) -> Content:
    """The mean of five years to a tenth, or why there is none."""
    if mean is None or mean.value is None:
        return _obstacle_cell(context, mean.obstacle if mean else None)
    rounded = mean.value.quantize(TENTH, ROUND_HALF_UP).normalize()
    return CalculatedValue(mean.value, context.locale.number(rounded))


def extreme_cells(context: Context, row: FigureRow) -> list[Content]:
    """The lowest and highest value with their years; colons if fewer than two values are comparable."""
    if row.extremes is None:
        return [":", ":"]
    both = (row.extremes.lowest, row.extremes.highest)
    return [TextValue(context.locale.put("{} ({})", context.locale.value(value), value.year), value) for value in both]


def sentences(context: Context, row: FigureRow, sides: Sides, label: str) -> Iterator[str]:
    years = side_years(sides)
    for one, two, side_change in stated_changes(row, sides):
        names = years[one], years[two]
        if sides.manner is Manner.EDITIONS:
            yield sentence_between_editions(label, side_change, names, context.locale)
        else:
            yield sentence_between_years(label, side_change, names, context.vintage.settings, context.locale)


def breaks(row: FigureRow, sides: Sides) -> tuple[int, ...]:
    """The years of later sides in which a row's series breaks."""
    later = zip(sides.sides[1:], row.values[1:], strict=True)
    return tuple(side.year for side, observation in later if observation and Flag.BREAK in observation.flags)


def values_sentence(context: Context, label: str, row: FigureRow, sides: Sides) -> str:
    """The values of a row in a sentence: Persons convicted – 2018: 48, 2019: 14; no figure: 2020."""
    locale, values = context.locale, list[str]()
    without: dict[str, list[str]] = {}
    for name, observation in zip(side_names(context, sides), row.values, strict=True):
        if is_given(observation):
            values.append(locale.put("{}: {}", name, locale.value(observation)))
            continue
        why = N_("not shown") if is_hidden(observation) else N_("no figure")
        if observation is not None and observation.status is Status.NOT_APPLICABLE:
            why = N_("not applicable")
        without.setdefault(context.text(why), []).append(name)
    phrases = [locale.joined(", ", values)] if values else []
    phrases += [locale.put("{}: {}", why, locale.joined(", ", names)) for why, names in without.items()]
    return context.text("{label} – {values}.", label=label, values=locale.joined("; ", phrases))


def tally_line(context: Context, rows: Iterable[FigureRow], sides: Sides, subject: Forms) -> str:
    """How many rows rose, fell, did not change or cannot be compared, first side to last, in a sentence."""
    manner = (
        TALLY_OF_EDITIONS if sides.manner is Manner.EDITIONS else TALLY_OF_SPANS if is_long(sides) else TALLY_OF_YEARS
    )
    count_by_kind = tally(main_change(row, sides) for row in rows)
    return tally_words(count_by_kind, subject, manner, side_years(sides)[0], context.locale)


CAPTIONS = {
    Manner.YEARS: N_("{what}, {sides}"),
    Manner.EDITIONS: N_("{what}, {year} by edition"),
    Manner.COUNTRIES: N_("{what} by country, {year}"),
}


def caption(context: Context, sides: Sides, what: str) -> str:
    return context.text(CAPTIONS[sides.manner], what=what, sides=side_list(context, sides), year=sides.last.year)
