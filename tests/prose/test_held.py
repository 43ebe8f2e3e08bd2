"""Words that say more than one change or rank are held in every year and number that they name."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.model import Vintage
from reporter.prose.expression import Expression
from reporter.prose.held import disproof
from tests.prose.printing import OPENED, known

FALLING = {2016: "50", 2017: "40", 2018: "35", 2019: "30", 2020: "20"}


def why(place: Vintage, claim: str, words: str, base: int | None = None, language: str = "en", part: str = "") -> str:
    address = f"{OPENED}.{part}" if part else OPENED
    seen = place.observation(address)
    assert seen is not None
    expression = Expression(address, Mark("t.md"), filter=claim, words=(words,), base=base)
    return disproof(expression, language, place, seen).partition(f"is not true of {address}: ")[2]


@pytest.mark.parametrize(
    ("language", "words", "base", "expected"),
    [
        ("en", "fell every year since 2017", 2017, ""),
        ("en", "fell every year since 2017", None, ""),
        ("en", "fell every year", None, "'every year' needs the first year: write it after the words"),
        ("en", "fell for the third year running", None, ""),
        ("en", "fell for the fifth year running", None, "nothing is known for 2015"),
        ("en", "fell for the third year running", 2016, "'for the third year running' begins in 2017, not in 2016"),
        ("en", "fell since 2017", 2017, ""),
        ("en", "fell since 2017", 2018, "the words say 2017, fell looks at 2018: write 2017 after the words"),
        ("en", "fell since 2017", None, "the words say 2017, fell looks at 2019: write 2017 after the words"),
        ("en", "fell in 2020", None, ""),
        ("en", "fell in 2018", None, "the words say 2018, fell looks at 2020"),
        ("lt", "kasmet mažėja nuo 2017 m.", None, ""),
        ("lt", "trečius metus iš eilės mažėja", None, ""),
        ("fi", "laski joka vuosi", 2017, ""),
    ],
)
def test_a_change_is_held_in_the_years_that_its_words_name(tmp_path, language, words, base, expected):
    assert expected == why(known(tmp_path, FALLING), "fell", words, base, language)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({2018: "41"}, "it went from 40 in 2017 to 41 in 2018 (2018)"),
        ({2018: "missing"}, "nothing is known for 2018"),
        ({2018: "at least 35"}, "2017 and 2018 cannot be compared (bound)"),
        ({2018: "{total: 35, flags: [b]}"}, "2017 and 2020 cannot be compared (break)"),
        ({2018: "{total: 35, definition: narrow}"}, "2017 and 2018 cannot be compared (definition)"),
    ],
)
def test_a_streak_ends_at_a_rise_a_gap_and_a_break(tmp_path, change, expected):
    assert expected == why(known(tmp_path, FALLING | change), "fell", "every year since 2017", 2017)


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "fell by 10", ""),
        ("en", "fell by 11", "'by 11' is 10"),
        ("en", "fell from 30 to 20", ""),
        ("en", "fell from 30 to 21", "'to 21' is 20"),
        ("en", "fell by a third", ""),
        ("en", "fell by more than a third", "'by more than a third' is 33.3 %"),
        ("lt", "sumažėjo trečdaliu", ""),
        ("lt", "sumažėjo nuo 30 iki 21", "'iki 21' is 20"),
        ("lt", "sumažėjo dešimčia", ""),
        ("lt", "sumažėjo dešimčia procentų", "'dešimčia procentų' is nothing that fell looks at"),
    ],
)
def test_a_number_in_the_words_is_held(tmp_path, language, words, expected):
    assert expected == why(known(tmp_path, FALLING), "fell", words, None, language)


PARTS = "{total: 60, by form: {sexual: 40, labour: 20}}"


@pytest.mark.parametrize(
    ("claim", "words", "expected"),
    [
        ("amounts", "two thirds", ""),
        ("amounts", "three quarters", "it is 66.7 % in 2020, not 'three quarters'"),
        ("amounts", "fewer than forty", "it is 40 in 2020, not 'fewer than forty'"),
        ("amounts", "many", "no number is read in the words"),
        ("majority", "67 % of them", ""),
        ("majority", "56 % of them", "'56 %' is 66.7 %"),
        ("most", "with 41 investigations", "'41' is 40"),
        ("zero", "none", "it is 40 in 2020"),
        ("all", "all of them", "it is 40 of 60"),
    ],
)
def test_a_share_or_count_in_words_is_held(tmp_path, claim, words, expected):
    assert expected == why(known(tmp_path, {2020: PARTS}), claim, words, part="sexual")


def test_a_percentage_is_not_said_of_a_small_base(tmp_path):
    place = known(tmp_path, {2020: "{total: 6, by form: {sexual: 4, labour: 2}}"})
    expected = ["it has no share to be '67 %' in 2020", ""]
    assert expected == [why(place, "amounts", each, part="sexual") for each in ("67 %", "two thirds")]


@pytest.mark.parametrize(
    ("value", "expected"), [("0", ""), ("1", "it is 1 in 2020"), ("at least 0", "it is not known exactly for 2020")]
)
def test_none_is_a_zero_that_was_counted(tmp_path, value, expected):
    assert expected == why(known(tmp_path, {2020: value}), "zero", "none")


def test_a_state_with_a_first_year_holds_in_every_year_since(tmp_path):
    parts = "{{total: 9, by form: {{sexual: {}, labour: {}}}}}"
    place = known(tmp_path, {2018: parts.format(3, 6), 2019: parts.format(6, 3), 2020: parts.format(6, 3)})
    expected = ["", "it is 3 of 9 (2018)"]
    assert expected == [why(place, "majority", "most were", base, part="sexual") for base in (2019, 2018)]


VALUE = st.one_of(st.integers(0, 12).map(str), st.sampled_from(["missing", "at least 5", "{total: 5, flags: [b]}"]))
SERIES = st.lists(VALUE, min_size=5, max_size=5).map(lambda values: dict(zip(range(2016, 2021), values, strict=True)))


def falls(series: dict[int, str], first: int) -> bool:
    """What "fell every year" means, worked out anew: exact numbers, no break after the first year, each lower."""
    values = [series[year] for year in range(first, 2021)]
    numbers = [5 if "flags" in each else int(each) if each.isdigit() else None for each in values]
    broken = any("flags" in each for each in values[1:])
    return not broken and all(one is not None and other is not None and other < one for one, other in pairwise(numbers))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(series=SERIES, first=st.integers(2016, 2019))
def test_a_streak_is_accepted_exactly_when_each_year_says_so(tmp_path_factory, series, first):
    if "missing" == series[2020]:
        return
    place = known(tmp_path_factory.mktemp("series"), series)
    assert falls(series, first) == (why(place, "fell", f"fell every year since {first}", first) == "")
    assert falls(series, first) == (why(place, "fell", f"kasmet mažėja nuo {first} m.", first, "lt") == "")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.integers(0, 30), rest=st.integers(0, 30), said=st.integers(1, 40))
def test_a_share_or_count_is_accepted_exactly_when_the_numbers_say_so(tmp_path_factory, part, rest, said):
    total = part + rest
    figure = f"{{total: {total}, by form: {{sexual: {part}, labour: {rest}}}}}"
    place = known(tmp_path_factory.mktemp("parts"), {2020: figure})
    found = {
        "more than half": 2 * part > total,
        "less than a third": bool(total) and 3 * part < total,
        "at least three quarters": bool(total) and 4 * part >= 3 * total,
        f"more than {said}": part > said,
        f"fewer than {said}": part < said,
        f"exactly {said}": part == said,
    }
    assert found == {words: why(place, "amounts", words, part="sexual") == "" for words in found}
    assert (part == 0) == (why(place, "zero", "none", part="sexual") == "")
    assert (rest == 0 and part > 0) == (why(place, "all", "all", part="sexual") == "")
