"""Counts typed by hand are found; dates and provisions may be typed."""

import pytest

from reporter.model import Dataset
from tests.check.broken import told


@pytest.mark.parametrize(
    "text",
    [
        "Articles 147, 147-1 and 157 protect victims.",
        "Directive 2011/36/EU protects victims.",
        "The programme of 2017–2019 and its 3rd course reached clients on 18 October 2019.",
        "The STROM 2 posters warn victims aged 15 to 17.",
        "Call +370 5 271 97 93 or write to 24@victims.example, 24 hours a day.",
        "1. Victims first.\n2. Clients second.",
        "Persons assisted under 18 are children.",
        "Of the 27 Member States, some count victims.",
        "Some 5 persons came for 3 years.",
    ],
)
def test_names_dates_and_numbers_of_provisions_may_be_typed(ruritania: Dataset, text: str):
    assert told(ruritania, 2022, "victims", text) == []


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("The police opened 33 investigations.", "2:19", "'33'"),
        ("Some 5 001 colourful\nposters were shown.", "2:6", "'5 001'"),
        ("Clients numbered\nabout 110.", "3:7", "'110'"),
        ("- Of victims\n- and of 12 victims", "3:10", "'12'"),
        ('Many{{ note("Not 30 victims.") }}.', "2:5", "'30'"),
    ],
)
def test_counts_typed_by_hand_are_found_at_their_place(ruritania: Dataset, text: str, place: str, number: str):
    found = told(ruritania, 2022, "prevention", text)
    assert [f"{place}: error: {number}"] == [each.split(" is typed")[0] for each in found]
