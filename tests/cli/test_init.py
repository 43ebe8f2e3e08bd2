"""`reporter init` and `new` begin a workspace and a year, `reporter admin messages` a language."""

import re
from datetime import datetime
from importlib import import_module

import pytest

from reporter.data.errors import ExitCode
from tests import small
from tests.countries import published_file
from tests.fixtures import ROOT

WAYS = (
    "  hint: reporter init DIR --country FI --languages en,fi for a country, "
    "reporter init DIR --example for Lithuania\n"
)
FINLAND = ("--country", "FI", "--languages", "en,fi")


def test_the_example_is_a_workspace_that_checks_without_error(called, tmp_path):
    made = tmp_path / "new" / "place"
    code, out, err = called("init", made, "--example")
    assert (0, f"{made} is ready\n", f"next: cd {made} && reporter build\n") == (code, out, err)
    assert 0 == called("check", "-q", "-w", made)[0]
    assert (ROOT / "data/LT/2020.yaml").read_bytes() == (made / "data/LT/2020.yaml").read_bytes()
    there = {path.name for path in made.iterdir()} - {"themes"}
    assert ({"build", "data", "reporter.yaml", "schema"}, [made]) == (there, list(made.parent.iterdir()))
    assert (ROOT / "build/README.md").read_bytes() == (made / "build/README.md").read_bytes()
    assert {".gitignore", "README.md"} == {path.name for path in (made / "build").iterdir()} - {".cache"}
    for path in made.rglob("*.yaml"):
        named = path.parent / path.read_text(encoding="utf-8").partition("\n")[0].partition("$schema=")[2]
        assert named.resolve() in [*made.resolve().glob("schema/*.json")], path


def test_a_country_begins_in_the_year_that_is_over_and_says_what_comes_next(called, monkeypatch, tmp_path):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2031, 1, 2, tzinfo=tz)

    monkeypatch.setattr(import_module("reporter.cli.start"), "datetime", Clock)
    made = tmp_path / "finland"
    code, out, err = called("init", made, *FINLAND)
    assert (0, f"{made} is ready\n") == (code, out)
    assert err.startswith(
        f"next: cd {made} && reporter build\n"
        "then: replace the text in brackets in data/FI/country.yaml,\n"
        "      and answer the open questions in data/FI/2030.yaml\n"
    )
    assert ["2030.yaml", "country.yaml", "text"] == sorted(path.name for path in (made / "data" / "FI").iterdir())
    assert 0 == called("check", "-w", made)[0]


def test_it_says_what_is_in_english_and_which_rules_do_not_read_a_language(called, tmp_path):
    err = called("init", tmp_path / "iceland", "--country", "IS", "--languages", "en,is")[2]
    assert "the program is not translated into is: headings, labels and sentences stay in English\n  hint: " in err
    assert re.search(
        r"^some rules cannot check texts in is\n  hint: check these yourself: .*words such as fell or highest",
        err,
        re.M,
    )
    (tmp_path / "unodc.csv").write_text(published_file("FI"))
    (tmp_path / "imported").mkdir()
    asked = ("import", "glotip", tmp_path / "unodc.csv", "FI", "--languages", "en,is", "-w", tmp_path / "imported")
    assert "the program is not translated into is: headings" in called(*asked)[2]
    assert "" == called(*asked, "2023")[2]
    err = called("init", tmp_path / "ireland", "--country", "IE", "--languages", "en")[2]
    assert re.search(r"in data/IE/\d+\.yaml\n\Z", err)
    assert (0, "", "") == called("init", tmp_path / "quiet", *FINLAND, "-q")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), f"--country or --example is missing\n{WAYS}"),
        (("--languages", "en,fi"), f"--country or --example is missing\n{WAYS}"),
        (("--example", *FINLAND), f"--country and --example together\n{WAYS}"),
        (("--country", "fi", "--languages", "en"), "'fi' is not a country code\n  hint: write FI\n"),
        ((*FINLAND, "--year", "25"), "'25' is not a year\n  hint: did you mean 2025?\n"),
    ],
)
def test_what_cannot_be_begun_is_wrong_usage_and_nothing_is_left(called, tmp_path, words, said):
    assert (ExitCode.USAGE, "", f"reporter: {said}") == called("init", tmp_path / "new", *words)
    assert [] == list(tmp_path.iterdir())


