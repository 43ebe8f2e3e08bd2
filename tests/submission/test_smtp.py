"""What a server says becomes one line of printable signs."""

from reporter.submission.message_state import clean


def test_what_a_server_says_becomes_one_line_of_printable_signs():
    assert "550 no [31m such user" == clean("550 no\r\n\x1b[31m such\x00user")
    assert 300 == len(clean("x" * 5000))
