"""Countries named as maps: how often, by kind of list; and those of the year, with arrows that stand for no number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.charts.countries import KINDS, TITLES, designation, groups_of, kinds_named, map_label, names, sentence
from reporter.charts.frame import Frame, Words, figure
from reporter.document import Column, Figure
from reporter.i18n import N_, NN_
from reporter.model import CountryList, ListKind
from reporter.model.geography import ON_MAP, iso_of
from reporter.plot import Choropleth, Flows, Land, Node, Sheet
from reporter.prose.headlines import fitting, names_headline
from reporter.tables import Heads, Line, tabulate

# As many as the theme has colours for maps.
MOST_LEVELS = 4
OUTWARD = frozenset({ListKind.TARGET, ListKind.DESTINATION, ListKind.EXPLOITATION})
MAP = N_("Map: Natural Earth. No position on the status of any territory is implied.")
ONE_LIST = N_("A map of one list says who is named, not how often")
Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """The lists of one kind, and the years of those that name a country or group."""

    words: str
    lists: tuple[CountryList, ...]

    def naming(self, code: str) -> list[str]:
        return [str(each.year) for each in self.lists if code in each.countries]

    def naming_group(self, frame: Frame, name: str) -> list[str]:
        return [str(each.year) for each in self.lists if name in groups_of(frame, each)]


def countries_by_kind(frame: Frame) -> Figure | None:
    """How often each country was named since the series began, a map for each kind of list, never added across."""
    lists = frame.vintage.data.lists
    if not lists:
        return None
    kinds = _kinds(frame)
    words = Words(
        frame.text("Countries named by kind of list, {span}", span=frame.span),
        frame.text("Number of lists that name the country; lists of different kinds are never added"),
        frame.text("Maps of Europe, one for each kind of list."),
        _kinds_headline(frame, kinds),
    )
    codes = frame.locale.ordered({code for each in lists for code in each.countries})
    lines = list(_lines(frame, kinds, codes))
    heads = tuple(Column(kind.words, text=True) for kind in kinds)
    head = Heads("data-countries_by_kind", words.caption, words.unit_line, frame.text("Country or group"), heads)
    table = tabulate(head, lines, frame.vintage, frame.locale, [each.source for each in lists])
    alt = " ".join([words.drawing, *(_told(frame, kind, codes) for kind in kinds)])
    plot, notes = _choropleth(frame, kinds, codes), _notes(frame, kinds, codes)
    return figure("countries_by_kind", words, plot, alt, table, notes)


def countries_year(frame: Frame) -> Figure | None:
    """The countries named in the edition's year, with arrows of one width from and to the reporting country."""
    lists = [each for each in frame.vintage.data.lists if each.year == frame.vintage.year]
    if not lists:
        return None
    plot = _flows(frame, lists)
    words = replace(_words(frame, plot), headline=_year_headline(frame, lists))
    heads = (Column(frame.text("Countries and groups"), text=True),)
    head = Heads("data-countries_year", words.caption, words.unit_line, frame.text("Kind of list"), heads)
    lines = [Line(frame.text(KINDS[each.kind]), [", ".join(names(frame, each))]) for each in lists]
    table = tabulate(head, lines, frame.vintage, frame.locale, [each.source for each in lists])
    alt = " ".join([words.drawing, *(sentence(frame, each) for each in lists)])
    return figure("countries_year", words, plot, alt, table, _notes_of_year(frame, lists))


def _kinds_headline(frame: Frame, kinds: Sequence[_Kind]) -> str:
    """How many lists there are, and that different kinds cannot be compared; nothing to find in a single list."""
    return "" if len(kinds) == 1 else _counted(frame, sum(len(kind.lists) for kind in kinds), len(kinds))


def _counted(frame: Frame, lists: int, kinds: int) -> str:
    one, many = NN_("Lists: {lists}, of {n} kind", "Lists: {lists}, of {n} kinds that cannot be compared")
    return frame.locale.count(one, many, kinds, lists=frame.locale.number(lists))


def _year_headline(frame: Frame, lists: Sequence[CountryList]) -> str:
    """Who is named in the year, main countries first; of several lists only how many each names."""
    if len(lists) > 1:
        sizes = (f"{frame.text(TITLES[each.kind])}: {frame.locale.number(len(names(frame, each)))}" for each in lists)
        return fitting("; ".join(sizes), _counted(frame, len(lists), len({each.kind for each in lists})))
    named = lists[0]
    main = [frame.country(code) for code in frame.locale.ordered(named.main)]
    return names_headline(
        frame.text(TITLES[named.kind]), list(dict.fromkeys([*main, *names(frame, named)])), frame.locale
    )


def _kinds(frame: Frame) -> list[_Kind]:
    """The kinds with the most lists first."""
    lists = frame.vintage.data.lists
    kinds = [
        _Kind(frame.text(TITLES[kind]), tuple(each for each in lists if each.kind is kind))
        for kind in kinds_named(frame)
    ]
    return sorted(kinds, key=lambda kind: -len(kind.lists))


