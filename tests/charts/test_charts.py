"""Charts: drawing, table and alternative text say the same, and nothing the data do not say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.data.outline import CHART_NAMES
from reporter.data.records import Flag, Observation, Vintage
from reporter.figures.analysis.arithmetic import Obstacle, off_series
from reporter.report.charts import CHARTS, make_chart
from reporter.report.charts.series import one_series
from reporter.report.context import Context
from reporter.report.document.document import Cell, Figure, Row
from reporter.report.document.plot import (
    Bar,
    Columns,
    Crowd,
    Ledger,
    Matrix,
    NamedLands,
    Panels,
    Plot,
    Rows,
    Shade,
    Spans,
    Squares,
)
from reporter.report.sections import compose
from tests.charts.shown import EDITIONS, ENGLISH, FULL, NOTHING, figures, known, number, shown
from tests.snapshots import translated


def test_every_chart_can_be_chosen_by_its_name() -> None:
    assert set(CHART_NAMES) == set(CHARTS)


every_chart = pytest.mark.parametrize("code", CHARTS)

every_edition = pytest.mark.parametrize(("country", "year"), EDITIONS)


def observations(figure: Figure) -> list[Observation]:
    return [cell.observation for row in figure.table.rows for cell in row.cells if cell.observation]


def drawn(plot: Plot) -> list[list[Decimal | None]]:
    """The values that are drawn, a list for each row of the table; a remainder of nothing is not drawn."""
    match plot:
        case Panels(panels):
            return [values(panel.bars) for panel in panels]
        case Rows(series):
            return [values(each.bars) for each in series]
        case Squares(rows):
            return [[Decimal(row.count)] for row in rows]
        case Crowd(labels, groups):
            return [[Decimal(each.before), Decimal(each.count)][-len(labels) :] for each in groups]
        case Ledger(_, rows):
            return [values(row.strip.bars) for row in rows]
    raise AssertionError(plot)


def values(bars: tuple[Bar, ...]) -> list[Decimal | None]:
    return [bar.value for bar in bars]


def numbers(row: Row) -> list[Decimal | None]:
    """The numbers of a row; a remainder (no observations) of nothing is not drawn."""
    found = [number(cell) for cell in row.cells]
    return found if any(cell.observation for cell in row.cells) else [each or None for each in found]


def rows(figure: Figure) -> list[Row]:
    """The rows of the table that are drawn: a unit chart says its total in words only, what is empty has no panel."""
    given = [row for row in figure.table.rows if any(number(cell) is not None for cell in row.cells)]
    if isinstance(figure.plot, Panels | Rows):
        titles = {each.title for each in (figure.plot.panels if isinstance(figure.plot, Panels) else figure.plot.rows)}
        return [row for row in given if row.label in titles]
    if isinstance(figure.plot, Crowd):
        return list(figure.table.rows[1:])
    return given[1:] if isinstance(figure.plot, Squares) else list(figure.table.rows)


def bars_of(plot: Plot) -> Iterator[Bar]:
    match plot:
        case Panels(panels):
            yield from (bar for panel in panels for bar in panel.bars)
        case Rows(series):
            yield from (bar for each in series for bar in each.bars)
        case Ledger(_, rows):
            yield from (bar for row in rows for bar in row.strip.bars)


def numeric(figure: Figure) -> bool:
    return not isinstance(figure.plot, Spans | Matrix | NamedLands)


@every_chart
def test_what_is_drawn_is_what_the_table_says(code):
    for edition, figure in shown(code):
        if numeric(figure) and not in_panels(figure):
            assert list(map(numbers, rows(figure))) == drawn(figure.plot), edition.year


def in_panels(figure: Figure) -> bool:
    """Whether it is a breakdown whose smallest parts share a panel, or a row."""
    if isinstance(figure.plot, Squares):
        return len(figure.plot.rows) < len(figure.table.rows) - 1
    return isinstance(figure.plot, Panels) and figure.code == "forms_over_years"


@every_chart
def test_what_is_missing_is_never_drawn(code):
    for bar in (bar for _, figure in shown(code) for bar in bars_of(figure.plot)):
        assert bar.value is None or bar.text not in (*NOTHING, "")
        assert bar.value is not None or bar.text in (*NOTHING, "", "0")


@every_chart
def test_a_break_is_marked_in_drawing_table_and_words(code):
    for _, figure in shown(code):
        cells = [cell for row in figure.table.rows for cell in row.cells if is_broken(cell)]
        years = {cell.observation.year for cell in cells}
        if bars := list(bars_of(figure.plot)):
            assert bool(cells) == any(bar.broken for bar in bars)
            assert [] == [each for each in years if not re.search(rf"Break in the series: [\d, ]*{each}", figure.alt)]
        assert [] == [cell for cell in cells if "b" not in cell.marks]
        assert bool(cells) == (("b", "break in the series") in figure.table.notes)


def is_broken(cell: Cell) -> bool:
    return cell.observation is not None and Flag.BREAK in cell.observation.flags


@every_chart
def test_the_text_of_columns_names_each_series_that_is_drawn_and_no_other(code):
    for _, figure in shown(code):
        if isinstance(figure.plot, Panels | Rows):
            panels = figure.plot.panels if isinstance(figure.plot, Panels) else figure.plot.rows
            said = re.findall(r"(?:^|(?<=[.] ))([^.–]+?) – \d{4}: ", figure.alt)
            assert [each.title for each in panels if any(bar.value is not None for bar in each.bars)] == said


def test_a_text_begins_with_what_the_chart_finds_and_its_extremes_are_those_that_compare() -> None:
    alt = figures("LT", 2020, alone=True)["criminal_justice"].alt
    assert alt.startswith(
        "More persons convicted. Two column charts by year. Persons prosecuted, comparable years 2014, 2016, 2019 "
        "and 2020: highest 40 (2014), lowest 11 (2019). Persons convicted: highest 48 (2018), lowest 9 (2010). "
    )


@every_chart
def test_a_figure_has_a_caption_a_unit_and_a_source(code):
    for _, figure in shown(code):
        assert code == figure.code
        assert all((figure.caption, figure.unit_line, figure.source_note, figure.alt.endswith(".")))


def test_every_chart_is_tried(monkeypatch):
    """But those of a comparison, and one of indicators that the data of the tests lack, as long as it is new."""
    tried = {code for edition in FULL for code in figures(*edition, alone=True)}
    asked: set[str] = set()
    monkeypatch.setattr(Context, "in_catalogue", lambda _, codes: asked.update(codes) or ())
    for code in CHARTS.keys() - tried - {"compared_columns"}:
        asked.clear()
        CHARTS[code](Context(known("XX", 2022), ENGLISH))
        assert asked, code
        assert asked.isdisjoint(each.code for edition in FULL for each in known(*edition).catalogue.indicators), code


def test_an_indicator_with_one_or_two_values_has_no_panel_but_a_note_with_them():
    full = figures("LT", 2020, alone=True)["criminal_justice"]
    assert ["Persons prosecuted", "Persons convicted"] == [each.title for each in full.plot.panels]
    assert ("Persons charged", "2013: 18") in full.notes
    assert "Persons charged" in [row.label for row in full.table.rows]


@every_chart
def test_a_chart_of_values_has_at_least_three_of_them(code):
    for edition, figure in shown(code):
        if bars := list(bars_of(figure.plot)):
            assert sum(bar.value is not None for bar in bars) >= 3, edition.year


def test_the_populations_of_victims_are_rows_in_the_order_of_the_proceedings():
    plot = figures("LT", 2020, alone=True)["victims_over_years"].plot
    assert [
        ("Presumed victims", "registered by the police"),
        ("Recognised victims", "in criminal proceedings"),
        ("Identified victims", "as reported for the year"),
    ] == [(row.title, row.subtitle) for row in plot.rows]


def test_a_series_is_drawn_once_and_the_chart_that_leaves_it_out_says_where_it_is() -> None:
    drawn = figures("LT", 2020)
    labels = {row.label for row in drawn["key_figures"].plot.rows}
    assert {"Identified victims", "Investigations opened", "Persons prosecuted", "Persons convicted"} < labels
    assert ["Presumed victims", "Recognised victims"] == [row.title for row in drawn["victims_over_years"].plot.rows]
    assert ["Investigations conducted"] == [panel.title for panel in drawn["investigations"].plot.panels]
    assert ["Victims", "Persons at risk", "Men"] == [row.title for row in drawn["assisted"].plot.rows]
    assert drawn["victims_over_years"].unit_line.endswith("; identified victims: Key figures")
    assert drawn["assisted"].unit_line.endswith("; persons assisted: Key figures")
    assert "criminal_justice" not in drawn
    assert "Persons prosecuted" in make_chart("persons.prosecuted", Context(known("LT", 2020), ENGLISH)).caption


def test_the_men_among_those_assisted_stand_beside_the_parts_and_no_total_stands_twice():
    figure = figures("LT", 2020, alone=True)["assisted"]
    assert ["Persons assisted", "Victims", "Persons at risk", "Men"] == [row.title for row in figure.plot.rows]
    assert figure.unit_line.count("the sex of the others is not stated") == 1


def test_a_note_under_several_series_names_the_series_whose_years_it_explains():
    places = [place for place, _ in figures("LT", 2014, alone=True)["criminal_justice"].notes]
    assert [
        "Persons prosecuted, 2013",
        "Persons charged, 2013",
        "Persons convicted, 2013",
        "",
        "Persons charged",
    ] == places
    assert "Labour exploitation, 2014, 2016 and 2019" in [
        place for place, _ in figures("LT", 2019)["forms_over_years"].notes
    ]
    assert "2012" == figures("LT", 2014, alone=True)["assisted"].notes[0][0]


def without(edition: Vintage, *codes: str) -> Context:
    left = tuple(each for each in edition.catalogue.indicators if each.code not in codes)
    index = {key: seen for key, seen in edition.index.items() if seen.indicator not in codes}
    held = tuple(
        replace(each, figures=tuple(seen for seen in each.figures if seen.indicator not in codes))
        for each in edition.data.activities
    )
    catalogue, data = replace(edition.catalogue, indicators=left), replace(edition.data, activities=held)
    return Context(replace(edition, catalogue=catalogue, data=data, index=index), ENGLISH)


@pytest.mark.parametrize("code", CHARTS)
def test_a_chart_does_without_an_indicator_the_catalogue_lacks(code):
    edition = known("XX", 2022)
    for indicator in edition.catalogue.indicators:
        CHARTS[code](without(edition, indicator.code))
    assert CHARTS[code](without(edition, *(each.code for each in edition.catalogue.indicators))) is None or code in (
        "countries_year",
        "countries_named",
        "action_plans",
    )


@every_chart
def test_the_shade_of_a_column_says_its_year_and_nothing_else(code):
    for edition, figure in shown(code):
        shades = {str(edition.year): Shade.NOW, str(edition.year - 1): Shade.BEFORE}
        for series in getattr(figure.plot, "panels", ()) or getattr(figure.plot, "rows", ()):
            if isinstance(series, Columns):
                assert [shades.get(label, Shade.EARLIER) for label in series.labels] == [b.shade for b in series.bars]


@every_edition
def test_every_edition_composes_without_a_finding_and_numbers_figures_and_tables_through(country, year):
    composed = compose(known(country, year), ENGLISH)
    document = composed.document
    figures, tables = ([each.number for each in blocks] for blocks in (document.figures(), document.tables()))
    assert ((), [*range(1, len(figures) + 1)], [*range(1, len(tables) + 1)]) == (composed.findings, figures, tables)


def test_generated_lithuanian_writes_years_as_lithuanian_does() -> None:
    lithuanian = translated("lt")
    found = {code: made for code in CHARTS if (made := make_chart(code, Context(known("LT", 2020), lithuanian)))}
    assert "2020 m. galiojo du planai" == found["action_plans"].headline.words
    assert "2020 m. nurodytos kaip paskirties šalys: " in found["countries_year"].alt
    assert not re.search(r"\d{4}, nurodytos", " ".join(figure.alt for figure in found.values()))


def test_lists_of_one_kind_stand_together_and_who_was_named_last_stands_first():
    plot = figures("LT", 2020)["countries_named"].plot
    assert [
        ("Partners in police cooperation", 1),
        ("Target countries", 4),
        ("Countries of exploitation", 4),
        ("Countries of destination", 1),
    ] == [(group.title, group.count) for group in plot.groups]
    assert ["Germany", "United Kingdom", "Lithuania", "United States"] == list(plot.rows[:4])
    assert ("Latvia", "Belarus") == plot.rows[-2:]
    assert ("", "No list of countries: 2009 and 2015") in figures("LT", 2020)["countries_named"].notes


def test_the_reporting_country_goes_by_its_own_name_in_every_list() -> None:
    for figure in figures("XX", 2022).values():
        cells = (cell.text for row in figure.table.rows for cell in row.cells)
        assert not re.search(r"\bXX\b", " ".join((figure.alt, str(figure.headline), *cells)))
    assert "Ruritania" in figures("XX", 2022)["countries_named"].alt


@pytest.mark.parametrize(
    ("indicator", "caption", "unit_line"),
    [
        ("persons.convicted", "Persons convicted, 2018–2022", "Number of persons; (:) not available"),
        ("investigations.opened", "Investigations opened, 2018–2022", "Unit: cases; (:) not available"),
    ],
)
def test_an_indicator_is_drawn_in_the_words_of_the_catalogue(indicator, caption, unit_line):
    figure = one_series(Context(known("XX", 2022), ENGLISH), "own", indicator)
    assert ("own", caption, unit_line) == (figure.code, figure.caption, figure.unit_line)
    found = f"{figure.headline.words}. " if figure.headline else ""
    assert figure.alt.startswith(f"{found}One column chart by year. ")
    assert one_series(Context(known("XX", 2022), ENGLISH), "own", "nothing.here") is None


def test_what_follows_another_definition_than_most_or_is_in_doubt_is_set_apart_from_its_series() -> None:
    edition = known("LT", 2020)

    def apart(code: str, of: Vintage = edition) -> dict[int, Obstacle]:
        return {seen.year: obstacle for seen in of.series(code) if (obstacle := off_series(of, seen))}

    definition = dict.fromkeys((2011, 2012, 2013), Obstacle.DEFINITION)
    assert {**definition, 2017: Obstacle.DOUBT} == apart("persons.prosecuted")
    assert dict.fromkeys((2010, 2011), Obstacle.DEFINITION) == apart("assistance.persons")
    index = {key: seen for key, seen in edition.index.items() if key[1] in (2010, 2011)}
    assert {} == apart("assistance.persons", replace(edition, index=index))
    assert (
        "Not comparable (definition differs): 2011, 2012, 2013. Not comparable (in doubt): 2017."
        in figures("LT", 2020, alone=True)["criminal_justice"].alt
    )


@every_chart
def test_two_populations_never_share_a_row_or_panel(code):
    for edition, figure in shown(code):
        for axis in axes(figure):
            assert len({edition.catalogue.indicator(each).population for each in axis}) <= 1, axis


def axes(figure: Figure) -> list[set[str]]:
    told = rows(figure) if isinstance(figure.plot, Panels | Rows) else figure.table.rows
    found = [{cell.observation.indicator for cell in row.cells if cell.observation} for row in told]
    return found if isinstance(figure.plot, Panels | Rows | Ledger) else [set().union(*found)]


def test_women_men_and_children_are_drawn_over_the_years_with_gaps_where_they_are_not_stated() -> None:
    figure = figures("LT", 2020)["victims_by_person"]
    assert isinstance(figure.plot, Rows)
    assert ["Women", "Men", "Children"] == [row.title for row in figure.plot.rows]
    # Years before the first that divides the victims are left out.
    assert ("2016", "2017", "2018", "2019", "2020") == figure.plot.rows[0].labels
    assert "Identified victims by sex and age, 2016–2020" == figure.caption
    assert [19, None, 34, 17, 16] == [bar.value for bar in figure.plot.rows[0].bars]
    assert ["45", "60", "44", "39", "24"] == [bar.text for bar in figure.plot.totals.bars]
    assert (("−1", "on 2019 (17)"), ("−11", "on 2019 (18)"), ("−3", "on 2019 (4)")) == figure.plot.asides
    assert "Children – 2016: 4" in figure.alt


def test_the_persons_of_a_year_are_drawn_once() -> None:
    assert "victims_year" not in figures("LT", 2020)
    assert "victims_year" in figures("LT", 2020, alone=True)
    assert {"victims_year"} == {"victims_year", "victims_by_person"}.intersection(figures("LT", 2014))


def test_years_that_do_not_separate_girls_from_boys_have_children() -> None:
    chart = figures("XX", 2022)["victims_by_person"]
    plot = chart.plot
    assert isinstance(plot, Rows)
    assert "Number of persons; (:) not available; c – confidential" == chart.unit_line
    assert ["Women", "Men", "Children"] == [row.title for row in plot.rows]
    assert ["12", "14", ":", "15", "16"] == [bar.text for bar in plot.rows[0].bars]
    assert ["8", "9", ":", "c", "9"] == [bar.text for bar in plot.rows[1].bars]
    assert (("+1", "on 2021 (15)"), ("", ""), ("", "")) == plot.asides


def test_a_population_divided_in_two_years_has_no_chart_over_the_years() -> None:
    assert "victims_by_person" not in figures("LT", 2017) | figures("XX", 2019)
