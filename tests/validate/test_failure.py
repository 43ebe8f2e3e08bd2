"""What is wrong in a file, in words and as numbers for a record."""

import pytest

from reporter.validate.failure import Failure, Judgement


@pytest.mark.parametrize(
    ("count", "place", "said"),
    [
        (1, "", "veraPDF 7.1-3: Content shall be tagged"),
        (2, "", "veraPDF 7.1-3: Content shall be tagged (2 times)"),
        (2, "page 4", "veraPDF 7.1-3: Content shall be tagged (2 times)\n  first at: page 4"),
    ],
)
def test_a_failure_is_told_with_how_often_and_where_first(count: int, place: str, said: str) -> None:
    assert said == str(Failure("veraPDF", "7.1-3", count, "Content shall be tagged", place))


def test_a_rule_that_is_broken_in_two_ways_is_one_rule_that_is_not_passed() -> None:
    failures = tuple(Failure("veraPDF", rule, 1, "") for rule in ("7.1-3", "7.1-3", "7.2-1"))
    told = Judgement("veraPDF", "1.28", "ua1", 106, failures).plain()
    assert {
        "checker": "veraPDF",
        "version": "1.28",
        "profile": "ua1",
        "rules": 106,
        "passed": 104,
        "failed": 2,
    } == told
