"""What comes next follows from where the year stands, one thing at a time."""

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


def state_of(root: Path, files: dict[str, str], year: int = 2020):
    workspace = Workspace(small.write(root, files))
    return year_state(workspace, Desk(workspace, lambda: TODAY).read_now(), "XX", year, TODAY)


def step(root: Path, files: dict[str, str], year: int = 2020) -> NextStep:
    return next_step(state_of(root, files, year), ENGLISH)


def test_what_nobody_answered_comes_first_then_texts_then_errors(tmp_path: Path) -> None:
    answered = small.FILES[small.YEAR]
    open_one = answered.replace("labour: 6", "labour: unanswered")
    asked = step(tmp_path, {small.YEAR: open_one})
    assert "1 figure waits for an answer" == asked.title
    assert asked.after.startswith("After that: ")
    assert "Then the year can be final." == asked.remedy


def test_what_keeps_a_file_from_being_read_comes_before_all(tmp_path: Path) -> None:
    broken = small.FILES[small.YEAR].replace("labour: 6", "labour: six")
    assert "1 error keeps a file from being read" == step(tmp_path, {small.YEAR: broken}).title


def test_a_provisional_year_in_which_nothing_is_open_can_be_final(tmp_path: Path) -> None:
    done = step(tmp_path, RIGHT)
    assert NextStep("The year can be final", "", "Everything is answered and decided.", leaves=True) == done


def test_an_error_is_to_be_mended_before_the_year_is_final(tmp_path: Path) -> None:
    assert NextStep("1 error is to be mended", "", "Then the year can be final.") == step(tmp_path, {})


def test_a_final_year_without_an_error_can_be_published(tmp_path: Path) -> None:
    done = step(tmp_path, small.FINAL)
    remedy = "It is final. What is published stays as it is."
    assert NextStep("The year can be published", "", remedy, leaves=True) == done


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_every_figure_that_the_file_of_the_year_states_is_one_of_a_chapter(tmp_path: Path, year: int) -> None:
    state = state_of(tmp_path, {}, year)
    own = [each for each in state.data.observations if each.year == year and each.mark.path == f"data/XX/{year}.yaml"]
    assert len(own) == len(state.figures)
    assert len(state.texts) == sum(state.texts.count(each) for each in TextState)
