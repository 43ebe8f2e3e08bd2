"""The editions and comparisons of the countries that the repository has say only what their figures prove."""

from itertools import pairwise

import pytest

from reporter.data.records import vintage
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from tests.compare.sides import ENGLISH, made, years
from tests.fixtures import ROOT, RURITANIA
from tests.sections.worlds import CLAIMS, OF_A_COMPARISON, OF_A_PROFILE, OF_TWO_YEARS, false_claims, world_of
from tests.snapshots import public_dataset_of


@pytest.mark.parametrize(("folder", "country"), [(ROOT, "LT"), (ROOT, "LV"), (ROOT, "EE"), (RURITANIA, "XX")])
def test_no_edition_and_no_comparison_says_what_its_figures_do_not_prove(folder, country) -> None:
    dataset = public_dataset_of(folder, (country,))
    known, wrong = [each.year for each in dataset.country(country).years], {}
    for year in known:
        document = document_of(CheckedDataset(dataset, ()), Job(country, year, "en"), ENGLISH)
        world = world_of(vintage(dataset, country, year))
        wrong[year] = false_claims(world, document, {**CLAIMS, **OF_A_PROFILE})
    # A first year has little in common with the next one.
    for first, last in list(pairwise(known))[1:]:
        if last - first == 1:
            document = made(dataset, years(first, last, country=country))
            world = world_of(vintage(dataset, country, last))
            wrong[last] += false_claims(world, document, {**CLAIMS, **OF_A_COMPARISON, **OF_TWO_YEARS})
    assert {} == {year: each for year, each in wrong.items() if each}
