"""What is said of a package can be read on a terminal."""

import pytest

from reporter.submission.result import Defect, Verdict, printable, result_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("data/ž.csv", "data/ž.csv"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb", "a\\nb"),
        ("a\u202eb", "a\\u202eb"),
        ("\x00", "\\x00"),
        ("'", "'"),
    ],
)
def test_a_character_that_could_control_a_terminal_is_written_out(text: str, said: str) -> None:
    assert said == printable(text)
    assert f"{said}: was altered" == str(Defect(text, "was altered"))


def test_a_check_passes_without_defects_and_fails_with_any() -> None:
    assert Verdict.PASSED is result_of("manifest", ("3 files",), ()).verdict
    assert Verdict.FAILED is result_of("manifest", ("3 files",), (Defect("a", "was altered"),)).verdict
