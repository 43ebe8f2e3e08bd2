"""The page "At a glance": key figures, each with its change on the year before and a small series."""

from collections.abc import Iterable
from decimal import Decimal

from reporter.analysis import Change, change
from reporter.charts import Frame
from reporter.charts.frame import bars, describe
from reporter.document import Tile, Tiles
from reporter.model import Indicator, Series, is_given
from reporter.plot import Spark
from reporter.prose.sentences import change_text
from reporter.sections.material import Material
from reporter.tables import gathered_notes, source_note

MOST = 6


def key_figures(material: Material) -> Tiles | None:
    """The six key indicators with the latest values; one that has none this year says so."""
    frame = material.frame
    keys = sorted((each for each in frame.vintage.catalogue.indicators if each.key), key=lambda each: each.key)
    latest = {each.code: _latest(frame.vintage.series(each.code)) for each in keys}
    known = [each for each in keys if latest[each.code]]
    given = sorted(known, key=lambda each: latest[each.code], reverse=True)[:MOST]
    if not given:
        return None
    seen = [(frame.label(each.code), frame.vintage.observation(each.code)) for each in given]
    tiles = tuple(_tile(frame, each) for each in given)
    return Tiles(
        tiles,
        source_note((each for _, each in seen), frame.vintage, frame.locale),
        (*gathered_notes(seen, frame.vintage, frame.locale), *_hatched(frame, tiles)),
    )


def _hatched(frame: Frame, tiles: Iterable[Tile]) -> tuple[tuple[str, str], ...]:
    """What hatched columns mean, where a tile has any; which years they are, the alternative text says."""
    found = any(
        bar.apart and bar.value is not None for tile in tiles if isinstance(tile.plot, Spark) for bar in tile.plot.bars
    )
    return (("", frame.text("Hatched: the definition differs or the figure is in doubt")),) if found else ()


def _tile(frame: Frame, indicator: Indicator) -> Tile:
    series = frame.vintage.series(indicator.code)
    found = change(series, frame.vintage.year)
    label = frame.label(indicator.code)
    return Tile(
        label,
        frame.locale.value(found.after),
        _change(frame, found),
        _context(frame, found, series),
        indicator.icon,
        indicator.accent,
        Spark(frame.years, bars(frame, series, (frame.vintage.year,)), indicator.accent),
        describe(frame, label, series),
        found.after,
    )


def _change(frame: Frame, found: Change) -> str:
    if found.difference is None:
        return "–"
    return _arrow(found.difference) + change_text(found, frame.vintage.settings, frame.locale)


def _context(frame: Frame, found: Change, series: Series) -> str:
    """What the change is on, or why there is none."""
    before, latest = frame.vintage.year - 1, _latest(series)
    if latest < frame.vintage.year:
        return frame.text("not available; {value} in {year}", value=frame.locale.value(series.get(latest)), year=latest)
    if not is_given(found.before):
        return frame.text("no figure for {year}", year=before)
    if found.difference is None:
        return change_text(found, frame.vintage.settings, frame.locale)
    return frame.text("on {year} ({value})", year=before, value=frame.locale.value(found.before))


def _arrow(difference: Decimal) -> str:
    return "▲ " if difference > 0 else "▼ " if difference < 0 else ""


def _latest(series: Series) -> int:
    """The last year with a value, 0 for none."""
    return max((seen.year for seen in series if is_given(seen)), default=0)
