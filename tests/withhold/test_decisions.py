"""What an edition withholds protects, is decided once, and keeps what a person wrote."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import DataError, Mark
from reporter.data.files.sources import Sources
from reporter.data.records import Because, Decision, Observation
from reporter.figures.analysis.small_counts import undecided
from reporter.figures.withhold.bounds import bounds_of
from reporter.figures.withhold.cell_equations import system_of
from reporter.figures.withhold.decisions import HEAD, DecisionFile, decide, printed_editions
from reporter.figures.withhold.primary_suppression import Lots, small_rests, wrong_rules
from reporter.figures.withhold.protection import ProtectionPlan, WithheldCell, plan_protection, readers_view
from tests import small
from tests.intake.imports.publications import EMPTY, after, bench, content, planned, row
from tests.intake.imports.publications import VICTIMS as GLOTIP
from tests.withhold.deciding_country import country_of, known_of, published

VICTIMS = "victims.identified"
PEOPLE = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
OPEN = st.sampled_from((0, 1, 3, 7, 16, 40))


def plan_of(sources: Sources, year: int = 2020) -> ProtectionPlan:
    return plan_protection(printed_editions(sources, "XX", known_of(sources, year)))


def told(plan: ProtectionPlan) -> list[str]:
    return [f"{each.observation.year} {each.observation.address}: {each.because}" for each in plan.cells]


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


@settings(max_examples=8)
@given(rows, rows)
def test_all_that_is_small_is_withheld_and_nobody_can_work_it_out(first: str, second: str) -> None:
    figures = {2019: first, 2020: second}
    plan = plan_of(country_of(figures))
    withheld = {(each.observation.address, each.observation.year) for each in plan.cells}
    known = known_of(country_of(figures), 2020)
    small = {place for place, seen in known.index.items() if "victims" in place[0] and 0 < (seen.value or 0) < 5}
    assert set() == small - withheld
    laid = country_of(figures, more=decisions(sorted(withheld)))
    bounds = readers_view(printed_editions(laid, "XX", known_of(laid, 2020))).bounds
    hopeless = {each.key for each in plan.hopeless}
    assert [] == [each for each in bounds.exposed if each.key not in hopeless]
    assert all(each.highest is None or each.highest - each.lowest >= 4 for each in bounds.limits if each.is_protected)


@settings(max_examples=8)
@given(rows)
def test_nothing_is_withheld_without_need(row: str) -> None:
    figures = {2020: row}
    plan = plan_of(country_of(figures))
    withheld = {(each.observation.address, each.observation.year) for each in plan.cells}
    for each in plan.cells:
        if each.because is Because.PROTECTS:
            place = (each.observation.address, each.observation.year)
            laid = country_of(figures, more=decisions(sorted(withheld - {place})))
            left = readers_view(printed_editions(laid, "XX", known_of(laid, 2020))).bounds.exposed
            assert left
            assert {*each.protects} <= {limit.key.address for limit in left} | {each.observation.address}


def test_the_same_part_goes_in_all_years() -> None:
    other = f"{VICTIMS}: {{total: 31, by person: {{women: 10, men: 19, children: 2}}}}"
    third = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 12, children: 3}}}}"
    plan = plan_of(country_of({2018: PEOPLE, 2019: other, 2020: third}))
    assert {f"{VICTIMS}.men"} == {each.observation.address for each in plan.cells if each.because is Because.PROTECTS}


@pytest.mark.parametrize("zeros", [True, False])
def test_a_zero_that_tells_of_a_whole_group_is_withheld(zeros: bool) -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 31, men: 0}}}}"
    rules = "" if zeros else "disclosure: {zeros: false}\n"
    expected = [f"2020 {VICTIMS}.women: protects", f"2020 {VICTIMS}.men: zero"] if zeros else []
    assert expected == told(plan_of(country_of({2020: figures}, rules)))


def test_what_nobody_stated_is_protected_by_a_part_beside_it() -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 12}}, incomplete: [person]}}"
    plan = plan_of(country_of({2020: figures}))
    assert [f"2020 {VICTIMS}.men: protects"] == told(plan)
    # What is not stated has no name in the file of decisions.
    assert [()] == [each.protects for each in plan.cells]


def test_what_was_published_before_stays_known_and_protects_nothing() -> None:
    sources = published(country_of({2019: PEOPLE}), 2019).overlay(
        {"data/XX/2020.yaml": f"year: 2020\nsource: police\nfigures: {{{PEOPLE}}}\n".encode()}
    )
    plan = plan_of(sources)
    assert [f"{VICTIMS}.children"] == [each.observation.address for each in plan.already_known]
    assert {2020} == {each.observation.year for each in plan.cells}


@pytest.mark.parametrize(("source", "expected"), [("office", []), ("police", [f"2020 {VICTIMS}.women: protects"])])
def test_what_its_public_source_masks_is_not_ours_to_protect(source: str, expected: list[str]) -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 28, men: suppressed}}, source: {source}}}"
    catalogue = small.FILES["data/catalogue.yaml"].replace("{en: Yearbook}", "{en: Yearbook}, layout: glotip")
    assert expected == told(plan_of(country_of({2020: figures}, more={"data/catalogue.yaml": catalogue})))


FILE = "data/XX/protection/2020.yaml"


def written(sources: Sources, anew: bool = False) -> Sources:
    return sources.overlay({FILE: decide(sources, "XX", 2020, renew=anew).text.encode()})


def withheld(sources: Sources) -> list[str]:
    decided = decide(sources, "XX", 2020)
    return [each.observation.code for each in decided.cells]


def test_a_second_time_nothing_changes() -> None:
    once = written(country_of({2020: PEOPLE}))
    again, anew = (decide(once, "XX", 2020, renew=each) for each in (False, True))
    assert (False, False, (), 2) == (again.is_changed, anew.is_changed, again.plan.cells, len(again.from_file))


def test_what_is_asked_for_no_more_is_told_and_goes_anew() -> None:
    before = written(country_of({2020: PEOPLE}))
    year = before["data/XX/2020.yaml"].content.replace(b"men: 13, children: 2", b"men: 9, children: 6")
    more = before.overlay({"data/XX/2020.yaml": year})
    decided = decide(more, "XX", 2020)
    assert {f"{VICTIMS}.men", f"{VICTIMS}.children"} == {each.figure for each in decided.idle}
    assert not decided.is_changed
    assert [] == withheld(written(more, anew=True))


def test_a_decision_with_a_reason_stays_anew() -> None:
    reason = f"withheld:\n  2020:\n    {VICTIMS}.men: {{because: protects, reason: {{en: Asked for.}}}}\n"
    sources = country_of({2020: PEOPLE.replace("men: 13, children: 2", "men: 9, children: 6")}, more={FILE: reason})
    # A value that is withheld is protected, whoever wanted it withheld.
    assert ["women", "men"] == withheld(written(sources, anew=True))


def test_what_remains_is_what_the_public_gets() -> None:
    decided = decide(country_of({2020: PEOPLE}), "XX", 2020)
    assert ["", "women"] == [each.code for each in decided.remaining(VICTIMS, 2020)]
    assert [] == [each.key for each in decided.view.bounds.exposed]


@pytest.mark.parametrize(
    "settings", ["disclosure: {thresholds: [{figures: [victims.unknown], below: 10}]}\n", "disclosure: {width: 1}\n"]
)
def test_rules_with_errors_decide_nothing(settings: str) -> None:
    with pytest.raises(DataError):
        decide(country_of({2020: PEOPLE}, settings), "XX", 2020)


def test_rounded_figures_are_not_withheld_and_all_sums_hold() -> None:
    sources = written(country_of({2020: PEOPLE}))
    decided = decide(sources, "XX", 2020, rounding=[VICTIMS])
    printed = {seen.code: value for seen, value in decided.rounded}
    assert ([], {"", "women", "men", "children"}) == ([*decided.cells], {*printed})
    assert printed[""] == printed["women"] + printed["men"] + printed["children"]
    assert {0} == {value % 5 for value in printed.values()}
    assert () == decided.view.bounds.exposed


DECISIONS = "data/XX/protection/2021.yaml"
ORDER = ("victims.identified", "victims.identified.women", "victims.identified.men", "victims.identified.children")
CHILDREN, MEN = "victims.identified.children", "victims.identified.men"


def cell(code: str, year: int, because: Because, *protects: str) -> WithheldCell:
    seen = Observation("XX", year, "victims.identified", Decimal(3), Mark("x"), year, "", "person", code)
    return WithheldCell(seen, because, protects, 10)


def decision(figure: str, year: int) -> Decision:
    return Decision(figure=figure, year=year, because=Because.SMALL, mark=Mark(DECISIONS))


def test_a_file_that_is_not_there_is_made_with_its_schema() -> None:
    made = DecisionFile(DECISIONS, "").withholding(
        [cell("men", 2021, Because.PROTECTS, CHILDREN), cell("children", 2020, Because.SMALL)], ORDER
    )
    expected = f"""{HEAD}withheld:
  2020:
    {CHILDREN}: {{because: small}}
  2021:
    {MEN}:
      because: protects
      protects: [{CHILDREN}]
