"""Which figures here answer to which there: the catalogue says it."""

from dataclasses import replace

from reporter.model import Dataset, ExternalCell
from reporter.reconcile.mapping import pairs, persons


def test_a_catalogue_without_a_breakdown_by_person_knows_no_sex_and_age(lithuania: Dataset) -> None:
    catalogue = lithuania.catalogue
    assert {"women": ("Female", "18 years or over"), "girls": ("Female", "0 to 17 years")}.items() <= persons(
        catalogue
    ).items()
    without = replace(catalogue, dimensions=tuple(each for each in catalogue.dimensions if each.code != "person"))
    assert {} == persons(without)
    known = [each.addresses for each in pairs(without, lithuania.countries[0].country)]
    assert ("victims.identified",) in known
    assert ("victims.identified.women",) not in known


def test_a_total_comes_before_its_parts_and_a_part_has_its_sex_and_age(lithuania: Dataset) -> None:
    found = {each.addresses: each.cells for each in pairs(lithuania.catalogue, lithuania.countries[0].country)}
    words = "Detected trafficking victims"
    assert (ExternalCell(words),) == found[("victims.identified",)]
    assert (ExternalCell(words, sex="Female", age="18 years or over"),) == found[("victims.identified.women",)]
    named = list(found)
    assert named.index(("victims.identified",)) < named.index(("victims.identified.women",))
