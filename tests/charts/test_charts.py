"""Charts: drawing, table and alternative text say the same, and nothing the data do not say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.charts import CHARTS, make_chart
from reporter.charts.countries import TITLES
from reporter.charts.series import MOST_NOTES, one_series
from reporter.context import Context
from reporter.document.document import Cell, Figure, Row
from reporter.document.plot import (
    Bar,
    Choropleth,
    Columns,
    Crowd,
    Ledger,
    Matrix,
    NamedLands,
    Panels,
    Plot,
    Ranges,
    Rows,
    Shade,
    Spans,
    Squares,
)
from reporter.model import Flag, Observation, Vintage, vintage
from reporter.sections import compose
from tests import small
from tests.charts.shown import EDITIONS, ENGLISH, FULL, NOTHING, figures, known, names_in, number, shown, told
from tests.snapshots import translated

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
        case Ranges(columns, _, ranges):
            return [values(columns.bars), [span.start for span in ranges], [span.end for span in ranges]]
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
        case Ranges(columns):
            yield from columns.bars
        case Ledger(_, rows):
            yield from (bar for row in rows for bar in row.strip.bars)


def numeric(figure: Figure) -> bool:
    return not isinstance(figure.plot, Spans | Matrix | Choropleth | NamedLands)


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


def test_panels_of_a_breakdown_show_the_largest_parts_and_the_others_where_they_make_the_whole():
    for edition, figure in shown("forms_over_years"):
        if not in_panels(figure):
            continue
        total, *parts, rest = ([number(cell) for cell in row.cells] for row in figure.table.rows)
        titles = [row.label for row in figure.table.rows][1:-1]
        *largest, others = figure.plot.panels
        if not others.title.startswith("All other"):
            largest, others = [*largest, others], None
        by_title = dict(zip(titles, parts, strict=True))
        assert [by_title[panel.title] for panel in largest] == [values(panel.bars) for panel in largest], edition.year
        if others is None:
            continue
        small = [line for title, line in by_title.items() if title not in {panel.title for panel in largest}]
        sums = [sum(each or 0 for each in column) for column in zip(*small, strict=True)]
        assert [made if left == 0 else None for made, left in zip(sums, rest, strict=True)] == values(others.bars)
        drawn_in_all = [sum(each or 0 for each in column) for column in zip(*drawn(figure.plot), strict=True)]
        assert [(made, left) for made, left in zip(drawn_in_all, rest, strict=True) if left == 0] == [
            (whole, left) for whole, left in zip(total, rest, strict=True) if left == 0
        ]


@every_chart
def test_what_the_table_says_is_what_the_data_say(code):
    for edition, figure in shown(code):
        for seen in observations(figure):
            assert seen == edition.observation(seen.address, edition.year if seen.owner else seen.year)


@every_chart
def test_the_alternative_text_says_every_value_and_every_missing_year(code):
    for edition, figure in shown(code):
        if isinstance(figure.plot, Crowd):
            each = [f"{one.label}: {f'{one.text} {one.past}'.strip()}" for one in figure.plot.groups]
            assert figure.alt.endswith(f" {'; '.join(each)}.")
        elif isinstance(figure.plot, Squares):
            assert figure.alt.endswith(f" {'; '.join(f'{one.label}: {one.text}' for one in figure.plot.rows)}.")
        elif numeric(figure):
            for row in figure.table.rows:
                assert told(row, figure) == sentence(row.label, figure.alt), (edition.year, row.label)


def sentence(label: str, alt: str) -> tuple[dict[str, str], list[str]]:
    """The same as read back from the alternative text."""
    value = r"\d{4}: [≥≈]?\u00a0?\d[\d,]*(?:\.\d+)?"
    found = re.search(rf"(?:^|\. ){re.escape(label)} – ((?:{value}(?:, )?)+)\.(?: Not available: ([\d, ]+)\.)?", alt)
    if found is None:
        return {}, []
    return dict(each.split(": ") for each in found[1].split(", ")), found[2].split(", ") if found[2] else []


@every_chart
def test_what_is_missing_is_never_drawn(code):
    for bar in (bar for _, figure in shown(code) for bar in bars_of(figure.plot)):
        assert bar.value is None or bar.text not in (*NOTHING, "")
        assert bar.value is not None or bar.text in (*NOTHING, "", "0")


def test_something_is_missing_and_something_breaks_in_what_is_tried():
    """Else what is said of missing values and of breaks would be said of nothing."""
    missing = {
        code for code in CHARTS for _, figure in shown(code) for bar in bars_of(figure.plot) if bar.value is None
    }
    broken = {code for code in CHARTS for _, figure in shown(code) for bar in bars_of(figure.plot) if bar.broken}
    assert {"assisted", "criminal_justice", "investigations", "victims_over_years"} <= missing
    assert {"assisted"} <= broken


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


def populations(edition: Vintage, indicators: Iterable[str]) -> set[str]:
    found = (edition.catalogue.indicator(code) for code in indicators)
    return {each.population for each in found if each}


def test_presumed_identified_and_recognised_victims_are_three_populations():
    edition = known("LT", 2020)
    assert 1 == len(populations(edition, ["investigations.opened", "investigations.conducted"]))
    assert 3 == len(populations(edition, ["victims.presumed", "victims.identified", "victims.recognised"]))


@every_chart
def test_two_populations_never_share_a_row_or_panel(code):
    for edition, figure in shown(code):
        for axis in axes(figure):
            assert len(populations(edition, axis)) <= 1, axis


def axes(figure: Figure) -> list[set[str]]:
    """The indicators drawn on each axis of a chart."""
    told = rows(figure) if isinstance(figure.plot, Panels | Rows) else figure.table.rows
    found = [{cell.observation.indicator for cell in row.cells if cell.observation} for row in told]
    match figure.plot:
        case Ranges():
            return [found[0], set().union(*found[1:])]
        case Panels() | Rows():
            return found
        case Ledger():
            return found
    return [set().union(*found)]


@every_chart
def test_notes_of_this_year_the_year_before_and_breaks_stand_under_a_chart_of_years_all_under_another(code):
    for edition, figure in shown(code):
        due = {note.text("en") for seen in observations(figure) for note in edition.notes(seen)}
        told = {text for _, text in figure.notes}
        if due <= told or isinstance(figure.plot, Ledger | Crowd | Squares):
            continue
        near = [seen for seen in observations(figure) if seen.year >= edition.year - 1 or Flag.BREAK in seen.flags]
        wanted = {note.text("en") for seen in near for note in edition.notes(seen)}
        assert (min(MOST_NOTES, len(wanted)), True) == (len(due & told), due & told <= wanted), edition.year
        assert "More notes: table of all figures" in told


@every_chart
def test_a_figure_has_a_caption_a_unit_and_a_source(code):
    for _, figure in shown(code):
        assert code == figure.code
        assert all((figure.caption, figure.unit_line, figure.source_note, figure.alt.endswith(".")))


def test_every_chart_is_tried(monkeypatch):
    """But those of a comparison, and one of indicators that the data of the tests lack, as long as it is new."""
    tried = {code for edition in FULL for code in figures(*edition)}
    asked: set[str] = set()
    monkeypatch.setattr(Context, "in_catalogue", lambda _, codes: asked.update(codes) or ())
    for code in CHARTS.keys() - tried - {"slopes", "twins", "countries_compared"}:
        asked.clear()
        CHARTS[code](Context(known("XX", 2022), ENGLISH))
        assert asked, code
        assert asked.isdisjoint(each.code for edition in FULL for each in known(*edition).catalogue.indicators), code


def test_an_indicator_without_any_value_has_no_panel_but_a_note():
    figure = figures("LT", 2011)["investigations"]
    assert ["Investigations opened"] == [panel.title for panel in figure.plot.panels]
    assert ("Investigations conducted", "2009: 48") in figure.notes
    made = CHARTS["criminal_justice"](without_values(known("LT", 2020), "persons.charged"))
    assert ("", "No figures available: Persons charged") == made.notes[-1]
    assert "Persons charged: not available." in made.alt


def test_an_indicator_with_one_or_two_values_has_no_panel_but_a_note_with_them():
    full = figures("LT", 2020)["criminal_justice"]
    assert ["Persons prosecuted", "Persons convicted"] == [each.title for each in full.plot.panels]
    assert ("Persons charged", "2013: 18") in full.notes
    assert "Persons charged" in [row.label for row in full.table.rows]


@every_chart
def test_a_chart_of_values_has_at_least_three_of_them(code):
    for edition, figure in shown(code):
        if bars := list(bars_of(figure.plot)):
            assert sum(bar.value is not None for bar in bars) >= 3, edition.year


def test_the_populations_of_victims_are_rows_in_the_order_of_the_proceedings():
    plot = figures("LT", 2020)["victims_over_years"].plot
    assert [
        ("Presumed victims", "registered by the police"),
        ("Recognised victims", "in criminal proceedings"),
        ("Identified victims", "as reported for the year"),
    ] == [(row.title, row.subtitle) for row in plot.rows]


def test_the_men_among_those_assisted_stand_beside_the_parts_and_no_total_stands_twice():
    figure = figures("LT", 2020)["assisted"]
    assert ["Persons assisted", "Victims", "Persons at risk", "Men"] == [row.title for row in figure.plot.rows]
    assert figure.unit_line.count("the sex of the others is not stated") == 1


def test_a_note_under_several_series_names_the_series_whose_years_it_explains():
    places = [place for place, _ in figures("LT", 2014)["criminal_justice"].notes]
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


def test_a_note_under_one_series_has_its_years_only():
    assert "2012" == figures("LT", 2014)["assisted"].notes[0][0]


def without_values(edition: Vintage, code: str) -> Context:
    """The context of an edition in which nobody counted an indicator."""
    index = {key: seen for key, seen in edition.index.items() if seen.indicator != code}
    return Context(replace(edition, index=index), ENGLISH)


def without(edition: Vintage, *codes: str) -> Context:
    """The context of an edition whose catalogue lacks some indicators."""
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
        "countries_by_kind",
        "action_plans",
    )


def test_panels_are_those_of_the_indicators_there_are():
    figure = CHARTS["criminal_justice"](without(known("LT", 2020), "persons.charged"))
    assert ["Persons prosecuted", "Persons convicted"] == [panel.title for panel in figure.plot.panels]


def test_lists_of_countries_and_plans_name_their_own_sources(tmp_path):
    country = small.FILES["data/XX/country.yaml"].replace("source: police", "source: office")
    country += "plans: {first: {name: {en: First plan}, period: 2019/2021}}\n"
    lists = "countries: [{kind: target, named: [DE], source: office}]\n"
    changed = {"data/XX/country.yaml": country, small.YEAR: small.FILES[small.YEAR] + lists}
    context = Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH)
    noted = [CHARTS[code](context).source_note for code in ("countries_named", "action_plans")]
    assert ["Statistics Office, Yearbook"] * 2 == noted


@every_chart
def test_the_shade_of_a_column_says_its_year_and_nothing_else(code):
    for edition, figure in shown(code):
        shades = {str(edition.year): Shade.NOW, str(edition.year - 1): Shade.BEFORE}
        for series in getattr(figure.plot, "panels", ()) or getattr(figure.plot, "rows", ()):
            if isinstance(series, Columns):
                assert [shades.get(label, Shade.EARLIER) for label in series.labels] == [b.shade for b in series.bars]


@every_edition
def test_every_edition_composes_without_a_finding(country, year):
    assert () == compose(known(country, year), ENGLISH).findings


@every_edition
def test_figures_and_tables_are_numbered_through(country, year):
    document = compose(known(country, year), ENGLISH).document
    assert [each + 1 for each in range(len(document.figures()))] == [figure.number for figure in document.figures()]
    assert [each + 1 for each in range(len(document.tables()))] == [table.number for table in document.tables()]


def test_generated_lithuanian_writes_years_as_lithuanian_does() -> None:
    lithuanian = translated("lt")
    found = {code: made for code in CHARTS if (made := make_chart(code, Context(known("LT", 2020), lithuanian)))}
    assert "2020 m. galiojo 2 planai" == found["action_plans"].headline.html
    assert "2020 m. nurodytos kaip paskirties šalys: " in found["countries_year"].alt
    assert not re.search(r"\d{4}, nurodytos", " ".join(figure.alt for figure in found.values()))


@pytest.mark.parametrize(("country", "year"), FULL)
def test_plans_are_spans_of_their_years(country, year):
    figure = figures(country, year)["action_plans"]
    plans = known(country, year).country.plans
    assert [(plan.first, plan.last) for plan in plans] == [(span.start, span.end) for span in figure.plot.spans]
    assert [row.label for row in figure.table.rows] == [span.label for span in figure.plot.spans]
    assert [] == [span for span in figure.plot.spans if f"{span.label}: {span.text}" not in figure.alt]
    assert [plan.first <= year <= plan.last for plan in plans] == [span.emphasised for span in figure.plot.spans]


@pytest.mark.parametrize(("country", "year"), FULL)
def test_every_country_named_is_a_dot_of_its_kind_and_year(country, year):
    figure, edition = figures(country, year)["countries_named"], known(country, year)
    plot = figure.plot
    kinds = [group.title for group in plot.groups for _ in range(group.count)]
    dots = sorted((int(plot.columns[dot.column]), kinds[dot.column], plot.rows[dot.row], dot.main) for dot in plot.dots)
    listed = sorted(
        (each.year, TITLES[each.kind], name, name in names_in(edition, each.main))
        for each in edition.data.lists
        for name in [*names_in(edition, each.countries), *(group.text("en") for group in each.groups)]
    )
    assert listed == dots
    years = {each.year for each in edition.data.lists}
    without = [each for each in edition.years if each not in years]
    assert bool(without) == any(text.startswith("No list of countries: ") for _, text in figure.notes)


def test_lists_of_one_kind_stand_together_and_who_was_named_last_stands_first():
    plot = figures("LT", 2020)["countries_named"].plot
    assert [
        ("Police cooperation only", 1),
        ("Target countries", 4),
        ("Countries of exploitation", 4),
        ("Countries of destination", 1),
    ] == [(group.title, group.count) for group in plot.groups]
    assert ["Germany", "United Kingdom", "Lithuania", "United States"] == list(plot.rows[:4])
    assert ("Latvia", "Belarus") == plot.rows[-2:]
    assert ("", "No list of countries: 2009 and 2015") in figures("LT", 2020)["countries_named"].notes


def test_kosovo_named_has_its_note_and_its_asterisk():
    figure = figures("XX", 2022)["countries_named"]
    assert any(mark == "Kosovo" and text.startswith("This designation is") for mark, text in figure.notes)
    assert not any("designation" in text for _, text in figures("LT", 2020)["countries_by_kind"].notes)


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
    assert (caption, unit_line) == (figure.caption, figure.unit_line)
    assert figure.code == "own"
    assert figure.alt.startswith("Column chart by year. ")


def test_an_indicator_is_drawn_in_another_language_without_a_word_more():
    figure = one_series(Context(known("LT", 2020), translated("lt")), "own", "investigations.opened")
    assert "Matavimo vienetas: atvejai; (:) – duomenų nėra" == figure.unit_line


def test_an_indicator_that_the_catalogue_lacks_is_not_drawn():
    assert one_series(Context(known("XX", 2022), ENGLISH), "own", "nothing.here") is None