"""
    assert expected == made.text


def test_what_a_person_wrote_stays_byte_for_byte() -> None:
    before = f"""# Ours.
withheld:
  2020:   # agreed with the police
    {CHILDREN}: {{because: small, reason: {{en: "Asked for."}}}}
"""
    made = DecisionFile(DECISIONS, before).withholding([cell("men", 2020, Because.PROTECTS, CHILDREN)], ORDER)
    new = f"    {MEN}:\n      because: protects\n      protects: [{CHILDREN}]\n"
    assert before.replace(f"    {CHILDREN}", f"{new}    {CHILDREN}") == made.text


def test_what_is_taken_out_leaves_no_empty_year() -> None:
    both = DecisionFile(DECISIONS, "").withholding(
        [cell("children", 2020, Because.SMALL), cell("children", 2021, Because.SMALL)], ORDER
    )
    assert "2020:" not in both.without([decision(CHILDREN, 2020)]).text
    empty = both.without([decision(CHILDREN, 2020), decision(CHILDREN, 2021)])
    assert HEAD == empty.text
    assert f"{HEAD}withheld: {{}}\n" == empty.complete().text
    # Taken out and put in again, all is as it was.
    assert both.text == empty.withholding([cell("children", y, Because.SMALL) for y in (2020, 2021)], ORDER).text


def test_what_stands_nowhere_need_not_be_taken_out() -> None:
    file = DecisionFile(DECISIONS, f"withheld:\n  2020:\n    {CHILDREN}: {{because: small}}\n")
    assert file == file.without([replace(decision(MEN, 2020)), decision(CHILDREN, 2019)])


def test_rounded_values_stand_beside_those_withheld() -> None:
    file = DecisionFile(DECISIONS, "").withholding([cell("children", 2020, Because.SMALL)], ORDER)
    made = file.rounding({("victims.identified", 2021): 25, ("victims.identified.women", 2021): 15}, ORDER)
    assert f"{file.text}rounded:\n  2021: {{victims.identified: 25, victims.identified.women: 15}}\n" == made.text
    assert "{victims.identified: 30, " in made.rounding({("victims.identified", 2021): 30}, ORDER).text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("thresholds: [{figures: [victims.identified], by: person, below: 10}]", []),
        ("weights: [{figures: [victims.identified.men], weight: 3}]", []),
        (
            "thresholds: [{figures: [victims.identifed], below: 10}]",
            ["5 disclosure: no figure is called 'victims.identifed' | did you mean 'victims.identified'?"],
        ),
        (
            "weights: [{figures: [victims.identified], by: form, weight: 3}]",
            [f"5 disclosure: {VICTIMS} has no breakdown 'form' | known: person"],
        ),
    ],
)
def test_what_names_no_figure_is_told_with_its_line(tmp_path: Path, rule: str, expected: list[str]) -> None:
    settings = f"{small.FILES['reporter.yaml']}disclosure:\n  {rule.replace('[{', chr(10) + '    - {', 1)[:-1]}\n"
    dataset = small.load(tmp_path, {"reporter.yaml": settings})
    assert expected == [f"{each.mark.line} {each.message} | {each.hint}" for each in wrong_rules(dataset)]


UNKNOWN = row(GLOTIP, 1).replace(",Total,Total,2020", ",Unknown,Unknown,2020")


@pytest.mark.parametrize(
    "rows",
    [
        # The parts contradict the total, which the import accepts with the words of the file.
        (row(GLOTIP, 61), row(GLOTIP, 42, person="women"), row(GLOTIP, 18, person="men")),
        (row(GLOTIP, 61), row(GLOTIP, 42, person="women"), row(GLOTIP, 18, person="men"), UNKNOWN),
        (row(GLOTIP, 61), row(GLOTIP, 57, person="adults"), UNKNOWN),
        (row(GLOTIP, 61), row(GLOTIP, 58, part="by citizenship,Nowhere")),
        (
            *(row(GLOTIP, 61), row(GLOTIP, 61, person="adults"), row(GLOTIP, 40, person="women")),
            *(row(GLOTIP, 18, person="men"), row(GLOTIP, 0, person="children")),
        ),
    ],
)
@pytest.mark.parametrize("has_solver", [True, False])
def test_after_an_import_what_the_parts_do_not_state_is_protected_by_one_of_them(
    tmp_path: Path, rows: tuple[str, ...], has_solver: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = bench(tmp_path, EMPTY)
    raw = content(*rows, *(each.replace(",2020,", ",2019,") for each in rows))
    with monkeypatch.context() as patch:
        if not has_solver:
            patch.setitem(sys.modules, "highspy", None)
        sources = after(workspace, planned(workspace, raw))
    # With a solver, the import withholds one of the parts itself.
    open_before = {(each.year, bool(each.axis)) for each in undecided(known_of(sources, 2020))}
    assert (set() if has_solver else {(2019, True), (2020, True)}) == open_before
    decided = decide(sources, "XX", 2020)
    assert (2, frozenset()) == (len(small_rests(decided.vintage, Lots())), decided.open_counts)


def test_a_rest_is_protected_also_before_somebody_accepted_that_there_is_one() -> None:
    figures = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 12}}}}"
    assert [f"2020 {VICTIMS}.men: protects"] == told(plan_of(country_of({2020: figures})))


CATALOGUE = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [form, person]")
CONVICTED = "definition: {en: Convicted in the year.}"
DIVIDED = CATALOGUE.replace(CONVICTED, f"{CONVICTED}\n    dimensions: [form, person]")
CROSSED = """victims.identified:
    total: 90
    by form: {sexual: 43, labour: 47}
    by person: {women: 42, men: 48}
    by form, person:
      sexual: {women: 3, men: 40}
      labour: {women: 39, men: 8}
