"""Charts of victims: the year by person as symbols, the populations over the years, persons assisted (not cases)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from reporter.data.i18n import N_
from reporter.data.records import Observation, Series, is_given, is_hidden
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.ledger import ASSISTED, BY_PERSON, POPULATIONS, REGISTERED, is_chosen
from reporter.report.charts.breakdown import Division, PartSeries, division_chart, part_columns, words_of
from reporter.report.charts.key_figures import key_notes, mark
from reporter.report.charts.series import (
    LEAST,
    MOST_SYMBOLS,
    ChartWords,
    bars,
    column_charts,
    columns,
    figure,
    one_series,
    over_years,
)
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import Columns, Crowd, PersonGroup, Rows
from reporter.report.tables.tabulate import Line
from reporter.text.change_sentences import change_text

Counts = Mapping[str, Observation | None]
SYMBOLS = {"women": "woman", "men": "man", "children": "child", "girls": "girl", "boys": "boy"}


def victims_year(context: Context) -> Figure | None:
    """The victims of the edition's year by person, one symbol each, above those of the year before if comparable. Shows
    the first population that exact numbers divide completely. None without one, with too many symbols, or if
    `victims_by_person` shows the year among others."""
    if is_chosen(BY_PERSON, context.vintage) and victims_by_person(context):
        return None
    return next(
        (figure for code in (*POPULATIONS[:0:-1], REGISTERED) if (figure := _victims_year(context, code))), None
    )


def victims_over_years(context: Context) -> Figure | None:
    """Presumed, recognised and identified victims over the years, in rows on one axis and never added. If none of them
    is known, the registered victims. Those that the ledger draws are left out."""
    in_some_year = [code for code in POPULATIONS if any(map(is_given, context.vintage.series(code)))]
    counted = context.undrawn(in_some_year or [REGISTERED])
    if len(counted) < 2:
        return one_series(context, "victims_over_years", *counted) if counted else None
    stated = (code for code in POPULATIONS[::-1] if code in counted and is_given(context.vintage.observation(code)))
    words = ChartWords(
        context.text("Victims by population, {span}", span=context.span),
        context.text("Number of persons, on one scale; different populations, never added"),
        column_charts(context, len(counted)),
        next(filter(None, map(context.headline, stated)), ""),
    )
    plot = Rows(tuple(replace(columns(context, code), subtitle=context.short(code)) for code in counted))
    series = [(context.label(code), context.vintage.series(code)) for code in counted]
    return over_years(context, "victims_over_years", words, plot, series)


def victims_by_person(context: Context) -> Figure | None:
    """Women, men, girls and boys among the victims, a row each on one scale, from the first year that divides them: the
    first population with them in at least three years. Children are one row if a year does not say how many are girls
    and boys."""
    return next(
        (chart for code in (*POPULATIONS[::-1], REGISTERED) if (chart := _by_person(context, code)) is not None), None
    )


def _by_person(context: Context, indicator: str) -> Figure | None:
    axis, vintage = context.vintage.catalogue.dimension("person"), context.vintage
    parts_by_year = ((year, vintage.parts(indicator, "person", year)) for year in vintage.years)
    divided = (year for year, values in parts_by_year if sum(is_given(it) or is_hidden(it) for it in values) > 1)
    context = context.since(next(divided, 0))
    division = Division(indicator, "person", context.text("Not broken down"))
    parts = _finest_parts(context, division)
    years = {value.year for part in parts for value in part.series if is_given(value)}
    if axis is None or len(years) < LEAST:
        return None
    plot = Rows(
        tuple(Columns(part.label, context.years, bars(context, part.series)) for part in parts),
        totals=replace(columns(context, indicator), title=context.text("Total")),
        asides=tuple(_change(context, part.series) for part in parts),
    )
    chart = division_chart(context, "victims_by_person", words_of(context, indicator, axis), division, plot)
    parted = (year for year in context.vintage.years if context.vintage.parts(indicator, "person", year))
    partial = [year for year in parted if division.remainder(context, year)]
    if not partial:
        return chart
    note = (context.locale.years(partial), context.text("The parts stated do not add up to the total"))
    return replace(chart, notes=(note, *chart.notes))


def _change(context: Context, series: Series) -> tuple[str, str]:
    """The change from the year before and its value; nothing if they cannot be compared."""
    move = arithmetic.change(series, context.vintage.year)
    if move.difference is None:
        return "", ""
    frame = N_("on {year} ({value})") if move.difference else N_("as in {year} ({value})")
    before = context.text(frame, year=context.vintage.year - 1, value=context.locale.value(move.before))
    return change_text(move, context.vintage.settings, context.locale) if move.difference else "", before


def _finest_parts(context: Context, division: Division) -> list[PartSeries]:
    """The parts that no other part divides in each year that states them, without the parts within those."""
    parts = {part.code: part for part in division.parts(context)}
    finest: list[PartSeries] = []
    for code, part in parts.items():
        inner = [other.series for key, other in parts.items() if code in division.around(context, key)]
        years = [value.year for value in part.series if is_given(value) and not value.implied]
        divided = inner and all(
            any(is_given(cell := series.get(year)) or is_hidden(cell) for series in inner) for year in years
        )
        if not divided and not {other.code for other in finest}.intersection(division.around(context, code)):
            finest.append(part)
    return finest


def _victims_year(context: Context, indicator: str) -> Figure | None:
    year, total = context.vintage.year, context.vintage.observation(indicator)
    own, shared = _finest(context, indicator, year), _shared(context, indicator)
    now = _counted(context, indicator, shared, year) or _counted(context, indicator, own, year)
    if total is None or not now or (total.value or 0) > MOST_SYMBOLS:
        return None
    past = _counted(context, indicator, shared, year - 1) if tuple(now) == shared else None
    earlier = context.vintage.observation(indicator, year - 1) if past else None
    if earlier and (earlier.value or 0) > MOST_SYMBOLS:
        past = earlier = None
    called, note = _note(context, total, now, past or {})
    groups = tuple(_group(context, code, now, past, note if code == called else "") for code in now)
    label, numbers = context.label(indicator), {"n": context.locale.value(total), "year": year}
    unit = context.text("One symbol, one person: {n}", **numbers)
    if past:
        numbers |= {"before": context.locale.value(earlier), "earlier": year - 1}
        unit = context.text("One symbol, one person: {n} in {year}, {before} in {earlier}", **numbers)
    words = ChartWords(context.text("{label}, {year}", label=label, year=year), unit)
    group_texts = (
        context.locale.put("{}: {}", group.label, context.locale.joined(" ", filter(None, (group.text, group.past))))
        for group in groups
    )
    drawing = context.text("Pictogram with one symbol for each person.")
    columns = [(earlier, past)] if past else []
    columns += [(total, now)]
    lines = [Line(label, [whole for whole, _ in columns])]
    lines += [
        Line(group.label, [parts[code] or Decimal() for _, parts in columns], level=1)
        for group, code in zip(groups, now, strict=True)
    ]
    return figure(
        context,
        "victims_year",
        words,
        Crowd(tuple(map(str, (year, year - 1)))[: len(columns)], groups),
        context.locale.put("{} {}.", drawing, context.locale.joined("; ", group_texts)),
        lines,
        tuple(Column(str(date), current=date == year) for date in (year - 1, year)[-len(columns) :]),
        notes=((mark(0) if called else label, note),) if note else (),
    )


def _finest(context: Context, indicator: str, year: int) -> tuple[str, ...]:
    """The codes of a year that no other code divides further: girls and boys rather than children."""
    axis = context.vintage.catalogue.dimension("person")
    parts = context.vintage.parts(indicator, "person", year)
    divided = {member.within for observation in parts if axis and (member := axis.get(observation.code))}
    return tuple(observation.code for observation in parts if observation.code not in divided and is_given(observation))


def _shared(context: Context, indicator: str) -> tuple[str, ...]:
    """The finest codes that divide both this year and the year before, such as children if only one year separates
    girls from boys. Empty if the years must not be compared."""
    axis, year = context.vintage.catalogue.dimension("person"), context.vintage.year
    if axis is None or arithmetic.change(context.vintage.series(indicator), year).difference is None:
        return ()
    codes = {*_finest(context, indicator, year), *_finest(context, indicator, year - 1)}
    shared = tuple(part.code for part in axis.codes if part.code in codes and codes.isdisjoint(axis.around(part.code)))
    alike = (arithmetic.change(context.vintage.series(indicator, code), year) for code in shared)
    is_incomparable = any(change.obstacle not in (None, arithmetic.Obstacle.MISSING) for change in alike)
    counted = (_counted(context, indicator, shared, counted_year) for counted_year in (year, year - 1))
    return () if is_incomparable or not all(counted) else shared


def _counted(context: Context, indicator: str, codes: Iterable[str], year: int) -> dict[str, Observation | None] | None:
    """The values of the codes if they add up to a year's total; a code that is not mentioned is then 0. None when they
    do not add up or a value is inexact."""
    total = context.vintage.observation(indicator, year)
    value_by_code = {code: context.vintage.observation(f"{indicator}.{code}", year) for code in codes}
    part_sum = arithmetic.total_of(observation for observation in value_by_code.values() if observation)
    return value_by_code if arithmetic.is_exact(total) and total and part_sum == total.value else None


def _group(context: Context, code: str, now: Counts, past: Counts | None, note: str) -> PersonGroup:
    count, before = (int((item.value if item else 0) or 0) for item in (now[code], past[code] if past else None))
    return PersonGroup(
        label=context.code_label("person", code),
        symbol=SYMBOLS.get(code, "square"),
        count=count,
        text=context.locale.number(count),
        before=before,
        past=context.text("(previously {n})", n=context.locale.number(before)) if past else "",
        call=mark(0) if note else "",
    )


def _note(context: Context, total: Observation, now: Counts, past: Counts) -> tuple[str, str]:
    """A note and the code of the group that refers to it, or no code if it is about all groups. Notes on a group and on
    this year come first. Notes that the table of key figures already has are left out."""
    key_note_texts = {called_note.note for called_note in key_notes(context)}
    counted = (("", total), *now.items()), past.items()
    pairs = [(code, observation) for counts in counted for code, observation in counts if observation]
    noted = [
        (code, note.text(context.locale.language), observation.year)
        for code, observation in sorted(pairs, key=lambda pair: not pair[0])
        for note in context.vintage.notes(observation)
    ]
    code, text, year = next((entry for entry in noted if entry[1] not in key_note_texts), ("", "", 0))
    dated = text and year != context.vintage.year
    return code, context.locale.put("{}: {}", year, text) if dated else text


CLIENT, MEN, WOMEN = "client", "men", "women"


def assisted(context: Context) -> Figure | None:
    """Persons assisted over the years, with the victims, the persons at risk and the men among them, in rows on one
    axis and scale. Where no women are counted, the others are persons whose sex is not stated. None without a total, or
    if it alone is known and the ledger draws it."""
    total, men, women = (context.vintage.series(ASSISTED, code) for code in ("", MEN, WOMEN))
    if not any(map(is_given, total)):
        return None
    counted = any(map(is_given, men))
    whole = context.undrawn((ASSISTED,))
    unstated = counted and not any(map(is_given, women))
    words = ChartWords(
        context.text("Persons assisted, {span}", span=context.span),
        context.text(
            N_("Persons assisted in the year, on one scale; men: the sex of the others is not stated")
            if unstated
            else N_("Persons assisted in the year, on one scale; not the same as victims identified")
        ),
        headline=next(map(context.headline, whole), ""),
    )
    division = Division(ASSISTED, CLIENT, context.text("Not broken down"))
    label = context.code_label("person", MEN)
    further = [(label, men)] if counted else []
    rows = [*(columns(context, code) for code in whole), *part_columns(context, division)]
    rows += [Columns(label, context.years, bars(context, series)) for label, series in further]
    return division_chart(context, "assisted", words, division, Rows(tuple(rows)), further) if rows else None
