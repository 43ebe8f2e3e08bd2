"""Shared parts of all charts: bars, alt text and data table, all from the same observations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.data.i18n import N_, NN_, NOTHING_WORDS, UNIT_WORDS
from reporter.data.records import Flag, Observation, Series, Unit, is_given, is_hidden
from reporter.figures.analysis.arithmetic import Obstacle, break_years, comparable_values, off_series
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure, Table
from reporter.report.document.plot import Bar, Columns, Panels, Plot, Rows, Shade
from reporter.report.tables.tabulate import Line, TableHeader, gathered_notes, tabulate, year_columns, yearly_notes
from reporter.text.tree import line

KEYS = {Obstacle.DEFINITION: N_("definition differs: {years}"), Obstacle.DOUBT: N_("in doubt: {years}")}
# For columns of sides that are not years, which the legend cannot list.
KEY = N_("not comparable (definition differs, or in doubt)")
SENTENCES = {
    Obstacle.DEFINITION: N_("Not comparable (definition differs): {years}."),
    Obstacle.DOUBT: N_("Not comparable (in doubt): {years}."),
}


def legend(context: Context, series: Iterable[Series]) -> str:
    """The legend of hatched columns: "not comparable (definition differs: 2012, 2013; in doubt: 2017)", or empty."""
    years_by_obstacle: dict[Obstacle, set[int]] = {}
    for single_series in series:
        for obstacle, years in _years(context, single_series).items():
            years_by_obstacle.setdefault(obstacle, set()).update(years)
    why = context.locale.joined("; ", _notes(context, KEYS, years_by_obstacle))
    return context.text("not comparable ({why})", why=why) if why else ""


def _years(context: Context, series: Series) -> dict[Obstacle, set[int]]:
    years_by_obstacle: dict[Obstacle, set[int]] = {}
    for observation in series:
        if obstacle := off_series(context.vintage, observation):
            years_by_obstacle.setdefault(obstacle, set()).add(observation.year)
    return years_by_obstacle


def _notes(
    context: Context, words: Mapping[Obstacle, str], years_by_obstacle: Mapping[Obstacle, set[int]]
) -> list[str]:
    years = {obstacle: ", ".join(map(str, sorted(years_by_obstacle.get(obstacle, ())))) for obstacle in words}
    return [context.text(words[obstacle], years=named) for obstacle, named in years.items() if named]


# A reader cannot count more symbols than this.
MOST_SYMBOLS = 150
# More rows of symbols, or bars, than can be distinguished or fit on a page.
MOST_BARS = 8
# The fewest values of a chart, and of a panel among others: fewer are a sentence.
LEAST = 3
# The most notes that can be read under a chart.
MOST_NOTES = 3
# Where the other notes are; the document inserts the number of the table.
MORE_NOTES = N_("More notes: table of all figures")
# Where the series are that a chart leaves out; the document inserts the number of that figure.
IN_LEDGER = N_("Key figures")
UNIT_LINES = {Unit.PERSONS: N_("Number of persons")}


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words of a chart. `unit_line` is under the caption, `drawing` names the kind of chart in the alt text,
    `headline` is its finding. `table` is the unit line of the data table if it differs from that of the drawing."""

    caption: str
    unit_line: str
    drawing: str = ""
    headline: str = ""
    table: str = ""


def shade(context: Context, year: int) -> Shade:
    """Whether a year is the one reported, the one before, or earlier."""
    return {context.vintage.year: Shade.NOW, context.vintage.year - 1: Shade.BEFORE}.get(year, Shade.EARLIER)


def bars(context: Context, series: Series) -> tuple[Bar, ...]:
    broken = break_years(context.vintage, series)
    items = (
        bar(context, observation := series.get(year), shade(context, year), hatched=is_off_series(context, observation))
        for year in context.vintage.years
    )
    return tuple(replace(item, broken=year in broken) for year, item in zip(context.vintage.years, items, strict=True))


def is_off_series(context: Context, observation: Observation | None) -> bool:
    """Whether a value is hatched because it is not comparable with the rest of its series."""
    return observation is not None and off_series(context.vintage, observation) is not None


def bar(context: Context, observation: Observation | None, of: Shade = Shade.EARLIER, *, hatched: bool = False) -> Bar:
    broken = observation is not None and Flag.BREAK in observation.flags
    value = observation.value if observation and is_given(observation) else None
    return Bar(value=value, text=context.locale.value(observation), shade=of, broken=broken, off_series=hatched)


def sign_words(context: Context, drawn: Iterable[Bar]) -> list[str]:
    """What the signs in place of values mean."""
    signs = {bar.text for bar in drawn if bar.value is None}
    words = ((sign, context.text(meaning)) for sign, meaning in NOTHING_WORDS.items() if sign in signs)
    # A letter in brackets refers to a note.
    return [context.locale.put("{} – {}" if sign.isalpha() else "({}) {}", sign, meaning) for sign, meaning in words]


