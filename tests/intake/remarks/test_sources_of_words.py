"""Of a narrative the words that it prints are looked at, also those within its expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.intake.remarks.overlays import likeness, overlay, plain_text
from reporter.intake.remarks.sources_of_words import with_words_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Plain words.", ["Plain", "words."]),
        ('{{ a.b | fell("Fewer victims") }}, then', ["Fewer", "victims", ",", "then"]),
        ('So {{ a.b | counted("{n} victim", "{n} victims") }}.', ["So", "{n}", "victim", "{n}", "victims", "."]),
        ("{{ a.b }} cases", ["cases"]),
    ],
)
def test_expressions_are_blank_but_for_their_words(written: str, said: list[str]) -> None:
    bare = with_words_said(written)
    assert said == bare.replace("¤", " ").split()
    assert len(written) == len(bare)


def test_lines_stay_where_they_are() -> None:
    written = 'One {{ a.b\n| fell("Two\nthree") }}\nfour'
    assert [place for place, sign in enumerate(written) if sign == "\n"] == [
        place for place, sign in enumerate(with_words_said(written)) if sign == "\n"
    ]


OLD = "In 2020, 24 victims were identified."
NEW = "Then, in 2020, 24 victims of trafficking were identified."


def test_a_word_is_found_where_it_stands_now_and_one_that_is_gone_where_it_would_begin() -> None:
    words = ("2020", "24", "victims", "were", "identified")
    assert [NEW.index(each) for each in words] == [overlay(OLD, NEW).at(OLD.index(each)) for each in words]
    assert OLD.index("were") == overlay(NEW, OLD).at(NEW.index("trafficking"))


@given(st.text(), st.text())
def test_no_place_is_outside_of_the_other_text(one: str, other: str) -> None:
    laid = overlay(one, other)
    assert all(0 <= laid.at(place) <= len(other) for place in range(len(one) + 1))


def test_blanks_that_break_no_line_are_no_difference() -> None:
    assert "Figure 3 – a" == plain_text("Figure\u00a03 \u2013\u202fa")
    assert 1.0 == likeness("Two words", "two\u00a0words")
    assert 0.0 == likeness("", "")
