"""Small maps of the lists of countries of a comparison. Lists of one kind are compared; between others stands a sign,
and the last two that can be compared follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporter.charts.countries import TITLES, designation, map_label
from reporter.charts.maps import MAP
from reporter.charts.series import ChartWords, figure
from reporter.comparison import Manner, Named, Side, Sides, compare_named
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot_of_sides import Listed, ListMap, ListMaps
from reporter.i18n import N_
from reporter.model import CountryList, ListKind
from reporter.model.geography import home_on_map, iso_of, on_map_of
from reporter.tables.compared import side_list, side_names
from reporter.tables.tabulate import Line

MOST_SHEETS = 6
NEW, GONE = "+", "\u2212"
APART = N_(
    "Not compared: lists of different kinds name countries for different reasons. What one leaves out, the other may "
    "not have asked for, so that no country is called new or no longer named"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to draw, or two lists of one kind. `countries` are those of the list, of two lists those of the later one.
    `current`: it is one of the last side; `added`: it is of years besides the sides."""

    kind: ListKind
    name: str
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    lists: tuple[CountryList, ...]
    place: int
    before: tuple[str, ...] | None = None
    current: bool = False
    added: bool = False

    @property
    def new(self) -> tuple[str, ...]:
        """The countries that only the later of two lists names."""
        return (
            tuple(each for each in self.countries if each not in (self.before or ())) if self.before is not None else ()
        )

    @property
    def gone(self) -> tuple[str, ...]:
        """The countries that only the earlier of two lists names."""
        return tuple(each for each in (self.before or ()) if each not in self.countries)


