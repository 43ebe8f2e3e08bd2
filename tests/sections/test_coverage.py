"""The annex on coverage: what there is of each item of the law, and other lists."""

from dataclasses import replace

from reporter.model import Status, vintage
from reporter.sections import compose
from tests.editions import ENGLISH, checked, document
from tests.sections.annexes import rows


def test_coverage_knows_partial_confidential_and_uncollected_figures():
    earlier = rows(document("XX", 2021), "coverage")
    assert ["given", "not collected", "in part", "in part", "missing", "missing"] == earlier["Identified victims"]
    assert "not applicable" == earlier["Recognised victims"][0]
    assert "not collected" == rows(document("XX", 2019), "coverage")["Persons on record as possibly involved"][0]


def test_a_withheld_figure_is_neither_given_nor_missing():
    dataset = checked("XX").dataset
    data = dataset.country("XX")
    hidden = tuple(
        replace(seen, value=None, status=Status.SUPPRESSED) if seen.figure == "persons.prosecuted" else seen
        for seen in data.observations
    )
    known = vintage(replace(dataset, countries=(replace(data, observations=hidden),)), "XX", 2022)
    found = rows(compose(known, ENGLISH).document, "coverage")
    assert ["confidential", "–", "confidential", "confidential", "missing", "–"] == found["Persons prosecuted"]
