"""Which editions are meant, and what is said of one that is not there."""

import pytest

from reporter.edition.job import select
from reporter.errors import UsageError
from tests.fixtures import LITHUANIA
from tests.produce.words import JOB
from tests.snapshots import snapshot


def test_without_arguments_the_latest_year_of_every_country_is_meant():
    assert (JOB,) == select(snapshot(LITHUANIA), None, None, ("en",))


def test_a_year_without_file_is_refused_with_the_years_there_are():
    with pytest.raises(UsageError, match="years with a file: 2009–2020"):
        select(snapshot(LITHUANIA), "LT", 1999, ("en",))
