"""A breakdown over the years: what is drawn is what the table says, and both are true of what is not published."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.i18n import load_locale
from reporter.data.records import vintage
from reporter.report.charts import CHARTS
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Panels, Squares
from tests import small

# What each form is part of.
FORMS = {"a": "", "a1": "a", "a11": "a1", "b": "", "b1": "b", "c": "", "d": "", "e": "", "f": ""}
YEARS = (2018, 2019, 2020)
CATALOGUE = small.FILES["data/catalogue.yaml"].replace(
    "      sexual: {label: {en: Sexual exploitation}}\n      labour: {label: {en: Labour exploitation}}\n",
    "".join(
        f"      {code}: {{label: {{en: {code.upper()}}}{f', within: {outer}' if outer else ''}}}\n"
        for code, outer in FORMS.items()
    ),
)
PUBLISHED = st.sampled_from(("{n}", "{n}", "{n}", "", "", "{value: {n}, confidentiality: C}", "at least {n}"))
WORLD = st.fixed_dictionaries(
    {code: st.tuples(st.integers(0, 2), PUBLISHED) for code in FORMS}
    | {"total": st.tuples(st.integers(0, 1), st.sampled_from(("{n}", "{n}", "{n}", "{n}, confidentiality: C")))}
)


def around(code: str) -> tuple[str, ...]:
    return (FORMS[code], *around(FORMS[code])) if FORMS[code] else ()


def counts(world: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """What there was of each form and in all, published or not."""
    made = {code: sum(world[each][0] for each in FORMS if code in (each, *around(each))) for code in FORMS}
    return made | {"total": sum(each for each, _ in world.values())}


def written(world: Mapping[str, tuple[int, str]]) -> str:
    true = counts(world)
    told = {code: form.replace("{n}", str(true[code])) for code, (_, form) in world.items()}
    parts = ", ".join(f"{code}: {told[code]}" for code in FORMS if told[code])
    return f"{{total: {told['total']}, by form: {{{parts}}}}}" if parts else f"{{total: {told['total']}}}"


def chart(tmp_path, figures: Mapping[int, str], code: str = "forms_over_years") -> Figure | None:
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{investigations.opened: {each}}}\n"
        for year, each in figures.items()
    }
    made = small.load_public(tmp_path, {"data/catalogue.yaml": CATALOGUE, small.TEXT: None} | files)
    return CHARTS[code](Context(vintage(made, "XX", 2020), load_locale("en")))


def rows(figure: Figure) -> dict[str, list[str]]:
    return {row.label.lower(): [cell.text for cell in row.cells] for row in figure.table.rows}


@given(st.lists(WORLD, min_size=3, max_size=3))
@settings(max_examples=20)
def test_what_a_chart_says_besides_its_figures_is_true_of_all_that_can_be(tmp_path_factory, worlds):
    """So nothing withheld follows from a 0 or a sum of the chart that did not follow from the published figures."""
    figure = chart(tmp_path_factory.mktemp("small"), dict(zip(YEARS, map(written, worlds), strict=True)))
    if figure is None:
        return
    table = rows(figure)
    for place, (world, true) in enumerate((each, counts(each)) for each in worlds):
        for code in set(FORMS) & set(table):
            if not world[code][1]:
                assert table[code][place] in (":", str(true[code])), (code, world)
            if "C" in world[code][1]:
                assert "c" == table[code][place]
        if isinstance(figure.plot, Panels) and "All other" == figure.plot.panels[-1].title:
            *shown, others = figure.plot.panels
            rest = true["total"] - sum(true[each.title.lower()] for each in shown)
            assert others.bars[place].value in (None, rest), world


def test_a_chart_names_the_codes_of_which_every_value_is_withheld(tmp_path):
    withheld = dict.fromkeys(YEARS, "{total: 9, by form: {a: 5, b: suppressed, c: suppressed, d: missing}}")
    figure = chart(tmp_path, {**withheld, 2019: "{total: 9, by form: {a: 5, b: 4, c: missing, d: missing}}"})
    assert figure
    assert isinstance(figure.plot, Panels)
    assert ["A", "B"] == [panel.title for panel in figure.plot.panels]
    assert ("", "Not shown, as their values are confidential: C") in figure.notes
    assert {"investigations opened", "a", "b", "form not stated"} == set(rows(figure))


def test_a_form_within_another_has_no_squares_of_its_own(tmp_path):
    figure = chart(tmp_path, {2020: "{total: 9, by form: {a: 5, a1: 3, a11: 2, b: 4}}"}, "forms_year")
    assert figure
    assert isinstance(figure.plot, Squares)
    assert [("A", 5), ("B", 4)] == [(each.label, each.count) for each in figure.plot.rows]
    assert figure.headline
    assert "A – the most common form" == figure.headline.words
    assert ["9", "5", "4", "3", "2"] == [row.cells[0].text for row in figure.table.rows]
