"""A confirmation copied from the file of another year is recognised as such."""

import pytest

from reporter.errors import Mark
from reporter.model import StillHolds

EARLIER = StillHolds(year=2020, texts=("aliens", "prevention"), by="R. P.", day="2021-03-01", mark=Mark("2020.yaml"))


@pytest.mark.parametrize(
    ("year", "texts", "by", "day", "expected"),
    [
        (2021, ("prevention", "aliens"), "R. P.", "2021-03-01", True),
        (2021, ("aliens", "prevention"), "R. P.", "2022-03-01", True),
        (2021, ("aliens", "prevention", "children"), "R. P.", "2022-03-01", True),
        (2021, ("aliens", "prevention"), " r.p ", "2022-03-01", True),
        # The same texts, read on another day or by another person, or others read on one day.
        (2021, ("aliens", "prevention"), "R. P.", "2022-02-20", False),
        (2021, ("aliens", "prevention"), "J. J.", "2022-03-01", False),
        (2021, ("aliens",), "R. P.", "2022-03-01", False),
        (2021, ("aliens", "prevention", "children"), "R. P.", "2021-03-01", False),
        (2020, ("aliens", "prevention"), "R. P.", "2021-03-01", False),
        (2019, ("aliens", "prevention"), "R. P.", "2021-03-01", False),
    ],
)
def test_a_confirmation_of_another_year_is_recognised(year, texts, by, day, expected):
    assert expected == StillHolds(year=year, texts=texts, by=by, day=day, mark=Mark("x")).is_copy_of(EARLIER)
