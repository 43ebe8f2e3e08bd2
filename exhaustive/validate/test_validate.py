# ruff: noqa: F401 - tests and fixtures are found by their names
"""The profiles of two countries, in two languages, pass both standards; and Java ends with its process."""

import subprocess
import sys
from itertools import product

import pytest

from reporter.document.outline import PROFILE
from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from reporter.model import Annexes
from tests.fixtures import LITHUANIA, RURITANIA, copy_workspace
from tests.validate.test_validate import profile, test_the_profile_passes_both_standards_and_says_what_its_html_says

EDITIONS = ("XX", 2022, "en"), ("LT", 2020, "en"), ("LT", 2020, "lt")


@pytest.fixture(scope="session", params=product(EDITIONS, PROFILE[Annexes.SHORT]), ids=str)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Job]:
    """The edition that is judged."""
    (country, year, language), volume = request.param
    root = tmp_path_factory.mktemp("judged")
    copy_workspace(RURITANIA if country == "XX" else LITHUANIA, root)
    return Workspace(root), Job(country, year, language, volume=volume)


def test_a_process_that_ran_java_ends_without_a_word_and_without_a_crash() -> None:
    code = "from reporter.validate import vera; vera.start(); print('started')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "started\n", "") == (done.returncode, done.stdout, done.stderr)
