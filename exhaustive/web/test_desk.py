"""What becomes of files while the workbench runs."""

from pathlib import Path

import pytest

from tests.web.test_desk import assert_pages_come_back, become_a_folder, lead_nowhere, noise


@pytest.mark.parametrize("happens", [become_a_folder, noise, lead_nowhere])
def test_whatever_becomes_of_a_file_every_page_answers_and_comes_back(tmp_path: Path, happens) -> None:
    assert_pages_come_back(tmp_path, happens)
