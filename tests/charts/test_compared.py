"""Charts of a comparison find what their table and sentence say."""

import csv
import io
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.charts.compared import slopes as slopes_of
from reporter.context import Context
from reporter.document.document import Document
from reporter.edition.comparison_sides import context_of
from reporter.export import comparison_csv, comparison_json
from tests import small
from tests.comparison.sides import (
    CATALOGUE,
    ENGLISH,
    OPENED,
    block,
    made,
    number,
    said,
    shown,
    slopes,
    terminal_row,
    written,
    written_files,
    years,
)


@pytest.fixture(scope="module")
def two(lithuania) -> Document:
    return made(lithuania, years(2019, 2020))


def test_the_headline_counts_the_figures_that_went_up_and_down(two):
    assert "2019 and 2020: three figures down, two up" == two.sections[0].headline.words
    assert "<p>Of seven indicators, two are higher than in 2019 and three lower; two cannot be compared.</p>" in said(
        two
    )


def amounts() -> st.SearchStrategy[str]:
    number = st.integers(0, 120).map(str)
    return st.one_of(
        number,
        st.just("missing"),
        number.map("at least {}".format),
        number.map("about {}".format),
        st.tuples(
            number, st.sampled_from(["flags: [b]", "flags: [d]", "definition: narrow", "confidentiality: C"])
        ).map(lambda each: f"{{total: {each[0]}, {each[1]}}}"),
    )


@given(amounts(), amounts())
@settings(max_examples=30)
def test_sentence_table_chart_alternative_text_and_json_say_the_same(before, after):
    with tempfile.TemporaryDirectory() as folder:
        dataset = written(Path(folder), before, after)
    job = years(2019, 2020, country="XX")
    context = context_of(dataset, job, ENGLISH)
    row = next((each for each in context.rows if each.indicator.code == OPENED), None)
    if row is None:
        assert {"missing"} == {before, after}
        return
    (change,) = row.changes
    document = made(dataset, job)
    agree(context, document, change.difference)


def agree(context: Context, document: Document, difference: Decimal | None) -> None:
    """Every form of the comparison of one figure has this difference, or none of them has one."""
    label = "Investigations opened"
    line = next(row for row in block(document, "every_change").rows if row.label == label)
    short = next(row for row in block(document, "compared_figures").rows if row.label == label)
    drawn = [each for each in slopes(document) if each.label == label]
    sentence = re.search(rf"{label}: [^<]*?\.(?= |<)", said(document))[0]
    plain = next(each for each in json.loads(comparison_json(context))["figures"] if each["indicator"] == OPENED)
    tidy = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["indicator"] == OPENED]
    assert [difference] * 3 == [line.cells[2].value, short.cells[2].value, number(plain["changes"][0]["difference"])]
    assert difference == number(tidy[1]["change"] or None)
    assert sentence.removesuffix(".") in plain["sentences"][0]
    values = [cell.text for cell in line.cells[:2]]
    for slope in drawn:
        assert (difference is not None) == slope.stops[1].joined
        assert sentence in block(document, "slopes").alt
        assert values == [stop.text for stop in slope.stops]
    assert drawn or difference is None
    assert [label, *map(shown, line.cells[:3])] == terminal_row(context, label)[:4]
    if difference is None:
        assert not re.search("up by|down by|unchanged", sentence)
    elif difference and all(seen != "0" for seen in values):
        assert f"{'up' if difference > 0 else 'down'} by {abs(difference)}" in sentence
        assert line.cells[2].text.startswith(ENGLISH.difference(difference))


def test_of_many_years_the_first_and_the_last_that_can_be_compared_are_told(lithuania):
    twelve = made(lithuania, years(*range(2009, 2021)))
    text = said(twelve)
    assert "Identified victims: from 45 in 2016 to 24 in 2020, down by 21." in text
    assert "Persons assisted: from 152 in 2012 to 208 in 2020, up by 56 (+37%). Break in the series: 2012." in text
    assert "Assistance projects financed: 5 in 2010 and in 2019, unchanged. Break in the series: 2020." in text
    assert "Investigations opened: from 23 in 2009 to 11 in 2020, down by 12." in text
    assert 1 == sum("victims" in slope.label for slope in slopes(twelve))