def _choropleth(frame: Frame, kinds: Sequence[_Kind], codes: Sequence[str]) -> Choropleth:
    top = max((len(kind.naming(code)) for kind in kinds for code in codes), default=0)
    step = max(-(-top // MOST_LEVELS), 1)
    sheets = (Sheet(kind.words, _how_many(frame, kind), tuple(_lands(kind, codes, step))) for kind in kinds)
    return Choropleth(
        tuple(sheets),
        tuple(_level(frame, low, min(low + step - 1, top)) for low in range(1, top + 1, step)),
        frame.text("not named"),
        iso_of(frame.vintage.country.code),
        frame.text("reporting country"),
    )


def _lands(kind: _Kind, codes: Iterable[str], step: int) -> Iterable[Land]:
    for code in codes:
        if iso_of(code) in ON_MAP and (count := len(kind.naming(code))):
            yield Land(iso_of(code), map_label(code), (count - 1) // step)


def _level(frame: Frame, low: int, high: int) -> str:
    if low == high:
        return frame.locale.count("named in {n} list", "named in {n} lists", low)
    return frame.text("named in {low} to {high} lists", low=frame.locale.number(low), high=frame.locale.number(high))


def _how_many(frame: Frame, kind: _Kind) -> str:
    years = ", ".join(str(each.year) for each in kind.lists)
    return frame.locale.count("{n} list: {years}", "{n} lists: {years}", len(kind.lists), years=years)


def _lines(frame: Frame, kinds: Sequence[_Kind], codes: Iterable[str]) -> Iterable[Line]:
    yield Line(frame.text("Lists of this kind"), [_how_many(frame, kind) for kind in kinds])
    for code in codes:
        yield Line(frame.country(code), [_cell(frame, kind.naming(code)) for kind in kinds])
    for name in _groups(frame, kinds):
        yield Line(name, [_cell(frame, kind.naming_group(frame, name)) for kind in kinds])


def _cell(frame: Frame, years: Sequence[str]) -> str:
    return f"{frame.locale.number(len(years))} ({', '.join(years)})" if years else "0"


def _groups(frame: Frame, kinds: Iterable[_Kind]) -> list[str]:
    return list(dict.fromkeys(name for kind in kinds for each in kind.lists for name in groups_of(frame, each)))


def _told(frame: Frame, kind: _Kind, codes: Iterable[str]) -> str:
    """A kind in words: its lists, and in which years each country and group is named."""
    named = ", ".join(_named(frame, kind, codes))
    return f"{kind.words} ({_how_many(frame, kind)}): {named}."


def _named(frame: Frame, kind: _Kind, codes: Iterable[str]) -> list[str]:
    """Those of some countries that are named, and all groups, with the years."""
    found = [(frame.country(code), kind.naming(code)) for code in codes]
    found += [(name, kind.naming_group(frame, name)) for name in _groups(frame, [kind])]
    return [f"{name} ({', '.join(years)})" for name, years in found if years]


def _notes(frame: Frame, kinds: Sequence[_Kind], codes: Sequence[str]) -> Notes:
    """Who is named and is not on the maps, years without a list, and what maps must say."""
    away = [code for code in codes if iso_of(code) not in ON_MAP]
    notes = [
        (kind.words, frame.text("not on the map: {names}", names=", ".join(found)))
        for kind in kinds
        if (found := _named(frame, kind, away))
    ]
    listed = {each.year for each in frame.vintage.data.lists}
    without = [str(year) for year in frame.vintage.years if year not in listed]
    notes += [("", frame.text("No list of countries: {years}", years=", ".join(without)))] if without else []
    notes += [("", frame.text(ONE_LIST))] if any(len(kind.lists) == 1 for kind in kinds) else []
    return (*notes, *designation(frame, codes, "*"), ("", frame.text(MAP)))


def _words(frame: Frame, plot: Flows) -> Words:
    caption = frame.text("Countries named, {year}", year=frame.vintage.year)
    if any(node.outward or node.inward for node in (*plot.nodes, *plot.outside)):
        unit = frame.text("Countries in the lists of the year; arrows do not stand for numbers")
        return Words(caption, unit, frame.text("Map of Europe with arrows from and to the reporting country."))
    unit = frame.text("Countries in the lists of the year; nothing is counted")
    return Words(caption, unit, frame.text("Map of Europe with a sign for each kind of list."))


def _flows(frame: Frame, lists: Sequence[CountryList]) -> Flows:
    country = frame.vintage.country.code
    codes = frame.locale.ordered({country, *(code for each in lists for code in each.countries)})
    nodes, home = [_node(frame, code, lists) for code in codes], iso_of(country)
    return Flows(
        tuple(node for node in nodes if node.code in ON_MAP),
        tuple(node for node in nodes if node.code not in ON_MAP and node.code != home),
        tuple(frame.text(KINDS[kind]) for kind in kinds_named(frame)),
        home,
        frame.text("reporting country"),
        frame.text("main country"),
    )


def _node(frame: Frame, code: str, lists: Sequence[CountryList]) -> Node:
    """A country with its kinds; no arrow can lead from or to a reporting country that is not on the map."""
    known, home = kinds_named(frame), frame.vintage.country.code
    naming = [each for each in lists if code in each.countries]
    kinds = {each.kind for each in naming}
    drawn = code != home and iso_of(home) in ON_MAP
    return Node(
        iso_of(code),
        map_label(code),
        tuple(sorted(map(known.index, kinds))),
        any(code in each.main for each in naming),
        drawn and not kinds.isdisjoint(OUTWARD),
        drawn and ListKind.ORIGIN in kinds,
    )


def _notes_of_year(frame: Frame, lists: Sequence[CountryList]) -> Notes:
    language = frame.locale.language
    notes = [("", each.note.text(language)) for each in lists if each.note]
    codes = frame.locale.ordered({code for each in lists for code in each.countries})
    away = [frame.country(code) for code in codes if iso_of(code) not in ON_MAP]
    away += dict.fromkeys(name for each in lists for name in groups_of(frame, each))
    notes += [("", frame.text("Outside the part of Europe shown: {names}", names=", ".join(away)))] if away else []
    return (*notes, *designation(frame, codes, "*"), ("", frame.text(MAP)))
