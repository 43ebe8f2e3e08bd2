"""Charts of a comparison find what their table and sentence say."""

import csv
import io
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.editions.state import context_of
from reporter.formats.export import comparison_csv
from reporter.report.context import Context
from reporter.report.document.document import Document, Dumbbells
from tests.compare.sides import (
    ENGLISH,
    OPENED,
    block,
    columns,
    editions,
    made,
    number,
    said,
    shown,
    terminal_row,
    written,
    years,
)


@pytest.fixture(scope="module")
def two(lithuania) -> Document:
    return made(lithuania, years(2019, 2020))


def test_the_headline_names_figures_that_went_down_and_up_and_a_sentence_counts_them(two):
    assert "Fewer persons assisted, more persons prosecuted" == two.sections[0].headline.words
    assert "<p>Of seven indicators, two rose and three fell compared with 2019; two cannot be compared.</p>" in said(
        two
    )


def test_the_headline_says_what_was_not_revised_where_nothing_was(lithuania):
    assert (
        "Seven figures were not revised"
        == made(lithuania, editions(2017, 2018, 2020, country="LT")).sections[0].headline.words
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
def test_sentence_table_chart_alternative_text_and_csv_say_the_same(before, after):
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
    tables = [each for each in document.tables() if isinstance(each, Dumbbells)]
    drawn = [each for table in tables for each in table.drawings if each[1].label == label]
    sentence = re.search(rf"{label}: [^<]*?\.(?= |<)", said(document))[0]
    tidy = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["indicator"] == OPENED]
    assert [difference] * 2 == [line.cells[2].value, number(tidy[1]["change"] or None)]
    values = [cell.text for cell in line.cells[:2]]
    for _, short, picture in drawn:
        assert (difference, difference is None) == (short.cells[2].value, picture.plot.after is None)
        assert sentence in picture.alt
        assert values == [cell.text for cell in short.cells[:2]]
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


def test_of_many_sides_each_figure_has_columns_and_a_line_before_what_cannot_be_compared(lithuania):
    document = made(lithuania, years(2012, 2015, 2018, 2020))
    plot = block(document, "compared_columns").plot
    assert len(plot.panels) == len(plot.scales) == 6
    assert [False, False, False, True] == [bar.broken for bar in columns(document, "Persons prosecuted")]
    alt = block(document, "compared_columns").alt
    assert "Persons assisted – 2012: 152, 2015: 139, 2018: 239, 2020: 208." in alt


def test_figures_of_one_population_share_a_scale_and_others_have_their_own(lithuania):
    document = made(lithuania, years(2015, 2018, 2020))
    plot = block(document, "compared_columns").plot
    scales = dict(zip((panel.title for panel in plot.panels), plot.scales, strict=True))
    assert scales["Identified victims"] != scales["Persons assisted"]
