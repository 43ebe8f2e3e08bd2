"""Places of one text are found in another that nearly says the same."""

from hypothesis import given
from hypothesis import strategies as st

from reporter.intake.remarks.overlays import likeness, overlay, plain_text

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
