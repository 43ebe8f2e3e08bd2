"""Values in running text: low numbers in words, all of one kind alike, and capitals where a sentence begins."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.prose.evaluation import Printer
from reporter.prose.expression import parse
from reporter.prose.markdown_text import markdown_text
from tests import small
from tests.prose.printing import narrative, passage

FIGURES = """\
  victims.identified: {total: 8, by person: {women: 4, men: 3, children: 1}}
  investigations.opened: {total: 11, by form: {sexual: 2, labour: 9}}
  persons.convicted: at least 6
"""
BEFORE = "  victims.identified: 5\n  investigations.opened: 9"
WOMEN, MEN = "{{ victims.identified.women }}", "{{ victims.identified.men }}"
OPENED, SEXUAL = "{{ investigations.opened }}", "{{ investigations.opened.sexual }}"

REFERENCES = ("art.", "article", "para.", "section", "Ch.", "§", "no.", "pp.", "Fig.", "Vol.", "annex", "USD", "PLN")
UNITS = ("USD", "LTL", "million euros", "dollars", "pp", "g", "h", "min", "a.m.")


@pytest.fixture
def plain(printed):
    """The text of a paragraph, without tags."""
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
            '{{ victims.identified | counted("{n} victim was", "{n} victims were") }} found.',
            "Eight victims were found.",
        ),
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
        ("The number of identified victims rose from 5 in 2019 to 8 in 2020.",),
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
        ('majority("most") | digits', "the filter 'majority' prints what it says"),
        ("change | digits", "the filter 'change' prints what it says"),
    ],
)
def test_digits_come_last_and_only_where_there_could_be_words(filters, problem):
    _, (found,) = parse(passage(f"{{{{ victims.identified.women | {filters} }}}}"))
    assert ("bad-expression", True) == (found.code, problem in found.message)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_numbers_of_one_kind_look_alike_in_a_sentence(tmp_path_factory, numbers):
    years = {f"data/XX/{2020 - n}.yaml": f"year: {2020 - n}\nsource: police\nfigures: {{persons.convicted: {each}}}\n"
             for n, each in enumerate(numbers)}  # fmt: skip
    known = vintage(small.load(tmp_path_factory.mktemp("small"), years), "XX", 2020)
    text = " and ".join(f"{{{{ persons.convicted | at({2020 - n}) }}}} here" for n in range(len(numbers)))
    said = re.sub("<[^>]+>", "", narrative(known, load_locale("en"), f"Found {text}.").parts[0][1].html)
    words = all(1 <= each <= 9 for each in numbers)
    assert words == (not re.search(r"\d", said))
    assert words or re.findall(r"\d+", said) == [str(each) for each in numbers]


def test_what_is_left_out_before_a_value_gives_it_the_capital(tmp_path):
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n{FIGURES}"}), "XX", 2020)
    text = f'As {{{{ figure("forms_year") }}}} shows, {WOMEN} women were found.'
    made = markdown_text("T", (), (passage(text),), Printer(known, load_locale("en"), {}))
    assert "# T\n\nFour women were found.\n" == made.markdown
