"""A number that is withheld is in no note and no reason, in digits or in words."""

import pytest

from reporter.check import check
from reporter.errors import Finding
from tests import small


def found(tmp_path, figures: str, more: str = "") -> list[Finding]:
    files = {small.YEAR: f"{small.HEAD}figures:\n  {figures}\n{more}", small.TEXT: "# aliens\n\nText.\n"}
    dataset = small.load(tmp_path, files)
    return [each for each in check(dataset.countries[0], dataset) if each.code == "withheld-told"]


def victims(note: str, value: str = "{value: 7, confidentiality: C}") -> str:
    return (
        f'victims.identified: {{total: 40, incomplete: [person], by person: {{men: {value}}}, note: {{en: "{note}"}}}}'
    )


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("Seven of them are men.", 1),
        ("The men are 7.", 1),
        ("Counted in 2007, Article 7, by eight offices.", 0),
        ("The sex is not stated; counts below seven are masked.", 0),
    ],
)
def test_a_note_tells_no_withheld_number(tmp_path, note, count):
    assert count == len(found(tmp_path, victims(note)))


@pytest.mark.parametrize("value", ["7", "suppressed", "{value: 0, confidentiality: C}"])
def test_what_is_free_unknown_or_nobody_is_not_asked_about(tmp_path, value):
    assert [] == found(tmp_path, victims("Seven of them, and no woman.", value))


def test_a_reason_tells_no_withheld_number(tmp_path):
    entry = (
        "{publication: police, figure: victims.identified, published: 50, reason: {en: There they count 7 men more.}}"
    )
    told = found(tmp_path, victims("As reported."), f"differences: [{entry}]\n")
    assert ["a number in this text is that of victims.identified.men of 2020, which is withheld"] == [
        each.message for each in told
    ]
