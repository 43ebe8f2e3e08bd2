"""A PDF is what it says when no checker finds anything."""

from reporter.produce.order import failures_of
from reporter.validate.failure import Failure, Judgement


def judgement(*rules: str) -> Judgement:
    failures = tuple(Failure("veraPDF", rule, 1, "broken") for rule in rules)
    return Judgement("veraPDF", "1.28", "ua1", 106, failures)


def test_what_is_wrong_is_what_any_checker_says() -> None:
    assert [] == failures_of([])
    assert [] == failures_of([judgement(), judgement()])
    assert ["a", "b", "c"] == [each.rule for each in failures_of([judgement("a"), judgement(), judgement("b", "c")])]
