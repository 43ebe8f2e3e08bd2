"""The figures of a comparison in sentences and tables, and how to read them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from reporter.data.i18n import N_, NP_
from reporter.data.records import Esms, Flag, is_given, is_hidden
from reporter.data.records.label import language_of
from reporter.figures.analysis.arithmetic import is_sound
from reporter.figures.compare.figures import (
    INHABITANTS,
    FigureRow,
    Manner,
    NamedCountries,
    Side,
    Sides,
    compare_named,
    counted_alike,
    inhabitants,
    rates,
)
from reporter.report.charts.countries import KOSOVO, TITLES, designation
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Table
from reporter.report.tables.comparison import (
    TENTH,
    all_columns,
    breaks,
    caption,
    change_cells,
    change_columns,
    extreme_cells,
    full_line,
    is_long,
    main_change,
    mean_cell,
    record_sentence,
    rest_label,
    row_label,
    sentences,
    side_columns,
    side_names,
    tally_line,
    values_sentence,
)
from reporter.report.tables.tabulate import (
    UNLIKE,
    CalculatedValue,
    Content,
    DerivedValue,
    Line,
    TableHeader,
    TextWithNote,
    ValueOfEdition,
    edition_source_note,
    tabulate,
)
from reporter.text.change_sentences import BOTH_MISSING, INDICATORS, reason_of
from reporter.text.tree import Group, Paragraph, Text, Words

NOTHING = "–"
COLUMNS = (N_("In both lists, or in the only one"), N_("New"), N_("No longer named"))


def countries_changed(context: Context) -> Table | None:
    """The countries named in neighbouring years: in both, new, or no longer. One row for each two consecutive lists of
    one kind, and for each list without another to compare with."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    comparisons = compare_named(sides)
    if not comparisons:
        return None
    lines = [line for comparison in comparisons for line in _lines(context, comparison, sides)]
    heads = TableHeader(
        code="countries_changed",
        caption=context.text("Countries named: in both lists, new, no longer named"),
        unit_line=context.text("Only lists of the same kind are compared; nothing is counted"),
        stub=context.text("List"),
        columns=tuple(Column(context.text(name), text=True) for name in COLUMNS),
    )
    sources = [listed.source for comparison in comparisons for listed in comparison.lists]
    table = tabulate(heads, lines, context.vintage, context.locale, sources)
    codes = (code for comparison in comparisons for listed in comparison.lists for code in listed.countries)
    return replace(table, notes=(*table.notes, *designation(context, codes, context.country(KOSOVO))))


def _lines(context: Context, kind: NamedCountries, sides: Sides) -> Iterator[Line]:
    title, names = context.text(TITLES[kind.kind]), side_names(context, sides)
    if not kind.is_comparable:
        (place,) = kind.listed
        named = (_countries(context, kind.countries[place] or (), ""), _groups(context, kind, (place,)))
        label = context.text("{label}, {year}", label=title, year=names[place])
        yield Line(label, [_noted(context, kind, context.locale.joined(", ", filter(None, named))), UNLIKE, UNLIKE])
    for first, last in zip(kind.listed, kind.listed[1:], strict=False):
        both, new, gone = (_countries(context, codes) for codes in kind.change(first, last))
        years = context.text(
            "{label}, {year}", label=title, year=context.locale.put("{}–{}", names[first], names[last])
        )
        yield Line(years, [_noted(context, kind, both, names[first], names[last]), new, gone])
        if kind.groups[first] or kind.groups[last]:
            groups = _groups(context, kind, (first, last))
            yield Line(context.text("Groups, not compared"), [groups, NOTHING, NOTHING], level=1)


def _noted(context: Context, comparison: NamedCountries, words: str, *years: str) -> Content:
    """Words with the notes on the lists, or only on those of the given years."""
    rows = [listed.note for listed in comparison.lists if listed.note and (not years or str(listed.year) in years)]
    notes = (note.text(context.locale.language) for note in rows)
    return TextWithNote(words, context.locale.joined(" ", notes)) if rows else words


def _countries(context: Context, codes: tuple[str, ...], none: str = NOTHING) -> str:
    return context.locale.joined(", ", map(context.country, context.locale.ordered(codes))) or none


