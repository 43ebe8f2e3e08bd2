"""Charts of a comparison find what their table and sentence say."""

import csv
import io
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reporter.context import Context
from reporter.document.document import Document
from reporter.document.plot import Columns
from reporter.edition.comparison_sides import context_of
from reporter.export import comparison_csv, comparison_json
from tests.comparison.sides import (
    ENGLISH,
    OPENED,
    block,
    made,
    number,
    of_five_years,
    said,
    shown,
    terminal_row,
    told_of,
    written,
    years,
)


def test_changes_are_counted_once_in_words_and_not_over_the_chart(lithuania):
    document = made(lithuania, years(2019, 2020))
    assert "<p>Of seven indicators, two are higher than in 2019 and three lower; two cannot be compared.</p>" in said(
        document
    )
    assert block(document, "slopes").headline is None


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
    line = next(row for row in block(document, "key_changes").rows if row.label == label)
    figure = block(document, "slopes")
    slope = next(each for each in figure.plot.slopes if each.title == label)
    sentence = re.search(rf"{label}: [^<]*?\.(?= |<)", said(document))[0]
    plain = next(each for each in json.loads(comparison_json(context))["figures"] if each["indicator"] == OPENED)
    tidy = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["indicator"] == OPENED]
    assert [difference, difference] == [line.cells[-1].value, number(plain["changes"][0]["difference"])]
    assert difference == number(tidy[1]["change"] or None)
    assert (difference is not None) == slope.stops[1].joined
    assert sentence in figure.alt
    assert sentence.removesuffix(".") in plain["sentences"][0]
    values = [cell.text for cell in line.cells[:2]]
    assert values == [stop.text for stop in slope.stops]
    assert [label, *map(shown, line.cells)] == terminal_row(context, label)[: 1 + len(line.cells)]
    if difference is None:
        assert not re.search("up by|down by|unchanged", sentence)
    elif difference and all(seen != "0" for seen in values):
        assert f"{'up' if difference > 0 else 'down'} by {abs(difference)}" in sentence
        assert slope.change.startswith(ENGLISH.difference(difference))


def test_of_many_years_the_first_and_the_last_that_can_be_compared_are_told(lithuania):
    text = said(made(lithuania, years(*range(2009, 2021))))
    assert "Identified victims: from 45 in 2016 to 24 in 2020, down by 21." in text
    assert "Persons assisted: from 152 in 2012 to 208 in 2020, up by 56 (+37%). Break in the series: 2012." in text
    assert "Assistance projects financed: 5 in 2010 and in 2019, unchanged. Break in the series: 2020." in text
    assert "Investigations opened: from 23 in 2009 to 11 in 2020, down by 12." in text


def test_of_years_none_of_which_can_be_compared_the_first_and_the_last_are_told(tmp_path):
    broken = [f"{{total: {value}, flags: [b]}}" for value in (5, 6, 7, 8, 9)]
    document = made(of_five_years(tmp_path, tuple(broken)), years(*range(2016, 2021), country="XX"))
    expected = "Investigations opened: 5 in 2016 and 9 in 2020; not comparable: break in the series."
    assert [f"{expected} Break in the series: 2017, 2018, 2019, 2020."] == told_of(document)


def panels(document: Document) -> dict[str, Columns]:
    return {panel.title: panel for panel in block(document, "slopes").plot.panels}


# Where a dashed line stands before a column: a break, another definition or a doubt since the last value given.
LINES = [
    ("Identified victims", ["2016"], "47 (2013) counts the investigations opened in the year"),
    ("Recognised victims", ["2012", "2014"], "so does 14 (2012); 2013 is missing"),
    ("Persons assisted", ["2012"], "the series breaks"),
    (
        "Persons prosecuted",
        ["2012", "2013", "2014", "2017", "2019"],
        "25 and 33 are of other definitions, 56 is in doubt",
    ),
]


def test_columns_that_cannot_be_compared_are_parted_by_a_line_also_where_years_are_missing(lithuania):
    document = made(lithuania, years(*range(2009, 2021)))
    found = panels(document)
    for title, expected, why in LINES:
        panel = found[title]
        assert expected == [name for name, bar in zip(panel.labels, panel.bars, strict=True) if bar.broken], why
        told = f"Not comparable with the value before: {', '.join(expected)}."
        assert told in block(document, "slopes").alt
    assert not any(bar.broken for bar in found["Investigations opened"].bars)
    assert "a dashed line where values cannot be compared" in block(document, "slopes").unit_line


def test_figures_of_different_populations_have_no_scale_in_common(lithuania):
    document = made(lithuania, years(*range(2009, 2021)))
    plot = block(document, "slopes").plot
    codes = {
        row.indicator.label.text("en"): row.indicator
        for row in context_of(lithuania, years(*range(2009, 2021)), ENGLISH).rows
    }
    kinds = {(number, codes[panel.title].population) for number, panel in zip(plot.scales, plot.panels, strict=True)}
    assert len(kinds) == len({number for number, _ in kinds}) == len({kind for _, kind in kinds}) > 1
