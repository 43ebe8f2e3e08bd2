"""Rules for definitions that change and series that break."""

from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem, problem
from reporter.model import Flag, Observation, Series, is_given


def break_not_flagged(edition: CheckedEdition) -> Iterator[Problem]:
    """A definition that changed without the flag b.

    It is compared with the definition of the last earlier value.
    """
    for seen in filter(is_given, edition.figures):
        series = edition.known.series(seen.indicator)
        before = _last_before(series, seen)
        if before and before.definition != seen.definition and not _broken(series, before.year, seen.year):
            message = f"{seen.figure} is defined otherwise in {seen.year} than in {before.year}, without flag b"
            yield problem(seen, message, "add flags: [b] and a note that says what changed")


def break_in_series(edition: CheckedEdition) -> Iterator[Problem]:
    """A break that the data state: nothing is compared across it."""
    for seen in edition.figures:
        if Flag.BREAK in seen.flags:
            message = f"the series {seen.figure} breaks in {seen.year}: earlier years are not comparable"
            yield problem(seen, message, "nothing to do if a note says why; comparisons stop here")


def _last_before(series: Series, seen: Observation) -> Observation | None:
    return next((each for each in reversed(series.observations) if each.year < seen.year and is_given(each)), None)


def _broken(series: Series, after: int, until: int) -> bool:
    return any(Flag.BREAK in each.flags for each in series if after < each.year <= until)
