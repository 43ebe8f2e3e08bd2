"""Headlines: what is claimed of a figure is borne out by it, and what the data make themselves claims no more."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.document.document import Text
from reporter.errors import Mark
from reporter.i18n import load_locale
from reporter.load.text import read_passages
from reporter.model import Passage, Vintage, vintage
from reporter.prose.claims import why_untrue
from reporter.prose.evaluation import Printer
from reporter.prose.expression import Expression, parse
from reporter.prose.headlines import change_headline, part_headline
from reporter.prose.narrative import NoteBook, compose
from reporter.prose.times import contradiction
from reporter.sections.compose import compose as compose_document
from reporter.sections.passages import effective_passage
from tests.small import write
from tests.snapshots import dataset_of

ENGLISH = load_locale("en")
OPENED = "investigations.opened"
YEARS = (2016, 2017, 2018, 2019, 2020)


def known(tmp_path, figures: dict[int, str]) -> Vintage:
    """Some years with the value of one figure each, as written in its file."""
    files = dict.fromkeys(("data/XX/2018.yaml", "data/XX/2019.yaml", "data/XX/2020.yaml")) | {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  {OPENED}: {value}\n"
        for year, value in figures.items()
    }
    write(tmp_path, files)
    return vintage(dataset_of(tmp_path, ("XX",)), "XX", max(figures))


def verdict(place: Vintage, claim: str, base: int | None = None, address: str = OPENED) -> str:
    seen = place.observation(address)
    assert seen is not None
    return why_untrue(claim, place, seen, base)


@pytest.mark.parametrize(
    ("before", "after", "claim", "expected"),
    [
        ("16", "11", "fell", ""),
        ("16", "11", "rose", "it went from 16 in 2019 to 11 in 2020"),
        ("11", "16", "rose", ""),
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
        ("{total: 8, by form: {sexual: 4, labour: 4}}", "it is 4, labour is 4"),
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


def test_only_a_part_is_a_majority(tmp_path):
    assert "only a part of a breakdown can be the majority" == verdict(known(tmp_path, {2020: "11"}), "majority")


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


# What is written by hand


def headline(place: Vintage, heading: str) -> tuple[str, list[str]]:
    (passage,), findings = read_passages(f"# {heading}\n\nText.\n", "t.md", "en", place.year)
    assert [] == findings
    made = compose(passage, Printer(place, ENGLISH, {}), NoteBook())
    return made.headline.html if made.headline else "", [str(each).splitlines()[0] for each in made.findings]


def test_a_headline_stands_behind_the_code_of_its_section_with_values_and_claims(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    text = 'justice: Cases {{ investigations.opened | fell("went down") }} to {{ investigations.opened }} <b>'
    assert ("Cases went down to 11 &lt;b&gt;", []) == headline(place, text)


def test_a_claim_that_is_not_true_is_refused_where_it_stands(tmp_path):
    place = known(tmp_path, {2019: "16", 2020: "11"})
    expected = "t.md:1:12: error: 'rose' is not true of investigations.opened: it went from 16 in 2019 to 11 in 2020"
    assert [f"{expected} [claim-untrue]"] == headline(place, 'justice: {{ investigations.opened | rose("rose") }}')[1]


@pytest.mark.parametrize(
    ("before", "after", "words", "language", "right"),
    [
        (10, 20, "doubled", "en", True),
        (10, 29, "more than doubled", "en", True),
        (10, 19, "doubled", "en", False),
        (10, 19, "nearly doubled", "en", True),
        (10, 17, "nearly doubled", "en", False),
        (10, 30, "doubled", "en", False),
        (10, 30, "tripled", "en", True),
        (0, 30, "tripled", "en", False),
        (10, 31, "three times as many cases", "en", True),
        (10, 55, "a fivefold rise", "en", True),
        (10, 12, "rose", "en", True),
        (20, 10, "halved", "en", True),
        (20, 11, "halved", "en", False),
        (20, 11, "almost halved", "en", True),
        (10, 20, "padvigubėjo", "lt", True),
        (10, 14, "padvigubėjo", "lt", False),
        (10, 19, "beveik dvigubai daugiau", "lt", True),
        (20, 14, "sumažėjo perpus", "lt", False),
    ],
)
def test_words_that_say_how_many_times_are_held_to_it(tmp_path, before, after, words, language, right):
    place = known(tmp_path, {2019: str(before), 2020: str(after)})
    claim = "rose" if after > before else "fell"
    expression = Expression(OPENED, Mark("t.md"), filter=claim, words=(words,))
    less, more = sorted((before, after))
    expected = "" if right else f"{words!r} is not true of {OPENED}: {more} is not so many times {less}"
    assert expected == contradiction(expression, language, place, place.observation(OPENED))


def test_times_of_parts_are_measured_against_the_next_largest(tmp_path):
    parts = "{total: 20, by form: {sexual: 12, labour: 8}}"
    place = known(tmp_path, {2020: parts})
    words, address = "twice as many as any other", f"{OPENED}.sexual"
    expression = Expression(address, Mark("t.md"), filter="most", words=(words,))
    expected = f"{words!r} is not true of {address}: 12 is not so many times 8"
    assert expected == contradiction(expression, "en", place, place.observation(address))


def test_a_headline_holds_no_notes_and_references(tmp_path):
    place = known(tmp_path, {2020: "11"})
    expected = 't.md:1:12: error: {{ note("x") }} cannot stand in a headline [bad-expression]'
    assert [expected] == headline(place, 'justice: {{ note("x") }}')[1]


def test_a_section_without_a_headline_has_none(tmp_path):
    assert ("", []) == headline(known(tmp_path, {2020: "11"}), "justice")


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [("en", "1", "1\u00a0case"), ("en", "11", "11\u00a0cases"), ("en", "0", "0\u00a0cases")],
)
def test_a_noun_follows_its_number(tmp_path, language, number, expected):
    place = known(tmp_path, {2020: number})
    text = Passage("justice", language, 2020, f'{{{{ {OPENED} | counted("case", "cases") }}}}', Mark("t.md", 2))
    made = compose(text, Printer(place, load_locale(language), {}), NoteBook())
    assert f"<p>{expected}</p>\n" == made.parts[0][1].html


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "auka"), (21, "auka"), (2, "aukos"), (24, "aukos"), (10, "aukų"), (11, "aukų")]
)
def test_lithuanian_has_three_forms(number, expected):
    assert expected == load_locale("lt").form(("auka", "aukos", "aukų"), number)


# A section that is not translated


def test_a_section_missing_in_one_language_falls_back_with_a_note_and_its_own_language(tmp_path):
    files = {"data/XX/text/lt/2020.md": "# victims\n\nAukos.\n"}
    write(tmp_path, files | {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"})
    place = vintage(dataset_of(tmp_path, ("XX",)), "XX", 2020)
    document = compose_document(place, load_locale("lt")).document
    texts = {
        section.code: [(block.language, block.html) for block in section.blocks if isinstance(block, Text)]
        for section in document.walk()
    }
    remark = '<p class="remark">This section has not been translated. Language of the text: anglų.</p>'
    assert [("", "<p>Aukos.</p>\n")] == texts["victims"]
    assert [("", remark), "en"] == [texts["general_situation"][0], texts["general_situation"][1][0]]


@pytest.mark.parametrize(
    ("claim", "base", "expected"),
    [
        ("unchanged", 2020, "it is measured from 2020, which is not before 2020"),
        ("rose", 2021, "it is measured from 2021, which is not before 2020"),
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


def test_an_older_text_of_the_language_gives_way_to_a_newer_one_of_another(tmp_path):
    files = {"data/XX/text/lt/2019.md": "# general_situation\n\nSena.\n"}
    write(tmp_path, files | {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"})
    place = vintage(dataset_of(tmp_path, ("XX",)), "XX", 2020)
    found = effective_passage(place, "general_situation", "lt")
    assert ("en", 2020) == (found.language, found.year)
