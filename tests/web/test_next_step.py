"""What comes next follows from the state of the year, one thing at a time."""

from pathlib import Path

import pytest

from reporter.files.workspace import Workspace
from reporter.i18n import load_locale
from reporter.web.desk import Desk
from reporter.web.next_step import NextStep, next_step
from reporter.web.year_state import TextState, year_state
from tests import small
from tests.cli.running import RIGHT
from tests.web.serving import TODAY

ENGLISH = load_locale("en")
FINAL = "Then the year can be final."


def changed(now: str) -> dict[str, str]:
    return {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", now)}


def state_of(root: Path, files: dict[str, str], year: int = 2020):
    workspace = Workspace(small.write(root, files))
    return year_state(workspace, Desk(workspace, lambda: TODAY).read_now(), "XX", year, TODAY)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (changed("labour: six"), NextStep("1 error keeps a file from being read", "", FINAL)),
        ({}, NextStep("1 error is to be mended", "", FINAL)),
        (RIGHT, NextStep("The year can be final", "", "Everything is answered and decided.", leaves=True)),
        (
            small.FINAL,
            NextStep("The year can be published", "", "It is final. What is published stays as it is.", leaves=True),
        ),
    ],
)
def test_errors_come_before_the_year_is_final_and_then_it_can_be_published(tmp_path, files, expected) -> None:
    assert expected == next_step(state_of(tmp_path, files), ENGLISH)


def test_what_is_not_answered_comes_first_then_texts_then_errors(tmp_path: Path) -> None:
    asked = next_step(state_of(tmp_path, changed("labour: unanswered")), ENGLISH)
    assert ("1 figure waits for an answer", FINAL) == (asked.title, asked.remedy)
    assert asked.after.startswith("After that: ")


def test_every_figure_that_the_file_of_the_year_states_is_one_of_a_chapter(tmp_path: Path) -> None:
    for year in (2018, 2019, 2020):
        state = state_of(tmp_path, {}, year)
        path = f"data/XX/{year}.yaml"
        own = [each for each in state.data.observations if each.year == year and each.mark.path == path]
        assert len(own) == len(state.figures)
        assert len(state.texts) == sum(state.texts.count(each) for each in TextState)
