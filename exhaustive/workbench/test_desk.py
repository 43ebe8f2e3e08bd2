"""What becomes of files while the workbench runs."""

from pathlib import Path

import pytest

from tests.workbench.test_desk import assert_pages_come_back, become_a_folder, hold, lead_nowhere


def noise(path: Path) -> None:
    hold(path, bytes(range(256)) * 10)


@pytest.mark.parametrize("happens", [become_a_folder, noise, lead_nowhere])
def test_whatever_becomes_of_a_file_every_page_answers_and_comes_back(tmp_path: Path, happens) -> None:
    assert_pages_come_back(tmp_path, happens)
