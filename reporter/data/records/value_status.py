"""What there is of a value: given, or known and not told. Nothing has to be hidden here: of what an audience may not
know, its snapshot holds the word `suppressed` alone (`reporter.figures.withhold`)."""

from reporter.data.records.observation import Confidentiality, Observation, Status

# A figure by its address, and the year.
Key = tuple[str, int]


def is_given(seen: Observation | None) -> bool:
    return seen is not None and seen.value is not None and seen.status is Status.GIVEN


def is_hidden(seen: Observation | None) -> bool:
    return seen is not None and seen.status is Status.SUPPRESSED


def is_withheld(seen: Observation) -> bool:
    """Return whether the public may not have a value. Somebody marked or masked it."""
    return is_hidden(seen) or seen.confidentiality is not Confidentiality.FREE
