# ruff: noqa: F401 - tests and fixtures are found by their names
"""Lithuania's profile passes both standards as Ruritania's does."""

import pytest

from tests.fixtures import Profile
from tests.validate.test_validate import profile, test_the_profile_passes_both_standards_and_says_what_its_html_says


@pytest.fixture(scope="session", params=["lithuanian", "lithuanian_translated"])
def built(request: pytest.FixtureRequest) -> Profile:
    return request.getfixturevalue(request.param)
