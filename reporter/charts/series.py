"""What all charts share: the series behind them, alt text and data table from the same observations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.charts import off_series
from reporter.context import Context
from reporter.document.document import Column, Figure, Table
from reporter.document.plot import Bar, Columns, Panels, Plot, Ranges
from reporter.model import Flag, Observation, Series, is_given, is_hidden
from reporter.tables.tabulate import Heads, Line, gathered_notes, tabulate, year_columns

# More symbols than this can no longer be counted by a reader.
MOST_SYMBOLS = 150
# More layers of a stack, and more bars below each other, than can be told apart or stand on a page.
MOST_LAYERS, MOST_BARS = 12, 8


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chart: caption, line under it, what kind of drawing the alt text announces, what it finds."""

    caption: str
    unit_line: str
    drawing: str = ""
    headline: str = ""


def bars(context: Context, series: Series, emphasised: Iterable[int] | None = None) -> tuple[Bar, ...]:
    """A bar for each year; the latest two years are emphasised unless others are named."""
    strong, years = set(context.vintage.years[-2:] if emphasised is None else emphasised), context.vintage.years
    hatched = zip(years, off_series.marks([series.get(year) for year in years]), strict=True)
    return tuple(bar(context, series.get(year), emphasised=year in strong, hatched=each) for year, each in hatched)


def bar(context: Context, seen: Observation | None, *, emphasised: bool = False, hatched: bool = False) -> Bar:
    """One value to draw; nothing is drawn for a value that is not given."""
    broken = seen is not None and Flag.BREAK in seen.flags
    value = seen.value if seen and is_given(seen) else None
    return Bar(value=value, text=context.locale.value(seen), emphasised=emphasised, broken=broken, off_series=hatched)


def columns(context: Context, indicator: str) -> Columns:
    """An indicator as columns over the years in its own colour."""
    found = context.indicator(indicator)
    series = context.vintage.series(indicator)
    return Columns(context.label(indicator), context.years, bars(context, series), found.accent)


def year_lines(context: Context, series: Iterable[tuple[str, Series]]) -> list[Line]:
    """Series as rows of a table with a cell for each year."""
    return [Line(label, [each.get(year) for year in context.vintage.years]) for label, each in series]


def over_years(
    context: Context, code: str, words: Words, plot: Columns | Panels | Ranges, series: Sequence[tuple[str, Series]]
) -> Figure | None:
    """A chart of series over the years, with alt text, notes and data table; None when nothing is given."""
    seen = [each for _, line in series for each in line]
    if not any(is_given(each) for each in seen):
        return None
    lines = year_lines(context, series)
    alt = " ".join([words.drawing, *(describe(context, label, line) for label, line in series)])
    labelled = [(str(each.year), each) for each in sorted(seen, key=lambda each: each.year)]
    plot = replace(plot, off_series_key=off_series.key_of(context.locale, (line for _, line in series)))
    return build(context, code, words, plot, alt, lines, year_columns(context.vintage), labelled)


def side_by_side(context: Context, code: str, words: Words, indicators: Iterable[str]) -> Figure | None:
    """Indicators the catalogue knows, each over the years in a panel of its own, on one scale and never summed.

    One without any value has no panel; a note names it.
    """
    known = {each: context.vintage.series(each) for each in context.known(indicators)}
    shown = [each for each, line in known.items() if any(is_given(seen) or is_hidden(seen) for seen in line)]
    drawing = context.locale.count("{n} column chart by year.", "{n} column charts by year.", len(shown))
    plot = Panels(tuple(columns(context, each) for each in shown))
    series = [(context.label(each), line) for each, line in known.items()]
    made = over_years(context, code, replace(words, drawing=drawing), plot, series)
    empty = "; ".join(context.label(each) for each in known if each not in shown)
    if made is None or not empty:
        return made
    return replace(made, notes=(*made.notes, ("", context.text("No figures available: {labels}", labels=empty))))


def build(
    context: Context,
    code: str,
    words: Words,
    plot: Plot,
    alt: str,
    lines: Sequence[Line],
    heads: tuple[Column, ...],
    labelled: Iterable[tuple[str, Observation | None]] = (),
    stub: str = "",
) -> Figure:
    """A figure and the table of its data; `labelled` gives the observations whose notes stand under it."""
    head = Heads(
        code=f"data-{code}",
        caption=words.caption,
        unit_line=words.unit_line,
        stub=stub or context.text("Number of"),
        columns=heads,
    )
    table = tabulate(head, lines, context.vintage, context.locale)
    notes = gathered_notes(labelled, context.vintage, context.locale)
    return figure(code, words, plot, alt, table, notes)


def figure(
    code: str, words: Words, plot: Plot, alt: str, table: Table, notes: tuple[tuple[str, str], ...] = ()
) -> Figure:
    """A figure that is not numbered yet, with the source of its table."""
    return Figure(
        code=code,
        number=0,
        caption=words.caption,
        unit_line=words.unit_line,
        plot=plot,
        alt=alt,
        source_note=table.source_note,
        table=table,
        notes=notes,
        headline=words.headline,
    )


def describe(context: Context, label: str, series: Series) -> str:
    """One series in a sentence: every year's value, the missing years, where the series breaks."""
    given = [seen for seen in series if is_given(seen)]
    if not given:
        return context.text("{label}: not available.", label=label)
    values = ", ".join(f"{seen.year}: {context.locale.value(seen)}" for seen in given)
    text = context.text("{label} – {values}.", label=label, values=values)
    missing = [str(year) for year in context.vintage.years if year not in {seen.year for seen in given}]
    if missing:
        text += " " + context.text("Not available: {years}.", years=", ".join(missing))
    broken = [str(seen.year) for seen in series if Flag.BREAK in seen.flags]
    if broken:
        text += " " + context.text("Break in the series: {years}.", years=", ".join(broken))
    return " ".join([text, *off_series.sentences(context.locale, series)])
