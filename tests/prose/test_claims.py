"""What is claimed of a figure is borne out by it, and headlines claim what can be compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.document import Text
from reporter.errors import Mark
from reporter.i18n import load_locale
from reporter.model import Passage, vintage
from reporter.prose.expression import parse
from reporter.prose.headlines import change_headline, lines_of
from reporter.sections.compose import compose as compose_document
from tests.prose.printing import ENGLISH, OPENED, headline, known, verdict
from tests.small import write
from tests.snapshots import dataset_of


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


def test_a_change_may_be_claimed_from_an_earlier_year(tmp_path):
    place = known(tmp_path, {2017: "35", 2019: "10", 2020: "11"})
    assert ["", "it went from 10 in 2019 to 11 in 2020"] == [verdict(place, "fell", 2017), verdict(place, "fell")]


def test_a_rank_looks_at_the_whole_series_and_allows_a_tie(tmp_path):
    place = known(tmp_path, {2018: "11", 2019: "16", 2020: "11"})
    assert ["", "it was 16 in 2019 and 11 in 2020"] == [verdict(place, "lowest"), verdict(place, "highest")]


def test_a_rank_does_not_look_across_a_break_unless_it_says_since_when(tmp_path):
    place = known(tmp_path, {2017: "5", 2018: "{total: 14, flags: [b]}", 2019: "16", 2020: "11"})
    refused = "2017 and 2020 cannot be compared (break): name the year it is true since"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2018)]


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
        ("{total: 3, by form: {sexual: 2}}", "nothing is known for 2019: name the year it is true since"),
        ("3", "nothing is known for 2019: name the year it is true since"),
    ],
)
def test_the_first_time_needs_earlier_years_that_are_known_to_have_none(tmp_path, earlier, expected):
    place = known(tmp_path, {2019: earlier, 2020: "{total: 5, by form: {labour: 5}}"})
    assert expected == verdict(place, "first", address=f"{OPENED}.labour")


@pytest.mark.parametrize("flagged", ["total: 5, flags: [b], by form: {labour: 5}", "total: 5, by form: {labour: 5}"])
def test_nothing_is_the_first_time_across_a_break(tmp_path, flagged):
    place = known(tmp_path, {2019: "{total: 3, by form: {sexual: 3}}", 2020: f"{{{flagged}}}"})
    refused = "2019 and 2020 cannot be compared (break): name the year it is true since"
    assert (refused if "flags" in flagged else "") == verdict(place, "first", address=f"{OPENED}.labour")


@pytest.mark.parametrize(
    ("claim", "base", "expected"),
    [
        ("unchanged", 2020, "it is measured from 2020, which is not before 2020"),
        ("lowest", 2020, "it is measured from 2020, which is not before 2020"),
    ],
)
def test_a_claim_is_measured_from_an_earlier_year(tmp_path, claim, base, expected):
    assert expected == verdict(known(tmp_path, {2019: "11", 2020: "11"}), claim, base)


def test_a_rank_does_not_step_over_a_year_without_a_value(tmp_path):
    place = known(tmp_path, {2017: "15", 2019: "16", 2020: "11"})
    refused = "nothing is known for 2018: name the year it is true since"
    assert [refused, ""] == [verdict(place, "lowest"), verdict(place, "lowest", 2019)]


def test_law_and_activities_have_no_series_to_claim_from(tmp_path):
    place = vintage(dataset_of(write(tmp_path), ("XX",)), "XX", 2020)
    assert "counts of law and of activities are of no year" == verdict(place, "rose", None, "law.cc_1.prison_max")


@pytest.mark.parametrize("text", ['{{ investigations.opened | fell("") }}', '{{ countries.target | rose("more") }}'])
def test_a_claim_needs_words_and_a_figure(text):
    assert ["bad-expression"] == [each.code for each in parse(Passage("justice", "en", 2020, text, Mark("t.md", 2)))[1]]


def test_nothing_is_first_where_an_earlier_year_names_what_contains_it(tmp_path):
    figures = {2019: "{total: 9, by person: {women: 5, children: 4}}", 2020: "{total: 9, by person: {girls: 9}}"}
    files = {f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{victims.identified: {each}}}\n"
             for year, each in figures.items()}  # fmt: skip
    place = vintage(dataset_of(write(tmp_path, files | {"data/XX/2018.yaml": None}), ("XX",)), "XX", 2020)
    expected = "nothing is known for 2019: name the year it is true since"
    assert expected == verdict(place, "first", address="victims.identified.girls")


YEARS = (2016, 2017, 2018, 2019, 2020)


@settings(max_examples=12)
@given(st.lists(st.integers(0, 200), min_size=5, max_size=5))
def test_of_the_three_changes_exactly_one_is_true_and_the_headline_says_that_one(tmp_path_factory, values):
    place = known(tmp_path_factory.mktemp("years"), dict(zip(YEARS, map(str, values), strict=True)))
    (true,) = [claim for claim in ("rose", "fell", "unchanged") if not verdict(place, claim)]
    words = {"rose": "More investigations opened", "fell": "Fewer investigations opened", "unchanged": ""}
    assert words[true] == change_headline(place.catalogue.indicator(OPENED), place, ENGLISH)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({2019: "16", 2020: "11"}, "Fewer investigations opened"),
        ({2019: "11", 2020: "11"}, ""),
        ({2018: "9", 2020: "11"}, ""),
        ({2019: "16", 2020: "at least 11"}, ""),
        ({2019: "16", 2020: "{total: 11, flags: [b]}"}, ""),
    ],
)
def test_a_headline_made_from_the_data_says_only_what_can_be_compared(tmp_path, figures, expected):
    place = known(tmp_path, figures)
    assert expected == change_headline(place.catalogue.indicator(OPENED), place, ENGLISH)


def test_words_that_the_catalogue_lacks_in_a_language_are_no_headline(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    indicators = [place.catalogue.indicator(code) for code in (OPENED, "victims.identified")]
    assert ["", ""] == [change_headline(each, place, load_locale("lt")) for each in indicators]


def test_a_headline_stands_behind_the_code_of_its_section_with_values_and_claims(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    text = 'justice: Cases {{ investigations.opened | fell("went down") }} to {{ investigations.opened }} <b>'
    assert ("Cases went down to 11 &lt;b&gt;", []) == headline(place, text)


def test_a_headline_holds_no_notes_and_references(tmp_path):
    place = known(tmp_path, {2020: "11"})
    expected = 't.md:1:12: error: {{ note("x") }} cannot stand in a headline [bad-expression]'
    assert [expected] == headline(place, 'justice: {{ note("x") }}')[1]


def test_a_section_missing_in_one_language_falls_back_with_a_note_and_its_own_language(tmp_path):
    files = {"data/XX/text/lt/2020.md": "# victims\n\nAukos.\n"}
    write(tmp_path, files | {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"})
    place = vintage(dataset_of(tmp_path, ("XX",)), "XX", 2020)
    document = compose_document(place, load_locale("lt")).document
    texts = {
        section.code: [(block.language, block.html) for block in section.blocks if isinstance(block, Text)]
        for section in document.walk()
    }
    remark = '<p class="remark">This section has not been translated. Language of the text: English.</p>'
    assert [("", "<p>Aukos.</p>\n")] == texts["victims"]
    assert [("en", remark), "en"] == [texts["general_situation"][0], texts["general_situation"][1][0]]


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        # Four letters of half an em and a blank of a quarter: nine words fill a line of 20 em, and eighteen two.
        (" ".join(["aaaa"] * 9), 1),
        (" ".join(["aaaa"] * 19), 3),
        # A capital is wider than a small letter, "i" narrower than "s", "m" the widest.
        ("A" * 34, 2),
        ("i" * 81, 2),
        ("s" * 52, 1),
        ("s" * 53, 2),
        ("m" * 26, 2),
        # An accent makes no letter wider.
        ("š" * 52, 1),
    ],
)
def test_how_many_lines_a_headline_takes_is_estimated_by_the_width_of_its_letters(headline, lines):
    assert lines == lines_of(headline)
