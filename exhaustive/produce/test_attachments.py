# ruff: noqa: F401 - tests and fixtures are found by their names
"""What tests/produce/test_attachments.py finds inside Ruritania's report, looked for in Lithuania's."""

import pytest

from tests.fixtures import Profile
from tests.produce.test_attachments import (
    test_all_observations_and_the_data_of_each_chart_are_inside,
    test_another_reader_sees_the_files,
    test_the_checksum_beside_the_report_is_checked_by_sha256sum,
    test_the_checksum_of_the_data_is_printed_and_today_is_not,
    test_the_dates_are_those_of_the_edition,
    test_the_file_of_the_year_comes_out_as_everybody_may_see_it,
)


@pytest.fixture(scope="session")
def profile(lithuanian: Profile) -> Profile:
    return lithuanian
