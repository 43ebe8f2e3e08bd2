"""What is decided is written once, and what a person decided stays."""

import pytest

from reporter.disclosure.deciding import decide
from reporter.errors import DataError
from reporter.files.sources import Sources
from tests.disclosure.deciding_country import country_of

FILE = "data/XX/protection/2020.yaml"
VICTIMS = "victims.identified"
PEOPLE = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"


def written(sources: Sources, anew: bool = False) -> Sources:
    """The files with what is decided."""
    return sources.overlay({FILE: decide(sources, "XX", 2020, anew=anew).text.encode()})


def withheld(sources: Sources) -> list[str]:
    decided = decide(sources, "XX", 2020)
    return [each.seen.code for each in decided.cells]


def test_a_second_time_nothing_changes() -> None:
    once = written(country_of({2020: PEOPLE}))
    again, anew = (decide(once, "XX", 2020, anew=each) for each in (False, True))
    assert (False, False, (), 2) == (again.is_changed, anew.is_changed, again.plan.cells, len(again.kept))


def test_a_person_may_withhold_another_part() -> None:
    chosen = f"withheld:\n  2020:\n    {VICTIMS}.women: {{because: chosen}}\n"
    sources = country_of({2020: PEOPLE}, more={FILE: chosen})
    assert ["women", "children"] == withheld(written(sources))
    assert ["women", "children"] == withheld(written(written(sources), anew=True))


def test_what_is_asked_for_no_more_is_told_and_goes_anew() -> None:
    before = written(country_of({2020: PEOPLE}))
    more = before.overlay(
        {
            "data/XX/2020.yaml": before["data/XX/2020.yaml"].content.replace(
                b"men: 13, children: 2", b"men: 9, children: 6"
            )
        }
    )
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


def test_rounded_again_nothing_changes() -> None:
    once = decide(country_of({2020: PEOPLE}), "XX", 2020, rounding=[VICTIMS])
    sources = country_of({2020: PEOPLE}, more={FILE: once.text})
    assert [False, False, False] == [
        decide(sources, "XX", 2020, anew=anew, rounding=rounding).is_changed
        for anew, rounding in ((False, [VICTIMS]), (False, []), (True, []))
    ]
