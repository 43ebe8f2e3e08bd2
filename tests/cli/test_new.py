"""`reporter new`: a year begins, and nothing is written over."""

import pytest

from tests import small

YEAR, TEXT = "data/XX/2021.yaml", "data/XX/text/en/2021.md"


def test_a_new_year_is_written_and_the_next_step_is_said_and_no_file_is_written_over(called, right):
    code, out, err = called("new", "XX", 2021, "-w", right)
    assert (0, [YEAR, TEXT]) == (code, [line[line.index("data/") :] for line in out.splitlines()])
    assert "next: answer what is unanswered; reporter build XX 2021 shows the draft\n" == err
    assert small.FILES[small.YEAR].count("women") == (right / YEAR).read_text().count("women")
    (right / YEAR).write_text("mine")
    (right / TEXT).unlink()
    code, out, _ = called("new", "XX", 2021, "-w", right)
    assert (0, "mine", True) == (code, (right / YEAR).read_text(), (right / TEXT).is_file())
    assert out.splitlines()[0].endswith(f"{YEAR} (is there already, and stays as it is)")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("XX", 2018), "XX has no year before 2018 to begin from\n  hint: its first year is 2018; name a later one"),
        (("YY", 2021), "'YY' is no country code\n  hint: write two capital letters, such as FI"),
        (("XX",), "is no country code"),
    ],
)
def test_a_year_that_cannot_begin_says_why(called, right, words, expected):
    code, _, err = called("new", *words, "-w", right)
    assert (2, True) == (code, expected in err)


def test_a_country_begins_beside_the_others_and_never_twice(called, right):
    code, out, err = called("new", "FI", 2021, "-w", right)
    paths = ["data/FI/country.yaml", "data/FI/2021.yaml", "data/FI/text/en/2021.md"]
    assert (0, paths) == (code, [line[line.index("data/") :] for line in out.splitlines()])
    assert "next: write over what stands in brackets in data/FI/country.yaml\n" in err
    code, _, err = called("new", "FI", "-w", right)
    assert (2, True) == (code, "to begin a year, write reporter new FI YEAR" in err)


def test_a_fresh_year_is_checked_in_a_screen_and_seen_at_once_and_counted(called, right):
    called("new", "XX", 2021, "-w", right)
    code, out, err = called("check", "XX", 2021, "-w", right)
    assert (0, True) == (code, out.count("\n") + err.count("\n") < 24)
    assert f"{YEAR}:10:12: note: investigations: 3 of 3 are not answered yet [unanswered]" in out
    code, out, _ = called("build", "XX", 2021, "--format", "html", "-w", right)
    assert (0, ["draft"]) == (code, [each.name for each in (right / "build/XX/2021").iterdir()])
    page = (right / "build/XX/2021/draft/XX-2021-en.html").read_text(encoding="utf-8")
    assert "Draft, not for publication" in page
    assert "not answered yet" in page

    assert "victims: 3 of 3 are not answered yet" in called("status", "XX", 2021, "-w", right)[1]


def test_what_is_not_answered_stops_an_edition_that_is_no_draft(called, right):
    called("new", "XX", 2021, "-w", right)
    draft = (right / YEAR).read_text()
    for status in ("provisional", "final"):
        (right / YEAR).write_text(draft.replace("status: draft", f"status: {status}"))
        code, _, err = called("build", "XX", 2021, "--format", "html", "-w", right)
        assert (1, True) == (code, "victims: 3 of 3 are not answered yet [left-unanswered]" in err)
        assert not (right / "build/XX/2021").exists()
