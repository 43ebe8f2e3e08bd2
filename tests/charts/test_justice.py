"""Cases as squares while they can be counted; sentences as ranges."""

import pytest

from reporter.charts import CHARTS, justice
from reporter.context import Context
from reporter.model import vintage
from tests import small
from tests.charts.shown import ENGLISH


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [
        ("1", "9", "1–9"),
        ("1", "1", "1–1"),
        ("missing", "9", "up to 9"),
        ("missing", "over 9", "up to >\u00a09"),
        ("1", "missing", "from 1"),
        ("missing", "suppressed", "c"),
    ],
)
def test_a_range_of_sentences_says_what_is_known_of_it(tmp_path, shortest, longest, text):
    catalogue = small.FILES["data/catalogue.yaml"]
    for code in ("sentences.shortest", "sentences.longest"):
        catalogue += f"  {code}: {{label: {{en: S}}, unit: years, kind: flow, population: p, definition: {{en: D}}}}\n"
    figures = f"figures: {{sentences.shortest: {shortest}, sentences.longest: {longest}}}"
    earlier = "year: 2019\nsource: police\nfigures: {sentences.longest: 8}\n"
    changed = {small.YEAR: small.HEAD + figures, "data/catalogue.yaml": catalogue, "data/XX/2019.yaml": earlier}
    figure = justice.convictions_sentences(Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH))
    assert [":", "up to 8", text] == [span.text for span in figure.plot.ranges]
    assert figure.headline is None


def forms_of(tmp_path, sexual: int, labour: int):
    forms = f"{{total: {sexual + labour}, by form: {{sexual: {sexual}, labour: {labour}}}}}"
    written = f"{small.HEAD}figures: {{investigations.opened: {forms}}}"
    edition = vintage(small.load(tmp_path, {small.YEAR: written}), "XX", 2020)
    return CHARTS["forms_year"](Context(edition, ENGLISH))


def test_as_many_cases_as_can_be_counted_are_squares(tmp_path):
    figure = forms_of(tmp_path, 40, 20)
    assert "One square, one investigation opened (60)" == figure.unit_line
    assert ([40, 20], False) == ([row.count for row in figure.plot.rows], figure.plot.bars)


def test_more_cases_than_can_be_counted_are_bars_and_no_word_speaks_of_squares(tmp_path):
    figure = forms_of(tmp_path, 40, 21)
    assert "Number of investigations opened (61)" == figure.unit_line
    alt = "Bar chart with one bar for each form. Sexual exploitation: 40; Labour exploitation: 21."
    assert alt == figure.alt
    assert ([(40, "40"), (21, "21")], True) == ([(row.count, row.text) for row in figure.plot.rows], figure.plot.bars)
