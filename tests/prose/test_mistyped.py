"""What was meant by an expression that is none, when it can be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.model import Passage
from reporter.model.word_signs import WORD_QUOTES
from reporter.prose.expression import parse

WORD = "has the quotes of Word"
QUOTES = "has words without quotes, or with one"


def told(text: str) -> list[str]:
    passage = Passage(section="victims", language="en", year=2020, markdown=text, mark=Mark("2020.md", 2))
    return [f"{each.message} | {each.hint}" for each in parse(passage)[1]]


@pytest.mark.parametrize(
    ("text", "what", "meant"),
    [
        *(
            (f"{{{{ a.b | fell({one}fewer{other}) }}}}", WORD, '{{ a.b | fell("fewer") }}')
            for one, other in ("“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", "””")
        ),
        ("{{ a.b | fell(“it’s fewer”) }}", WORD, '{{ a.b | fell("it\'s fewer") }}'),
        ("{{ a.b | fell(fewer) }}", QUOTES, '{{ a.b | fell("fewer") }}'),
        ('{{ a.b | at("2017") }}', QUOTES, "{{ a.b | at(2017) }}"),
        ("{{ note(As published) }}", QUOTES, '{{ note("As published") }}'),
        ("{{ a.b | at 2017 }}", "names a year otherwise than at(YEAR)", "{{ a.b | at(2017) }}"),
        ("{{ A.B | Share }}", "has capital letters", "{{ a.b | share }}"),
        ("{{ a.b }", "is not closed", "{{ a.b }}"),
        ('{{ a.b | fell("fewer }}', "is not closed", '{{ a.b | fell("fewer") }}'),
        ("{ a.b }", "has single braces", "{{ a.b }}"),
        ("{ a.b | share }", "has single braces", "{{ a.b | share }}"),
    ],
)
def test_what_was_meant_is_what_to_write(text: str, what: str, meant: str):
    assert [f"{text} {what} | write {meant}"] == told(text)
    assert [] == told(meant)


@pytest.mark.parametrize("text", ["{{ a.b + 1 }}", "{{ a.b", "{{ range(10) }}", "{% if a.b %}"])
def test_nothing_is_guessed_where_nothing_can_be_told(text: str):
    assert ["write a figure such as {{ investigations.opened }}, a filter"] == [
        each.partition(" | ")[2][:60] for each in told(text)
    ]


@pytest.mark.parametrize("text", ["the set {a, b}", "{title}: {country}", "{ }", "a {b} c"])
def test_braces_that_hold_no_figure_are_text(text: str):
    assert [] == told(text)


@given(st.text(f"{{}}|()\"' ab.at2017{WORD_QUOTES}", max_size=30))
def test_whatever_is_proposed_is_an_expression(text: str):
    for each in told(f"{{{{ {text} }}}}"):
        _, _, meant = each.partition(" | write {{")
        if meant and "such as" not in each:
            assert [] == told(f"{{{{{meant}")
