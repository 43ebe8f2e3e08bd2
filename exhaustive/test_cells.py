"""One cell, one value, one set of marks: every edition of four countries, read back from every output."""

from itertools import pairwise

import pytest

from tests.editions import checked
from tests.outputs import differences, read_comparison, read_outputs

# So many outputs state a cell that is stated at all: pages, files, drawings or words.
LEAST = 3


@pytest.mark.parametrize("country", ["LT", "LV", "EE", "XX"])
def test_every_output_of_every_edition_says_the_same_of_each_cell(country):
    data = checked(country).dataset.country(country)
    assert data
    told, cells, outputs = [], 0, 0
    for year in data.years:
        found = read_outputs(country, year.year)
        told += [f"{country} {year.year}: {each}" for each in differences(found)]
        cells += len(found)
        outputs += sum(len({each.output for each in said}) for said in found.values())
    for first, last in pairwise(each.year for each in data.years):
        told += [f"{country} {first}/{last}: {each}" for each in differences(read_comparison(country, first, last))]
    assert [] == told
    assert outputs > LEAST * cells > 0
