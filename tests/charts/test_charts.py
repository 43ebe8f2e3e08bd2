"""Charts: drawing, table and alternative text say the same, and nothing the data do not say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reporter.charts import CHARTS
from reporter.charts.countries import KINDS
from reporter.charts.maps import TITLES
from reporter.context import Context
from reporter.document.document import Cell, Figure, Row
from reporter.document.plot import (
    Bar,
    Choropleth,
    Columns,
    Flows,
    Matrix,
    Panels,
    Plot,
    Ranges,
    Ranking,
    Spans,
    Stack,
    Units,
)
from reporter.i18n import Locale, load_locale
from reporter.model import Dataset, Flag, Observation, Vintage, is_given, vintage
from reporter.model.geography import ON_MAP, iso_of
from reporter.sections import compose
from tests import extremes, small
from tests.conftest import LITHUANIA, RURITANIA
from tests.snapshots import dataset_of, translated

EDITIONS = [("LT", year) for year in range(2009, 2021)] + [("XX", year) for year in (2018, 2019, 2021, 2022)]
FULL = [("LT", 2020), ("XX", 2022)]
NOTHING = (":", "–", "c")
ENGLISH = load_locale("en")


@cache
def dataset(country: str) -> Dataset:
    return dataset_of(RURITANIA if country == "XX" else LITHUANIA, (country,))


@cache
def known(country: str, year: int) -> Vintage:
    return vintage(dataset(country), country, year)


@cache
def figures(country: str, year: int) -> dict[str, Figure]:
    """The charts of an edition that have something to show."""
    made = {code: chart(Context(known(country, year), ENGLISH)) for code, chart in CHARTS.items()}
    return {code: figure for code, figure in made.items() if figure}


def shown(code: str) -> Iterator[tuple[Vintage, Figure]]:
    """A chart in every edition that has it."""
    for edition in EDITIONS:
        if code in figures(*edition):
            yield known(*edition), figures(*edition)[code]


every_chart = pytest.mark.parametrize("code", CHARTS)
every_edition = pytest.mark.parametrize(("country", "year"), EDITIONS)


def observations(figure: Figure) -> list[Observation]:
    return [cell.observation for row in figure.table.rows for cell in row.cells if cell.observation]


def number(cell: Cell) -> Decimal | None:
    """What a cell says as a number; None for nothing."""
    if cell.observation:
        return cell.observation.value if is_given(cell.observation) else None
    return None if cell.text in NOTHING else Decimal(cell.text.replace(",", ""))


def drawn(plot: Plot) -> list[list[Decimal | None]]:
    """The values that are drawn, a list for each row of the table; a remainder of nothing is not drawn."""
    match plot:
        case Panels(panels):
            return [values(bars) for panel in panels for bars in (panel.bars, panel.inner) if bars]
        case Stack(_, layers, totals):
            return [values(totals), *(values(layer.bars) for layer in layers)]
        case Units(piles):
            return [[Decimal(pile.count)] for pile in piles]
        case Ranking(spans):
            return [[span.end] for span in spans]
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
    if isinstance(figure.plot, Panels):
        return given
    return given[1:] if isinstance(figure.plot, Units) else list(figure.table.rows)


def bars_of(plot: Plot) -> Iterator[Bar]:
    match plot:
        case Panels(panels):
            yield from (bar for panel in panels for bar in (*panel.bars, *panel.inner))
        case Stack(_, layers, totals):
            yield from (bar for bars in (totals, *(layer.bars for layer in layers)) for bar in bars)
        case Ranges(columns):
            yield from columns.bars


# drawing, table and words


def numeric(figure: Figure) -> bool:
    return not isinstance(figure.plot, Spans | Matrix | Choropleth | Flows)


@every_chart
def test_what_is_drawn_is_what_the_table_says(code):
    for edition, figure in shown(code):
        if numeric(figure):
            assert list(map(numbers, rows(figure))) == drawn(figure.plot), edition.year


@every_chart
def test_what_the_table_says_is_what_the_data_say(code):
    for edition, figure in shown(code):
        for seen in observations(figure):
            assert seen == edition.observation(seen.address, edition.year if seen.owner else seen.year)


@every_chart
def test_the_alternative_text_says_every_value_and_every_missing_year(code):
    for edition, figure in shown(code):
        if isinstance(figure.plot, Units | Ranking):
            each = figure.plot.piles if isinstance(figure.plot, Units) else figure.plot.bars
            assert figure.alt.endswith(f" {'; '.join(f'{one.label}: {one.text}' for one in each)}.")
        elif numeric(figure):
            for row in figure.table.rows:
                assert told(row, figure) == sentence(row.label, figure.alt), (edition.year, row.label)


def told(row: Row, figure: Figure) -> tuple[dict[str, str], list[str]]:
    """The years of a row with their values, and those without."""
    cells = dict(zip((column.label for column in figure.table.columns), row.cells, strict=True))
    observed = any(cell.observation for cell in row.cells)
    given = {
        year: cell.text for year, cell in cells.items() if (number(cell) if not observed else number(cell) is not None)
    }
    return given, [year for year in cells if year not in given] if observed and given else []


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
    assert {"assisted", "assisted_men", "criminal_justice", "investigations", "victims_over_years"} <= missing
    assert {"assisted", "assisted_men"} <= broken


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
def test_two_populations_never_share_an_axis(code):
    for edition, figure in shown(code):
        for axis in axes(figure):
            assert len(populations(edition, axis)) <= 1, axis


def axes(figure: Figure) -> list[set[str]]:
    """The indicators drawn on each axis of a chart."""
    told = rows(figure) if isinstance(figure.plot, Panels) else figure.table.rows
    found = [{cell.observation.indicator for cell in row.cells if cell.observation} for row in told]
    match figure.plot:
        case Ranges():
            return [found[0], set().union(*found[1:])]
        case Panels(panels) if len(panels) > 1:
            return found
    return [set().union(*found)]


@every_chart
def test_every_note_of_a_value_stands_under_its_figure(code):
    for edition, figure in shown(code):
        due = {note.text("en") for seen in observations(figure) for note in edition.notes(seen)}
        assert set() == due - {text for _, text in figure.notes}


@every_chart
def test_a_figure_has_a_caption_a_unit_and_a_source(code):
    for _, figure in shown(code):
        assert code == figure.code
        assert all((figure.caption, figure.unit_line, figure.source_note, figure.alt.endswith(".")))


def test_every_chart_is_tried():
    """But those of a comparison, which `test_comparison.py` tries."""
    tried = {code for edition in FULL for code in figures(*edition)}
    assert set(CHARTS) == tried | {"slopes", "countries_compared"}


def test_an_indicator_without_any_value_has_no_panel_but_a_note():
    figure = figures("LT", 2009)["criminal_justice"]
    assert ["Persons convicted"] == [panel.title for panel in figure.plot.panels]
    assert ("", "No figures available: Persons prosecuted; Persons charged") == figure.notes[-1]
    assert figure.alt.startswith("1 column chart by year. Persons prosecuted: not available.")
    full = figures("LT", 2020)["criminal_justice"]
    assert ["Persons prosecuted", "Persons charged", "Persons convicted"] == [each.title for each in full.plot.panels]


# plans and countries


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
    dots = sorted(
        (int(plot.columns[dot.column]), plot.kinds[dot.kind], plot.rows[dot.row], dot.main) for dot in plot.dots
    )
    listed = sorted(
        (each.year, KINDS[each.kind], name, name in names_in(edition, each.main))
        for each in edition.data.lists
        for name in [*names_in(edition, each.countries), *(group.text("en") for group in each.groups)]
    )
    assert listed == dots
    years = {each.year for each in edition.data.lists}
    assert [each for each in edition.years if each not in years] == [int(plot.columns[n]) for n in plot.empty]


def names_in(edition: Vintage, codes: tuple[str, ...]) -> list[str]:
    return [ENGLISH.named(code, edition.country) for code in codes]


def sheets(figure: Figure) -> dict[str, dict[str, int]]:
    """The maps by their titles: the level of each country, by the code printed on it."""
    return {sheet.title: {land.label: land.level for land in sheet.lands} for sheet in figure.plot.maps}


def test_each_kind_of_list_has_a_map_of_its_own_and_nothing_is_counted_across():
    figure = figures("LT", 2020)["countries_by_kind"]
    assert {
        "Target countries": {"DK": 1, "DE": 2, "IE": 0, "ES": 1, "FR": 1, "NL": 2, "SE": 0, "CH": 0, "UK": 3},
        "Countries of exploitation": {
            "DK": 0, "DE": 3, "IE": 2, "ES": 0, "FR": 2, "LT": 3, "NL": 1, "AT": 0, "FI": 0, "SE": 1, "IS": 0,
            "NO": 0, "UK": 2,
        },
        "Countries of destination": {"DE": 0, "LT": 0, "UK": 0},
        "Police cooperation only": {"DE": 0, "ES": 0, "LV": 0, "BY": 0, "NO": 0, "UK": 0},
    } == sheets(figure)  # fmt: skip
    assert [f"named in {n} list{'s' * (n > 1)}" for n in (1, 2, 3, 4)] == list(figure.plot.levels)


@pytest.mark.parametrize(("country", "year"), EDITIONS)
def test_a_map_says_how_many_lists_of_its_kind_name_a_country(country, year):
    edition = known(country, year)
    if not edition.data.lists:
        assert "countries_by_kind" not in figures(country, year)
        return
    expected = {}
    for each in edition.data.lists:
        counts = expected.setdefault(TITLES[each.kind], {})
        for code in each.countries:
            counts[code] = counts.get(code, 0) + 1
    on_map = {
        kind: {f"{code}*" if code == "XK" else code: n - 1 for code, n in counts.items() if iso_of(code) in ON_MAP}
        for kind, counts in expected.items()
    }
    assert on_map == sheets(figures(country, year)["countries_by_kind"])


def test_a_map_tells_its_lists_and_their_years():
    plot = figures("LT", 2020)["countries_by_kind"].plot
    told = {sheet.title: sheet.subtitle for sheet in plot.maps}
    assert "4 lists: 2016, 2017, 2018, 2019" == told["Countries of exploitation"]
    assert "1 list: 2010" == told["Police cooperation only"]


def test_who_is_named_and_not_on_the_maps_is_in_a_note_and_a_year_without_a_list_too():
    notes = figures("LT", 2020)["countries_by_kind"].notes
    assert ("Target countries", "not on the map: Armenia (2014), Scandinavian countries (2011)") in notes
    assert ("Countries of destination", "not on the map: United States (2020)") in notes
    assert ("", "No list of countries: 2009, 2015") in notes
    assert ("", "A map of one list says who is named, not how often") in notes
    assert "Map: Natural Earth. No position on the status of any territory is implied." == notes[-1][1]


def test_levels_are_ranges_where_there_are_more_lists_than_colours(tmp_path):
    lists = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{}}\n"
        f"countries: [{{kind: target, named: [{'DE, FR' if year < 2015 else 'DE'}]}}]\n"
        for year in range(2013, 2018)
    }
    figure = CHARTS["countries_by_kind"](Context(vintage(small.load(tmp_path, lists), "XX", 2020), ENGLISH))
    assert ("named in 1 to 2 lists", "named in 3 to 4 lists", "named in 5 lists") == figure.plot.levels
    assert {"Target countries": {"DE": 2, "FR": 0}} == sheets(figure)


@pytest.mark.parametrize("code", ["countries_year", "countries_by_kind"])
def test_alternative_text_and_table_of_a_map_name_everyone_in_every_list(code):
    for edition, figure in shown(code):
        due = [each for each in edition.data.lists if code == "countries_by_kind" or each.year == edition.year]
        names = {name for each in due for name in names_in(edition, each.countries)}
        names |= {group.text("en") for each in due for group in each.groups}
        table = " ".join(" ".join((row.label, *(cell.text for cell in row.cells))) for row in figure.table.rows)
        assert [] == sorted(name for name in names if name not in figure.alt or name not in table)
        assert [] == [each.year for each in due if str(each.year) not in figure.alt]


def test_arrows_lead_to_countries_of_destination_and_from_those_of_origin(tmp_path):
    def arrows(kind: str) -> list[tuple[str, bool, bool]]:
        changed = {small.YEAR: small.FILES[small.YEAR] + f"countries: [{{kind: {kind}, named: [LT, DE, US]}}]\n"}
        edition = vintage(small.load(tmp_path, changed), "XX", 2020)
        edition = replace(edition, data=replace(edition.data, country=replace(edition.country, code="LT")))
        plot = CHARTS["countries_year"](Context(edition, ENGLISH)).plot
        return [(node.label, node.outward, node.inward) for node in (*plot.nodes, *plot.outside)]

    none, there, back = (False, False), (True, False), (False, True)
    for kind in ("target", "destination", "exploitation"):
        assert [("DE", *there), ("LT", *none), ("US", *there)] == arrows(kind)
    assert [("DE", *back), ("LT", *none), ("US", *back)] == arrows("origin")
    assert [("DE", *none), ("LT", *none), ("US", *none)] == arrows("cooperation")


def test_a_year_without_a_list_has_no_map_of_the_year():
    assert ["countries_year" in figures("LT", year) for year in (2009, 2015, 2019)] == [False, False, True]


def test_only_the_lists_of_the_year_are_on_its_map_and_no_number_is():
    figure = figures("LT", 2020)["countries_year"]
    assert ["DE", "LT", "UK"] == [node.label for node in figure.plot.nodes if node.kinds]
    assert ["US"] == [node.label for node in figure.plot.outside]
    assert ("", "Outside the part of Europe shown: United States") in figure.notes
    assert "arrows do not stand for numbers" in figure.unit_line


def test_kosovo_named_has_its_note_and_its_asterisk():
    for code in ("countries_year", "countries_by_kind"):
        figure = figures("XX", 2022)[code]
        assert any(mark == "*" and text.startswith("This designation is") for mark, text in figure.notes)
        assert "XK*" in str(figure.plot)
    assert not any("designation" in text for _, text in figures("LT", 2020)["countries_by_kind"].notes)


# what a workspace may do without


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


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [("1", "9", "1–9"), ("missing", "9", "up to 9"), ("1", "missing", "from 1"), ("missing", "suppressed", "c")],
)
def test_a_range_of_sentences_says_what_is_known_of_it(tmp_path, shortest, longest, text):
    catalogue = small.FILES["data/catalogue.yaml"]
    for code in ("sentences.shortest", "sentences.longest"):
        catalogue += f"  {code}: {{label: {{en: S}}, unit: years, kind: flow, population: p, definition: {{en: D}}}}\n"
    figures = f"figures: {{sentences.shortest: {shortest}, sentences.longest: {longest}}}"
    earlier = "year: 2019\nsource: police\nfigures: {sentences.longest: 8}\n"
    changed = {small.YEAR: small.HEAD + figures, "data/catalogue.yaml": catalogue, "data/XX/2019.yaml": earlier}
    figure = CHARTS["convictions_sentences"](Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH))
    assert [":", "up to 8", text] == [span.text for span in figure.plot.ranges]


def forms_of(tmp_path, sexual: int, labour: int):
    forms = f"{{total: {sexual + labour}, by form: {{sexual: {sexual}, labour: {labour}}}}}"
    written = f"{small.HEAD}figures: {{investigations.opened: {forms}}}"
    edition = vintage(small.load(tmp_path, {small.YEAR: written}), "XX", 2020)
    return CHARTS["forms_year"](Context(edition, ENGLISH))


def test_as_many_cases_as_can_be_counted_are_squares(tmp_path):
    figure = forms_of(tmp_path, 100, 50)
    assert "One square, one investigation opened (150)" == figure.unit_line
    assert [100, 50] == [pile.count for pile in figure.plot.piles]


def test_more_cases_than_can_be_counted_are_bars_and_no_word_speaks_of_squares(tmp_path):
    figure = forms_of(tmp_path, 100, 51)
    assert "Number of investigations opened (151)" == figure.unit_line
    alt = "Bar chart with one bar for each form. Sexual exploitation: 100; Labour exploitation: 51."
    assert alt == figure.alt
    assert [(Decimal(100), "100", 0), (Decimal(51), "51", 1)] == [
        (span.end, span.text, span.accent) for span in figure.plot.bars
    ]


def test_lists_of_countries_and_plans_name_their_own_sources(tmp_path):
    country = small.FILES["data/XX/country.yaml"].replace("source: police", "source: office")
    country += "plans: {first: {name: {en: First plan}, period: 2019/2021}}\n"
    lists = "countries: [{kind: target, named: [DE], source: office}]\n"
    changed = {"data/XX/country.yaml": country, small.YEAR: small.FILES[small.YEAR] + lists}
    context = Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH)
    noted = [CHARTS[code](context).source_note for code in ("countries_named", "action_plans")]
    assert ["Statistics Office, Yearbook"] * 2 == noted


def test_the_latest_two_years_are_emphasised():
    (opened, _) = figures("LT", 2020)["investigations"].plot.panels
    assert isinstance(opened, Columns)
    assert ["2019", "2020"] == [year for year, bar in zip(opened.labels, opened.bars, strict=True) if bar.emphasised]


# all of them in a document


@every_edition
def test_every_edition_composes_without_a_finding(country, year):
    assert () == compose(known(country, year), ENGLISH).findings


@every_edition
def test_figures_and_tables_are_numbered_through(country, year):
    document = compose(known(country, year), ENGLISH).document
    assert [each + 1 for each in range(len(document.figures()))] == [figure.number for figure in document.figures()]
    assert [each + 1 for each in range(len(document.tables()))] == [table.number for table in document.tables()]


def test_a_form_has_the_same_colour_in_every_chart_and_year(lithuania: Dataset, english: Locale) -> None:
    seen: dict[str, set[int]] = {}
    for year in range(2012, 2021):
        context = Context(vintage(lithuania, "LT", year), english)
        for name in ("forms_year", "forms_over_years"):
            figure = CHARTS[name](context)
            plot = figure.plot if figure else None
            parts = getattr(plot, "piles", ()) or getattr(plot, "layers", ()) or getattr(plot, "bars", ())
            for part in parts:
                if not part.remainder:
                    seen.setdefault(part.label, set()).add(part.accent)
    assert 12 == len(seen)
    assert [] == [label for label, accents in seen.items() if len(accents) > 1]


def test_of_very_many_forms_the_largest_are_shown_and_the_table_has_them_all(english: Locale, tmp_path: Path) -> None:
    made = dataset_of(extremes.make(tmp_path / "w", extremes.forty_forms), ("XX",))
    context = Context(vintage(made, "XX", extremes.YEAR), english)
    stack, bars = CHARTS["forms_over_years"](context), CHARTS["forms_year"](context)
    assert stack
    assert bars
    assert isinstance(stack.plot, Stack)
    assert isinstance(bars.plot, Ranking)
    assert (13, "29 other categories") == (len(stack.plot.layers), stack.plot.layers[-2].label)
    assert (8, "33 other categories") == (len(bars.plot.bars), bars.plot.bars[-1].label)
    assert bars.plot.bars[-1].end is not None
    assert sum(each.end or 0 for each in bars.plot.bars) == int(bars.table.rows[0].cells[0].text)
    assert (42, 41) == (len(stack.table.rows), len(bars.table.rows))


def test_the_reporting_country_goes_by_its_own_name_in_every_list() -> None:
    for figure in figures("XX", 2022).values():
        cells = (cell.text for row in figure.table.rows for cell in row.cells)
        assert not re.search(r"\bXX\b", " ".join((figure.alt, figure.headline, *cells)))
    assert "Ruritania" in figures("XX", 2022)["countries_named"].alt


def test_generated_lithuanian_writes_years_as_lithuanian_does() -> None:
    lithuanian = translated("lt")
    found = {code: made for code in CHARTS if (made := CHARTS[code](Context(known("LT", 2020), lithuanian)))}
    assert "Vertimas nusikalsti: didžiausia forma 5 metais iš 9" == found["forms_over_years"].headline
    assert "2020 m. nurodytos kaip paskirties šalys: " in found["countries_year"].alt
    assert not re.search(r"\d{4}, nurodytos", " ".join(figure.alt for figure in found.values()))
    one, many = "{label}: the largest form in {n} of {total} years", "{label}: the largest form in {n} of {total} years"
    told = [lithuanian.count(one, many, n, label="A", total="25") for n in (1, 10, 21)]
    assert ["A: didžiausia forma 1 metais iš 25", "A: didžiausia forma 10 metų iš 25"] == told[:2]
    assert "A: didžiausia forma 21 metais iš 25" == told[2]
