"""No line ends between a number and its word, before a dash or after an initial."""

import pytest

from reporter.theme.line_ends import held_together


@pytest.mark.parametrize(
    "text",
    [
        "2020~m.",
        "(2020~m.)",
        "2020~m. balandžio~18~d.",
        "147~straipsnis",
        "147¹~straipsnį",
        "147-1~straipsnis",
        "487~straipsnyje",
        "Nr.~5",
        "žr. 6~lent.",
        "24~proc.",
        "3~mln. eurų",
        "iki 30~000 gyventojų",
        "1~234~567 asmenys",
        "54~%",
        "12~p.",
        "p.~5",
        "Article~147",
        "Articles~147 and 157",
        "No~5",
        "No.~12",
        "18~April 2012",
        "5~May",
        "2~per cent",
        "Direktyva~2011/36/ES",
        "Directive~2011/36/EU",
        "J.~Jonaitis",
        "R. P.~Žalys".replace(". P", ".~P"),
        "t.~y.",
        "vyrai~– 24",
        "<b>147</b>~straipsnis",
        "<b>Nuteista</b>~– 17",
        "Article~<b>147</b>",
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str):
    assert text.replace("~", "\u00a0") == held_together(text.replace("~", " "))


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 men",
        "2019 ir 2020",
        "No victims",
        "24 aukos",
        "2017 2018",
        "2019 147",
        "5 2019",
        "M 10 5 m.5 3",
        "– 5",
        "Chapter on",
        '<img alt="2020 m. – 5">',
    ],
)
def test_a_line_may_end_elsewhere(text: str):
    assert text == held_together(text)


def test_what_is_held_together_stays_so():
    assert held_together("2020 m. – 5") == held_together(held_together("2020 m. – 5"))
