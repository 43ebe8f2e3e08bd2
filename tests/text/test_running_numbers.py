"""Values and sentences in running text, and calls of footnotes behind words."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.i18n import load_locale
from reporter.data.records import vintage
from reporter.text.evaluation import Printer
from reporter.text.expression import parse
from reporter.text.markdown_writer import markdown_text
from reporter.text.narrative import settled
from reporter.text.tree import Call, Paragraph, Place, Run, Text, Words, line_of, runs
from tests import small
from tests.small import HEAD, YEAR
from tests.text.printing import narrative, passage
from tests.texts import blocks, html

FIGURES = """\
  victims.identified: {total: 8, by person: {women: 4, men: 3, children: 1}}
  investigations.opened: {total: 11, by form: {sexual: 2, labour: 9}}
  persons.convicted: at least 6
"""
BEFORE = "  victims.identified: 5\n  investigations.opened: 9"
WOMEN, MEN = "{{ victims.identified.women }}", "{{ victims.identified.men }}"
NO_CHANGE = "Persons convicted: no change from 2019 to 2020 can be given"
OPENED, SEXUAL = "{{ investigations.opened }}", "{{ investigations.opened.sexual }}"
REFERENCES = ("art.", "article", "para.", "section", "Ch.", "§", "no.", "pp.", "Fig.", "Vol.", "annex", "USD", "PLN")
UNITS = ("USD", "LTL", "million euros", "dollars", "pp", "g", "h", "min", "a.m.")


@pytest.fixture
def plain(printed):
    return lambda text: re.sub("<[^>]+>", "", printed(text, FIGURES, BEFORE)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"They found {WOMEN} women.", "They found four women."),
        (f"{WOMEN} women were found. {MEN} were men.", "Four women were found. Three were men."),
        (f"In {{{{ year }}}}, {WOMEN} women came.", "In 2020, four women came."),
        ("{{ persons.convicted }} persons.", "At least six persons."),
        ('Here is {{ victims.identified.children | counted("child", "children") }}.', "Here is one child."),
        (
            "{{ victims.identified | change_sentence }}",
            "The number of identified victims rose from five in 2019 to eight in 2020.",
        ),
        ("**" + WOMEN + "** women. *Then* " + MEN + " men.", "Four women. Then three men."),
        (f"- {WOMEN} women;\n- {MEN} men.", "\nfour women;\nthree men.\n\n"),
        (f"They were:\n\n1. {WOMEN} women.\n2. {MEN} men.", "They were:</p>\n\nFour women.\nThree men.\n\n"),
        (f"> {WOMEN} women came.\n> {MEN} men left.", "\nFour women came.\nThree men left.\n\n"),
        (
            f"In 2019, {WOMEN} women and, under Article 147, {MEN} men.",
            "In 2019, four women and, under Article 147, three men.",
        ),
    ],
)
def test_low_numbers_are_words_in_running_text(plain, written, said):
    assert said.replace("</p>", "") == plain(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # one of the kind has two digits
        (f"{OPENED} cases, {SEXUAL} of them sexual, {WOMEN} women.", "11 cases, 2 of them sexual, four women."),
        ("Of the cases {{ investigations.opened.sexual | share }} were.", "Of the cases 2 of 11 were."),
        (
            "{{ investigations.opened | change_sentence }}",
            "The number of investigations opened rose from 9 in 2019 to 11 in 2020.",
        ),
        # somebody typed a number, or asks for figures
        (f"There were {WOMEN} women and 12 others.", "There were 4 women and 12 others."),
        ("There were {{ victims.identified.women | digits }} women.", "There were 4 women."),
        # beside signs and units, in references, and where a value stands for itself
        (f"So {WOMEN} % and {MEN} km.", "So 4 % and 3 km."),
        (f"Article {WOMEN} and {MEN}–{WOMEN}, ≥ {MEN}.", "Article 4 and 3–4, ≥ 3."),
        (f"Women ({WOMEN}), men ({MEN}).", "Women (4), men (3)."),
        (f"The {WOMEN}th on A{MEN}, {MEN}.5 or 0,{WOMEN}.", "The 4th on A3, 3.5 or 0,4."),
        (f"Women and cases ({WOMEN} and {SEXUAL}).", "Women and cases (4 and 2)."),
        *((f"See {sign} {WOMEN} here.", f"See {sign} 4 here.") for sign in REFERENCES),
        *((f"So {WOMEN} {sign} here.", f"So 4 {sign} here.") for sign in UNITS),
        ("It is {{ victims.identified | change }}.", "It is +3."),
    ],
)
def test_numbers_stay_in_figures_beside_others_of_their_kind(plain, written, said):
    assert said == plain(written).strip()


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ('digits | counted("woman", "women")', "has more filters than at(YEAR), one other, and digits as the last"),
        ("digits | at(2019)", "has more filters than at(YEAR), one other, and digits as the last"),
        ('majority("most") | digits', "the filter 'majority' prints its own words"),
        ("change | digits", "the filter 'change' prints its own words"),
    ],
)
def test_digits_come_last_and_only_where_there_could_be_words(filters, problem):
    _, (found,) = parse(passage(f"{{{{ victims.identified.women | {filters} }}}}"))
    assert ("bad-expression", True) == (found.code, problem in found.message)


def test_what_is_left_out_before_a_value_gives_it_the_capital(tmp_path):
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n{FIGURES}"}), "XX", 2020)
    text = f'As {{{{ figure("forms_year") }}}} shows, {WOMEN} women were found.'
    made, _ = markdown_text("T", (), (passage(text),), Printer(known, load_locale("en"), {}))
    assert "# T\n\nFour women were found.\n" == made


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("7", "5", "The number of persons convicted rose from five in 2019 to seven in 2020."),
        ("7", "7", "The number of persons convicted was seven in 2019 and in 2020."),
        ("7", "missing", f"{NO_CHANGE} (one of the two figures is missing)."),
        ("at least 7", "5", f"{NO_CHANGE} (not comparable: the value is not exact)."),
    ],
)
def test_a_change_sentence_is_right_for_every_pair(printed, now, before, expected):
    sentence = "{{ persons.convicted | change_sentence }}"
    assert expected == printed(sentence, f"  persons.convicted: {now}", f"  persons.convicted: {before}")


@pytest.mark.parametrize(("total", "expected"), [("49", "7 of 49"), ("50", "14%")])
def test_a_share_is_a_percentage_from_a_base_of_fifty_on(printed, total, expected):
    figures = f"  investigations.opened: {{total: {total}, by form: {{sexual: 7}}}}"
    assert expected == printed("{{ investigations.opened.sexual | share }}", figures)


def test_countries_are_listed_as_printed_with_their_groups(tmp_path, english):
    lists = "countries: [{kind: origin, named: [UK, EL, XK], groups: [{en: Nordic countries}]}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    expected = "<p>The United Kingdom, Greece, Kosovo and Nordic countries</p>\n"
    assert expected == html(narrative(known, english, "{{ countries.origin }}").parts[0][1])


NOUNS = frozenset(("victims", "members", "investigations", "tyrimai", "aukų", "women", "gavusių", "asmenų"))
CALLED = Words(" (1)")


def placed(markdown: str, *, typed: bool = False) -> str:
    """HTML of a text with calls, of which each stands where `@` is."""

    def called(run: Run) -> Run:
        return run._replace(leaf=CALLED) if isinstance(run.leaf, Call) else run

    made = []
    for block in blocks(markdown):
        assert isinstance(block, Paragraph)
        line = list(runs(block.inside))
        numbers = {run.leaf.number for run in line if typed and isinstance(run.leaf, Place)}
        made.append(replace(block, inside=line_of(map(called, settled(line, numbers, NOUNS)))))
    return html(Text(tuple(made))).replace("\n", "")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("24@ victims were found, 16 of them women.", "24 victims (1) were found, 16 of them women."),
        ("It has 25@ new members.", "It has 25 new members (1)."),
        ("**25@** new members", "<strong>25</strong> new members (1)"),
        ("It fell to 24@.\n\nMore.", "It fell to 24. (1)</p><p>More."),
        ("It fell from 39@ in 2019 to 24 in 20. More", "It fell from 39 in 2019 to 24 in 20. (1) More"),
        ("A rise by 12.5@ % of all cases, then", "A rise by 12.5 % of all cases (1), then"),
        ("54 %@ pagalbą gavusių asmenų, o kiti", "54 % pagalbą gavusių asmenų (1), o kiti"),
        ("Nustatyta 24@, 2019 m. – 39.", "Nustatyta 24, 2019 m. – 39. (1)"),
        ("Victims: 24@", "Victims (1): 24"),
        ("24@ &amp; 30 women, 'x'", "24 &amp; 30 women (1), 'x'"),
        ("24@ [Table 3](#a), so", '24 <a href="#a">Table 3</a>, so (1)'),
        ("[Figure 3](#a)@", '<a href="#a">Figure 3</a> (1)'),
        ("See [a](#b)2020@", 'See (1) <a href="#b">a</a>2020'),
        ("24@@ victims", "24 victims (1) (1)"),
    ],
)
def test_a_call_waits_for_a_word(markdown, expected):
    assert f"<p>{expected}</p>" == placed(markdown)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("They met@, then left.", "They met (1), then left."),
        ("On 5 May 2015@ it began.", "On 5 May 2015 it began (1)."),
        ("They left.\n\n@They came.", "They left.</p><p>They came (1)."),
    ],
)
def test_a_call_that_somebody_placed_moves_only_from_a_numeral(markdown, expected):
    assert f"<p>{expected}</p>" == placed(markdown, typed=True)


WORDS = "24|12.5| %| victims| of them|,|. |; | (|)| *a*| [the 24](#x)"
PARTS = st.sampled_from([*WORDS.split("|"), " &amp; ", "'", " in 2020", "@", "@"])


@settings(max_examples=50)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_no_call_is_lost_and_none_follows_a_numeral_where_a_word_is_near(text):
    written = f"In all,{text} people came."
    made = placed(written)
    assert written.count("@") == made.count(" (1)")
    assert html(Text(blocks(written.replace("@", "")))) == made.replace(" (1)", "") + "\n"
    assert not re.search(r"[\d%](?:</?em>)*\s\(1\)", made)