def _groups(context: Context, comparison: NamedCountries, places: tuple[int, ...]) -> str:
    language = context.locale.language
    names = dict.fromkeys(group.text(language) for place in places for group in comparison.groups[place])
    return context.locale.joined(", ", names)


DECIMALS = 2


def comparability(context: Context) -> Entries | None:
    """What makes the figures of each country hard to compare: sources, definitions, masked and doubtful values, and the
    country's own remarks."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    return Entries("", tuple(_country(context, side) for side in sides.sides))


def _country(context: Context, side: Side) -> Entry:
    country = side.figures.country
    own = dict(country.methodology).get(Esms.COHERENCE)
    lines = (*_facts(context, side), own.text(context.locale.language) if own else "")
    return Entry(context.locale.name_of(country), tuple(line for line in lines if line))


def _facts(context: Context, side: Side) -> Iterator[str]:
    """What limits the comparison of a country's totals of the year."""
    yield context.text("Source data: {sources}", sources=edition_source_note(side.figures, context.locale))
    observations = [value for row in context.rows if (value := side.value(row.indicator.code))]
    kinds = (
        (
            N_("Definition differs from the usual one"),
            [item for item in observations if item.definition or Flag.DEFINITION_DIFFERS in item.flags],
        ),
        (N_("Not shown"), [observation for observation in observations if is_hidden(observation)]),
        (N_("Unresolved contradiction in the source"), [item for item in observations if item.doubtful]),
    )
    for head, matches in kinds:
        if matches:
            labels = context.locale.joined("; ", (context.label(item.indicator) for item in matches))
            yield context.locale.put("{}: {}", context.text(head), labels)


