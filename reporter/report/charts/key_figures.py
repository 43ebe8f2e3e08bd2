"""The key figures of a year, one below the other, with all years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from reporter.data.i18n import N_
from reporter.data.records import Flag, Indicator, Observation, Series, Status, is_given, is_hidden
from reporter.figures.analysis.arithmetic import change, part_series, top_parts
from reporter.figures.analysis.ledger import key_indicators
from reporter.figures.compare.figures import extremes_of
from reporter.report.charts.series import (
    MOST_NOTES,
    ChartWords,
    alt_text,
    bars,
    figure,
    is_off_series,
    more_notes,
    sign_words,
    year_lines,
)
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Ledger, LedgerRow, YearStrip
from reporter.report.tables.comparison import record_sentence
from reporter.report.tables.tabulate import year_columns
from reporter.text.change_sentences import change_text

MOST_PARTS = 4
# The order of a row's notes: of the year, of breaks, of values that cannot be compared, of the year before. The reason
# why a finding was accepted follows the notes of its value; notes of other values are left out.
NOW, BREAKS, APART, PAST, OTHER = range(0, 10, 2)
REMARKED = 5


@dataclass(frozen=True, slots=True)
class Called:
    """A note on key figures with its mark. `codes` are the rows that refer to it; `text` is `note` with its years,
    unless the only one is the edition's."""

    mark: str
    note: str
    text: str
    codes: tuple[str, ...]


def key_figures(context: Context) -> Figure | None:
    """The key figures of the year, one in each row, with the value, its change from the year before and the series.
    None when no key indicator has a value this year or waits for one in a draft."""
    indicators = key_indicators(context.vintage)
    if not indicators:
        return None
    series = {indicator.code: context.vintage.series(indicator.code) for indicator in indicators}
    called, left_out = _called(context)
    rows = tuple(
        _row(context, item, ", ".join(note.mark for note in called if item.code in note.codes)) for item in indicators
    )
    words = ChartWords(
        context.text("{label}, {span}", label=context.text("Key figures"), span=context.span), _unit_line(context, rows)
    )
    return figure(
        context,
        "key_figures",
        words,
        Ledger(context.years, rows),
        context.locale.joined(" ", (row.alt for row in rows)),
        year_lines(context, [(context.label(code), year_values) for code, year_values in series.items()]),
        year_columns(context.vintage),
        notes=(*((note.mark, note.text) for note in called), *more_notes(context, left_out)),
    )


def key_notes(context: Context) -> tuple[Called, ...]:
    return _called(context)[0]


def mark(place: int) -> str:
    return f"({ascii_lowercase[place]})"


def _row(context: Context, indicator: Indicator, calls: str) -> LedgerRow:
    series, year = context.vintage.series(indicator.code), context.vintage.year
    year_change, label = change(series, year), context.label(indicator.code)
    before, difference = year - 1, year_change.difference
    change_words = change_text(year_change, context.vintage.settings, context.locale)
    if year_change.after and year_change.after.status is Status.UNANSWERED:
        past = year_change.before
        words = context.locale.put("{}: {}", before, context.locale.value(past)) if is_given(past) else ""
    elif difference is None:
        is_known = is_given(year_change.before) or is_hidden(year_change.before)
        nothing = context.text("no figure for {year}", year=before) if before >= context.vintage.years[0] else ""
        words = change_words if is_known else nothing
    else:
        frame = N_("on {year} ({value})") if difference else N_("as in {year} ({value})")
        words = context.text(frame, year=before, value=context.locale.value(year_change.before))
    more = _parts(context, indicator), record_sentence(extremes_of(series, year), context.locale)
    arrow = "▲ {}" if difference and difference > 0 else "▼ {}"
    return LedgerRow(
        label=label,
        calls=calls,
        value=context.locale.value(year_change.after),
        change=context.locale.put(arrow, change_words) if difference else "",
        context=words,
        more=tuple(filter(None, more)),
        strip=YearStrip(bars(context, series)),
        alt=alt_text(context, ChartWords("", ""), [(label, series)]),
    )


def _parts(context: Context, indicator: Indicator) -> str:
    """The parts of a breakdown in both years, "Women 17 → 16 · Men 18 → 7", if few and comparable."""
    vintage, locale = context.vintage, context.locale
    for axis in vintage.catalogue.axes(indicator):
        parts = top_parts(vintage.parts(indicator.code, axis.code), axis)
        changes = [change(part_series(vintage, indicator.code, axis.code, part.code), vintage.year) for part in parts]
        if 1 < len(parts) <= MOST_PARTS and all(part_change.difference is not None for part_change in changes):
            labels = (member.label.text(locale.language) for part in parts if (member := axis.get(part.code)))
            pairs = ((locale.value(part_change.before), locale.value(part_change.after)) for part_change in changes)
            words = (locale.put("{} {} → {}", label, *pair) for label, pair in zip(labels, pairs, strict=True))
            return locale.joined(" · ", words)
    return ""


def _unit_line(context: Context, rows: Sequence[LedgerRow]) -> str:
    parts = [context.text(N_("Number per year, each on its own scale") if len(rows) > 1 else N_("Number per year"))]
    drawn = [bar for row in rows for bar in row.strip.bars]
    if any(bar.off_series and bar.value is not None for bar in drawn):
        parts.append(context.text("hatched: not comparable"))
    if any(bar.broken for bar in drawn):
        parts.append(context.text("dashed: break in the series"))
    return context.locale.joined("; ", (*parts, *sign_words(context, drawn)))


def _called(context: Context) -> tuple[tuple[Called, ...], int]:
    """The notes that rows refer to, at most one for each row, and how many are left out."""
    language, every, notes = context.locale.language, set[str](), dict[str, tuple[int, str]]()
    places: dict[str, list[tuple[str, int]]] = {}
    for indicator in key_indicators(context.vintage):
        for rank, observation in _ranked(context, context.vintage.series(indicator.code)):
            for note in context.vintage.notes(observation):
                text = note.text(language)
                every.add(text)
                places.setdefault(text, []).append((indicator.code, observation.year))
                wanted = (rank if note in observation.notes else rank + REMARKED, text)
                notes[indicator.code] = min(notes.get(indicator.code, wanted), wanted, key=lambda pair: pair[0])
    order = [key_indicator.code for key_indicator in key_indicators(context.vintage) if key_indicator.code in notes]
    best = sorted((code for code in order if notes[code][0] < OTHER), key=lambda code: notes[code][0])[:MOST_NOTES]
    chosen = dict.fromkeys(notes[code][1] for code in order if code in best)
    called = []
    for place, text in enumerate(chosen):
        years = sorted({year for _, year in places[text]})
        # A note names its years, unless the only one is the edition's.
        dated_text = (
            text if years == [context.vintage.year] else context.locale.put("{}: {}", context.locale.years(years), text)
        )
        called.append(Called(mark(place), text, dated_text, tuple({code for code, _ in places[text]})))
    return tuple(called), len(every) - len(called)


def _ranked(context: Context, series: Series) -> Iterator[tuple[int, Observation]]:
    """The values of a series with the rank of their notes, the latest first."""
    year = context.vintage.year
    for observation in reversed(tuple(series)):
        ranks = {
            NOW: observation.year == year,
            BREAKS: Flag.BREAK in observation.flags,
            APART: is_off_series(context, observation),
            PAST: observation.year == year - 1,
        }
        yield next((rank for rank, holds in ranks.items() if holds), OTHER), observation
