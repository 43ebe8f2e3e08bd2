"""Many countries, figure by figure. Each has a scale, a list, and those who stand apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal

from reporter.comparison.figures import INHABITANTS, PER, Compared, inhabitants
from reporter.comparison.ranking import AlikeGroup, Outside, Ranked, is_ranked, rank_figure, rank_figures
from reporter.comparison.sides import Sides
from reporter.context import Context
from reporter.document.document import Column, Ranking, Roll, Run, Runs, Table, Text, line
from reporter.document.outline import Part
from reporter.document.plot import CountryMark, Standings
from reporter.i18n import N_, NN_, UNIT_WORDS
from reporter.model import Unit
from reporter.sections.lines import paragraph
from reporter.tables.compared import caption, side_names
from reporter.tables.ranked import (
    REASONS,
    apart_lines,
    code_of,
    definition_of,
    ends,
    median_text,
    rank_columns,
    ranks_table,
    rate_text,
    standing_text,
)
from reporter.tables.tabulate import Calculated, Content, Elsewhere, Heads, Line, tabulate, without_notes

FRONT = "ranked_glance"
READING = (
    (
        N_("Counted alike."),
        N_(
            "One definition, one year, an exact number, and no contradiction left open. A break in a country's series "
            "(b) stays at its value: it parts years, not countries."
        ),
    ),
    (
        N_("Rank."),
        N_(
            "The highest is first, and equal values share a rank. It holds among the countries that count alike and "
            "nowhere else."
        ),
    ),
    (
        N_("Higher is not worse."),
        N_("More victims identified may mean that they are found; fewer may mean that nobody looks."),
    ),
)
RATES = (
    N_("Rates."),
    N_(
        "Persons and cases of a year per 100 000 inhabitants, where most of the countries state their number; rounded "
        "half up to two decimals and ranked as printed. With small numbers a single case changes a rate considerably."
    ),
)
NUMBERS = (N_("Numbers."), N_("They follow the size of a country and say nothing of performance."))
MEDIAN = (N_("Median."), N_("As many countries have more as have less."))
COUNTED = {
    Outside.MISSING: NN_("{n} without a figure", "{n} without a figure"),
    Outside.HIDDEN: NN_("{n} not shown", "{n} not shown"),
    Outside.PERIOD: NN_("{n} not of one year", "{n} not of one year"),
    Outside.DOUBT: NN_("{n} in doubt", "{n} in doubt"),
    Outside.BOUND: NN_("{n} not exact", "{n} not exact"),
    Outside.DEFINITION: NN_("{n} counted otherwise", "{n} counted otherwise"),
    Outside.INHABITANTS: NN_("{n} without inhabitants", "{n} without inhabitants"),
    Outside.FEW: NN_("{n} counted alike", "{n} counted alike"),
}


def ranked_headline(part: Part, context: Context) -> Text | None:
    sides = context.sides
    if part.code != FRONT or sides is None or not is_ranked(sides):
        return None
    found = ranked_rows(context)
    have = sum(bool(each.groups) for each in found)
    count, number = context.locale.count, context.locale.numeral
    countries = count(*NN_("{n} country", "{n} countries"), len(sides.sides), n=number(len(sides.sides)))
    words = NN_("{countries}: {n} figure of {all} has a range", "{countries}: {n} figures of {all} have a range")
    numbers = context.locale.numerals(have, len(found))
    return line(context.locale.opened(count(*words, have, n=numbers[0], countries=countries, all=numbers[1])))


def ranked_lead(part: Part, context: Context) -> Text | None:
    if part.code != FRONT or not is_ranked(context.sides):
        return None
    words = N_(
        "Only countries that count a figure alike share a range, and only there they have a rank. Those that count "
        "otherwise, give no exact number or leave it in doubt stand apart with the reason. No difference between "
        "countries is worked out."
    )
    return paragraph(context.text(words))


def ranges(context: Context) -> Table | None:
    """The range of every figure that three countries count alike. Rates first, then numbers; of several groups each has
    a row."""
    sides = context.sides
    found = [each for each in ranked_rows(context) if each.groups]
    if sides is None or not found:
        return None
    lines: list[Line] = []
    for by_rate, words in ((True, N_("Per 100 000 inhabitants")), (False, N_("Numbers"))):
        rows = [row for each in found for row in _rows(context, each, sides, by_rate=by_rate)]
        lines += [Line(context.text(words), heading=True), *rows] if rows else []
    of, *others = range_columns(context)
    heads = Heads(
        code="ranges",
        caption=caption(context, sides, context.text("Range of the figures")),
        unit_line=context.text("Among the countries that count alike; those that do not are apart"),
        stub=context.text("Number of"),
        columns=(of, Column(context.text("Apart")), *others),
    )
    return without_notes(tabulate(heads, lines, context.vintage, context.locale))


def _rows(context: Context, ranked: Ranked, sides: Sides, *, by_rate: bool) -> Iterator[Line]:
    label = ranked.row.indicator.label.text(context.locale.language)
    for n, group in enumerate(ranked.groups):
        if group.by_rate is by_rate:
            # What the others count is said beside their scale.
            is_further = n > 0 and ranked.groups[0].by_rate is by_rate
            further = context.text("{label}, counted otherwise", label=label)
            words = context.text("counted otherwise") if is_further else further if n else label
            made = range_line(context, ranked, group, sides, words, int(is_further))
            count, *others = made.cells
            yield Line(made.label, [count, str(ranked.given - len(group.placed)), *others], made.level)


def ranges_read(context: Context) -> Runs | None:
    """Say how ranges, ranks and rates are to be read. It also names the figures without a range, and why they have
    none."""
    groups = [group for each in ranked_rows(context) for group in each.groups]
    if not groups:
        return None
    rows = [*READING, MEDIAN]
    rows += [RATES] if any(group.by_rate for group in groups) else []
    rows += [NUMBERS] if any(not group.by_rate for group in groups) else []
    runs = [Run(context.text(head), context.text(text)) for head, text in rows]
    if without := [each for each in ranked_rows(context) if not each.groups]:
        named = context.locale.joined(" ", (_why(context, each) for each in without))
        runs.append(Run(context.text("Without a range."), named, caution=True))
    return Runs(label="", title=context.text("How to read the ranges"), runs=tuple(runs), reading=True)


def _why(context: Context, ranked: Ranked) -> str:
    found = Counter(why for _, why in ranked.outside)
    sentences = (context.locale.count(*COUNTED[why], found[why]) for why in REASONS if found[why])
    label = ranked.row.indicator.label.text(context.locale.language)
    return context.locale.put("{}: {}.", label, context.locale.joined(", ", sentences))


RATE = N_("Per 100 000 inhabitants, rounded to two decimals; {countries} that count alike")
COUNT = N_("Number of {unit}, which follows the size of a country and is no performance; {countries} that count alike")
MEASURE = N_("In {unit}; {countries} that count alike")
# What there is more of in a larger country.
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS, Unit.EURO)
ALT = N_(
    "{countries} on one scale from zero. Lowest: {lowest}. Median: {median}. Highest: {highest}. "
    "The list below has the values of all."
)


def ranked_rows(context: Context) -> tuple[Ranked, ...]:
    """Every figure that some country has, ranked; empty for few countries."""
    sides = context.sides
    if sides is None or not is_ranked(sides):
        return ()
    return rank_figures(tuple(row for row in context.rows if row.address != INHABITANTS), sides)


def rankings(context: Context) -> tuple[Ranking, ...]:
    """Each figure that three countries count alike: scale and list. Of several groups each has its own; the countries
    outside stand below the largest."""
    sides = context.sides
    if sides is None:
        return ()
    return tuple(_ranking(context, each, n, sides) for each in ranked_rows(context) for n in range(len(each.groups)))


def _ranking(context: Context, ranked: Ranked, n: int, sides: Sides) -> Ranking:
    group, row = ranked.groups[n], ranked.row
    code = f"rank-{row.indicator.code}".replace(".", "-") + (f"-{n + 1}" if n else "")
    count = len(group.placed)
    named = context.locale.count(*NN_("{n} country", "{n} countries"), count)
    words = RATE if group.by_rate else COUNT if row.indicator.unit in COUNTS else MEASURE
    unit_line = context.text(words, countries=named, unit=context.text(UNIT_WORDS[row.indicator.unit]))
    heads = Heads(
        code=f"data-{code}",
        caption=caption(context, sides, _label(context, row)),
        unit_line=unit_line,
        stub=context.text("Country"),
        columns=rank_columns(context, row, group),
    )
    table = ranks_table(context, ranked, group, sides, heads)
    lowest, middle, highest = (each.text for each in ends(context, ranked, group, sides))
    is_told_apart = len(ranked.groups) > 1 or Outside.DEFINITION in dict(ranked.outside).values()
    counted = definition_of(context, row, sides, group.placed[0].side) if is_told_apart else ""
    return Ranking(
        code=code,
        number=0,
        caption=heads.caption,
        unit_line=unit_line,
        plot=_standings(context, ranked, group, sides),
        alt=context.text(ALT, countries=named, lowest=lowest, median=middle, highest=highest),
        source_note=table.source_note,
        table=table,
        under=context.text("Counted: {definition}", definition=counted) if counted else "",
        count=count,
    )


def _label(context: Context, row: Compared) -> str:
    return row.indicator.label.text(context.locale.language)


def _standings(context: Context, ranked: Ranked, group: AlikeGroup, sides: Sides) -> Standings:
    names = side_names(context, sides)
    return Standings(
        standings=tuple(
            CountryMark(
                code_of(sides, each.side), names[each.side], each.value, standing_text(context, ranked.row, group, each)
            )
            for each in reversed(group.placed)
        ),
        middle=group.median,
        middle_text=context.text("median {value}", value=median_text(context, group)),
    )


def unranked(context: Context) -> Roll | None:
    """The values of figures that no three countries count alike."""
    sides = context.sides
    found = [each for each in ranked_rows(context) if not each.groups]
    if sides is None or not found:
        return None
    lines = [line for each in found for line in _unranked(context, each, sides)]
    heads = Heads(
        code="unranked",
        caption=caption(context, sides, context.text("Figures without a range")),
        unit_line=context.text("Fewer than three countries count them alike"),
        stub=context.text("Country"),
        columns=(Column(context.text("Number")),),
    )
    return _roll(context, heads, lines)


def _roll(context: Context, heads: Heads, lines: Iterable[Line]) -> Roll:
    made = tabulate(heads, lines, context.vintage, context.locale)
    return Roll(**{each.name: getattr(made, each.name) for each in fields(made)})


def _unranked(context: Context, ranked: Ranked, sides: Sides) -> Iterator[Line]:
    for each in apart_lines(context, ranked, sides):
        if each.heading:
            label = context.locale.put("{}. {}", _label(context, ranked.row), each.label)
            yield Line(label, heading=True)
        else:
            yield each


def part_ranges(context: Context) -> Table | None:
    """The range of each part that three countries count alike."""
    sides = context.sides
    if sides is None or not is_ranked(sides):
        return None
    lines = [line for row in context.rows for line in _parts(context, row, sides)]
    if not lines:
        return None
    heads = Heads(
        code="part_ranges",
        caption=caption(context, sides, context.text("The parts of the figures")),
        unit_line=context.text("Numbers, which follow the size of a country; the values of each are in the data"),
        stub=context.text("Number of"),
        columns=range_columns(context),
    )
    return without_notes(tabulate(heads, lines, context.vintage, context.locale))


def range_columns(context: Context) -> tuple[Column, ...]:
    """How many countries, the lowest, the middle, the highest value."""
    heads = (N_("Countries"), N_("Lowest"), N_("Median"), N_("Highest"))
    return tuple(Column(context.text(each)) for each in heads)


def range_line(context: Context, ranked: Ranked, group: AlikeGroup, sides: Sides, label: str, level: int) -> Line:
    """The range of a group in a row."""
    return Line(label, [str(len(group.placed)), *ends(context, ranked, group, sides)], level)


def _parts(context: Context, row: Compared, sides: Sides) -> Iterator[Line]:
    found = [(part, rank_figure(part, sides, row)) for part in row.parts]
    rows = [(part, ranked) for part, ranked in found if ranked.groups]
    if rows:
        yield Line(_label(context, row), heading=True)
    for part, ranked in rows:
        label = context.code_label(part.dimension, part.code)
        yield range_line(context, ranked, ranked.groups[0], sides, label, 1)


def people(context: Context) -> Roll | None:
    """The number of inhabitants of each country, on which rates stand."""
    sides = context.sides
    if sides is None or not any(group.by_rate for each in ranked_rows(context) for group in each.groups):
        return None
    known = zip(side_names(context, sides), inhabitants(sides), sides.sides, strict=True)
    lines = [
        Line(name, [Elsewhere(seen, side.figures), _one_case(context, seen.value if seen else None)])
        for name, seen, side in known
    ]
    heads = Heads(
        code="inhabitants",
        caption=caption(context, sides, context.text("Inhabitants")),
        unit_line=context.text("One case more or less moves a rate by the number in the last column"),
        stub=context.text("Country"),
        columns=(Column(context.text("Inhabitants")), Column(context.text("One case per 100 000"))),
    )
    return _roll(context, heads, lines)


def _one_case(context: Context, inhabitants: Decimal | None) -> Content:
    if not inhabitants:
        return ":"
    rate = PER / inhabitants
    return Calculated(rate, rate_text(context, rate))
