"""Which counts are small ones of victims."""

from dataclasses import replace
from pathlib import Path

import pytest

from reporter.edition.disclosure import refuse_small_counts, small_counts
from reporter.errors import ReporterError
from reporter.model import Vintage, vintage
from tests import small


def known(root: Path, figure: str, value: int) -> Vintage:
    """What is known of a year with one figure."""
    return vintage(small.load(root, {small.YEAR: f"{small.HEAD}figures: {{{figure}: {value}}}\n"}), "XX", 2020)


def counted(edition: Vintage) -> list[str]:
    """The small counts of victims of that year."""
    return [each.address for each in small_counts(edition) if each.year == 2020]


@pytest.mark.parametrize(
    ("value", "expected"), [(0, []), (1, ["victims.identified"]), (4, ["victims.identified"]), (5, [])]
)
def test_from_one_to_four_victims_are_few(tmp_path: Path, value: int, expected: list[str]) -> None:
    assert expected == counted(known(tmp_path, "victims.identified", value))


@pytest.mark.parametrize(("item", "expected"), [("a", ["persons.convicted"]), ("c", [])])
def test_what_answers_item_a_of_article_19a_counts_victims_whatever_it_is_called(
    tmp_path: Path, item: str, expected: list[str]
) -> None:
    edition = known(tmp_path, "persons.convicted", 4)
    indicators = (
        replace(each, mappings=(("art19a", item),)) if each.code == "persons.convicted" else each
        for each in edition.catalogue.indicators
    )
    assert expected == counted(replace(edition, catalogue=replace(edition.catalogue, indicators=tuple(indicators))))


def test_small_counts_are_told_in_the_order_of_the_file_five_at_most(tmp_path: Path) -> None:
    people = "{men: 1, women: 2, girls: 1, boys: 1, children: 2, adults: 3}"
    content = f"{small.HEAD}figures:\n  victims.identified: {{total: 5, by person: {people}}}\n"
    edition = vintage(small.load(tmp_path, {small.YEAR: content}), "XX", 2020)
    order = ["men", "women", "girls", "boys", "children", "adults"]
    assert [f"victims.identified.{code}" for code in order] == counted(edition)
    with pytest.raises(ReporterError) as refused:
        refuse_small_counts(edition)
    first, *told, last, _ = str(refused.value).splitlines()
    assert ("the public would get counts of 1 to 4 victims:", "  and 1 more") == (first, last)
    assert [f"victims.identified.{code} 2020" for code in order[:5]] == [each.split(": ")[1] for each in told]
