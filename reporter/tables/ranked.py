"""What many countries have: their places, and those that stand apart."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.comparison.figures import Compared
from reporter.comparison.ranking import AlikeGroup, Outside, Placed, Ranked, printed_rate
from reporter.comparison.sides import Sides
from reporter.context import Context
from reporter.document.document import Column, Table
from reporter.i18n import N_, NN_, UNIT_WORDS
from reporter.model import Flag, Observation
from reporter.model.geography import EU
from reporter.tables.compared import side_names
from reporter.tables.tabulate import Calculated, Derived, Elsewhere, Heads, Line, Worded, tabulate

DECIMALS = 2
LEAST_PRINTED = Decimal("0.01")
REASONS = {
    Outside.MISSING: N_("No figure"),
    Outside.HIDDEN: N_("Not shown"),
    Outside.PERIOD: N_("Not of one year"),
    Outside.DOUBT: N_("In a contradiction that the source leaves open"),
    Outside.BOUND: N_("Not an exact number"),
    Outside.DEFINITION: N_("Counted otherwise, and how is not said"),
    Outside.INHABITANTS: N_("Without a number of inhabitants"),
    Outside.FEW: N_("Fewer than three countries"),
}
OTHERWISE = N_("Counted otherwise: {definition}")
# So many countries are named at the end of a range; of more it is said how many there are.
MOST_NAMED = 3
# The lowest or the highest value: a number, or a rate that is worked out from one.
End = Worded | Derived


def code_of(sides: Sides, place: int) -> str:
    """The code of a country as EU publications print it."""
    code = sides.sides[place].figures.country.code
    return EU.get(code, code)


def seen_of(row: Compared, placed: Placed) -> Observation:
    """The value behind a place. Raises ValueError for one that is not there, which has no place."""
    seen = row.values[placed.side]
    if seen is None:
        raise ValueError(f"{row.address} of side {placed.side} has a place and no value")
    return seen


def rate_text(context: Context, rate: Decimal) -> str:
    """A rate to two decimals; one too small for them says so."""
    if rate > 0 and not printed_rate(rate):
        return context.locale.put("<{}", context.locale.fixed(LEAST_PRINTED, DECIMALS))
    return context.locale.fixed(rate, DECIMALS)


def standing_text(context: Context, row: Compared, group: AlikeGroup, placed: Placed) -> str:
    """What is ranked of a country, as printed."""
    if group.by_rate:
        return rate_text(context, placed.value)
    return context.locale.value(seen_of(row, placed))


def median_text(context: Context, group: AlikeGroup) -> str:
    """The middle of a range as printed."""
    return rate_text(context, group.median) if group.by_rate else context.locale.number(group.median.normalize())


def ends(context: Context, ranked: Ranked, group: AlikeGroup, sides: Sides) -> tuple[End, Calculated, End]:
    """The lowest, the middle and the highest value, with who has them."""
    lowest, highest = (_end(context, ranked.row, group, sides, each) for each in (group.lowest, group.highest))
    return lowest, Calculated(group.median, median_text(context, group)), highest


def _end(context: Context, row: Compared, group: AlikeGroup, sides: Sides, placed: Sequence[Placed]) -> End:
    value = standing_text(context, row, group, placed[0])
    if len(placed) > MOST_NAMED:
        who = context.locale.count(*NN_("{n} country", "{n} countries"), len(placed))
    else:
        who = context.locale.joined(", ", (code_of(sides, each.side) for each in placed))
    text, seen = context.locale.put("{} ({})", value, who), seen_of(row, placed[0])
    if group.by_rate:
        return Derived(placed[0].value, text, seen, sides.sides[placed[0].side].figures)
    return Worded(text, seen)


def definition_of(context: Context, row: Compared, sides: Sides, place: int) -> str:
    """What a country counts, in the language of the page."""
    seen = row.values[place]
    return sides.definition(place, seen).text(context.locale.language) if seen else ""


def ranks_table(context: Context, ranked: Ranked, group: AlikeGroup, sides: Sides, heads: Heads) -> Table:
    """The list of a group: rank, rate and number of each country. Behind the largest group of a figure stand the
    countries outside, below the reasons."""
    names, lines = side_names(context, sides), []
    for each in group.placed:
        rate = [Calculated(each.value, rate_text(context, each.value))] if group.by_rate else []
        number = Elsewhere(ranked.row.values[each.side], sides.sides[each.side].figures)
        lines.append(Line(names[each.side], [context.locale.number(Decimal(each.rank)), *rate, number]))
    if group is ranked.groups[0]:
        lines += apart_lines(context, ranked, sides, before=len(heads.columns) - 1)
    return tabulate(heads, lines, context.vintage, context.locale)


def rank_columns(context: Context, row: Compared, group: AlikeGroup) -> tuple[Column, ...]:
    """The columns of the list of a group."""
    number = Column(context.text("Number of {unit}", unit=context.text(UNIT_WORDS[row.indicator.unit])))
    rate = (Column(context.text("Per 100 000")),) if group.by_rate else ()
    return (Column(context.text("Rank")), *rate, number)


def apart_lines(context: Context, ranked: Ranked, sides: Sides, before: int = 0) -> Iterator[Line]:
    """The countries without a place, under the reasons. `before` columns stay empty. Those that count otherwise are
    told apart by what they count."""
    names = side_names(context, sides)
    found: dict[str, list[int]] = {}
    for place, why in sorted(ranked.outside, key=lambda each: list(REASONS).index(each[1])):
        seen = ranked.row.values[place]
        unnamed = seen is None or (Flag.DEFINITION_DIFFERS in seen.flags and not seen.definition)
        words = context.text(REASONS[why])
        if (
            why is Outside.DEFINITION
            and not unnamed
            and (definition := definition_of(context, ranked.row, sides, place))
        ):
            words = context.text(OTHERWISE, definition=definition)
        found.setdefault(words, []).append(place)
    for words, places in found.items():
        yield Line(words, heading=True)
        for place in places:
            value = Elsewhere(ranked.row.values[place], sides.sides[place].figures)
            yield Line(names[place], [*[""] * before, value])
