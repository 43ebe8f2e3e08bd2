"""Charts of countries named: all lists as a matrix, the year's on a map. Lists of different kinds are never added."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from reporter.data.i18n import N_
from reporter.data.i18n.territories import home_on_map, iso_of, on_map_of
from reporter.data.records import CountryList, ListKind
from reporter.report.charts.series import ChartWords, figure, shade
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import ColumnGroup, Dot, Land, Matrix, NamedLands
from reporter.report.tables.tabulate import Line

KINDS = {
    ListKind.TARGET: N_("named as target country"),
    ListKind.DESTINATION: N_("named as country of destination"),
    ListKind.EXPLOITATION: N_("named as country of exploitation"),
    ListKind.COOPERATION: N_("named for police cooperation only"),
    ListKind.ORIGIN: N_("named as country of origin"),
}
TITLES = {
    ListKind.TARGET: N_("Target countries"),
    ListKind.DESTINATION: N_("Countries of destination"),
    ListKind.EXPLOITATION: N_("Countries of exploitation"),
    ListKind.COOPERATION: N_("Partners in police cooperation"),
    ListKind.ORIGIN: N_("Countries of origin"),
}

KOSOVO = "XK"
DESIGNATION = N_(
    "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ "
    "Opinion on the Kosovo declaration of independence"
)

MAP = N_("Natural Earth. No position on the status of any territory is implied.")
Notes = tuple[tuple[str, str], ...]


def countries_named(context: Context) -> Figure | None:
    """The countries named in each year and kind of list; different kinds are never added. None without a list."""
    lists = context.vintage.data.lists
    if not lists:
        return None
    codes = context.locale.ordered({code for country_list in lists for code in country_list.countries})
    words, plot = _words(context), _matrix(context, codes)
    columns = tuple(Column(context.text(head), text=True) for head in (N_("Kind of list"), N_("Countries and groups")))
    lines = [Line(str(entry.year), [context.text(KINDS[entry.kind]), all_names(context, entry)]) for entry in lists]
    notes: Notes = tuple((str(entry.year), entry.note.text(context.locale.language)) for entry in lists if entry.note)
    without = [year for year in context.vintage.years if year not in {country_list.year for country_list in lists}]
    if without:
        notes += (("", context.text("No list of countries: {years}", years=context.locale.years(without))),)
    notes += designation(context, codes, context.country(KOSOVO))
    alt = context.locale.joined(" ", [words.drawing, *(sentence(context, country_list) for country_list in lists)])
    sources = [country_list.source for country_list in lists]
    return figure(
        context, "countries_named", words, plot, alt, lines, columns, context.text("Year"), sources=sources, notes=notes
    )


def _matrix(context: Context, codes: Sequence[str]) -> Matrix:
    """The lists as columns, grouped by kind, and the countries as rows, those named most recently first."""
    lists, kinds = context.vintage.data.lists, list(KINDS)
    first = {kind: min((item.year for item in lists if item.kind is kind), default=0) for kind in kinds}
    lists = tuple(sorted(lists, key=lambda item: (first[item.kind], kinds.index(item.kind), item.year)))
    named: dict[str, list[int]] = {code: [] for code in codes}
    for listing in lists:
        for name in (*listing.countries, *groups_of(context, listing)):
            named.setdefault(name, []).append(listing.year)
    rows = sorted(named, key=lambda name: (-max(named[name]), -len(named[name])))
    return Matrix(
        rows=tuple(context.locale.opened(context.country(name)) if name in codes else name for name in rows),
        columns=tuple(str(country_list.year) for country_list in lists),
        shades=tuple(shade(context, country_list.year) for country_list in lists),
        groups=tuple(
            ColumnGroup(context.text(TITLES[kind]), sum(1 for _ in same))
            for kind, same in groupby(lists, lambda country_list: country_list.kind)
        ),
        dots=tuple(
            Dot(rows.index(name), column, name in country_list.main)
            for column, country_list in enumerate(lists)
            for name in (*country_list.countries, *groups_of(context, country_list))
        ),
        main=context.text("main country"),
    )


def _words(context: Context) -> ChartWords:
    return ChartWords(
        context.text("Countries named in national reports, {span}", span=context.span),
        context.text(
            N_("Dot: country named; ring: named as a main country; lists of different kinds are not compared")
            if any(country_list.main for country_list in context.vintage.data.lists)
            else N_("Dot: country named; lists of different kinds are not compared")
        ),
        context.text("Matrix of countries by year."),
        table=context.text("Only lists of the same kind are compared; nothing is counted"),
    )


def countries_year(context: Context) -> Figure | None:
    """A map of the countries that a list of the year names. If there are lists of several kinds, the one with the most
    countries on the map is drawn and the others are given in words below it; they are never added. None without a list
    of the year, or if none of its countries is on the map."""
    lists = [country_list for country_list in context.vintage.data.lists if country_list.year == context.vintage.year]
    codes_on_map = on_map_of(context.vintage.country.code)
    drawn = max(lists, key=lambda entry: sum(iso_of(code) in codes_on_map for code in entry.countries), default=None)
    codes = [code for code in context.locale.ordered(drawn.countries) if iso_of(code) in codes_on_map] if drawn else []
    if drawn is None or not codes:
        return None
    words = ChartWords(
        context.text("{label}, {year}", label=context.text(TITLES[drawn.kind]), year=context.vintage.year),
        context.text("The list of {year}; cases are not counted", year=context.vintage.year),
        context.text("Map of Europe with the countries named."),
    )
    plot = NamedLands(
        tuple(Land(iso_of(code), _map_label(code), context.country(code)) for code in codes),
        home_on_map(context.vintage.country.code),
    )
    chart = figure(
        context,
        "countries_year",
        words,
        plot,
        context.locale.joined(" ", [words.drawing, *(sentence(context, country_list) for country_list in lists)]),
        [Line(context.text(KINDS[country_list.kind]), [all_names(context, country_list)]) for country_list in lists],
        (Column(context.text("Countries and groups"), text=True),),
        context.text("Kind of list"),
        sources=[country_list.source for country_list in lists],
        notes=_notes_of_year(context, lists, drawn),
    )
    return replace(chart, under=_names(context, drawn, codes))


def _names(context: Context, drawn: CountryList, codes: Sequence[str]) -> str:
    named = (context.locale.put("{} {}", _map_label(code), context.country(code)) for code in codes)
    away = [context.country(code) for code in context.locale.ordered(drawn.countries) if code not in codes]
    away += groups_of(context, drawn)
    sentences = [context.locale.put("{}.", context.locale.joined(", ", named))]
    if away:
        sentences.append(context.text("Also named, outside the map: {names}.", names=context.locale.joined(", ", away)))
    return context.locale.joined(" ", sentences)


def _notes_of_year(context: Context, lists: Sequence[CountryList], drawn: CountryList) -> Notes:
    """The lists of other kinds, and notes that a map requires. Notes on lists are below the chart of all years."""
    notes: list[tuple[str, str]] = []
    others = (
        context.locale.put("{}: {}", context.text(TITLES[country_list.kind]), all_names(context, country_list))
        for country_list in lists
        if country_list is not drawn
    )
    if len(lists) > 1:
        notes.append((context.text("Other lists of the year"), context.locale.joined("; ", others)))
    every = context.locale.ordered({code for country_list in lists for code in country_list.countries})
    mark = "*" if KOSOVO in drawn.countries else context.country(KOSOVO)
    return (*notes, *designation(context, every, mark), (context.text("Map"), context.text(MAP)))


def groups_of(context: Context, country_list: CountryList) -> list[str]:
    return [group.text(context.locale.language) for group in country_list.groups]


def all_names(context: Context, country_list: CountryList) -> str:
    countries = map(context.country, context.locale.ordered(country_list.countries))
    return context.locale.opened(context.locale.joined(", ", [*countries, *groups_of(context, country_list)]))


def sentence(context: Context, entry: CountryList) -> str:
    codes, locale = context.locale.ordered(entry.countries), context.locale
    names = [locale.named_inside(code, context.vintage.country) for code in codes]
    named = locale.listed([*names, *groups_of(context, entry)])
    return context.text("{year}, {kind}: {names}.", year=entry.year, kind=context.text(KINDS[entry.kind]), names=named)


def _map_label(code: str) -> str:
    """The code of a country on a map; Kosovo's has the mark of its note."""
    return f"{code}*" if code == KOSOVO else code


def designation(context: Context, codes: Iterable[str], mark: str) -> Notes:
    """The note that any mention of Kosovo requires; none without one."""
    return ((mark, context.text(DESIGNATION)),) if KOSOVO in codes else ()
