"""What rules found in an edition, before anything is accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reporter.check.rule import Problem, Rule, editions, resting, sight
from reporter.model import CountryData, Dataset


@dataclass(frozen=True, slots=True)
class SearchedEdition:
    """The problems of an edition, each with the code of its rule. `unread` are the names of its texts in words of an
    earlier year that nobody read again."""

    problems: tuple[tuple[str, Problem], ...]
    unread: tuple[str, ...]


class KnownSearches(Protocol):
    """What was found in the editions of a country before. It is found again while the files up to its year are the
    same, and what it `sees` besides them."""

    def find(self, year: int, sees: str) -> SearchedEdition | None:
        """What was found in a year's edition, if it is known."""

    def add(self, year: int, sees: str, searched: SearchedEdition) -> None:
        """Know what was found."""


def search_editions(
    data: CountryData, dataset: Dataset, wanted: Mapping[int, Sequence[Rule]], known: KnownSearches | None
) -> dict[int, SearchedEdition]:
    codes = {year: " ".join(each.code for each in rules) for year, rules in wanted.items()}
    sees = {year: f"{codes[year]} {sight(data, year)}" if known else "" for year in wanted}
    found = {year: known.find(year, sees[year]) if known else None for year in wanted}
    due = {year for year, each in found.items() if each is None}
    for edition in editions(data, dataset, years=due) if due else ():
        problems = (
            (rule.code, resting(each, edition)) for rule in wanted[edition.year] for each in rule.problems(edition)
        )
        searched = found[edition.year] = SearchedEdition(
            tuple(problems), tuple(each.name for each in edition.unread_texts)
        )
        if known:
            known.add(edition.year, sees[edition.year], searched)
    return {year: each for year, each in found.items() if each}