def columns(context: Context, indicator: str) -> Columns:
    return Columns(context.label(indicator), context.years, bars(context, context.vintage.series(indicator)))


def year_lines(context: Context, series: Iterable[tuple[str, Series]]) -> list[Line]:
    """Table rows for some series, with a cell for each year."""
    return [Line(label, [single_series.get(year) for year in context.vintage.years]) for label, single_series in series]


def over_years(
    context: Context,
    code: str,
    words: ChartWords,
    plot: Panels | Rows,
    series: Sequence[tuple[str, Series]],
    drawn: Collection[str] | None = None,
) -> Figure | None:
    """A chart of series over the years with data table, alt text and notes from the same observations. `drawn` are the
    labels of the series with a panel, None for all. None when no value is given."""
    named = [(label if len(series) > 1 else "", observation) for label, line in series for observation in line]
    if not any(is_given(observation) for _, observation in named):
        return None
    lines = year_lines(context, series)
    alt = alt_text(context, words, [pair for pair in series if drawn is None or pair[0] in drawn])
    plot = replace(plot, off_series_key=legend(context, (line for _, line in series)))
    notes = few_notes(context, named)
    return figure(context, code, words, plot, alt, lines, year_columns(context.vintage), notes=notes)


def one_series(context: Context, code: str, indicator: str) -> Figure | None:
    """An indicator over the years, worded by the catalogue. None when the catalogue lacks it or it has no value."""
    if not context.in_catalogue((indicator,)):
        return None
    label = context.label(indicator)
    words = ChartWords(
        context.text("{label}, {span}", label=label, span=context.span),
        unit_line(context, indicator),
        column_charts(context, 1),
        context.headline(indicator),
    )
    plot = Panels((columns(context, indicator),))
    return over_years(context, code, words, plot, [(label, context.vintage.series(indicator))])


def unit_line(context: Context, indicator: str) -> str:
    """What is counted, as printed under a caption."""
    unit = context.indicator(indicator).unit
    if unit in UNIT_LINES:
        return context.text(UNIT_LINES[unit])
    return context.locale.put("{}: {}", context.text("Unit"), context.text(UNIT_WORDS[unit]))


def side_by_side(context: Context, code: str, words: ChartWords, indicators: Iterable[str]) -> Figure | None:
    """Indicators over the years, a panel for each, on one scale and never summed. Those that the catalogue lacks or the
    ledger draws are left out; one with too few values is a note instead of a panel."""
    codes = context.undrawn(indicators)
    if len(codes) < 2:
        return one_series(context, code, *codes) if codes else None
    series_by_code = {indicator: context.vintage.series(indicator) for indicator in codes}
    some = [key for key, line in series_by_code.items() if any(is_given(value) or is_hidden(value) for value in line)]
    full = [indicator for indicator in some if sum(map(is_given, series_by_code[indicator])) >= LEAST]
    panels = full or some
    plot = Panels(tuple(columns(context, indicator) for indicator in panels))
    drawing = column_charts(context, len(panels))
    series = [(context.label(indicator), line) for indicator, line in series_by_code.items()]
    chart = over_years(context, code, replace(words, drawing=drawing), plot, series, set(map(context.label, panels)))
    if chart is None:
        return None
    value_notes = []
    for indicator in (code for code in some if code not in panels):
        observations = (value for value in series_by_code[indicator] if is_given(value) or is_hidden(value))
        values = (context.locale.put("{}: {}", value.year, context.locale.value(value)) for value in observations)
        value_notes.append((context.label(indicator), context.locale.joined(", ", values)))
    empty = context.locale.joined("; ", (context.label(key) for key in series_by_code if key not in some))
    none = (("", context.text("No figures available: {labels}", labels=empty)),) if empty else ()
    return replace(chart, notes=(*chart.notes, *value_notes, *none))


def column_charts(context: Context, count: int) -> str:
    one, many = NN_("{n} column chart by year.", "{n} column charts by year.")
    return context.locale.opened(context.locale.count(one, many, count, n=context.locale.numeral(count)))


def figure(
    context: Context,
    code: str,
    words: ChartWords,
    plot: Plot,
    alt: str,
    lines: Iterable[Line],
    columns: tuple[Column, ...],
    stub: str = "",
    *,
    sources: Iterable[str] = (),
    notes: tuple[tuple[str, str], ...] = (),
) -> Figure:
    """A figure without a number yet, with its data table. `sources` are codes of further sources, for words."""
    heads = TableHeader(
        code=f"data-{code}",
        caption=words.caption,
        unit_line="",
        stub=stub or context.text("Number of"),
        columns=columns,
    )
    table = tabulate(heads, lines, context.vintage, context.locale, sources)
    table = replace(table, unit_line=_plain_unit(context, table) or words.table or words.unit_line)
    panels = plot.panels if isinstance(plot, Panels) else plot.rows if isinstance(plot, Rows) else ()
    drawn = (bar for panel in panels for bar in panel.bars)
    # The finding of a chart precedes the description of its look.
    return Figure(
        code=code,
        number=0,
        caption=words.caption,
        unit_line=context.locale.joined("; ", filter(None, (words.unit_line, *sign_words(context, drawn)))),
        plot=plot,
        alt=context.locale.put("{}. {}", words.headline, alt) if words.headline else alt,
        source_note=table.source_note,
        table=table,
        notes=notes,
        headline=line(words.headline),
    )


