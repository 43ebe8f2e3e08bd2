"""What a delivery came to, and what others said about it in one line."""

import pytest

from reporter.submission.message_state import Act, Answer, State, clean


@pytest.mark.parametrize(
    ("state", "act"), [(State.QUEUED, Act.DEFERRED), (State.SENT, Act.SENT), (State.FAILED, Act.FAILED)]
)
def test_the_log_tells_of_a_message_that_waits_again_as_deferred(state: State, act: Act) -> None:
    assert act is Answer(state, "").act


def test_what_was_said_is_one_line_of_300_characters_at_most() -> None:
    assert "550 no such user" == clean(" 550 no\r\n such\tuser ")
    assert "x" * 300 == clean("x" * 300)
    assert "x" * 299 + "…" == clean("x" * 301)
