"""What is claimed of a figure is borne out by it, and headlines claim what can be compared."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.i18n import Locale, load_locale
from reporter.data.records import Passage, Vintage, vintage
from reporter.report.context import Context
from reporter.report.sections.compose import compose as compose_document
from reporter.text.claim_numbers import BoundClaim
from reporter.text.expression import Expression, parse
from reporter.text.tree import Text
from tests.small import write
from tests.snapshots import dataset_of
from tests.text.printing import ENGLISH, OPENED, headline, known, verdict
from tests.texts import html


@pytest.mark.parametrize(
    ("before", "after", "claim", "expected"),
    [
        ("16", "11", "fell", ""),
        ("16", "11", "rose", "it went from 16 in 2019 to 11 in 2020"),
        ("11", "11", "unchanged", ""),
        ("11", "11", "fell", "it went from 11 in 2019 to 11 in 2020"),
        ("missing", "11", "fell", "2019 and 2020 cannot be compared (missing)"),
        ("at least 16", "11", "fell", "2019 and 2020 cannot be compared (bound)"),
        ("16", "{total: 11, flags: [b]}", "fell", "2019 and 2020 cannot be compared (break)"),
        ("{total: 16, definition: narrow}", "11", "fell", "2019 and 2020 cannot be compared (definition)"),
    ],
)
def test_a_change_is_claimed_only_where_it_can_be_calculated(tmp_path, before, after, claim, expected):
    assert expected == verdict(known(tmp_path, {2019: before, 2020: after}), claim)


def test_a_change_may_be_claimed_from_an_earlier_year_and_a_rank_looks_at_the_whole_series(tmp_path):
    place = known(tmp_path, {2017: "35", 2019: "10", 2020: "11"})
    assert ["", "it went from 10 in 2019 to 11 in 2020"] == [verdict(place, "fell", 2017), verdict(place, "fell")]
    with_a_tie = known(tmp_path / "tie", {2018: "11", 2019: "16", 2020: "11"})
    assert ["", "it was 16 in 2019 and 11 in 2020"] == [verdict(with_a_tie, each) for each in ("lowest", "highest")]
    assert "it is measured from 2020, which is not before 2020" == verdict(with_a_tie, "unchanged", 2020)


def test_a_rank_does_not_look_across_a_break_or_a_gap_unless_it_says_since_when(tmp_path):
    place = known(tmp_path, {2017: "5", 2018: "{total: 14, flags: [b]}", 2019: "16", 2020: "11"})
    refused = "2017 and 2020 cannot be compared (break): give the year since which it has been true"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2018)]
    place = known(tmp_path / "gap", {2017: "15", 2019: "16", 2020: "11"})
    refused = "nothing is known for 2018: give the year since which it has been true"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2019)]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{total: 11, by form: {sexual: 8, labour: 3}}", ""),
        ("{total: 11, by form: {sexual: 3, labour: 8}}", "it is 3, labour is 8"),
        ("{total: 11, by form: {sexual: 4, labour: 3}}", "it is 4, labour is 3, and 4 are not stated"),
        ("{total: 8, by form: {sexual: 8}}", "there is no other part"),
        ("{total: at least 8, by form: {sexual: 8, labour: 1}}", f"not all parts of {OPENED} in 2020 are known"),
    ],
)
def test_a_part_is_the_most_frequent_only_when_what_is_not_stated_cannot_change_that(tmp_path, figure, expected):
    assert expected == verdict(known(tmp_path, {2020: figure}), "most", address=f"{OPENED}.sexual")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{total: 11, by form: {sexual: 6, labour: 5}}", ""),
        ("{total: 11, by form: {sexual: 6}}", ""),
        ("{total: 12, by form: {sexual: 6, labour: 3}}", "it is 6 of 12"),
        ("{total: at least 8, by form: {sexual: 8}}", "the part or its total is not known exactly for 2020"),
    ],
)
def test_a_part_is_the_majority_when_it_is_more_than_half_of_all(tmp_path, figure, expected):
    assert expected == verdict(known(tmp_path, {2020: figure}), "majority", address=f"{OPENED}.sexual")


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ("{total: 3, by form: {sexual: 3}}", ""),
        ("{total: 3, by form: {sexual: 2, labour: 1}}", "it was 1 in 2019 already"),
        ("{total: 3, by form: {sexual: 2}}", "nothing is known for 2019: give the year since which it has been true"),
        ("3", "nothing is known for 2019: give the year since which it has been true"),
    ],
)
def test_the_first_time_needs_earlier_years_that_are_known_to_have_none(tmp_path, earlier, expected):
    place = known(tmp_path, {2019: earlier, 2020: "{total: 5, by form: {labour: 5}}"})
    assert expected == verdict(place, "first", address=f"{OPENED}.labour")


@pytest.mark.parametrize("flagged", ["total: 5, flags: [b], by form: {labour: 5}", "total: 5, by form: {labour: 5}"])
def test_nothing_is_the_first_time_across_a_break(tmp_path, flagged):
    place = known(tmp_path, {2019: "{total: 3, by form: {sexual: 3}}", 2020: f"{{{flagged}}}"})
    refused = "2019 and 2020 cannot be compared (break): give the year since which it has been true"
    assert (refused if "flags" in flagged else "") == verdict(place, "first", address=f"{OPENED}.labour")


def test_law_and_activities_have_no_series_to_claim_from(tmp_path):
    place = vintage(dataset_of(write(tmp_path), ("XX",)), "XX", 2020)
    assert "counts of law and activities belong to no year" == verdict(place, "rose", None, "law.cc_1.prison_max")


@pytest.mark.parametrize("text", ['{{ investigations.opened | fell("") }}', '{{ countries.target | rose("more") }}'])
def test_a_claim_needs_words_and_a_figure(text):
    assert ["bad-expression"] == [each.code for each in parse(Passage("justice", "en", 2020, text, Mark("t.md", 2)))[1]]


def test_nothing_is_first_where_an_earlier_year_names_what_contains_it(tmp_path):
    figures = {2019: "{total: 9, by person: {women: 5, children: 4}}", 2020: "{total: 9, by person: {girls: 9}}"}
    files = {f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{victims.identified: {each}}}\n"
             for year, each in figures.items()}  # fmt: skip
    place = vintage(dataset_of(write(tmp_path, files | {"data/XX/2018.yaml": None}), ("XX",)), "XX", 2020)
    expected = "nothing is known for 2019: give the year since which it has been true"
    assert expected == verdict(place, "first", address="victims.identified.girls")


def said_of(place: Vintage, code: str, locale: Locale) -> str:
    return Context(place, locale).headline(code)


YEARS = (2016, 2017, 2018, 2019, 2020)


@settings(max_examples=12)
@given(st.lists(st.integers(0, 200), min_size=5, max_size=5))
def test_of_the_three_changes_exactly_one_is_true_and_the_headline_says_that_one(tmp_path_factory, values):
    place = known(tmp_path_factory.mktemp("years"), dict(zip(YEARS, map(str, values), strict=True)))
    (true,) = [claim for claim in ("rose", "fell", "unchanged") if not verdict(place, claim)]
    words = {"rose": "More investigations opened", "fell": "Fewer investigations opened", "unchanged": ""}
    expected = words[true] if abs(values[-1] - values[-2]) > 1 else ""
    assert expected == said_of(place, OPENED, ENGLISH)


OTHER = "flags: [d], definition: narrow"


@pytest.mark.parametrize(("before", "after"), [("23", "24"), (f"{{total: 16, {OTHER}}}", f"{{total: 11, {OTHER}}}")])
def test_one_more_and_what_is_defined_otherwise_are_no_headline(tmp_path: Path, before: str, after: str) -> None:
    place = known(tmp_path, {2019: before, 2020: after})
    assert "" == said_of(place, OPENED, ENGLISH)


def test_words_that_the_catalogue_lacks_in_a_language_are_no_headline(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    assert ["", ""] == [said_of(place, code, load_locale("lt")) for code in (OPENED, "victims.identified")]


def test_a_headline_stands_behind_the_code_of_its_section_with_values_and_claims(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    text = 'justice: Cases {{ investigations.opened | fell("went down") }} to {{ investigations.opened }} <b>'
    assert ("Cases went down to 11 &lt;b&gt;", []) == headline(place, text)


def test_a_headline_holds_no_notes_and_references(tmp_path):
    place = known(tmp_path, {2020: "11"})
    expected = 't.md:1:12: error: {{ note("x") }} is not allowed in a headline [bad-expression]'
    assert [expected] == headline(place, 'justice: {{ note("x") }}')[1]


def test_a_section_missing_in_one_language_falls_back_with_a_note_and_its_own_language(tmp_path):
    files = {"data/XX/text/lt/2020.md": "# victims\n\nAukos.\n"}
    write(tmp_path, files | {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"})
    place = vintage(dataset_of(tmp_path, ("XX",)), "XX", 2020)
    document = compose_document(place, load_locale("lt")).document
    texts = {
        section.code: [(block.language, html(block)) for block in section.blocks if isinstance(block, Text)]
        for section in document.walk()
    }
    remark = '<p class="remark">This section has not been translated. Language of the text: English.</p>\n'
    assert [("", "<p>Aukos.</p>\n")] == texts["victims"]
    assert [("en", remark), "en"] == [texts["general_situation"][0], texts["general_situation"][1][0]]


FALLING = {2016: "50", 2017: "40", 2018: "35", 2019: "30", 2020: "20"}


def why(place: Vintage, claim: str, words: str, base: int | None = None, language: str = "en", part: str = "") -> str:
    address = f"{OPENED}.{part}" if part else OPENED
    seen = place.observation(address)
    assert seen is not None
    expression = Expression(address, Mark("t.md"), filter=claim, words=(words,), base=base)
    return BoundClaim(expression, language, place, seen).disproof().partition(f"is not true of {address}: ")[2]


@pytest.mark.parametrize(
    ("language", "words", "base", "expected"),
    [
        ("en", "fell every year since 2017", 2017, ""),
        ("en", "fell every year since 2017", None, ""),
        ("en", "fell every year", None, "'every year' needs a first year: add it after the words"),
        ("en", "fell for the third year running", None, ""),
        ("en", "fell for the fifth year running", None, "nothing is known for 2015"),
        ("en", "fell for the third year running", 2016, "'for the third year running' begins in 2017, not in 2016"),
        ("en", "fell since 2017", 2017, ""),
        ("en", "fell since 2017", 2018, "the words say 2017, but fell checks 2018: add 2017 after the words"),
        ("en", "fell since 2017", None, "the words say 2017, but fell checks 2019: add 2017 after the words"),
        ("en", "fell in 2020", None, ""),
        ("en", "fell in 2018", None, "the words say 2018, but fell checks 2020"),
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
        ("lt", "sumažėjo dešimčia procentų", "'dešimčia procentų' is not checked by fell"),
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
    expected = ["there is no share for '67 %' in 2020", ""]
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