def _plain_unit(context: Context, table: Table) -> str:
    """What the figures of a table count, without the words on the drawing. Empty for a table of words."""
    catalogue = context.sides.catalogue if context.sides else context.vintage.catalogue
    codes = dict.fromkeys(cell.observation.indicator for row in table.rows for cell in row.cells if cell.observation)
    measured = [indicator for indicator in map(catalogue.indicator, codes) if indicator]
    units = context.locale.joined(", ", map(context.text, dict.fromkeys(UNIT_WORDS[item.unit] for item in measured)))
    phrases = [context.locale.put("{}: {}", context.text("Unit"), units)] if measured else []
    if len({indicator.population for indicator in measured}) > 1:
        phrases.append(context.text("figures of different populations are never added or compared"))
    return context.locale.joined("; ", phrases)


def few_notes(context: Context, named: Sequence[tuple[str, Observation]]) -> tuple[tuple[str, str], ...]:
    """The notes to print under a chart of several years: of this year, the year before and breaks, at most MOST_NOTES.
    The table of all figures has them all. The only series, or the total of the others, has no name here."""
    year, every = context.vintage.year, yearly_notes(named, context.vintage, context.locale)
    wanted = [pair for pair in named if pair[1].year >= year - 1 or Flag.BREAK in pair[1].flags]
    wanted.sort(key=lambda pair: -pair[1].year)
    texts = [text for _, text in gathered_notes(wanted, context.vintage, context.locale)][:MOST_NOTES]
    notes = tuple((label, text) for label, text in every if text in texts)
    return (*notes, *more_notes(context, len(every) - len(notes)))


def more_notes(context: Context, count: int) -> tuple[tuple[str, str], ...]:
    """The note on where the omitted notes are."""
    return (("", context.text(MORE_NOTES)),) if count else ()


def alt_text(context: Context, words: ChartWords, drawn: Sequence[tuple[str, Series]]) -> str:
    """The alt text of a chart of series over the years, with the extremes before the values."""
    rows = [words.drawing, *(extremes(context, *pair) for pair in drawn)]
    return context.locale.joined(" ", filter(None, (*rows, *(describe(context, *pair) for pair in drawn))))


def extremes(context: Context, label: str, series: Series) -> str:
    """The highest and lowest of the values comparable with the latest. Empty if fewer than three, or all equal."""
    observations = [value for value in series if is_given(value)]
    since = max(break_years(context.vintage, series), default=0)
    comparables = [
        value
        for value in comparable_values(series, observations[-1].year if observations else 0)
        if value.year >= since and not is_off_series(context, value)
    ]
    at: dict[Decimal, list[int]] = {}
    for observation in comparables:
        at.setdefault(observation.value or Decimal(), []).append(observation.year)
    if len(comparables) < LEAST or len(at) < 2:
        return ""
    frame = N_("{label}: highest {high} ({above}), lowest {low} ({below}).")
    if len(comparables) < len(observations):
        frame = N_("{label}, comparable years {years}: highest {high} ({above}), lowest {low} ({below}).")
    return context.text(
        frame,
        label=label,
        years=context.locale.years(value.year for value in comparables),
        high=context.locale.number(max(at)),
        above=context.locale.years(at[max(at)]),
        low=context.locale.number(min(at)),
        below=context.locale.years(at[min(at)]),
    )


def describe(context: Context, label: str, series: Series) -> str:
    """A series in words for the alt text: each year's value, missing years, breaks, and values not comparable."""
    text_by_year = {item.year: context.locale.value(item) for item in series if is_given(item)}
    if not text_by_year:
        return context.text("{label}: not available.", label=label)
    values = (context.locale.put("{}: {}", year, value) for year, value in text_by_year.items())
    sentences = [context.text("{label} – {values}.", label=label, values=context.locale.joined(", ", values))]
    missing = [str(year) for year in context.vintage.years if year not in text_by_year]
    if missing:
        sentences.append(context.text("Not available: {years}.", years=", ".join(missing)))
    broken = [str(year) for year in sorted(break_years(context.vintage, series))]
    if broken:
        sentences.append(context.text("Break in the series: {years}.", years=", ".join(broken)))
    return context.locale.joined(" ", [*sentences, *_notes(context, SENTENCES, _years(context, series))])
