"""The editions whose figures readers can lay side by side."""

from reporter.disclosure.ties import ShownEdition
from reporter.errors import DataError
from reporter.files.published import published_numbers, store_of
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.model import Vintage, vintage


def shown_editions(sources: Sources, country: str, known: Vintage) -> tuple[ShownEdition, ...]:
    """All that was published, the earliest first, and what is to leave."""
    left = []
    for year, number in sorted(published_numbers(sources, country)):
        try:
            then, _ = load_dataset(sources.below(store_of(country, year, number)), (country,), frozen=True)
            edition = vintage(then, country, year)
        except (DataError, LookupError):  # the copies are damaged, which `check` says
            continue
        name = f"{country} {year}" + (f", corrigendum {number}" if number else "")
        left.append(ShownEdition(name, edition, has_left=True, rounded=_rounded(edition)))
    return (*left, ShownEdition(f"{country} {known.year}, as it is now", known, rounded=_rounded(known)))


def _rounded(known: Vintage) -> frozenset[tuple[str, int]]:
    return frozenset((each.figure, each.year) for one in known.data.protections for each in one.rounded)
