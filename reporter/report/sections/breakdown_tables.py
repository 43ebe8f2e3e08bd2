"""Tables of the year's figures by several dimensions at once, and by named country."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from unicodedata import normalize

from reporter.data.i18n import N_
from reporter.data.records import Cross, Dimension, Indicator, Observation, Series, is_given, is_hidden
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.figures.analysis.arithmetic import (
    divisions,
    is_sound,
    part_series,
    part_value,
    printable_remainder,
    total_of,
)
from reporter.report.charts.breakdown import largest_places
from reporter.report.charts.series import unit_line
from reporter.report.context import Context
from reporter.report.document.document import Column, Table
from reporter.report.tables.tabulate import Content, Line, TableHeader, ValueOfEdition, gathered_notes, tabulate

# Victims have a chapter of their own.
VICTIMS = "victims."
# The most columns of a page, without that of the total.
MOST_COLUMNS = 6
MOST_COUNTRIES, MOST_YEARS = 11, 5
ORGANISATION = "organisation"
DECISIONS = ("prosecution.decisions", "court.judgments")
CHAIN = (
    *("suspects.on_record", "suspects.formal_contact", "persons.prosecuted", "persons.charged"),
    *(*DECISIONS, "persons.convicted"),
)
NO_COHORT = N_("The rows of a year do not follow one group of cases: each stage concerns others.")
ALL_WITHHELD = N_("All cells are withheld; what the table shows are the totals of single breakdowns.")
REST = N_("Where the cells do not add up to a total, the rest is not stated.")


def victims_crossed(context: Context) -> tuple[Table, ...]:
    """The victims of the edition's year by two or more dimensions at once, such as form of exploitation and person,
    with the totals of rows and columns. None without such figures."""
    return _numbered("victims_crossed", list(_crossed(context, victims=True)))


def victims_by_country(context: Context) -> tuple[Table, ...]:
    """The victims by country, such as their citizenship: the groups, and the countries with the most persons in the
    edition's year, in the last years that name countries. None if the edition's year names no country."""
    return _numbered("victims_by_country", list(_by_country(context, victims=True)))


def victims_by_organisation(context: Context) -> tuple[Table, ...]:
    """The victims by the organisation that registered them, in the last years that say so. None if the edition's year
    does not."""
    tables = []
    axis = context.vintage.catalogue.dimension(ORGANISATION)
    for indicator in _indicators(context, victims=True):
        if axis and any(map(is_shown, context.vintage.parts(indicator.code, ORGANISATION))):
            series = [part_series(context.vintage, indicator.code, axis.code, code.code) for code in axis.codes]
            rows = {context.label(indicator.code): context.vintage.series(indicator.code)}
            rows |= {context.code_label(axis.code, part.code): part for part in series if any(map(is_shown, part))}
            years = _last_years(series)
            header = _header(context, indicator, (axis,), map(str, years), context.locale.years(years))
            tables.append(_table_of_years(context, header, rows, years, level=1))
    return _numbered("victims_by_organisation", tables)


def justice_chain(context: Context) -> Table | None:
    """Suspects, persons prosecuted, decisions on prosecution, judgments and convicted persons, in the last years. None
    without decisions or judgments in the edition's year. It is no funnel: each row counts others."""
    vintage = context.vintage
    if not any((value := vintage.observation(code)) and is_shown(value) for code in DECISIONS):
        return None
    rows = {context.label(code): vintage.series(code) for code in CHAIN if any(map(is_shown, vintage.series(code)))}
    years = _last_years([vintage.series(code) for code in DECISIONS])
    header = TableHeader(
        code="justice_chain",
        caption=context.text("From suspects to judgments, {span}", span=context.locale.years(years)),
        unit_line=context.locale.opened(context.text("figures of different populations are never added or compared")),
        stub=context.text("Number of"),
        columns=tuple(map(Column, map(str, years))),
    )
    table = _table_of_years(context, header, rows, years)
    return replace(table, notes=(*table.notes, ("", context.text(NO_COHORT))))


def crossed(context: Context) -> tuple[Table, ...]:
    """All other figures of the edition's year by two or more dimensions at once, or by country. None without any."""
    return _numbered("crossed", [*_crossed(context, victims=False), *_by_country(context, victims=False)])