def per_inhabitants(context: Context) -> Table | None:
    """Figures per 100 000 inhabitants, below that number of inhabitants. None without it or without countries."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    rate_rows = rates(context.rows, sides)
    if not rate_rows:
        return None
    people = [ValueOfEdition(value, side.figures) for value, side in zip(inhabitants(sides), sides.sides, strict=True)]
    lines = [Line(context.text("Inhabitants"), people)]
    for rate_row in rate_rows:
        cells: list[Content] = []
        for rate, observation, side in zip(rate_row.values, rate_row.row.values, sides.sides, strict=True):
            if rate is None or observation is None:
                # The sign of the figure, or a colon.
                cells.append(":" if is_given(observation) else ValueOfEdition(observation, side.figures))
            else:
                cells.append(DerivedValue(rate, context.locale.fixed(rate, DECIMALS), observation, side.figures))
        lines.append(Line(context.label(rate_row.row.indicator.code), cells, level=1))
    heads = TableHeader(
        code="per_inhabitants",
        caption=caption(context, sides, context.text("Figures per 100 000 inhabitants")),
        unit_line=context.text(
            N_("With small numbers, a single case changes a rate considerably; countries are not ranked")
        ),
        stub=context.text("Number of"),
        columns=side_columns(context, sides),
    )
    used = {value.source for figure_rates in rate_rows for value in figure_rates.row.values if value}
    return tabulate(heads, lines, context.vintage, context.locale, used)


Rests = tuple[Decimal | None, ...]
ALONE = N_("Parts with only one known value are left out")
# A part that fewer sides have is not a comparison.
LEAST_VALUES = 2


def changes(context: Context) -> Text | None:
    """What changed, in sentences made from the data, figures not comparable last. None when nothing is compared."""
    sides = context.sides
    # The number of inhabitants is used for rates and is not a finding itself.
    rows = [row for row in context.rows if row.address != INHABITANTS]
    if sides and sides.manner is Manner.COUNTRIES:
        rows = [row for row in rows if row.is_shared]
    if sides is None or not rows:
        return None
    rows.sort(key=lambda row: (change := main_change(row, sides)) is None or change.difference is None)
    texts = [sentence for row in rows if not _is_empty(row, sides) for sentence in _row_sentences(context, row, sides)]
    if labels := [row_label(context, row) for row in rows if _is_empty(row, sides)]:
        words = N_("No figure for {first} or {last}: {labels}.")
        texts.append(
            context.text(
                words, first=sides.first.year, last=sides.last.year, labels=context.locale.joined("; ", labels)
            )
        )
    items = tuple(
        Group("li", (Paragraph((Words(str(text), language_of(text)),), tight=True),), sign="-") for text in texts
    )
    counted = tally_line(context, rows, sides, INDICATORS)
    summary = (Paragraph((Words(f"{counted}.", language_of(counted)),)),) if counted else ()
    observations = tuple(value for row in rows for value in row.values if value)
    return Text((*summary, Group("ul", items, sign="-")), observations)


def _is_empty(row: FigureRow, sides: Sides) -> bool:
    """Whether, of many sides, neither the first nor the last has a figure and no two between them can be compared."""
    change = main_change(row, sides)
    return change is not None and reason_of(change) == BOTH_MISSING and len(row.changes) != 1


def _row_sentences(context: Context, row: FigureRow, sides: Sides) -> Iterator[str]:
    """The sentences of a row; the last has its remark."""
    label = row_label(context, row)
    texts = list(sentences(context, row, sides, label)) or [values_sentence(context, label, row, sides)]
    more = _remark(context, row, sides)
    yield from texts[:-1]
    yield context.locale.joined(" ", filter(None, (texts[-1], more)))


def _remark(context: Context, row: FigureRow, sides: Sides) -> str:
    """The remark on the values of a row, or empty: breaks and a record for years, other definitions for countries."""
    if sides.manner is Manner.COUNTRIES and not counted_alike(row, sides):
        return context.text("The definitions differ.")
    if sides.manner is not Manner.YEARS:
        return ""
    broken = breaks(row, sides) if is_long(sides) else ()
    text = context.text("Break in the series: {years}.", years=", ".join(map(str, broken))) if broken else ""
    return context.locale.joined(" ", filter(None, (text, record_sentence(row.extremes, context.locale))))


def every_change(context: Context) -> tuple[Table, ...]:
    """Every indicator side by side; for years, a second table of five-year means and extremes of the series."""
    sides = context.sides
    if sides is None or not context.rows:
        return ()
    columns, lines = all_columns(context, sides), [full_line(context, row, sides) for row in context.rows]
    if sides.manner is Manner.COUNTRIES:
        columns = (*columns, Column(context.text("Counted alike")))
        lines = [
            replace(line, cells=[*line.cells, _alike(context, row, sides)])
            for line, row in zip(lines, context.rows, strict=True)
        ]
    table = _laid(context, sides, "every_change", context.text("All figures"), columns, lines)
    return (table, _means_and_extremes(context, sides)) if sides.manner is Manner.YEARS else (table,)


def _alike(context: Context, row: FigureRow, sides: Sides) -> Content:
    """Whether the countries use one definition; if not, the definition of each."""
    if sum(map(is_given, row.values)) < LEAST_VALUES:
        return ":"
    if counted_alike(row, sides):
        return context.locale.inside(context.text("Yes"))
    language, groups = context.locale.language, dict[str, list[str]]()
    for place, (name, observation) in enumerate(zip(side_names(context, sides), row.values, strict=True)):
        if observation and is_given(observation):
            groups.setdefault(sides.definition(place, observation).text(language), []).append(name)
    parts = (context.locale.put("{}: {}", context.locale.joined(", ", names), words) for words, names in groups.items())
    return TextWithNote(
        UNLIKE, context.locale.joined(" ", [context.locale.put("{}.", row_label(context, row)), *parts])
    )


def _means_and_extremes(context: Context, sides: Sides) -> Table:
    """The means and extremes of every indicator; for many sides, also the change from the first to the last."""
    last, long = sides.last.year, is_long(sides)
    columns = (
        *(change_columns(context, sides) if long else ()),
        Column(context.text("Mean {first}–{last}", first=last - 5, last=last - 1)),
        Column(context.text("Lowest")),
        Column(context.text("Highest")),
    )
    lines = []
    for row in context.rows:
        changed = change_cells(context, row, sides) if long else []
        cells = [*changed, mean_cell(context, row.mean), *extreme_cells(context, row)]
        lines.append(Line(row_label(context, row), cells))
    return _laid(context, sides, "series_changes", context.text("Means and extremes"), columns, lines)


def _laid(
    context: Context, sides: Sides, code: str, what: str, columns: tuple[Column, ...], lines: Iterable[Line]
) -> Table:
    heads = TableHeader(
        code=code,
        caption=caption(context, sides, what),
        unit_line=_unit_line(context, sides),
        stub=context.text("Number of"),
        columns=columns,
    )
    return tabulate(heads, lines, context.vintage, context.locale)


def _unit_line(context: Context, sides: Sides) -> str:
    if sides.manner is Manner.COUNTRIES:
        return context.text("Definitions differ between countries (see the notes); countries are not ranked")
    if sides.manner is Manner.EDITIONS:
        return context.text("The year {year} as each edition states it", year=sides.last.year)
    words = N_("According to the edition of {year}; percentages only where the base is {base} or more")
    return context.text(words, year=sides.last.figures.as_of, base=context.vintage.settings.percent_base)


def part_changes(context: Context) -> tuple[Table, ...]:
    """Every breakdown side by side: the parts that two sides have, the rest of the total, and shares if the base is
    large. Parts that only one side has, and shares for many sides, are included only when everything is requested."""
    sides = context.sides
    if sides is None:
        return ()
    return tuple(
        _parted(context, row, name, rests, parts, sides)
        for row in context.rows
        for name, rests in row.rests
        if (
            parts := [
                part for part in row.within(name) if context.complete or sum(map(is_given, part.values)) >= LEAST_VALUES
            ]
        )
    )


def _parted(
    context: Context, row: FigureRow, dimension: str, rests: Rests, parts: Sequence[FigureRow], sides: Sides
) -> Table:
    settings = context.vintage.settings
    axis = context.vintage.catalogue.dimension(dimension)
    by = context.locale.inside(axis.label.text(context.locale.language)) if axis else dimension
    # On a page, shares are those of two sides, both with a base that is large enough and not in doubt.
    bases = [item is not None and is_sound(item) and settings.allows_percent(item.value) for item in row.values]
    paired = all(bases) and len(bases) == 2
    shared = paired or (context.complete and any(bases))
    columns = all_columns(context, sides)
    if shared:
        columns += tuple(Column(context.text("Share, {side}", side=name)) for name in side_names(context, sides))
    if paired and sides.manner is not Manner.COUNTRIES:
        columns += (Column(context.text(NP_("percentage points", "Points"))),)
    # The notes on the total are below the table of all figures.
    lines = [full_line(context, row, sides, noted=False)]
    for part in parts:
        line = full_line(context, part, sides)
        more = (*(_shares(context, part) if shared else ()), *(_points(context, part) if paired else ()))
        lines.append(replace(line, cells=[*line.cells, *more]))
    if any(rests):
        # The rest is not a category, so no change is given.
        rest = [":" if rest is None else rest for rest in rests]
        lines.append(Line(rest_label(context, row, dimension), rest, level=1))
    padded = [replace(line, cells=[*line.cells, *[""] * (len(columns) - len(line.cells))]) for line in lines]
    code = re.sub("[.,]", "-", f"parts-{row.indicator.code}-{dimension}")
    table = _laid(context, sides, code, context.locale.put("{}: {}", row_label(context, row), by), columns, padded)
    left_out = len(row.within(dimension)) > len(parts)
    return replace(table, notes=(*table.notes, ("", context.text(ALONE)))) if left_out else table


def _shares(context: Context, part: FigureRow) -> Iterator[Content]:
    for share in part.shares:
        if share is None or share.value is None or not context.vintage.settings.allows_percent(share.base):
            yield ":"
        else:
            yield CalculatedValue(share.value, context.locale.percent(share.value, 1))


def _points(context: Context, part: FigureRow) -> Iterator[Content]:
    for point in part.points:
        if point is None:
            yield ":"
        else:
            printed = (point * 100).quantize(TENTH, ROUND_HALF_UP).normalize()
            yield CalculatedValue(point, context.locale.difference(printed))
