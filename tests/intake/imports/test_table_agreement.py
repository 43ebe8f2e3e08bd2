"""A total and its parts of a table are held together as the file of a year has them."""

import pytest

from reporter.files.sources import Sources
from reporter.intake.imports.table_agreement import disagreements, with_incomplete
from reporter.load.dataset import load_dataset
from reporter.model.imported import ImportedValue
from tests import small

CATALOGUE = load_dataset(
    Sources.from_contents({each: text.encode() for each, text in small.FILES.items()}), ["XX"]
).dataset.catalogue
WHOLE = "victims.identified"


def said(figure: str, value: str, **known: object) -> ImportedValue:
    return ImportedValue(figure=figure, year=2020, value=value, place=f"line of {figure}", **known)


def incomplete(total: str, **parts: str) -> tuple[str, ...]:
    values = [said(WHOLE, total), *(said(f"{WHOLE}.{code}", value) for code, value in parts.items())]
    return with_incomplete(values, CATALOGUE)[0][0].incomplete


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("10", {"women": "6", "men": "3"}),
        ("10", {"adults": "9", "women": "6", "men": "4"}),
        ("missing", {"women": "6"}),
        ("10", {"women": "at least 6", "men": "4"}),
        # What is withheld would follow, were it all that is not told.
        ("10", {"women": "6", "men": "suppressed"}),
        ("10", {"women": "10", "men": "suppressed", "children": "suppressed"}),
    ],
)
def test_a_breakdown_that_does_not_state_all_its_parts_is_incomplete(total, parts):
    assert ("person",) == incomplete(total, **parts)


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("10", {}),
        ("10", {"women": "6", "men": "4"}),
        ("10", {"women": "6", "men": "5"}),
        ("10", {"adults": "10", "women": "6", "men": "4"}),
        ("missing", {"women": "missing"}),
        ("suppressed", {"women": "suppressed"}),
        ("about 10", {"women": "about 6", "men": "about 4"}),
        ("10", {"women": "6", "men": "suppressed", "children": "suppressed"}),
        ("10", {"women": "6", "men": "missing"}),
    ],
)
def test_one_that_makes_its_total_or_may_make_it_is_not(total, parts):
    assert () == incomplete(total, **parts)


def test_what_is_taken_as_incomplete_is_told_with_its_years():
    values = [said(WHOLE, "10"), said(f"{WHOLE}.women", "6")]
    told = with_incomplete(values, CATALOGUE)[1]
    assert (
        "The parts do not make their total, so some are not stated (incomplete): victims.identified by person (2020)",
    ) == told


@pytest.mark.parametrize(
    ("total", "part", "words"),
    [
        ({"source": "police"}, {"source": "office"}, "source 'office', and its total 'police' (line of"),
        ({"definition": ""}, {"definition": "narrow"}, "definition 'narrow', and its total ''"),
        ({"period": "2019/2020"}, {}, "period '', and its total '2019/2020'"),
        ({"flags": ("b", "p")}, {"flags": ("p",)}, "no flag b, and its total has"),
    ],
)
def test_what_a_part_cannot_have_beside_its_total_is_found(total, part, words):
    values = [said(WHOLE, "10", **total), said(f"{WHOLE}.women", "6", **part)]
    ((found, _, message, remedy),) = disagreements(values, CATALOGUE)
    assert (f"{WHOLE}.women", True, True) == (found.figure, words in message, bool(remedy))


def test_a_value_that_a_later_file_revised_has_the_source_of_that_file():
    values = [said(WHOLE, "10", source="police", vintage=2021), said(f"{WHOLE}.women", "6", source="office")]
    assert [] == list(disagreements(values, CATALOGUE))
