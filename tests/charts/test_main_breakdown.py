"""The main breakdown on two sides: zero where the parts make the whole, a colon where that cannot be known."""

import pytest

from tests import small
from tests.comparison.sides import CATALOGUE, block, made, written, written_files, years


def told(document) -> dict[str, tuple[str, str, str]]:
    return {row.label: (row.before.text, row.after.text, row.change) for row in block(document, "twins").plot.rows}


def test_forms_of_two_years_stand_left_and_right_with_their_changes(lithuania):
    found = told(made(lithuania, years(2019, 2020)))
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