def countries_compared(context: Context) -> Figure | None:
    """The lists of countries of the years, as small maps. Two neighbouring lists of one kind are one map, with signs
    for what is new and what is gone; lists of different kinds stand apart, followed by the last two that can be
    compared. None without a list."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    sheets = _sheets(context, sides)
    if not sheets:
        return None
    maps = _maps(context, sheets)
    words = ChartWords(
        context.text("Countries named, {sides}", sides=side_list(context, sides)),
        context.text("Named in the reports, not counted; + new, outlined and − no longer named")
        if any(each.before is not None for each in sheets)
        else context.text("Named in the reports, not counted"),
        context.text("Maps of a part of Europe, one for each list or two lists of one kind."),
        table=context.text("Only lists of the same kind are compared; nothing is counted"),
    )
    told = (context.locale.put("{}: {}.", each.title, each.words) for each in maps)
    codes = [code for each in sheets for code in (*each.countries, *each.gone)]
    notes = [("\u2260", context.text(APART))] if any(each.unlike for each in maps) else []
    notes += _notes(context, sheets, codes)
    return figure(
        context,
        "countries_compared",
        words,
        ListMaps(tuple(maps), home_on_map(context.vintage.country.code)),
        context.locale.joined(" ", [words.drawing, *told]),
        [Line(each.title, [each.words]) for each in maps],
        (Column(context.text("Countries and groups"), text=True),),
        context.text("List"),
        sources={each.source for sheet in sheets for each in sheet.lists},
        notes=tuple(notes),
    )


def _sheets(context: Context, sides: Sides) -> list[Sheet]:
    """The maps in the order of their years. Of many only the latest ones."""
    names, last = side_names(context, sides), len(sides.sides) - 1
    found = [each for named in compare_named(sides) for each in _of_kind(context, named, names, last)]
    found.sort(key=lambda each: each.place)
    shown = found[-MOST_SHEETS:]
    paired = any(each.before is not None for each in shown)
    more = [] if paired or len(shown) == MOST_SHEETS else _last_pair(context, sides.last)
    return [*shown, *more]


def _of_kind(context: Context, named: Named, names: Sequence[str], last: int) -> Iterator[Sheet]:
    if not named.is_comparable:
        (place,) = named.listed
        yield _sheet(context, named, (place,), names, last)
    for pair in pairwise(named.listed):
        yield _sheet(context, named, pair, names, last)


def _sheet(context: Context, named: Named, places: tuple[int, ...], names: Sequence[str], last: int) -> Sheet:
    years = {int(names[place]) for place in places}
    groups = [group.text(context.locale.language) for group in named.groups[places[-1]]]
    return Sheet(
        kind=named.kind,
        name=context.locale.listed(names[place] for place in places),
        countries=named.countries[places[-1]] or (),
        groups=tuple(groups),
        lists=tuple(each for each in named.lists if each.year in years),
        place=places[-1],
        before=(named.countries[places[0]] or ()) if len(places) > 1 else None,
        current=places[-1] == last,
    )


def _last_pair(context: Context, side: Side) -> list[Sheet]:
    lists = sorted((each for each in side.edition.data.lists if each.year <= side.year), key=lambda each: each.year)
    pairs = [
        (first, last)
        for kind in ListKind
        for first, last in pairwise([each for each in lists if each.kind is kind])
        if first.year < last.year
    ]
    if not pairs:
        return []
    first, last = max(pairs, key=lambda pair: (pair[1].year, pair[0].year))
    return [
        Sheet(
            kind=last.kind,
            name=context.locale.years((first.year, last.year)),
            countries=last.countries,
            groups=tuple(group.text(context.locale.language) for group in last.groups),
            lists=(first, last),
            place=0,
            before=first.countries,
            added=True,
        )
    ]


def _maps(context: Context, sheets: Sequence[Sheet]) -> list[ListMap]:
    unlike = [
        place > 0 and not each.added and each.kind is not sheets[place - 1].kind for place, each in enumerate(sheets)
    ]
    return [_map(context, each, unlike=apart) for each, apart in zip(sheets, unlike, strict=True)]


def _map(context: Context, sheet: Sheet, *, unlike: bool) -> ListMap:
    shown = on_map_of(context.vintage.country.code)
    named = [(code, NEW if code in sheet.new else "") for code in sheet.countries]
    named += [(code, GONE) for code in sheet.gone]
    lands = tuple(
        Listed(iso_of(code), map_label(code), sign, context.country(code))
        for code, sign in named
        if iso_of(code) in shown
    )
    title = context.text("{label}, {year}", label=context.text(TITLES[sheet.kind]), year=sheet.name)
    if sheet.added:
        title = context.text("{years}, the last two lists that can be compared", years=sheet.name)
    return ListMap(
        title=title,
        lands=lands,
        words=_words(context, sheet, shown),
        current=sheet.current,
        unlike=unlike,
        added=sheet.added,
    )


def _words(context: Context, sheet: Sheet, shown: frozenset[str]) -> str:
    """Who is named, in the order of the EU. It is said who is outside the map."""
    if sheet.before is None:
        return _places(context, sheet.countries, sheet.groups, shown)
    both = [code for code in sheet.countries if code not in sheet.new]
    told = [
        (N_("In both lists: {names}"), _places(context, both, (), shown)),
        (N_("+ new: {names}"), _places(context, sheet.new, (), shown)),
        (N_("\u2212 no longer named: {names}"), _places(context, sheet.gone, (), shown)),
        (N_("Groups, not compared: {names}"), context.locale.joined(", ", sheet.groups)),
    ]
    return context.locale.joined(". ", (context.text(message, names=names) for message, names in told if names))


def _places(context: Context, codes: Sequence[str], groups: Sequence[str], shown: frozenset[str]) -> str:
    ordered = context.locale.ordered(codes)
    inside = [context.country(code) for code in ordered if iso_of(code) in shown]
    outside = [context.country(code) for code in ordered if iso_of(code) not in shown]
    names = context.locale.joined(", ", inside)
    if not (away := context.locale.joined(", ", [*outside, *groups])):
        return names
    return context.text("{names}; outside the map: {away}", names=names, away=away) if names else away


def _notes(context: Context, sheets: Sequence[Sheet], codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    language = context.locale.language
    for listed in dict.fromkeys(each for sheet in sheets if not sheet.added for each in sheet.lists):
        if listed.note:
            yield str(listed.year), listed.note.text(language)
    yield from designation(context, codes, "*")
    yield "", context.text(MAP)
