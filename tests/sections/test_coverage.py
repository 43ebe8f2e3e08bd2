"""The annex on coverage: what there is of each item of the law, and other lists."""

from dataclasses import replace

from reporter.model import Status, vintage
from reporter.sections import compose
from tests.editions import ENGLISH, checked, document
from tests.sections.annexes import rows, table


def test_each_item_says_what_there_is_of_it():
    found = rows(document("LT", 2020), "coverage")
    assert ["given", "not collected", "in part", "given", "missing", "missing", "–"] == found["Identified victims"]
    assert ["given", "–", "given", "given", "missing", "missing", "not collected"] == found["Persons prosecuted"]
    assert ["not collected", *"–" * 5, "not collected"] == found["(f) Court judgments"]
    assert [] == found["(a) Registered victims, identified and presumed"]


def test_coverage_knows_partial_confidential_and_uncollected_figures():
    assert ["given", "not collected", "given", "given", "given", "missing"] == rows(document("XX", 2022), "coverage")[
        "Identified victims"
    ]
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


def test_the_wording_of_the_law_comes_with_its_warning():
    notes = [text for _, text in table(document("LT", 2020), "coverage").notes]
    assert "The items are summarised and have not been compared with the Official Journal." in notes


def test_figures_and_codes_are_mapped_to_other_lists():
    found = rows(document("LT", 2020), "mapping")
    assert ["ICCS0204", "Offences of trafficking in persons"] == found["Investigations opened"]
    assert ["ICCS02043_02044", "Other forms"] == found["Forced begging"]
    assert ["F, Y_GE18", "Female, 18 years or over"] == found["Women"]
    assert ["NAT", ":"] == found["Own citizens"]
    assert "Persons at risk" not in found
