"""Many countries, figure by figure: a scale, a list of ranks, and the countries without a rank with the reason. The
first page lists the figures with and without a range."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from decimal import Decimal

from reporter.data.i18n import N_, NN_, UNIT_WORDS
from reporter.data.i18n.territories import EU
from reporter.data.outline import Part
from reporter.data.records import Flag, Observation, Unit
from reporter.figures.compare.figures import INHABITANTS, PER, FigureRow, Sides, inhabitants
from reporter.figures.compare.ranking import (
    AlikeGroup,
    CountryRank,
    Exclusion,
    FigureRanking,
    is_ranked,
    printed_rate,
    rank_figure,
    rank_figures,
)
from reporter.report.context import Context
from reporter.report.document.document import Column, Ranking, Roll, Run, Runs, Table
from reporter.report.document.plot import CountryMark, Standings
from reporter.report.tables.comparison import caption, row_label, side_names
from reporter.report.tables.tabulate import (
    CalculatedValue,
    DerivedValue,
    Line,
    TableHeader,
    TextValue,
    ValueOfEdition,
    tabulate,
    without_notes,
)
from reporter.text.tree import Text, line, paragraph

DECIMALS = 2
LEAST_PRINTED = Decimal("0.01")
REASONS = {
    Exclusion.MISSING: N_("no figure"),
    Exclusion.HIDDEN: N_("not shown"),
    Exclusion.PERIOD: N_("For a period other than a year"),
    Exclusion.DOUBT: N_("Unresolved contradiction in the source"),
    Exclusion.BOUND: N_("Not an exact number"),
    Exclusion.DEFINITION: N_("Counted differently, definition not stated"),
    Exclusion.INHABITANTS: N_("Without a number of inhabitants"),
    Exclusion.FEW: N_("Fewer than three countries"),
}
OTHERWISE = N_("Counted differently: {definition}")
# The most countries named at the end of a range; of more, only the number is given.
MOST_NAMED = 3
# The lowest or highest value: a number, or a rate calculated from one.
End = TextValue | DerivedValue


def code_of(sides: Sides, place: int) -> str:
    """The code of a country as EU publications print it."""
    code = sides.sides[place].figures.country.code
    return EU.get(code, code)


def seen_of(row: FigureRow, placed: CountryRank) -> Observation:
    """The value that has a rank. Raises ValueError for a missing one, which has none."""
    observation = row.values[placed.side]
    if observation is None:
        raise ValueError(f"{row.address} of side {placed.side} has a place and no value")
    return observation


def rate_text(context: Context, rate: Decimal) -> str:
    """A rate to two decimals; a smaller one says so."""
    if rate > 0 and not printed_rate(rate):
        return context.locale.put("<{}", context.locale.fixed(LEAST_PRINTED, DECIMALS))
    return context.locale.fixed(rate, DECIMALS)


def standing_text(context: Context, row: FigureRow, group: AlikeGroup, placed: CountryRank) -> str:
    if group.by_rate:
        return rate_text(context, placed.value)
    return context.locale.value(seen_of(row, placed))


def median_text(context: Context, group: AlikeGroup) -> str:
    """The median of a range as printed."""
    return rate_text(context, group.median) if group.by_rate else context.locale.number(group.median.normalize())


def ends(context: Context, ranked: FigureRanking, group: AlikeGroup, sides: Sides) -> tuple[End, CalculatedValue, End]:
    """The lowest, the median and the highest value, with their countries."""
    lowest, highest = (_end(context, ranked.row, group, sides, ranks) for ranks in (group.lowest, group.highest))
    return lowest, CalculatedValue(group.median, median_text(context, group)), highest


def _end(context: Context, row: FigureRow, group: AlikeGroup, sides: Sides, placed: Sequence[CountryRank]) -> End:
    value = standing_text(context, row, group, placed[0])
    if len(placed) > MOST_NAMED:
        who = context.locale.count(*NN_("{n} country", "{n} countries"), len(placed))
    else:
        who = context.locale.joined(", ", (code_of(sides, country_rank.side) for country_rank in placed))
    text, observation = context.locale.put("{} ({})", value, who), seen_of(row, placed[0])
    if group.by_rate:
        return DerivedValue(placed[0].value, text, observation, sides.sides[placed[0].side].figures)
    return TextValue(text, observation)


def definition_of(context: Context, row: FigureRow, sides: Sides, place: int) -> str:
    """The definition that a country uses, in the language of the page."""
    observation = row.values[place]
    return sides.definition(place, observation).text(context.locale.language) if observation else ""


def apart_lines(context: Context, ranked: FigureRanking, sides: Sides, before: int = 0) -> Iterator[Line]:
    """The countries without a rank, by reason, or by definition if it differs. `before` columns stay empty."""
    names = side_names(context, sides)
    places_by_words: dict[str, list[int]] = {}
    for place, why in sorted(ranked.outside, key=lambda pair: list(REASONS).index(pair[1])):
        observation = ranked.row.values[place]
        unnamed = observation is None or (Flag.DEFINITION_DIFFERS in observation.flags and not observation.definition)
        words = context.locale.opened(context.text(REASONS[why]))
        if (
            why is Exclusion.DEFINITION
            and not unnamed
            and (definition := definition_of(context, ranked.row, sides, place))
        ):
            words = context.text(OTHERWISE, definition=definition)
        places_by_words.setdefault(words, []).append(place)
    for words, places in places_by_words.items():
        yield Line(words, heading=True)
        for place in places:
            value = ValueOfEdition(ranked.row.values[place], sides.sides[place].figures)
            yield Line(names[place], [*[""] * before, value])


FRONT = "ranked_glance"
READING = (
    (
        N_("Counted alike"),
        N_(
            "One definition, one year, an exact number and no unresolved contradiction. A break in a country's "
            "series (b) is marked at its value: it separates years, not countries."
        ),
    ),
    (
        N_("Rank"),
        N_("The highest value is first; equal values share a rank. Ranks apply only among countries that count alike."),
    ),
    (
        N_("Higher does not mean worse"),
        N_("More identified victims may mean better detection; fewer may mean weaker detection."),
    ),
)
RATES = (
    N_("Per 100 000 inhabitants"),
    N_(
        "Persons and cases of a year per 100 000 inhabitants, where most countries state that number; rounded half "
        "up to two decimals and ranked as printed. With small numbers, a single case changes a rate considerably."
    ),
)
NUMBERS = (N_("Numbers"), N_("They depend on the size of a country and say nothing about performance."))
MEDIAN = (N_("Median"), N_("As many countries are above it as below it."))
COUNTED = {
    Exclusion.MISSING: NN_("{n} without a figure", "{n} without a figure"),
    Exclusion.HIDDEN: NN_("{n} not shown", "{n} not shown"),
    Exclusion.PERIOD: NN_("{n} for a period other than a year", "{n} for a period other than a year"),
    Exclusion.DOUBT: NN_("{n} in doubt", "{n} in doubt"),
    Exclusion.BOUND: NN_("{n} not exact", "{n} not exact"),
    Exclusion.DEFINITION: NN_("{n} counted differently", "{n} counted differently"),
    Exclusion.INHABITANTS: NN_("{n} without a number of inhabitants", "{n} without a number of inhabitants"),
    Exclusion.FEW: NN_("{n} that counts alike", "{n} that count alike"),
}


def ranked_headline(part: Part, context: Context) -> Text | None:
    sides = context.sides
    if part.code != FRONT or sides is None or not is_ranked(sides):
        return None
    figure_rankings = ranked_rows(context)
    have = sum(bool(ranking.groups) for ranking in figure_rankings)
    count, number = context.locale.count, context.locale.numeral
    countries = count(*NN_("{n} country", "{n} countries"), len(sides.sides), n=number(len(sides.sides)))
    words = NN_("{countries}: {n} figure of {all} has a range", "{countries}: {n} figures of {all} have a range")
    numbers = context.locale.numerals(have, len(figure_rankings))
    return line(context.locale.opened(count(*words, have, n=numbers[0], countries=countries, all=numbers[1])))


def ranked_lead(part: Part, context: Context) -> Text | None:
    if part.code != FRONT or not is_ranked(context.sides):
        return None
    words = N_(
        "Only countries that count a figure alike share a range and are ranked. Those that count differently, give "
        "no exact number or leave it in doubt are shown separately with the reason. Differences between countries "
        "are not calculated."
    )
    return paragraph(context.text(words))


def ranges(context: Context) -> Table | None:
    """The range of every figure with the same definition in at least three countries: rates first, then numbers. If
    there are several such groups of countries, each has a row."""
    sides = context.sides
    figure_rankings = [ranking for ranking in ranked_rows(context) if ranking.groups]
    if sides is None or not figure_rankings:
        return None
    lines: list[Line] = []
    for by_rate, words in ((True, N_("Per 100 000 inhabitants")), (False, N_("Numbers"))):
        rows = [row for ranking in figure_rankings for row in _rows(context, ranking, sides, by_rate=by_rate)]
        lines += [Line(context.text(words), heading=True), *rows] if rows else []
    of, *others = range_columns(context)
    heads = TableHeader(
        code="ranges",
        caption=caption(context, sides, context.text("Range of the figures")),
        unit_line=context.text("Countries that count alike; the others are shown separately"),
        stub=context.text("Number of"),
        columns=(of, Column(context.text("Shown separately")), *others),
    )
    return without_notes(tabulate(heads, lines, context.vintage, context.locale))


def _rows(context: Context, ranked: FigureRanking, sides: Sides, *, by_rate: bool) -> Iterator[Line]:
    label = row_label(context, ranked.row)
    for n, group in enumerate(ranked.groups):
        if group.by_rate is by_rate:
            # The definition of the other groups is printed with their scale.
            is_further = n > 0 and ranked.groups[0].by_rate is by_rate
            further = context.text("{label}, counted differently", label=label)
            words = context.text("counted differently") if is_further else further if n else label
            row_line = range_line(context, ranked, group, sides, words, int(is_further))
            count, *others = row_line.cells
            yield Line(row_line.label, [count, str(ranked.given - len(group.placed)), *others], row_line.level)


def ranges_read(context: Context) -> Runs | None:
    """How to read ranges, ranks and rates, and which figures have no range, with the reasons."""
    groups = [group for ranking in ranked_rows(context) for group in ranking.groups]
    if not groups:
        return None
    rows = [*READING, MEDIAN]
    rows += [RATES] if any(group.by_rate for group in groups) else []
    rows += [NUMBERS] if any(not group.by_rate for group in groups) else []
    runs = [Run(context.locale.put("{}.", context.text(head)), context.text(text)) for head, text in rows]
    if without := [ranking for ranking in ranked_rows(context) if not ranking.groups]:
        sentences = []
        for figure in without:
            tally = Counter(why for _, why in figure.outside)
            counts = (context.locale.count(*COUNTED[why], tally[why]) for why in REASONS if tally[why])
            sentences.append(
                context.locale.put("{}: {}.", row_label(context, figure.row), context.locale.joined(", ", counts))
            )
        runs.append(Run(context.text("Without a range."), context.locale.joined(" ", sentences), caution=True))
    return Runs(label="", title=context.text("How to read the ranges"), runs=tuple(runs), reading=True)


RATE = N_("Per 100 000 inhabitants, rounded to two decimals; {countries} that count alike")
COUNT = N_(
    "Number of {unit}, which depends on the size of a country and does not measure performance; {countries} that "
    "count alike"
)
MEASURE = N_("In {unit}; {countries} that count alike")
# Larger countries have more of these.
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS, Unit.EURO)
ALT = N_(
    "{countries} on one scale from zero. Lowest: {lowest}. Median: {median}. Highest: {highest}. The list below has "
    "all values."
)


def ranked_rows(context: Context) -> tuple[FigureRanking, ...]:
    """Every figure that some country has, ranked; empty for few countries."""
    sides = context.sides
    if sides is None or not is_ranked(sides):
        return ()
    return rank_figures(tuple(row for row in context.rows if row.address != INHABITANTS), sides)


def rankings(context: Context) -> tuple[Ranking, ...]:
    """Each figure with the same definition in at least three countries: scale and list. If there are several such
    groups of countries, each has its own; the countries outside follow the largest."""
    sides = context.sides
    if sides is None:
        return ()
    return tuple(_ranking(context, entry, n, sides) for entry in ranked_rows(context) for n in range(len(entry.groups)))


def _ranking(context: Context, ranked: FigureRanking, n: int, sides: Sides) -> Ranking:
    group, row = ranked.groups[n], ranked.row
    code = f"rank-{row.indicator.code}".replace(".", "-") + (f"-{n + 1}" if n else "")
    count = len(group.placed)
    named = context.locale.count(*NN_("{n} country", "{n} countries"), count)
    words = RATE if group.by_rate else COUNT if row.indicator.unit in COUNTS else MEASURE
    unit_line = context.text(words, countries=named, unit=context.text(UNIT_WORDS[row.indicator.unit]))
    number = Column(context.text("Number of {unit}", unit=context.text(UNIT_WORDS[row.indicator.unit])))
    rate = (Column(context.text("Per 100 000")),) if group.by_rate else ()
    head = TableHeader(
        code=f"data-{code}",
        caption=caption(context, sides, row_label(context, row)),
        unit_line=unit_line,
        stub=context.text("Country"),
        columns=(Column(context.text("Rank")), *rate, number),
    )
    names, lines = side_names(context, sides), list[Line]()
    for country_rank in group.placed:
        rates = [CalculatedValue(country_rank.value, rate_text(context, country_rank.value))] if group.by_rate else []
        value = ValueOfEdition(row.values[country_rank.side], sides.sides[country_rank.side].figures)
        lines.append(Line(names[country_rank.side], [context.locale.number(Decimal(country_rank.rank)), *rates, value]))
    # The countries outside follow the largest group of a figure, with the reasons.
    lines += [] if n else apart_lines(context, ranked, sides, before=len(head.columns) - 1)
    table = tabulate(head, lines, context.vintage, context.locale)
    lowest, middle, highest = (end.text for end in ends(context, ranked, group, sides))
    is_told_apart = len(ranked.groups) > 1 or Exclusion.DEFINITION in dict(ranked.outside).values()
    counted = definition_of(context, row, sides, group.placed[0].side) if is_told_apart else ""
    return Ranking(
        code=code,
        number=0,
        caption=head.caption,
        unit_line=unit_line,
        plot=_standings(context, ranked, group, sides),
        alt=context.text(ALT, countries=named, lowest=lowest, median=middle, highest=highest),
        source_note=table.source_note,
        table=table,
        under=context.text("Counted: {definition}", definition=counted) if counted else "",
        count=count,
    )


def _standings(context: Context, ranked: FigureRanking, group: AlikeGroup, sides: Sides) -> Standings:
    names = side_names(context, sides)
    return Standings(
        standings=tuple(
            CountryMark(
                code_of(sides, rank.side), names[rank.side], rank.value, standing_text(context, ranked.row, group, rank)
            )
            for rank in reversed(group.placed)
        ),
        middle=group.median,
        middle_text=context.text("median {value}", value=median_text(context, group)),
    )


def unranked(context: Context) -> Roll | None:
    """The values of figures for which no three countries have the same definition."""
    sides = context.sides
    figure_rankings = [ranking for ranking in ranked_rows(context) if not ranking.groups]
    if sides is None or not figure_rankings:
        return None
    lines = []
    for item in figure_rankings:
        for row in apart_lines(context, item, sides):
            label = context.locale.put("{}. {}", row_label(context, item.row), row.label) if row.heading else row.label
            lines.append(replace(row, label=label))
    heads = TableHeader(
        code="unranked",
        caption=caption(context, sides, context.text("Figures without a range")),
        unit_line=context.text("Fewer than three countries count them alike"),
        stub=context.text("Country"),
        columns=(Column(context.text("Number")),),
    )
    return _roll(context, heads, lines)


def _roll(context: Context, heads: TableHeader, lines: Iterable[Line]) -> Roll:
    table = tabulate(heads, lines, context.vintage, context.locale)
    return Roll(**{field.name: getattr(table, field.name) for field in fields(table)})


def part_ranges(context: Context) -> Table | None:
    """The range of each part with the same definition in at least three countries."""
    sides = context.sides
    if sides is None or not is_ranked(sides):
        return None
    lines = [line for row in context.rows for line in _parts(context, row, sides)]
    if not lines:
        return None
    heads = TableHeader(
        code="part_ranges",
        caption=caption(context, sides, context.text("The parts of the figures")),
        unit_line=context.text("Numbers, which depend on the size of a country; the values of each are in the data"),
        stub=context.text("Number of"),
        columns=range_columns(context),
    )
    return without_notes(tabulate(heads, lines, context.vintage, context.locale))


def range_columns(context: Context) -> tuple[Column, ...]:
    """The number of countries, the lowest, the median and the highest value."""
    heads = (N_("Countries"), N_("Lowest"), N_("Median"), N_("Highest"))
    return tuple(Column(context.text(head)) for head in heads)


def range_line(
    context: Context, ranked: FigureRanking, group: AlikeGroup, sides: Sides, label: str, level: int
) -> Line:
    return Line(label, [str(len(group.placed)), *ends(context, ranked, group, sides)], level)


def _parts(context: Context, row: FigureRow, sides: Sides) -> Iterator[Line]:
    ranked_parts = [(part, rank_figure(part, sides, row)) for part in row.parts]
    rows = [(part, ranked) for part, ranked in ranked_parts if ranked.groups]
    if rows:
        yield Line(row_label(context, row), heading=True)
    for part, ranked in rows:
        label = context.code_label(part.dimension, part.code)
        yield range_line(context, ranked, ranked.groups[0], sides, label, 1)


def people(context: Context) -> Roll | None:
    """The number of inhabitants of each country, the base of the rates."""
    sides = context.sides
    if sides is None or not any(group.by_rate for ranking in ranked_rows(context) for group in ranking.groups):
        return None
    lines = []
    for name, observation, side in zip(side_names(context, sides), inhabitants(sides), sides.sides, strict=True):
        rate = PER / observation.value if observation and observation.value else None
        one_case = ":" if rate is None else CalculatedValue(rate, rate_text(context, rate))
        lines.append(Line(name, [ValueOfEdition(observation, side.figures), one_case]))
    heads = TableHeader(
        code="inhabitants",
        caption=caption(context, sides, context.text("Inhabitants")),
        unit_line=context.text("One case more or fewer changes a rate by the number in the last column"),
        stub=context.text("Country"),
        columns=(Column(context.text("Inhabitants")), Column(context.text("One case per 100 000"))),
    )
    return _roll(context, heads, lines)
