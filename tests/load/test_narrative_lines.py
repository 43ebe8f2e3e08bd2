"""Comments of a narrative."""

from reporter.load.narrative_lines import replace_comments, without_comments


def test_comments_leave_their_lines() -> None:
    assert "a\n\n\nb" == without_comments("a\n<!-- x\ny -->\nb")


def test_what_is_opened_behind_the_last_comment_stays() -> None:
    assert "a b <!-- c <!-- d" == replace_comments("a <!-- x -->b <!-- c <!-- d", lambda _: "")
    assert "--> <!--" == replace_comments("--> <!--", lambda _: "")


def test_a_hundred_thousand_comments_that_nothing_closes_are_read_at_once() -> None:
    text = "<!--" * 100_000
    assert text == without_comments(text)
