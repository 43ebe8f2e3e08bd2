"""Lists of countries are compared with lists of their kind only."""

from reporter.comparison import compare_named
from reporter.edition.comparison_sides import context_of
from tests.comparison.sides import ENGLISH, block, made, years


def test_only_lists_of_the_same_kind_are_compared(lithuania):
    named = compare_named(context_of(lithuania, years(2018, 2019), ENGLISH).sides)
    (found,) = [each for each in named if each.is_comparable]
    both, new, gone = found.change(0, 1)
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists if each.kind is found.kind}
    assert (listed[2018] & listed[2019], listed[2019] - listed[2018], listed[2018] - listed[2019]) == (
        set(both), set(new), set(gone),
    )  # fmt: skip
    apart = compare_named(context_of(lithuania, years(2019, 2020), ENGLISH).sides)
    assert [False, False] == [each.is_comparable for each in apart]


def sheets(dataset, *named: int, language: str = "en"):
    return block(made(dataset, years(*named, language=language)), "countries_compared").plot.maps


def test_between_lists_of_different_kinds_stands_a_sign_and_the_last_two_that_compare_follow(lithuania):
    before, after, pair = sheets(lithuania, 2019, 2020)
    assert ["Countries of exploitation, 2019", "Countries of destination, 2020"] == [before.title, after.title]
    assert [False, True, False] == [before.unlike, after.unlike, pair.unlike]
    assert [False, True, False] == [each.current for each in (before, after, pair)]
    assert [False, False, True] == [each.added for each in (before, after, pair)]
    assert "2018 and 2019, the last two lists that can be compared" == pair.title
    assert not any(land.sign for each in (before, after) for land in each.lands)
    notes = dict(block(made(lithuania, years(2019, 2020)), "countries_compared").notes)
    assert notes["\u2260"].startswith("Not compared: lists of different kinds name countries for different reasons.")
    assert notes["2020"].startswith("The source speaks of countries of destination")


def test_two_lists_of_one_kind_are_one_map_with_signs(lithuania):
    (pair,) = sheets(lithuania, 2018, 2019)
    signs = {land.code: land.sign for land in pair.lands}
    assert ("", "+", "\u2212") == (signs["DE"], signs["NL"], signs["GB"])
    named = {each.year: set(each.countries) for each in lithuania.country("LT").lists}
    assert {"+": len(named[2019] - named[2018] - {"US"}), "\u2212": len(named[2018] - named[2019] - {"DO"})} == {
        sign: list(signs.values()).count(sign) for sign in ("+", "\u2212")
    }
    assert "; outside the map: Dominican Republic" in pair.words
