# ruff: noqa: F401 - tests and fixtures are found by their names
"""What tests/produce/test_attachments.py finds inside Ruritania's report, looked for in Lithuania's."""

import pytest

from tests.fixtures import Profile
from tests.produce.test_attachments import (
    test_all_observations_and_the_data_of_each_chart_are_inside,
    test_the_checksum_of_the_data_is_printed,
    test_the_file_of_the_year_comes_out_as_everybody_may_see_it,
)


@pytest.fixture(scope="session")
def profile(lithuanian: Profile) -> Profile:
    return lithuanian
