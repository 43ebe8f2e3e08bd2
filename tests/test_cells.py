"""One cell, one value, one set of marks: what is read back from every output of an edition says the same of each."""

import pytest

from tests.outputs import differences, read_comparison, read_outputs


@pytest.mark.parametrize(("country", "year"), [("LT", 2020), ("XX", 2022)])
def test_every_output_says_the_same_of_each_cell(country, year):
    assert [] == differences(read_outputs(country, year))


def test_every_table_and_chart_of_a_comparison_says_the_same_of_each_cell():
    assert [] == differences(read_comparison("LT", 2019, 2020))