def test_figures_far_larger_than_the_others_have_a_panel_at_a_whole_part_of_the_scale(two):
    plot = block(two, "slopes").plot
    assert (["Persons assisted"], 6) == ([slope.label for slope in plot.larger], plot.ratio)
    assert block(two, "slopes").unit_line.endswith("Apart: persons assisted, at one sixth of the scale")


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=8))
@settings(max_examples=15)
def test_the_larger_figures_fit_at_their_part_of_the_scale(sizes):
    with tempfile.TemporaryDirectory() as folder:
        codes = [f"n.x{n}" for n in range(len(sizes))]
        catalogue = CATALOGUE + "".join(INDICATOR.format(code=code) for code in codes)
        told = ", ".join(f"{code}: {size}" for code, size in zip(codes, sizes, strict=True))
        files = written_files("missing", "missing") | {"data/catalogue.yaml": catalogue}
        for year in (2019, 2020):
            files[f"data/XX/{year}.yaml"] = f"year: {year}\nsource: police\nfigures: {{{told}}}\n"
        plot = slopes_of(context_of(small.load(Path(folder), files), years(2019, 2020, country="XX"), ENGLISH)).plot
    most = [
        max((stop.value for slope in group for stop in slope.stops), default=0) for group in (plot.slopes, plot.larger)
    ]
    assert len(plot.slopes) >= len(plot.larger)
    assert most[1] <= most[0] * plot.ratio
    assert (plot.ratio > 1) == bool(plot.larger)


INDICATOR = """\
  {code}:
    label: {{en: "{code}"}}
    unit: cases
    kind: flow
    population: x
    definition: {{en: Counted.}}
"""


def told(document) -> dict[str, tuple[str, str, str]]:
    return {row.label: (row.before.text, row.after.text, row.change) for row in block(document, "twins").plot.rows}


def test_forms_of_two_years_stand_left_and_right_with_their_changes(two):
    found = told(two)
    assert ("7", "4", "−3") == found["Forced criminal activities"]
    assert ("1", "0", "−1") == found["Forced begging"]
    assert ("0", "1", "+1") == found["Sexual exploitation and forced begging"]


@pytest.mark.parametrize(
    ("incomplete", "expected"), [("", ("0", "2", "+2")), (", incomplete: [form]", (":", "2", ":"))]
)
def test_what_is_not_named_is_zero_only_where_the_parts_make_the_whole(tmp_path, incomplete, expected):
    before = f"{{total: {9 if not incomplete else 12}, by form: {{sexual: 5, labour: 4}}{incomplete}}}"
    files = written_files(before, "{total: 11, by form: {sexual: 5, labour: 4, other: 2}}")
    labour = "      labour: {label: {en: Labour exploitation}}\n"
    files["data/catalogue.yaml"] = CATALOGUE.replace(labour, f"{labour}      other: {{label: {{en: Other}}}}\n")
    document = made(small.load(tmp_path, files), years(2019, 2020, country="XX"))
    assert expected == told(document)["Other"]


def test_nothing_is_compared_where_the_series_of_the_total_breaks(tmp_path):
    dataset = written(
        tmp_path,
        "{total: 9, by form: {sexual: 5, labour: 4}}",
        "{total: 9, by form: {sexual: 5, labour: 4}, flags: [b]}",
    )
    document = made(dataset, years(2019, 2020, country="XX"))
    assert {"≠"} == {change for *_, change in told(document).values()}


def test_of_many_years_the_latest_two_neighbours_that_have_it_are_shown(lithuania):
    heads = block(made(lithuania, years(2014, 2017, 2019, 2020)), "twins").plot.heads
    assert ("2019: 16", "2020: 11", "Change") == heads
