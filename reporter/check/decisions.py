"""Texts that somebody read again for a year and confirmed, in `still_holds:`."""

from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem
from reporter.errors import nearest


def decision_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    """A text that is confirmed although nobody used it again."""
    needed = _needed(edition)
    for each in edition.data.still_holds:
        for name in each.texts if each.year == edition.year else ():
            if name not in needed:
                message = f"{name} is confirmed for {edition.year}, but it is neither carried over nor used again"
                yield Problem(message, each.mark, f"take it out, or correct its name: {nearest(name, needed)}")


def _needed(edition: CheckedEdition) -> frozenset[str]:
    """The names of all texts for which this edition needs a decision."""
    carried = {each.passage.section for each in edition.passages if each.passage.year < edition.year}
    return frozenset(carried | {each.name for each in edition.texts if each.is_reused})
