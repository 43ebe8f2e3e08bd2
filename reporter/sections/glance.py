"""The page "At a glance", with the key figures.

Each has its change on the year before and a small series.
"""

from collections.abc import Iterable

from reporter.analysis.arithmetic import Change, change
from reporter.charts.series import MOST_NOTES, bars, describe, more_notes
from reporter.context import Context
from reporter.document.document import Tile, Tiles
from reporter.document.plot import Spark
from reporter.i18n import N_
from reporter.model import Indicator, Series, Status, is_given
from reporter.prose.sentences import change_text
from reporter.sections.material import SectionMaterial
from reporter.tables.tabulate import gathered_notes, source_note

MOST = 6


def key_figures(material: SectionMaterial) -> Tiles | None:
    """The tiles of the six key indicators with their latest values.

    One that has none this year says so. None when none has any.
    """
    context = material.context
    keys = sorted((each for each in context.vintage.catalogue.indicators if each.key), key=lambda each: each.key)
    latest = {each.code: _latest(context.vintage.series(each.code)) for each in keys}
    known = [each for each in keys if latest[each.code]]
    given = sorted(known, key=lambda each: latest[each.code], reverse=True)[:MOST]
    if not given:
        return None
    seen = [(context.label(each.code), context.vintage.observation(each.code)) for each in given]
    tiles = tuple(_tile(context, each) for each in given)
    notes = gathered_notes(seen, context.vintage, context.locale)
    left_out = len(notes[MOST_NOTES:])
    return Tiles(
        tiles,
        source_note((each for _, each in seen), context.vintage, context.locale),
        (*notes[:MOST_NOTES], *more_notes(context, left_out), *_hatched(context, tiles)),
    )


def _hatched(context: Context, tiles: Iterable[Tile]) -> tuple[tuple[str, str], ...]:
    """Say what hatched columns mean, where a tile has any.

    The alternative text says which years they are.
    """
    found = any(
        bar.off_series and bar.value is not None
        for tile in tiles
        if isinstance(tile.plot, Spark)
        for bar in tile.plot.bars
    )
    return (("", context.text("Hatched: the definition differs or the figure is in doubt")),) if found else ()


def _tile(context: Context, indicator: Indicator) -> Tile:
    series = context.vintage.series(indicator.code)
    found = change(series, context.vintage.year)
    label, difference = context.label(indicator.code), found.difference
    arrow = "" if not difference else "▲ " if difference > 0 else "▼ "
    words = change_text(found, context.vintage.settings, context.locale)
    return Tile(
        label=label,
        value=context.locale.value(found.after),
        change="–" if difference is None else context.locale.put("{}{}", arrow, words),
        context=_context(context, found, series),
        icon=indicator.icon,
        plot=Spark(context.years, bars(context, series)),
        alt=describe(context, label, series),
        observation=found.after,
    )


def _context(context: Context, found: Change, series: Series) -> str:
    """Say what the change is on, or why there is none."""
    before, latest = context.vintage.year - 1, _latest(series)
    if latest < context.vintage.year:
        waits = found.after is not None and found.after.status is Status.UNANSWERED
        words = N_("not answered yet; {value} in {year}") if waits else N_("not available; {value} in {year}")
        return context.text(words, value=context.locale.value(series.get(latest)), year=latest)
    if not is_given(found.before):
        return context.text("no figure for {year}", year=before)
    if found.difference is None:
        return change_text(found, context.vintage.settings, context.locale)
    return context.text("on {year} ({value})", year=before, value=context.locale.value(found.before))


def _latest(series: Series) -> int:
    """The last year with a value, 0 for none."""
    return max((seen.year for seen in series if is_given(seen)), default=0)
