"""What an edition withholds protects, and nothing is withheld without need."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.disclosure.protecting import ProtectionPlan, plan_protection, readers_view
from reporter.disclosure.shown import shown_editions
from reporter.files.sources import Sources
from reporter.model import Because
from tests import small
from tests.disclosure.deciding_country import country_of, known_of, published

VICTIMS = "victims.identified"
PEOPLE = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
OPEN = st.sampled_from((0, 1, 3, 7, 16, 40))


def planned(sources: Sources, year: int = 2020) -> ProtectionPlan:
    return plan_protection(shown_editions(sources, "XX", known_of(sources, year)))


def told(plan: ProtectionPlan) -> list[str]:
    return [f"{each.seen.year} {each.seen.address}: {each.because}" for each in plan.cells]


def decisions(places: list[tuple[str, int]], because: str = "chosen") -> Mapping[str, str]:
    years = sorted({year for _, year in places})
    lines = [
        f"  {year}: {{{', '.join(f'{figure}: {{because: {because}}}' for figure, of in places if of == year)}}}\n"
        for year in years
    ]
    return {"data/XX/protection/2020.yaml": f"withheld:\n{''.join(lines)}"} if lines else {}


def breakdown(women: int, men: int, girls: int, boys: int) -> str:
    children = girls + boys
    parts = f"women: {women}, men: {men}, children: {children}, girls: {girls}, boys: {boys}"
    return f"{VICTIMS}: {{total: {women + men + children}, by person: {{{parts}}}}}"


rows = st.builds(breakdown, OPEN, OPEN, OPEN, OPEN)


@settings(max_examples=5)
@given(rows, rows)
def test_all_that_is_small_is_withheld_and_nobody_can_work_it_out(first: str, second: str) -> None:
    figures = {2019: first, 2020: second}
    plan = planned(country_of(figures))
    withheld = {(each.seen.address, each.seen.year) for each in plan.cells}
    known = known_of(country_of(figures), 2020)
    small = {place for place, seen in known.index.items() if "victims" in place[0] and 0 < (seen.value or 0) < 5}
    assert set() == small - withheld
    laid = country_of(figures, more=decisions(sorted(withheld)))
    bounds = readers_view(shown_editions(laid, "XX", known_of(laid, 2020))).bounds
    hopeless = {each.key for each in plan.hopeless}
    assert [] == [each for each in bounds.exposed if each.key not in hopeless]
    assert all(each.highest is None or each.highest - each.lowest >= 4 for each in bounds.limits if each.is_protected)


@settings(max_examples=8)
@given(rows)
def test_nothing_is_withheld_without_need(row: str) -> None:
    figures = {2020: row}
    plan = planned(country_of(figures))
    withheld = {(each.seen.address, each.seen.year) for each in plan.cells}
    for each in plan.cells:
        if each.because is Because.PROTECTS:
            place = (each.seen.address, each.seen.year)
            laid = country_of(figures, more=decisions(sorted(withheld - {place})))
            left = readers_view(shown_editions(laid, "XX", known_of(laid, 2020))).bounds.exposed
            assert left
            assert {*each.protects} <= {limit.key.address for limit in left} | {each.seen.address}


def test_the_cheapest_part_goes_with_a_small_one_and_the_total_stays() -> None:
    assert [f"2020 {VICTIMS}.men: protects", f"2020 {VICTIMS}.children: small"] == told(
        planned(country_of({2020: PEOPLE}))
    )


def test_the_same_part_goes_in_all_years() -> None:
    other = f"{VICTIMS}: {{total: 31, by person: {{women: 10, men: 19, children: 2}}}}"
    third = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 12, children: 3}}}}"
    plan = planned(country_of({2018: PEOPLE, 2019: other, 2020: third}))
    assert {f"{VICTIMS}.men"} == {each.seen.address for each in plan.cells if each.because is Because.PROTECTS}


@pytest.mark.parametrize("zeros", [True, False])
def test_a_zero_that_tells_of_a_whole_group_is_withheld(zeros: bool) -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 31, men: 0}}}}"
    rules = "" if zeros else "disclosure: {zeros: false}\n"
    expected = [f"2020 {VICTIMS}.women: protects", f"2020 {VICTIMS}.men: zero"] if zeros else []
    assert expected == told(planned(country_of({2020: figures}, rules)))


def test_what_nobody_stated_is_protected_by_a_part_beside_it() -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 12}}, incomplete: [person]}}"
    plan = planned(country_of({2020: figures}))
    assert [f"2020 {VICTIMS}.men: protects"] == told(plan)
    # What is not stated has no name in the file of decisions.
    assert [()] == [each.protects for each in plan.cells]


def test_what_was_published_before_stays_known_and_protects_nothing() -> None:
    sources = published(country_of({2019: PEOPLE}), 2019).overlay(
        {"data/XX/2020.yaml": f"year: 2020\nsource: police\nfigures: {{{PEOPLE}}}\n".encode()}
    )
    plan = planned(sources)
    assert [f"{VICTIMS}.children"] == [each.seen.address for each in plan.known_already]
    assert {2020} == {each.seen.year for each in plan.cells}


def test_what_a_file_withholds_itself_needs_no_decision() -> None:
    figures = PEOPLE.replace("children: 2", "children: {value: 2, confidentiality: A}")
    assert [f"2020 {VICTIMS}.men: protects"] == told(planned(country_of({2020: figures})))


@pytest.mark.parametrize(("source", "expected"), [("office", []), ("police", [f"2020 {VICTIMS}.women: protects"])])
def test_what_its_public_source_masks_is_not_ours_to_protect(source: str, expected: list[str]) -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 28, men: suppressed}}, source: {source}}}"
    catalogue = small.FILES["data/catalogue.yaml"].replace(
        "title: {en: Yearbook}", "title: {en: Yearbook}, layout: glotip"
    )
    assert expected == told(planned(country_of({2020: figures}, more={"data/catalogue.yaml": catalogue})))