def test_init_fills_an_empty_folder_also_the_current_one_and_no_other(called, monkeypatch, tmp_path):
    made = tmp_path / "my country"
    made.mkdir()
    monkeypatch.chdir(made)
    before = made.stat().st_ino
    assert f"next: cd '{made}' && reporter build\n" == called("init", made, *FINLAND)[2].partition("then")[0]
    assert (before, True) == (made.stat().st_ino, (made / "reporter.yaml").is_file())
    assert 2 == called("init", ".", *FINLAND)[0]
    (tmp_path / "file").write_text("")
    code, _, err = called("init", tmp_path / "file", *FINLAND)
    assert (ExitCode.USAGE, True) == (code, f"{tmp_path}/file is no folder\n" in err)
    code, out, err = called("init", tmp_path / "file" / "new", *FINLAND)
    assert (ExitCode.FINDINGS, "", True) == (code, out, "cannot be created: " in err)


YEAR, TEXT = "data/XX/2021.yaml", "data/XX/text/en/2021.md"


def test_a_new_year_is_written_and_the_next_step_is_said_and_no_file_is_written_over(called, right):
    code, out, err = called("new", "XX", 2021, "-w", right)
    assert (0, [YEAR, TEXT]) == (code, [line[line.index("data/") :] for line in out.splitlines()])
    assert "next: answer the open questions; reporter build XX 2021 shows the draft\n" == err
    assert small.FILES[small.YEAR].count("women") == (right / YEAR).read_text().count("women")
    (right / YEAR).write_text("mine")
    (right / TEXT).unlink()
    code, out, _ = called("new", "XX", 2021, "-w", right)
    assert (0, "mine", True) == (code, (right / YEAR).read_text(), (right / TEXT).is_file())
    assert out.splitlines()[0].endswith(f"{YEAR} (exists, unchanged)")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("XX", 2018), "XX has no year before 2018 to start from\n  hint: its first year is 2018; choose a later one"),
        (("YY", 2021), "'YY' is not a country code\n  hint: write two capital letters, such as FI"),
        (("XX",), "is not a country code"),
    ],
)
def test_a_year_that_cannot_begin_says_why(called, right, words, expected):
    code, _, err = called("new", *words, "-w", right)
    assert (2, True) == (code, expected in err)


def test_a_country_begins_beside_the_others_and_never_twice(called, right):
    code, out, err = called("new", "FI", 2021, "-w", right)
    paths = ["data/FI/country.yaml", "data/FI/2021.yaml", "data/FI/text/en/2021.md"]
    assert (0, paths) == (code, [line[line.index("data/") :] for line in out.splitlines()])
    assert "next: replace the text in brackets in data/FI/country.yaml\n" in err
    code, _, err = called("new", "FI", "-w", right)
    assert (2, True) == (code, "to add a year, run reporter new FI YEAR" in err)


def test_a_fresh_year_is_checked_in_a_screen_and_seen_at_once_and_counted(called, right):
    called("new", "XX", 2021, "-w", right)
    code, out, err = called("check", "XX", 2021, "-w", right)
    assert (0, True) == (code, out.count("\n") + err.count("\n") < 24)
    assert f"{YEAR}:10:12: note: investigations: 3 of 3 are not answered yet [unanswered]" in out
    code, out, _ = called("build", "XX", 2021, "--format", "html", "-w", right)
    assert (0, ["draft"]) == (code, [each.name for each in (right / "build/XX/2021").iterdir()])
    page = (right / "build/XX/2021/draft/XX-2021-en.html").read_text(encoding="utf-8")
    assert (True, True) == ("Draft, not for publication" in page, "not answered yet" in page)
    assert "victims: 3 of 3 are not answered yet" in called("status", "XX", 2021, "-w", right)[1]
    draft = (right / YEAR).read_text()
    for status in ("provisional", "final"):
        (right / YEAR).write_text(draft.replace("status: draft", f"status: {status}"))
        code, _, err = called("build", "XX", 2021, "--format", "html", "-w", right)
        assert (1, True) == (code, "victims: 3 of 3 are not answered yet [left-unanswered]" in err)
    assert ["draft"] == [each.name for each in (right / "build/XX/2021").iterdir()]
