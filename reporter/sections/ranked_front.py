"""What the first page of many countries says. It names what has a range, and what has none."""

from collections import Counter
from collections.abc import Iterator

from reporter.comparison import Outside, Ranked, Sides, is_ranked
from reporter.context import Context
from reporter.document.document import Column, Run, Runs, Table, Text, line
from reporter.document.outline import Part
from reporter.i18n import N_, NN_
from reporter.sections.lines import paragraph
from reporter.sections.ranked_figures import range_columns, range_line, ranked_rows
from reporter.tables.compared import caption
from reporter.tables.ranked import REASONS
from reporter.tables.tabulate import Heads, Line, tabulate, without_notes

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
