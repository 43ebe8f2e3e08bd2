"""Which counts of victims are small ones, stated or left by others, and what lets them out."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reporter.data.records import Vintage, vintage
from reporter.figures.analysis.small_counts import grants, permission_lines, small_counts, unpermitted
from tests import small

LEFT = "persons.convicted, not stated by person"
REASON = "reason: {en: The source has them.}"


def known(root: Path, figures: str, permissions: str = "") -> Vintage:
    settings = f"{small.FILES['reporter.yaml']}{permissions}"
    by_person = "population: convicted persons\n    dimensions: [person]"
    catalogue = small.FILES["data/catalogue.yaml"].replace("population: convicted persons", by_person)
    year = f"{small.HEAD}figures:\n  {figures}\n"
    files = {small.YEAR: year, "reporter.yaml": settings, "data/catalogue.yaml": catalogue}
    return vintage(small.load(root, files), "XX", 2020)


def counted(edition: Vintage) -> list[str]:
    return [each.name for each in small_counts(edition) if each.year == 2020]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("victims.identified: 0", []),
        ("victims.identified: 1", ["victims.identified"]),
        ("victims.identified: 4", ["victims.identified"]),
        ("victims.identified: 5", []),
        ("persons.convicted: 4", []),
        ("victims.identified: 80\n  persons.convicted: {total: 4, part_of: victims.identified}", ["persons.convicted"]),
    ],
)
def test_from_one_to_four_victims_are_few_also_those_among_other_persons(tmp_path, figures, expected) -> None:
    assert expected == counted(known(tmp_path, figures))


@pytest.mark.parametrize(
    ("changed", "owner", "is_victim"),
    [
        ({"mappings": (("art19a", "a"),)}, "", True),
        ({"mappings": (("art19a", "c"),)}, "", False),
        ({"population": "Victims housed"}, "", True),
        ({}, "shelter_victims", True),
        ({}, "victim.housed", True),
        ({}, "housed", False),
        ({}, "victimless", False),
    ],
)
def test_victims_are_counted_by_item_a_of_article_19a_or_by_any_word_of_a_name(
    tmp_path, changed, owner, is_victim
) -> None:
    edition = known(tmp_path, "persons.convicted: 4")
    indicators = tuple(
        replace(each, **changed) if each.code == "persons.convicted" else each for each in edition.catalogue.indicators
    )
    seen = replace(edition.index["persons.convicted", 2020], owner=owner)
    catalogue, data = replace(edition.catalogue, indicators=indicators), replace(edition.data, observations=())
    edition = replace(edition, catalogue=catalogue, data=data, index={(seen.address, 2020): seen})
    assert ([seen.address] if is_victim else []) == counted(edition)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("40", "women: 20, men: 18", ["victims.identified, not stated by person"]),
        ("40", "women: 20, men: 20", []),
        ("40", "women: 20, men: 15", []),
        ("40", "women: 30", []),
        ("40", "adults: 40, women: 20, men: 18", ["victims.identified.adults, not stated by person"]),
        # What cannot be worked out is no count.
        ("at least 40", "women: 20, men: 18", []),
        ("40", "women: 20, men: suppressed", []),
    ],
)
def test_what_parts_leave_of_their_whole_is_a_count(
    tmp_path: Path, total: str, parts: str, expected: list[str]
) -> None:
    assert expected == counted(known(tmp_path, f"victims.identified: {{total: {total}, by person: {{{parts}}}}}"))


def test_a_count_that_was_revised_is_still_printed_as_what_it_was(tmp_path: Path) -> None:
    revised = "revisions: [{figure: victims.identified, year: 2019, was: 3, now: 60, reason: {en: Found later.}}]\n"
    before = "year: 2019\nsource: office\nstatus: final\nfigures: {victims.identified: 3}\n"
    files = {small.YEAR: f"{small.HEAD}figures: {{investigations.opened: 80}}\n{revised}", "data/XX/2019.yaml": before}
    edition = vintage(small.load(tmp_path, files), "XX", 2020)
    assert [("office", 2019, 3)] == [
        (each.values[0].source, each.year, each.values[0].value) for each in small_counts(edition) if each.year == 2019
    ]
    wrong = replace(edition.data.revisions[0], was=Decimal(2))
    edition = replace(edition, data=replace(edition.data, revisions=(wrong,)))
    assert [3, 2] == [each.values[0].value for each in small_counts(edition) if each.year == 2019]


def test_so_is_one_that_a_later_file_repeats_otherwise(tmp_path: Path) -> None:
    for number, expected in ((60, []), (3, [3])):
        files = {small.YEAR: f"{small.HEAD}earlier: {{2019: {{victims.identified: {number}}}}}\n"}
        edition = vintage(small.load(tmp_path / str(number), files), "XX", 2020)
        assert expected == [each.values[0].value for each in small_counts(edition)]


FEW = "victims.identified: {total: 42, by person: {women: 39, men: 1}}"
NAMES = ["victims.identified, not stated by person", "victims.identified.men"]


@pytest.mark.parametrize(
    ("says", "left"),
    [
        ("source: police, years: 2020", []),
        ("source: police, years: 2018/2020", []),
        ("figures: [victims.identified], years: 2020", []),
        # The rest follows from the whole, for which this one does not speak.
        ("figures: [victims.identified.men], years: 2020", NAMES[:1]),
        ("source: office, years: 2020", NAMES),
        ("source: police, years: 2019", NAMES),
        ("source: office, figures: [victims.identified], years: 2020", NAMES),
        ("figures: [persons.convicted], years: 2020", NAMES),
    ],
)
def test_a_count_leaves_when_a_permission_covers_all_that_it_follows_from(
    tmp_path: Path, says: str, left: list[str]
) -> None:
    edition = known(tmp_path, FEW, f"publish_small_counts: [{{country: XX, {says}, {REASON}}}]\n")
    assert left == [each.name for each in unpermitted(edition)]
    let_out = [each.name for grant in grants(edition) for each in grant.counts]
    assert [name for name in NAMES if name not in left] == let_out


def test_the_lines_to_write_permit_just_what_they_were_asked_for(tmp_path: Path) -> None:
    edition = known(tmp_path, FEW)
    (line,) = permission_lines(unpermitted(edition), ("en",))
    assert "  - {country: XX, source: police, years: 2020, reason: {en: …}}" == line
    permitted = known(tmp_path, FEW, f"publish_small_counts:\n{line.replace('…', 'They are known.')}\n")
    assert () == unpermitted(permitted)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            "{total: 9, incomplete: [person], by person: {men: 3, children: 2, girls: 2, boys: 0}}",
            ["children", "girls"],
        ),
        ("{total: 9, by person: {men: 3, women: 6}}", []),
        # What girls and boys leave of children are children too.
        ("{total: 30, by person: {men: 3, children: 27, girls: 12, boys: 12}}", ["children, not stated by person"]),
    ],
)
def test_children_are_counted_among_persons_of_every_kind(tmp_path: Path, figures: str, expected: list[str]) -> None:
    edition = known(tmp_path, f"persons.convicted: {figures}")
    assert [f"persons.convicted.{each}" for each in expected] == counted(edition)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        ("figures: [persons.convicted], below: 10", ["persons.convicted", LEFT, "persons.convicted.men"]),
        ("figures: [persons.convicted], by: person, below: 8", [LEFT, "persons.convicted.men"]),
        ("figures: [persons.convicted.men], below: 8", [LEFT, "persons.convicted.men"]),
        ("figures: [victims.identified], below: 10", []),
    ],
)
def test_the_settings_call_more_counts_small(tmp_path: Path, threshold: str, expected: list[str]) -> None:
    figures = "persons.convicted: {total: 9, by person: {men: 7}, incomplete: [person]}"
    rules = f"disclosure: {{thresholds: [{{{threshold}}}]}}\n"
    assert expected == counted(known(tmp_path, figures, rules))