"""


def test_cells_are_withheld_before_the_totals_of_their_rows_and_columns() -> None:
    sources = country_of({2020: CROSSED}, more={"data/catalogue.yaml": CATALOGUE})
    decided = decide(sources, "XX", 2020, lots=Lots())
    cells = ["sexual.women", "sexual.men", "labour.women", "labour.men"]
    assert cells == [each.observation.code for each in decided.cells]
    assert () == decided.view.bounds.exposed
    assert [("victims.identified", 2020, "form,person")] == list(decided.plan.emptied)
    laid = sources.overlay({decided.path: decided.text.encode()})
    assert decided.text == decide(laid, "XX", 2020, lots=Lots()).text
    turned = decided.text.replace("sexual.women", "women.sexual")
    again = decide(sources.overlay({decided.path: turned.encode()}), "XX", 2020, lots=Lots())
    assert (turned, cells) == (again.text, [each.observation.code for each in again.cells])
    anew = decide(sources.overlay({decided.path: turned.encode()}), "XX", 2020, lots=Lots(), renew=True)
    assert decided.text == anew.text


def test_a_small_cell_of_children_is_withheld_in_any_count_of_persons() -> None:
    figures = CROSSED.replace("victims.identified", "persons.convicted").replace("women", "children")
    sources = country_of({2020: figures}, more={"data/catalogue.yaml": DIVIDED})
    because = {each.observation.code: each.because for each in decide(sources, "XX", 2020, lots=Lots()).cells}
    assert Because.SMALL == because["sexual.children"]


@pytest.mark.parametrize("rule", ["figures: [persons.convicted], by: form", "figures: [persons.convicted.women]"])
def test_what_is_small_in_a_breakdown_is_small_in_its_crosses(rule: str) -> None:
    figures = CROSSED.replace("victims.identified", "persons.convicted")
    sources = country_of(
        {2020: figures}, f"disclosure: {{thresholds: [{{{rule}, below: 5}}]}}\n", {"data/catalogue.yaml": DIVIDED}
    )
    because = {each.observation.code: each.because for each in decide(sources, "XX", 2020, lots=Lots()).cells}
    assert Because.SMALL == because["sexual.women"]


WIDE = small.CROSSED["data/catalogue.yaml"]


@pytest.mark.parametrize(
    ("cells", "protecting"),
    [
        # Both crosses say how many are in each form.
        ("by form, person: {sexual: {women: 3, men: 27}, labour: {women: 20, men: 10}}\n"
         "    by form, citizenship: {sexual: {national: 10, eu: 20}, labour: {national: 15, eu: 15}}",
         {"sexual.men", "labour.women"}),
        # The cells of three dimensions make the totals of one.
        ("by form: {sexual: 30, labour: 30}\n"
         "    by form, person, citizenship:\n"
         "      sexual: {women: {national: 3, eu: 7}, men: {national: 10, eu: 10}}\n"
         "      labour: {women: {national: 6, eu: 9}, men: {national: 10, eu: 5}}",
         {"sexual.women.eu", "sexual.men.national", "sexual.men.eu"}),
    ],
)  # fmt: skip
def test_a_small_cell_is_protected_within_the_totals_that_other_cells_make(cells: str, protecting: set[str]) -> None:
    figures = f"{VICTIMS}:\n    total: 60\n    {cells}\n"
    decided = decide(country_of({2020: figures}, more={"data/catalogue.yaml": WIDE}), "XX", 2020, lots=Lots())
    small_cell, *others = [each.observation for each in decided.cells]
    assert (3, 1, True) == (small_cell.value, len(others), others[0].code in protecting)
    assert () == decided.view.bounds.exposed


@pytest.mark.parametrize(
    ("lines", "incomplete"),
    [
        # Some rows name women and men, others adults: the totals of each are not those of all rows.
        ("sexual: {adults: 9}, labour: {women: 10, men: 4}", ""),
        ("sexual: {women: 5}, labour: {women: 4}", "\n    incomplete: [form and person]"),
    ],
)
def test_a_total_that_may_be_more_than_its_cells_is_not_taken_for_their_sum(lines: str, incomplete: str) -> None:
    figures = f"{VICTIMS}:\n    total: 23\n    'by form, person': {{{lines}}}\n"
    figures += f"    'by person, citizenship': {{women: {{eu: 12}}, men: {{eu: 11}}}}{incomplete}\n"
    sources = country_of({2020: figures}, more={"data/catalogue.yaml": WIDE})
    system = system_of(printed_editions(sources, "XX", known_of(sources, 2020)))
    totals = [count.key for count in system.counts if not count.is_known]
    assert {f"{VICTIMS}.women", f"{VICTIMS}.men"} <= {key.address for key in totals}
    assert () == bounds_of(system, only=totals).contradictory


def test_three_crosses_say_more_together_than_any_two_of_them() -> None:
    # No woman is of this country, so its eight citizens in sexual exploitation are the men there.
    figures = f"""{VICTIMS}:
    total: 38
    by form, person: {{sexual: {{women: 3, men: 8}}, labour: {{women: 12, men: 15}}}}
    by form, citizenship: {{sexual: {{national: 8, eu: 3}}, labour: {{national: 9, eu: 18}}}}
    by person, citizenship: {{women: {{national: 0, eu: 15}}, men: {{national: 17, eu: 6}}}}
"""
    withheld = ("sexual.women", "sexual.men", "labour.women", "labour.men")
    files = {"data/catalogue.yaml": WIDE, **decisions([(f"{VICTIMS}.{cell}", 2020) for cell in withheld])}
    sources = country_of({2020: figures}, more=files)
    exposed = readers_view(printed_editions(sources, "XX", known_of(sources, 2020))).bounds.exposed
    assert {f"{VICTIMS}.{cell}" for cell in withheld} == {limits.key.address for limits in exposed}