def _numbered(name: str, tables: Sequence[Table]) -> tuple[Table, ...]:
    """The first table has the name of the block, by which texts refer to it."""
    return tuple(replace(table, code=name if table is tables[0] else f"{name}-{table.code}") for table in tables)


def _indicators(context: Context, *, victims: bool) -> Iterator[Indicator]:
    for indicator in context.vintage.catalogue.indicators:
        if indicator.code.startswith(VICTIMS) is victims:
            yield indicator


def _crossed(context: Context, *, victims: bool) -> Iterator[Table]:
    for indicator in _indicators(context, victims=victims):
        for cross in context.vintage.crosses(indicator.code):
            if any(map(is_shown, context.vintage.parts(indicator.code, cross.code))):
                yield _cross_table(context, indicator, cross)


def _cross_table(context: Context, indicator: Indicator, cross: Cross) -> Table:
    """Rows for the codes of the first dimension, columns for those of the last. Dimensions between them are in the
    rows; the dimension with the fewest codes has the columns if the last has too many. Notes name their figures, since
    marks would need wide columns."""
    vintage, year = context.vintage, context.vintage.year
    split = [cell.code.split(OF_CELL) for cell in vintage.parts(indicator.code, cross.code) if is_shown(cell)]
    used = {axis.code: {codes[place] for codes in split} for place, axis in enumerate(cross.axes)}
    across = cross.axes[-1]
    if len(used[across.code]) > MOST_COLUMNS:
        across = min(cross.axes, key=lambda axis: len(used[axis.code]))
    heads = [member for member in across.codes if member.code in used[across.code]]
    names = [axis.code for axis in cross.axes if axis is not across]
    places = [place for place, axis in enumerate(cross.axes) if axis is not across]
    down = vintage.catalogue.dimension(CROSSED.join(names))
    rows = {OF_CELL.join(codes[place] for place in places) for codes in split}

    def value(row: str, head: str) -> Observation | None:
        """A cell, or the total of a row or column where the other code is empty."""
        pairs = [*zip(names, row.split(OF_CELL), strict=True)] if row else []
        pairs += [(across.code, head)] if head else []
        code = vintage.catalogue.cell(pairs)
        name = vintage.catalogue.cross(indicator, [dimension for dimension, _ in pairs])
        return part_value(vintage, indicator.code, name, code, year) if code else vintage.observation(indicator.code)

    language, whole = context.locale.language, context.label(indicator.code)
    columns = {"": context.text("Total"), **{head.code: head.label.text(language) for head in heads}}
    labels = {"": whole, **{item.code: item.label.text(language) for item in (down.codes if down else ())}}
    cells = {row: [value(row, head) for head in columns] for row in labels if not row or row in rows}
    lines = [
        Line(labels[row], [ValueOfEdition(item, vintage, noted=False) for item in values], level=1 if row else 0)
        for row, values in cells.items()
    ]
    named = (
        (context.code_label(item.dimension, item.code) if item.code else whole, item)
        for values in cells.values()
        for item in values
        if item
    )
    rest = (("", context.text(REST)),) if _has_rest(context, indicator, cross) else ()
    if not any(map(is_given, vintage.parts(indicator.code, cross.code))):
        rest = (("", context.text(ALL_WITHHELD)),)
    header = _header(context, indicator, cross.axes, [*columns.values()], str(year))
    table = tabulate(header, lines, vintage, context.locale)
    return replace(table, notes=(*table.notes, *gathered_notes(named, vintage, context.locale), *rest))


def _has_rest(context: Context, indicator: Indicator, cross: Cross) -> bool:
    for division in divisions(context.vintage, context.vintage.parts(indicator.code, cross.code)):
        rest = printable_remainder(context.vintage.observation(division.whole), division.parts, division.axis)
        if rest is not None and rest > 0 and not division.axis.subset:
            return True
    return False


def _by_country(context: Context, *, victims: bool) -> Iterator[Table]:
    for indicator in _indicators(context, victims=victims):
        for axis in context.vintage.catalogue.axes(indicator):
            named = context.vintage.parts(indicator.code, axis.code)
            if any(axis.is_country(value.code) for value in named if is_shown(value)):
                yield _country_table(context, indicator, axis)


