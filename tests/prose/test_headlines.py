"""Headlines stand behind the code of their section and claim what can be compared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.document.document import Text
from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.prose.headlines import change_headline, first_fitting, lines_of, part_headline
from reporter.sections.compose import compose as compose_document
from tests.prose.claiming import ENGLISH, OPENED, headline, known, verdict
from tests.small import write
from tests.snapshots import dataset_of

YEARS = (2016, 2017, 2018, 2019, 2020)


@given(st.lists(st.integers(0, 200), min_size=5, max_size=5))
def test_of_the_three_changes_exactly_one_is_true_and_the_headline_says_that_one(tmp_path_factory, values):
    place = known(tmp_path_factory.mktemp("years"), dict(zip(YEARS, map(str, values), strict=True)))
    true = [claim for claim in ("rose", "fell", "unchanged") if not verdict(place, claim)]
    words = {"rose": "more than", "fell": "fewer than", "unchanged": "as many as"}
    headline = change_headline("Opened", place.series(OPENED), place, ENGLISH)
    assert [1, True] == [len(true), words[true[0]] in headline]
    assert headline.startswith(f"Opened: {values[-1]}, ")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({2019: "16", 2020: "11"}, "Opened: 11, 5 fewer than in 2019"),
        ({2019: "11", 2020: "16"}, "Opened: 16, 5 more than in 2019"),
        ({2019: "11", 2020: "11"}, "Opened: 11, as many as in 2019"),
        ({2019: "0", 2020: "0"}, "Opened: 0, as many as in 2019"),
        ({2018: "9", 2020: "11"}, "Opened: 11; no figure for 2019"),
        ({2019: "16", 2020: "missing"}, "Opened: no figure for 2020; 16 in 2019"),
        ({2019: "missing", 2020: "missing"}, ""),
        ({2019: "16", 2020: "at least 11"}, "Opened: ≥\u00a011; not comparable with 2019"),
        ({2019: "16", 2020: "{total: 11, flags: [b]}"}, "Opened: 11; not comparable with 2019"),
    ],
)
def test_a_headline_made_from_the_data_compares_only_what_can_be_compared(tmp_path, figures, expected):
    place = known(tmp_path, figures)
    assert expected == change_headline("Opened", place.series(OPENED), place, ENGLISH)


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        ("{sexual: 8, labour: 3}", 11, "Sexual exploitation: 8 of 11"),
        ("{sexual: 60, labour: 30}", 90, "Sexual exploitation: 67%"),
        ("{sexual: 4, labour: 4}", 8, ""),
        ("{sexual: 4, labour: 3}", 11, ""),
        ("{sexual: 4}", 4, ""),
    ],
)
def test_a_headline_names_the_largest_part_when_there_is_one(tmp_path, parts, total, expected):
    place = known(tmp_path, {2020: f"{{total: {total}, by form: {parts}}}"})
    found = place.parts(OPENED, "form")
    named = [(f"{seen.code.title()} exploitation", seen) for seen in found]
    whole = place.observation(OPENED)
    rest = Decimal(total) - sum(seen.value or 0 for seen in found)
    assert expected == part_headline(named, whole, rest, place, ENGLISH)


def test_a_headline_stands_behind_the_code_of_its_section_with_values_and_claims(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    text = 'justice: Cases {{ investigations.opened | fell("went down") }} to {{ investigations.opened }} <b>'
    assert ("Cases went down to 11 &lt;b&gt;", []) == headline(place, text)


def test_a_headline_holds_no_notes_and_references(tmp_path):
    place = known(tmp_path, {2020: "11"})
    expected = 't.md:1:12: error: {{ note("x") }} cannot stand in a headline [bad-expression]'
    assert [expected] == headline(place, 'justice: {{ note("x") }}')[1]


def test_a_section_without_a_headline_has_none(tmp_path):
    assert ("", []) == headline(known(tmp_path, {2020: "11"}), "justice")


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
        (" ".join(["aaaa"] * 10), 2),
        (" ".join(["aaaa"] * 18), 2),
        (" ".join(["aaaa"] * 19), 3),
        # A capital is wider than a small letter, "i" narrower than "s", "m" the widest.
        ("A" * 33, 1),
        ("A" * 34, 2),
        ("i" * 79, 1),
        ("i" * 81, 2),
        ("s" * 52, 1),
        ("s" * 53, 2),
        ("m" * 24, 1),
        ("m" * 26, 2),
        # An accent makes no letter wider.
        ("š" * 52, 1),
    ],
)
def test_how_many_lines_a_headline_takes_is_estimated_by_the_width_of_its_letters(headline, lines):
    assert lines == lines_of(headline)


def test_of_the_forms_of_a_headline_the_first_that_fits_on_two_lines_is_taken():
    long, short = " ".join(["aaaa"] * 19), " ".join(["aaaa"] * 18)
    assert [short, "a", ""] == [first_fitting(long, short, "a"), first_fitting(long, "a", short), first_fitting(long)]
