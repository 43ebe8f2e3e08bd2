"""What an agency answers is checked at its line of the country's file."""

from pathlib import Path

import pytest

from tests import forms, small

START = "agencies:\n  police: {name: {en: Police}, language: en, due: 03-01, answers: "


def told(root: Path, answers: str, more: str = "") -> list[str]:
    """What is wrong with an agency that answers something."""
    country = f"{small.FILES[forms.COUNTRY]}{START}{answers}{more}}}\n"
    return [each.partition(": ")[2] for each in small.wrong(root, country, forms.COUNTRY)]


@pytest.mark.parametrize(
    "answers", ["[investigations.opened]", "[victims.identified by person, persons.convicted]", "[activities.posters]"]
)
def test_figures_breakdowns_and_activities_can_be_answered(tmp_path: Path, answers: str) -> None:
    assert [] == told(tmp_path, answers)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("[]", ["police: it answers nothing | list figures in answers"]),
        (
            "[investigations.open]",
            ["police: unknown figure 'investigations.open' | did you mean 'investigations.opened'?"],
        ),
        (
            "[investigations.opened by person]",
            [
                "police: unknown breakdown 'investigations.opened by person' | "
                "did you mean 'investigations.opened by form'?"
            ],
        ),
        (
            "[persons.convicted by person]",
            [
                "police: unknown breakdown 'persons.convicted by person' | "
                "persons.convicted is not broken down: write persons.convicted"
            ],
        ),
    ],
)
def test_what_nobody_knows_is_told_with_what_is_meant(tmp_path: Path, answers: str, expected: list[str]) -> None:
    assert expected == told(tmp_path, answers)


def test_a_source_that_nobody_knows_is_told(tmp_path: Path) -> None:
    (message,) = told(tmp_path, "[persons.convicted]", ", source: polis")
    assert "did you mean 'police'" in message


@pytest.mark.parametrize("due", ["1 March", "2022-03-01", "13-01"])
def test_a_day_is_a_month_and_a_day(tmp_path: Path, due: str) -> None:
    country = forms.FILES[forms.COUNTRY].replace("due: 03-01", f"due: {due}")
    assert 1 == len(small.wrong(tmp_path, country, forms.COUNTRY))
