"""Maps of the countries named on each side of a comparison.

Only lists of the same kind are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporter.charts.countries import TITLES, designation, map_label
from reporter.charts.maps import MAP
from reporter.charts.series import ChartWords, figure
from reporter.comparison import Manner, Named, compare_named
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Choropleth, Land, MapPanel
from reporter.i18n import N_
from reporter.model.geography import home_on_map, iso_of, on_map_of
from reporter.tables.compared import side_list, side_names
from reporter.tables.tabulate import Line

MOST_SHEETS = 4
# How widely a country is named, in the order of the map's colours from light to dark.
ALONE, HERE, SOME, EVERYWHERE = range(4)
LEVELS = (
    N_("named; no list of the same kind to compare with"),
    N_("named in this year only"),
    N_("named in some years that have such a list, not in all"),
    N_("named in each year that has such a list"),
)


@dataclass(frozen=True, slots=True)
class _Map:
    """One list to draw: its kind, and its side's number and name."""

    named: Named
    place: int
    name: str

    @property
    def codes(self) -> tuple[str, ...]:
        return self.named.countries[self.place] or ()


def countries_compared(context: Context) -> Figure | None:
    """The countries named on each side, a map for each list.

    Only for years, few enough maps, where at least two lists can be compared and one names a country in Europe;
    otherwise None.
    """
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    found = compare_named(sides)
    names = side_names(context, sides)
    maps = [_Map(each, place, names[place]) for each in found for place in each.listed]
    # Lists of one kind stand beside each other; those that compare with none follow in the order of their sides.
    maps.sort(
        key=lambda drawn: (0, drawn.named.kind, drawn.place) if drawn.named.is_comparable else (1, "", drawn.place)
    )
    if len(maps) > MOST_SHEETS or not any(each.is_comparable for each in found):
        return None
    plot = _plot(context, maps)
    if not any(panel.lands for panel in plot.maps):
        return None
    words = ChartWords(
        context.text("Countries named, {sides}", sides=side_list(context, sides)),
        context.text("Only lists of the same kind are compared; nothing is counted"),
        context.text("Maps of Europe, one for each list."),
    )
    codes = context.locale.ordered({code for each in maps for code in each.codes})
    lines = [Line(_title(context, each), [_listed(context, each)]) for each in maps]
    told = (context.locale.put("{}: {}.", _title(context, each), _listed(context, each)) for each in maps)
    alt = context.locale.joined(" ", [words.drawing, *told])
    return figure(
        context,
        "countries_compared",
        words,
        plot,
        alt,
        lines,
        (Column(context.text("Countries and groups"), text=True),),
        context.text("List"),
        sources={each.source for drawn in maps for each in drawn.named.lists},
        notes=tuple(_notes(context, maps, codes)),
    )


def _title(context: Context, drawn: _Map) -> str:
    return context.text("{label}, {year}", label=context.text(TITLES[drawn.named.kind]), year=drawn.name)


def _plot(context: Context, maps: Sequence[_Map]) -> Choropleth:
    used = sorted({_level(each, code) for each in maps for code in each.codes})
    return Choropleth(
        maps=tuple(_panel(context, each, used) for each in maps),
        levels=tuple(context.text(LEVELS[level]) for level in used),
        unnamed=context.text("not named"),
        home=home_on_map(context.vintage.country.code),
        home_words=context.text("reporting country"),
    )


def _panel(context: Context, drawn: _Map, used: Sequence[int]) -> MapPanel:
    """The map of one list of countries.

    A list of those named where none of them is on it.
    """
    shown = on_map_of(context.vintage.country.code)
    levels = {code: used.index(_level(drawn, code)) for code in context.locale.ordered(drawn.codes)}
    lands = tuple(Land(iso_of(code), map_label(code), levels[code]) for code in drawn.codes if iso_of(code) in shown)
    beyond = () if lands else tuple(Land("", context.country(code), level) for code, level in levels.items())
    return MapPanel(drawn.name, context.text(TITLES[drawn.named.kind]), lands, beyond)


def _level(drawn: _Map, code: str) -> int:
    if not drawn.named.is_comparable:
        return ALONE
    count = sum(code in (drawn.named.countries[place] or ()) for place in drawn.named.listed)
    return EVERYWHERE if count == len(drawn.named.listed) else SOME if count > 1 else HERE


def _listed(context: Context, drawn: _Map) -> str:
    codes = [context.country(code) for code in context.locale.ordered(drawn.codes)]
    return context.locale.joined(", ", [*codes, *_groups(context, drawn)])


def _groups(context: Context, drawn: _Map) -> list[str]:
    return [group.text(context.locale.language) for group in drawn.named.groups[drawn.place]]


def _notes(context: Context, maps: Sequence[_Map], codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The notes below the maps.

    Who is named but not on the maps, what the lists themselves say, and what maps must say.
    """
    shown = on_map_of(context.vintage.country.code)
    for each in maps:
        off_map = [code for code in context.locale.ordered(each.codes) if iso_of(code) not in shown]
        # A list with nobody on its map stands there itself.
        names = [context.country(code) for code in off_map] if len(off_map) < len(each.codes) else []
        if away := [*names, *_groups(context, each)]:
            words = context.text("not on the map: {names}", names=context.locale.joined(", ", away))
            yield _title(context, each), words
    language = context.locale.language
    for listed in dict.fromkeys(each for drawn in maps for each in drawn.named.lists):
        if listed.note:
            yield str(listed.year), listed.note.text(language)
    yield from designation(context, codes, "*")
    yield "", context.text(MAP)
