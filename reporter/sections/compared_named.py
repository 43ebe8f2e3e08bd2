"""The countries named in lists: still, newly or no longer. Lists are compared kind by kind."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.charts.countries import KOSOVO, TITLES, designation
from reporter.comparison import Manner, Named, Sides, compare_named
from reporter.context import Context
from reporter.document.document import Column, Table
from reporter.i18n import N_
from reporter.tables.compared import side_names
from reporter.tables.tabulate import UNLIKE, Content, Heads, Line, Noted, tabulate

NOTHING = "–"
COLUMNS = (N_("In both lists, or in the only one"), N_("New"), N_("No longer named"))


def countries_changed(context: Context) -> Table | None:
    """The countries named in neighbouring years: both, new, or no longer. A row for each two lists of one kind that
    follow each other, and for each list that has none to be compared with."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    found = compare_named(sides)
    if not found:
        return None
    lines = [line for each in found for line in _lines(context, each, sides)]
    heads = Heads(
        code="countries_changed",
        caption=context.text("Countries named: both, new, no longer"),
        unit_line=context.text("Only lists of the same kind are compared; nothing is counted"),
        stub=context.text("List"),
        columns=tuple(Column(context.text(name), text=True) for name in COLUMNS),
    )
    sources = [listed.source for each in found for listed in each.lists]
    made = tabulate(heads, lines, context.vintage, context.locale, sources)
    codes = (code for each in found for listed in each.lists for code in listed.countries)
    return replace(made, notes=(*made.notes, *designation(context, codes, context.country(KOSOVO))))


def _lines(context: Context, each: Named, sides: Sides) -> Iterator[Line]:
    title, names = context.text(TITLES[each.kind]), side_names(context, sides)
    if not each.is_comparable:
        (place,) = each.listed
        named = (_countries(context, each.countries[place] or (), ""), _groups(context, each, (place,)))
        label = context.text("{label}, {year}", label=title, year=names[place])
        yield Line(label, [_noted(context, each, context.locale.joined(", ", filter(None, named))), UNLIKE, UNLIKE])
    for first, last in zip(each.listed, each.listed[1:], strict=False):
        both, new, gone = (_countries(context, codes) for codes in each.change(first, last))
        years = context.text(
            "{label}, {year}", label=title, year=context.locale.put("{}–{}", names[first], names[last])
        )
        yield Line(years, [_noted(context, each, both, names[first], names[last]), new, gone])
        if each.groups[first] or each.groups[last]:
            groups = _groups(context, each, (first, last))
            yield Line(context.text("Groups, not compared"), [groups, NOTHING, NOTHING], level=1)


def _noted(context: Context, each: Named, words: str, *years: str) -> Content:
    """Words with what is said of the lists, of those of some years if any are named."""
    rows = [listed.note for listed in each.lists if listed.note and (not years or str(listed.year) in years)]
    notes = (note.text(context.locale.language) for note in rows)
    return Noted(words, context.locale.joined(" ", notes)) if rows else words


def _countries(context: Context, codes: tuple[str, ...], none: str = NOTHING) -> str:
    return context.locale.joined(", ", map(context.country, context.locale.ordered(codes))) or none


def _groups(context: Context, each: Named, places: tuple[int, ...]) -> str:
    language = context.locale.language
    names = dict.fromkeys(group.text(language) for place in places for group in each.groups[place])
    return context.locale.joined(", ", names)
