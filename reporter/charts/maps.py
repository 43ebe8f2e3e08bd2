"""Maps of the countries named. How often, by kind of list; and those of the year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.charts.countries import (
    KINDS,
    KOSOVO,
    TITLES,
    all_names,
    designation,
    groups_of,
    kinds_named,
    map_label,
    sentence,
)
from reporter.charts.series import ChartWords, figure
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Choropleth, Land, MapPanel, NamedLands
from reporter.i18n import N_
from reporter.model import CountryList
from reporter.model.geography import home_on_map, iso_of, on_map_of
from reporter.tables.tabulate import Line

# A theme has so many colours for maps; so many maps can be seen together, each of so many lists at least.
MOST_LEVELS, MOST_MAPS, LEAST_LISTS = 4, 2, 2
MAP = N_("Natural Earth. No position on the status of any territory is implied.")
Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The lists of one kind, under their title."""

    words: str
    lists: tuple[CountryList, ...]

    def naming(self, code: str) -> list[str]:
        return [str(each.year) for each in self.lists if code in each.countries]

    def naming_group(self, context: Context, name: str) -> list[str]:
        return [str(each.year) for each in self.lists if name in groups_of(context, each)]


def countries_by_kind(context: Context) -> Figure | None:
    """How often each country was named, a map for each kind. Since the series began, of the two kinds with the most
    lists; different kinds are never added. A kind that names nobody in Europe is a list. None where no kind has two
    lists, and where none names a country in Europe."""
    kinds = [kind for kind in _kinds(context) if len(kind.lists) >= LEAST_LISTS][:MOST_MAPS]
    lists = [each for kind in kinds for each in kind.lists]
    codes = context.locale.ordered({code for each in lists for code in each.countries})
    plot = _choropleth(context, kinds, codes)
    if not any(panel.lands for panel in plot.maps):
        return None
    words = ChartWords(
        context.text("Countries named by kind of list, {span}", span=context.span),
        context.text("Number of lists that name the country; lists of different kinds are never added"),
        context.text("Maps of Europe, one for each kind of list."),
    )
    lines = list(_lines(context, kinds, codes))
    heads = tuple(Column(kind.words, text=True) for kind in kinds)
    told = (
        context.locale.put("{} ({}): {}.", kind.words, _how_many(context, kind), _named(context, kind, codes))
        for kind in kinds
    )
    return figure(
        context,
        "countries_by_kind",
        words,
        plot,
        context.locale.joined(" ", [words.drawing, *told]),
        lines,
        heads,
        context.text("Country or group"),
        sources=[each.source for each in lists],
        notes=_notes(context, kinds, codes),
    )


def countries_year(context: Context) -> Figure | None:
    """The countries that a list of the year names, on a map. Of lists of several kinds the one with the most countries
    on the map is drawn, the others are words below it: they are never added. None without a list of the year, and where
    the map shows none of the countries named."""
    lists = [each for each in context.vintage.data.lists if each.year == context.vintage.year]
    shown = on_map_of(context.vintage.country.code)
    drawn = max(lists, key=lambda each: sum(iso_of(code) in shown for code in each.countries), default=None)
    codes = [code for code in context.locale.ordered(drawn.countries) if iso_of(code) in shown] if drawn else []
    if drawn is None or not codes:
        return None
    words = ChartWords(
        context.text("{label}, {year}", label=context.text(TITLES[drawn.kind]), year=context.vintage.year),
        context.text("The list of {year}; cases are not counted", year=context.vintage.year),
        context.text("Map of Europe on which the countries named are marked."),
    )
    heads = (Column(context.text("Countries and groups"), text=True),)
    plot = NamedLands(
        tuple(Land(iso_of(code), map_label(code), 0, context.country(code)) for code in codes),
        home_on_map(context.vintage.country.code),
    )
    made = figure(
        context,
        "countries_year",
        words,
        plot,
        context.locale.joined(" ", [words.drawing, *(sentence(context, each) for each in lists)]),
        [Line(context.text(KINDS[each.kind]), [all_names(context, each)]) for each in lists],
        heads,
        context.text("Kind of list"),
        sources=[each.source for each in lists],
        notes=_notes_of_year(context, lists, drawn),
    )
    return replace(made, under=_names(context, drawn, codes))


def _kinds(context: Context) -> list[_Kind]:
    lists = context.vintage.data.lists
    kinds = [
        _Kind(context.text(TITLES[kind]), tuple(each for each in lists if each.kind is kind))
        for kind in kinds_named(context)
    ]
    return sorted(kinds, key=lambda kind: -len(kind.lists))