def _country_table(context: Context, indicator: Indicator, axis: Dimension) -> Table:
    vintage, language = context.vintage, context.locale.language
    series = {code.code: part_series(vintage, indicator.code, axis.code, code.code) for code in axis.codes}
    named = [code for code in axis.codes if axis.is_country(code.code)]
    years = _last_years(series[code.code] for code in named)
    shown_codes = {
        value.code for values in series.values() for value in values if is_shown(value) and value.year in years
    }
    groups = [code for code in axis.codes if code.code in shown_codes and code not in named]
    countries = [code for code in named if code.code in shown_codes]
    # A letter with an accent comes after the same letter without.
    countries.sort(key=lambda code: normalize("NFD", code.label.text(language)))
    of_year = [series[code.code].get(vintage.year) for code in countries]
    sizes = [(value.value if value and is_given(value) else None) or Decimal() for value in of_year]
    places = largest_places(sizes, MOST_COUNTRIES)
    total = vintage.series(indicator.code)
    lines = [Line(context.label(indicator.code), [total.get(year) for year in years])]
    largest = sorted(places, key=lambda place: -sizes[place])
    for code in (*groups, *(countries[place] for place in largest)):
        if code is countries[largest[0]]:
            lines.append(Line(context.text("Countries named"), heading=True))
        values = [series[code.code].get(year) for year in years]
        lines.append(Line(code.label.text(language), values, level=1))
    other_names: tuple[tuple[str, str], ...] = ()
    others = [code.code for place, code in enumerate(countries) if place not in places]
    if others:
        rests = [_sum([series[code].get(year) for code in others], axis) for year in years]
        lines.append(Line(context.text("Other countries named"), rests, level=1))
        names = context.locale.listed(code.label.text(language) for code in countries if code.code in others)
        other_names = ((lines[-1].label, names),)
    span = context.locale.years(years)
    heads = _current(_header(context, indicator, (axis,), map(str, years), span))
    table = tabulate(heads, lines, vintage, context.locale)
    return replace(table, notes=(*table.notes, *other_names))


def _last_years(series: Iterable[Series]) -> list[int]:
    return sorted({value.year for one in series for value in one if is_shown(value)})[-MOST_YEARS:]


def _table_of_years(
    context: Context, header: TableHeader, rows: Mapping[str, Series], years: Sequence[int], *, level: int = 0
) -> Table:
    """A row for each series, the first one above the others by `level`; the last year is the edition's."""
    lines = [
        Line(label, [series.get(year) for year in years], level=level if number else 0)
        for number, (label, series) in enumerate(rows.items())
    ]
    return tabulate(_current(header), lines, context.vintage, context.locale)


def _current(header: TableHeader) -> TableHeader:
    """A header of which the last of several years is the edition's."""
    *others, last = header.columns
    return replace(header, columns=(*others, replace(last, current=True))) if others else header


def _header(
    context: Context, indicator: Indicator, axes: Sequence[Dimension], columns: Iterable[str], span: str
) -> TableHeader:
    language = context.locale.language
    by = context.locale.joined(", ", (context.locale.inside(axis.label.text(language)) for axis in axes))
    return TableHeader(
        code="-".join((indicator.code.replace(".", "-"), *(axis.code for axis in axes))),
        caption=context.text(
            "{label} by {breakdown}, {span}", label=context.label(indicator.code), breakdown=by, span=span
        ),
        unit_line=unit_line(context, indicator.code),
        stub=context.text("Number of"),
        columns=tuple(map(Column, columns)),
    )


def is_shown(value: Observation) -> bool:
    """Whether a table has a row for a value: a zero that no file states needs none."""
    return (is_given(value) and not value.implied) or is_hidden(value)


def _sum(values: Sequence[Observation | None], axis: Dimension) -> Content:
    """The sum of the countries of a year; a colon if one is doubtful or not exact, or a person may be in several."""
    stated = [value for value in values if value and (is_given(value) or is_hidden(value))]
    total = total_of(stated) if stated and all(map(is_sound, stated)) and not axis.subset else None
    return ":" if total is None else total
