"""Find values that may not leave the ministry.

They are values withheld, and small counts of victims that nobody allowed to publish.
"""

from collections.abc import Iterator

from reporter.analysis.relations import SMALL
from reporter.errors import ReporterError
from reporter.model import Observation, Vintage, is_given

VICTIMS, ITEM, LETTER = "victims", "art19a", "a"
MOST_TOLD = 5
REMEDY = (
    "allow it with publish_small_counts: {reason: …} in reporter.yaml, or withhold them: confidentiality: A, and D for "
    "what would give them away, which reporter check names"
)


def withheld_files(known: Vintage) -> frozenset[str]:
    """The paths of files that tell of a withheld value."""
    return known.withheld


def refuse_small_counts(known: Vintage) -> None:
    """Refuse counts of one to four victims, unless a reason allows them.

    Raises ReporterError with the first of them.
    """
    found = () if known.settings.small_counts else tuple(small_counts(known))
    if not found:
        return
    told = [f"{each.mark}: {each.address} {each.year}" for each in found[:MOST_TOLD]]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    message = "\n  ".join(("the public would get counts of 1 to 4 victims:", *told, *more))
    raise ReporterError(message, hint=REMEDY)


def small_counts(known: Vintage) -> Iterator[Observation]:
    """The published counts of one to four victims, in file order."""
    counts = (each for each in known.index.values() if is_given(each) and each.value in SMALL)
    return iter(sorted((each for each in counts if _counts_victims(each, known)), key=lambda each: each.mark))


def _counts_victims(seen: Observation, known: Vintage) -> bool:
    """Return whether a figure counts victims.

    It does by its name or that of its part, or because its indicator answers item (a) of Article 19a.
    """
    indicator = known.catalogue.indicator(seen.indicator)
    answers = indicator is not None and dict(indicator.mappings).get(ITEM) == LETTER
    return answers or VICTIMS in seen.address.split(".")