def _choropleth(context: Context, kinds: Sequence[_Kind], codes: Sequence[str]) -> Choropleth:
    top = max((len(kind.naming(code)) for kind in kinds for code in codes), default=0)
    step = max(-(-top // MOST_LEVELS), 1)
    return Choropleth(
        maps=tuple(_panel(context, kind, codes, step) for kind in kinds),
        levels=tuple(_level(context, low, min(low + step - 1, top)) for low in range(1, top + 1, step)),
        unnamed=context.text("not named"),
        home=home_on_map(context.vintage.country.code),
        home_words=context.text("reporting country"),
    )


def _panel(context: Context, kind: _Kind, codes: Sequence[str], step: int) -> MapPanel:
    """The map of one kind of lists. A list of those named where none of them is on it."""
    shown = on_map_of(context.vintage.country.code)
    lands = tuple(
        Land(iso_of(code), map_label(code), (len(years) - 1) // step, context.country(code))
        for code in codes
        if iso_of(code) in shown and (years := kind.naming(code))
    )
    beyond = (
        ()
        if lands
        else tuple(
            Land("", _with_years(context, name, years), (len(years) - 1) // step)
            for name, years in _naming(context, kind, codes)
        )
    )
    return MapPanel(kind.words, _how_many(context, kind), lands, beyond)


def _level(context: Context, low: int, high: int) -> str:
    if low == high:
        return context.locale.count("named in {n} list", "named in {n} lists", low)
    return context.text(
        "named in {low} to {high} lists", low=context.locale.number(low), high=context.locale.number(high)
    )


def _how_many(context: Context, kind: _Kind) -> str:
    years = ", ".join(str(each.year) for each in kind.lists)
    return context.locale.count("{n} list: {years}", "{n} lists: {years}", len(kind.lists), years=years)


def _lines(context: Context, kinds: Sequence[_Kind], codes: Iterable[str]) -> Iterable[Line]:
    yield Line(context.text("Lists of this kind"), [_how_many(context, kind) for kind in kinds])
    for code in codes:
        yield Line(context.country(code), [_cell(context, kind.naming(code)) for kind in kinds])
    for name in _groups(context, kinds):
        yield Line(name, [_cell(context, kind.naming_group(context, name)) for kind in kinds])


def _cell(context: Context, years: Sequence[str]) -> str:
    return context.locale.put("{} ({})", context.locale.number(len(years)), ", ".join(years)) if years else "0"


def _groups(context: Context, kinds: Iterable[_Kind]) -> list[str]:
    return list(dict.fromkeys(name for kind in kinds for each in kind.lists for name in groups_of(context, each)))


def _named(context: Context, kind: _Kind, codes: Iterable[str]) -> str:
    return context.locale.joined(", ", (_with_years(context, *each) for each in _naming(context, kind, codes)))


def _naming(context: Context, kind: _Kind, codes: Iterable[str]) -> list[tuple[str, list[str]]]:
    found = [(context.country(code), kind.naming(code)) for code in codes]
    found += [(name, kind.naming_group(context, name)) for name in _groups(context, [kind])]
    return [(name, years) for name, years in found if years]


def _with_years(context: Context, name: str, years: Sequence[str]) -> str:
    return context.locale.put("{} ({})", name, ", ".join(years))


def _notes(context: Context, kinds: Sequence[_Kind], codes: Sequence[str]) -> Notes:
    """The notes below the maps of kinds of lists. Who is named but not on the maps, and what maps must say."""
    shown = on_map_of(context.vintage.country.code)
    away = [code for code in codes if iso_of(code) not in shown]
    notes = [
        (kind.words, context.text("not on the map: {names}", names=found))
        for kind in kinds
        if any(kind.naming(code) for code in codes if iso_of(code) in shown) and (found := _named(context, kind, away))
    ]
    return (*notes, *designation(context, codes, "*"), ("", context.text(MAP)))


def _names(context: Context, drawn: CountryList, codes: Sequence[str]) -> str:
    named = (context.locale.put("{} {}", map_label(code), context.country(code)) for code in codes)
    away = [context.country(code) for code in context.locale.ordered(drawn.countries) if code not in codes]
    away += groups_of(context, drawn)
    told = [context.locale.put("{}.", context.locale.joined(", ", named))]
    if away:
        names = context.locale.joined(", ", away)
        told.append(context.text("Also named, outside the map: {names}.", names=names))
    return context.locale.joined(" ", told)


def _notes_of_year(context: Context, lists: Sequence[CountryList], drawn: CountryList) -> Notes:
    """The lists of other kinds, and what maps must say. Notes on the lists stand below the chart of all years."""
    notes: list[tuple[str, str]] = []
    others = (
        context.locale.put("{}: {}", context.text(TITLES[each.kind]), all_names(context, each))
        for each in lists
        if each is not drawn
    )
    if len(lists) > 1:
        notes.append((context.text("Other lists of the year"), context.locale.joined("; ", others)))
    every = context.locale.ordered({code for each in lists for code in each.countries})
    mark = "*" if KOSOVO in drawn.countries else context.country(KOSOVO)
    return (*notes, *designation(context, every, mark), (context.text("Map"), context.text(MAP)))
