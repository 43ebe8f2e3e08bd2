"""The page "At a glance": key figures, each with its change on the year before and a small series."""

from decimal import Decimal

from reporter.analysis import change
from reporter.charts import Frame
from reporter.charts.frame import bars, describe
from reporter.document import Tile, Tiles
from reporter.model import Indicator, is_given
from reporter.plot import Spark
from reporter.prose.sentences import change_text
from reporter.sections.material import Material
from reporter.tables import gathered_notes, source_note

MOST = 6


def key_figures(material: Material) -> Tiles | None:
    """Six key indicators in the catalogue's order: those with a value in the edition's year, then those with an earlier one."""
    frame = material.frame
    keys = sorted((each for each in frame.vintage.catalogue.indicators if each.key), key=lambda each: each.key)
    known = [each for each in keys if any(map(is_given, frame.vintage.series(each.code)))]
    given = sorted(known, key=lambda each: not is_given(frame.vintage.observation(each.code)))[:MOST]
    if not given:
        return None
    seen = [(frame.label(each.code), frame.vintage.observation(each.code)) for each in given]
    return Tiles(
        tuple(_tile(frame, each) for each in given),
        source_note((each for _, each in seen), frame.vintage, frame.locale),
        gathered_notes(seen, frame.vintage, frame.locale),
    )


def _tile(frame: Frame, indicator: Indicator) -> Tile:
    series = frame.vintage.series(indicator.code)
    found = change(series, frame.vintage.year)
    seen = found.after
    plot = Spark(frame.years, bars(frame, series, (frame.vintage.year,)), indicator.accent)
    label = frame.label(indicator.code)
    text = change_text(found, frame.vintage.settings, frame.locale)
    before = frame.vintage.year - 1
    context = frame.text("on {year} ({value})", year=before, value=frame.locale.value(found.before))
    return Tile(
        label,
        frame.locale.value(seen),
        "–" if found.difference is None else f"{_arrow(found.difference)}{text}",
        text if found.difference is None else context,
        indicator.icon,
        indicator.accent,
        plot,
        describe(frame, label, series),
        seen,
    )


def _arrow(difference: Decimal) -> str:
    return "▲ " if difference > 0 else "▼ " if difference < 0 else ""
