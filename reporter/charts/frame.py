"""What all charts share: the series behind them, alt text and data table from the same observations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.charts import apart
from reporter.comparison import Compared, Manner, Sides
from reporter.comparison.erratum import Erratum
from reporter.document import Column, Figure, Table
from reporter.i18n import Locale
from reporter.model import Flag, Indicator, Observation, Series, Vintage, is_given, is_hidden
from reporter.plot import Bar, Columns, Panels, Plot, Ranges
from reporter.prose.headlines import change_headline
from reporter.tables import Heads, Line, gathered_notes, tabulate, year_columns

# More symbols than this can no longer be counted by a reader.
MOST_SYMBOLS = 150
# More layers of a stack, and more bars below each other, than can be told apart or stand on a page.
MOST_LAYERS, MOST_BARS = 12, 8


@dataclass(frozen=True, slots=True)
class Frame:
    """The edition a chart is made for, its language, and what is laid side by side, if anything is.

    `rows` are the figures of the sides, compared once for everything that shows them; `erratum` is there for a
    corrigendum.
    """

    vintage: Vintage
    locale: Locale
    sides: Sides | None = None
    rows: tuple[Compared, ...] = ()
    erratum: Erratum | None = None

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        """The edition, or those of all countries that stand side by side."""
        if self.sides is None or self.sides.manner is not Manner.COUNTRIES:
            return (self.vintage,)
        return tuple(side.figures for side in self.sides.sides)

    def text(self, message: str, **values: object) -> str:
        """A sentence of the interface in the edition's language."""
        return self.locale.text(message, **values)

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code that the program itself names; KeyError when the catalogue lacks it."""
        found = self.vintage.catalogue.indicator(code)
        if found is None:
            raise KeyError(code)
        return found

    def known(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of some indicators that the catalogue has; a workspace may do without one."""
        return tuple(code for code in codes if self.vintage.catalogue.indicator(code))

    def label(self, code: str) -> str:
        """The label of an indicator."""
        return self.indicator(code).label.text(self.locale.language)

    def country(self, code: str) -> str:
        """The name of a country; the one that reports goes by its own."""
        return self.locale.named(code, self.vintage.country)

    def code_label(self, dimension: str, code: str) -> str:
        """The label of a code of a dimension."""
        axis = self.vintage.catalogue.dimension(dimension)
        member = axis.get(code) if axis else None
        return member.label.text(self.locale.language) if member else code

    def headline(self, code: str) -> str:
        """An indicator of the edition's year against the year before, in a line; empty without any value."""
        if self.vintage.catalogue.indicator(code) is None:
            return ""
        return change_headline(self.label(code), self.vintage.series(code), self.vintage, self.locale)

    def code_accent(self, dimension: str, code: str) -> int:
        """The colour of a code, the same in every chart and edition: its place in the catalogue."""
        axis = self.vintage.catalogue.dimension(dimension)
        return next((place for place, each in enumerate(axis.codes if axis else ()) if each.code == code), 0)

    @property
    def years(self) -> tuple[str, ...]:
        """The labels of the time axis."""
        return tuple(map(str, self.vintage.years))

    @property
    def span(self) -> str:
        """The years of the series as in a caption: 2009–2020."""
        return self.locale.period(self.years[0], self.years[-1])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chart: caption, line under it, what kind of drawing the alt text announces, what it finds."""

    caption: str
    unit_line: str
    drawing: str = ""
    headline: str = ""


def bars(frame: Frame, series: Series, emphasised: Iterable[int] | None = None) -> tuple[Bar, ...]:
    """A bar for each year; the latest two years are emphasised unless others are named."""
    strong, years = set(frame.vintage.years[-2:] if emphasised is None else emphasised), frame.vintage.years
    hatched = zip(years, apart.marks([series.get(year) for year in years]), strict=True)
    return tuple(bar(frame, series.get(year), emphasised=year in strong, hatched=each) for year, each in hatched)


def bar(frame: Frame, seen: Observation | None, *, emphasised: bool = False, hatched: bool = False) -> Bar:
    """One value to draw; nothing is drawn for a value that is not given."""
    broken = seen is not None and Flag.BREAK in seen.flags
    value = seen.value if seen and is_given(seen) else None
    return Bar(value, frame.locale.value(seen), emphasised, broken, hatched)


def columns(frame: Frame, indicator: str) -> Columns:
    """An indicator as columns over the years in its own colour."""
    found = frame.indicator(indicator)
    series = frame.vintage.series(indicator)
    return Columns(frame.label(indicator), frame.years, bars(frame, series), found.accent)


def year_lines(frame: Frame, series: Iterable[tuple[str, Series]]) -> list[Line]:
    """Series as rows of a table with a cell for each year."""
    return [Line(label, [each.get(year) for year in frame.vintage.years]) for label, each in series]


def over_years(
    frame: Frame, code: str, words: Words, plot: Columns | Panels | Ranges, series: Sequence[tuple[str, Series]]
) -> Figure | None:
    """A chart of series over the years, with alt text, notes and data table; None when nothing is given."""
    seen = [each for _, line in series for each in line]
    if not any(is_given(each) for each in seen):
        return None
    lines = year_lines(frame, series)
    alt = " ".join([words.drawing, *(describe(frame, label, line) for label, line in series)])
    labelled = [(str(each.year), each) for each in sorted(seen, key=lambda each: each.year)]
    plot = replace(plot, apart=apart.key_of(frame.locale, (line for _, line in series)))
    return build(frame, code, words, plot, alt, lines, year_columns(frame.vintage), labelled)


def side_by_side(frame: Frame, code: str, words: Words, indicators: Iterable[str]) -> Figure | None:
    """Indicators the catalogue knows, each over the years in a panel of its own, on one scale and never summed.

    One without any value has no panel; a note names it.
    """
    known = {each: frame.vintage.series(each) for each in frame.known(indicators)}
    shown = [each for each, line in known.items() if any(is_given(seen) or is_hidden(seen) for seen in line)]
    drawing = frame.locale.count("{n} column chart by year.", "{n} column charts by year.", len(shown))
    plot = Panels(tuple(columns(frame, each) for each in shown))
    series = [(frame.label(each), line) for each, line in known.items()]
    made = over_years(frame, code, replace(words, drawing=drawing), plot, series)
    empty = "; ".join(frame.label(each) for each in known if each not in shown)
    if made is None or not empty:
        return made
    return replace(made, notes=(*made.notes, ("", frame.text("No figures available: {labels}", labels=empty))))


def build(
    frame: Frame,
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
    head = Heads(f"data-{code}", words.caption, words.unit_line, stub or frame.text("Number of"), heads)
    table = tabulate(head, lines, frame.vintage, frame.locale)
    notes = gathered_notes(labelled, frame.vintage, frame.locale)
    return figure(code, words, plot, alt, table, notes)


def figure(
    code: str, words: Words, plot: Plot, alt: str, table: Table, notes: tuple[tuple[str, str], ...] = ()
) -> Figure:
    """A figure that is not numbered yet, with the source of its table."""
    return Figure(code, 0, words.caption, words.unit_line, plot, alt, table.source_note, table, notes, words.headline)


def describe(frame: Frame, label: str, series: Series) -> str:
    """One series in a sentence: every year's value, the missing years, where the series breaks."""
    given = [seen for seen in series if is_given(seen)]
    if not given:
        return frame.text("{label}: not available.", label=label)
    values = ", ".join(f"{seen.year}: {frame.locale.value(seen)}" for seen in given)
    text = frame.text("{label} – {values}.", label=label, values=values)
    missing = [str(year) for year in frame.vintage.years if year not in {seen.year for seen in given}]
    if missing:
        text += " " + frame.text("Not available: {years}.", years=", ".join(missing))
    broken = [str(seen.year) for seen in series if Flag.BREAK in seen.flags]
    if broken:
        text += " " + frame.text("Break in the series: {years}.", years=", ".join(broken))
    return " ".join([text, *apart.sentences(frame.locale, series)])
