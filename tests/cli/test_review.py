"""`reporter review` tells what a Word file says by section and sentence, and keeps what was decided."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.files.workspace import Workspace
from tests import reviews
from tests.fixtures import Say
from tests.word.reviewed import comment, reviewed, tracked

CHANGES = (
    comment("The law did not", "It did, in May.", "Rasa", 20),
    tracked("investigations were opened", "11", "12", "Jonas", 21),
)


def _here(work: Callable[..., object], *args: object, **_limits: int) -> object:
    return work(*args)


@pytest.fixture
def back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Word file that came back, in the workspace that it was made in."""
    monkeypatch.setattr("reporter.intake.remarks.reviewing.run_limited", _here)
    workspace: Workspace = reviews.workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = tmp_path.parent / "draft.docx"
    file.write_bytes(reviewed(reviews.word_file(workspace.snapshot()), *CHANGES))
    return file


def test_a_file_is_told_by_section_and_sentence(back: Path, say: Say) -> None:
    assert 0 == say("review", str(back), "--dry-run")[0]
    assert not Path("data/XX/received").exists()
    code, out = say("review", str(back), "--day", "2026-11-25")
    assert 0 == code
    assert "XX 2020 (en): draft.docx: 2 remarks, 2 open" in out
    assert "1 Victims and the countries named" in out
    assert "data/XX/text/en/2020.md:4" in out
    assert "Rasa, 2026-11-20 on “The law did not”: It did, in May." in out
    assert "Jonas, 2026-11-21: 11 → 12: investigations.opened, police, data/XX/2020.yaml:4" in out
    assert "data/XX/received/remarks/2020-en-1.yaml" in out
    assert 2 == say("review", str(back))[0]
    found = say("check", "XX", "2020")[1]
    assert ("remark 1 is open" in found, "[remark]" in found) == (True, True)


def test_remarks_are_answered_dismissed_and_opened_again(back: Path, say: Say) -> None:
    say("review", str(back))
    code, out = say("review", "XX", "2020", "--answer", "1", "Corrected.", "--dismiss", "2", "It is 12.", "--by", "Ana")
    assert (0, "XX 2020: 0 of 2 remarks are open") == (code, out.strip())
    _, out = say("review", "XX", "2020")
    assert "answered by Ana: Corrected." in out
    assert "dismissed by Ana: It is 12." in out
    assert "XX 2020: 1 of 2 remarks are open" == say("review", "XX", "2020", "--reopen", "1")[1].strip()


def test_other_programs_read_the_same(back: Path, say: Say) -> None:
    told = json.loads(say("review", str(back), "--format", "json", "--quiet")[1].partition("\ndata/")[0])
    assert ["change", "comment"] == sorted(each["kind"] for each in told)
    assert {True} == {each["open"] for each in told}
    assert ["12"] == [change["new"] for each in told for change in each["changes"]]


def test_what_cannot_be_done_is_said(back: Path, say: Say) -> None:
    for words, problem in (
        (("nothing.docx",), "nothing.docx cannot be read"),
        (("XX", "1999"), "no file for 1999"),
        (("XX", "2020", "--answer", "9", "x"), "there is no remark 9"),
        (("draft.docx", "2020"), "taken in first"),
        (("XX", "2020", "--day", "soon"), "is no date"),
    ):
        code, out = say("review", *words)
        assert (2, True) == (code, problem in out)
