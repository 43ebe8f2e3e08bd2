"""The editions whose figures readers can lay side by side."""

from dataclasses import replace
from decimal import Decimal

from reporter.disclosure.ties import ShownEdition
from reporter.errors import DataError
from reporter.files.published import published_numbers, store_of
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.model import Qualifier, Vintage, vintage


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
        left.append(_shown(name, edition, has_left=True))
    return (*left, _shown(f"{country} {known.year}, as it is now", known, has_left=False))


def _shown(name: str, known: Vintage, *, has_left: bool) -> ShownEdition:
    printed = {(each.figure, each.year): each.value for one in known.data.protections for each in one.rounded}
    index = {
        key: replace(seen, value=Decimal(printed[key]), qualifier=Qualifier.ABOUT) if key in printed else seen
        for key, seen in known.index.items()
    }
    return ShownEdition(name, replace(known, index=index), has_left=has_left, rounded=frozenset(printed))
