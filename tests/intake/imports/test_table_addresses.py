"""A row names a figure by indicator, dimension and code, or by its address in one."""

import pytest

from reporter.intake.imports.table_addresses import UnansweredRowError, figure_of_row
from reporter.load.dataset import load_dataset
from reporter.load.figure_table import TableRow
from tests.intake.imports.round_trips import SMALL

CATALOGUE = load_dataset(SMALL, ["XX"]).dataset.catalogue


def named(indicator: str, dimension: str = "", code: str = "") -> tuple[str, str]:
    row = TableRow(2, {"indicator": indicator, "dimension": dimension, "code": code})
    address, counted = figure_of_row(row, CATALOGUE)
    return address, counted.code


@pytest.mark.parametrize(
    ("row", "address", "counted"),
    [
        (("victims.identified",), "victims.identified", "victims.identified"),
        (("victims.identified", "person", "girls"), "victims.identified.girls", "victims.identified"),
        (("victims.identified.girls",), "victims.identified.girls", "victims.identified"),
        (("activities.lessons.posters",), "activities.lessons.posters", "activity.posters"),
        (("law.cc_1.prison_max",), "law.cc_1.prison_max", "law.prison_max"),
    ],
)
def test_a_figure_has_one_address_however_it_is_written(row, address, counted):
    assert (address, counted) == named(*row)


def test_a_name_that_no_figure_has_is_told_with_the_nearest_one():
    with pytest.raises(UnansweredRowError) as caught:
        named("victims.identified", "person", "girl")
    expected = ("victims.identified.girl", "no figure here is called so; did you mean 'victims.identified.girls'?")
    assert expected == (caught.value.words, caught.value.reason)
