"""Rule for differences from other publications that a file explains."""

from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem, value_text
from reporter.model import Difference, Observation, is_given


def difference_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    """An explained difference where nothing differs.

    There is no value here, the numbers are equal, or the mask of the other publication covers this one.
    """
    for each in edition.known.data.differences:
        seen = edition.known.observation(each.figure, each.year)
        if each.vintage == edition.year and not _differs(seen, each):
            message = f"{each.figure} of {each.year} is {value_text(seen)}, {each.publication} says {each.published}"
            hint = "nothing differs: take the entry out, or correct published:"
            yield Problem(message, each.mark, hint)


def _differs(seen: Observation | None, each: Difference) -> bool:
    if seen is None or seen.value is None or not is_given(seen):
        return False
    if each.published.startswith("<"):
        return seen.value >= int(each.published[1:])
    return seen.value != int(each.published)
