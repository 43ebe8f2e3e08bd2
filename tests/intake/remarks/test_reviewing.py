"""A Word file is taken in once, whole or not at all; of a newer version only what is new."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.read.received import read_remarks
from reporter.data.write.applying import Writer, read_journal, undo_together
from reporter.exchange.word_remarks.printed_places import Named
from reporter.exchange.word_remarks.reviewing import (
    ANSWER,
    DISMISSED,
    FiledRemark,
    decide_remarks,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
    take_in_review,
)
from tests import reviews
from tests.word.reviewed import comment, reviewed, tracked

FIRST = comment("The law did not change", "It did.", "Rasa", 20)
MADE = "data/XX/received/remarks/2020-en-1.yaml"
SECOND = tracked("investigations were opened", "11", "12", "Jonas", 21)


def files(workspace: Workspace) -> dict[str, bytes]:
    return {
        path.relative_to(workspace.root).as_posix(): path.read_bytes()
        for path in workspace.root.rglob("*")
        if path.is_file()
    }


def test_one_file_is_written_that_is_read_again_and_nothing_when_it_is_tried_only(workspace: Workspace) -> None:
    before = files(workspace)
    assert None is reviews.came(workspace, FIRST, SECOND, writes=False).written
    assert before == files(workspace)
    came = reviews.came(workspace, FIRST, SECOND)
    assert before == {path: each for path, each in files(workspace).items() if path != MADE}
    (read,) = read_remarks(workspace.snapshot(), "XX", (2020,))
    told = [(each.number, each.text, each.section, each.file, each.line) for each in came.received.remarks]
    assert told == [(each.number, each.text, each.section, each.file, each.line) for each in read.remarks]
    assert (["1", "2"], True) == ([each.number for each in read.remarks], came.is_same)


def test_one_file_comes_once(workspace: Workspace) -> None:
    reviews.came(workspace, FIRST)
    with pytest.raises(UsageError, match=r"draft-2.docx was imported before, on 2026-11-25"):
        reviews.came(workspace, FIRST, name="draft-2.docx")


def test_a_newer_version_adds_what_is_new_and_writes_nothing_where_nothing_is(workspace: Workspace) -> None:
    reviews.came(workspace, FIRST)
    came = reviews.came(workspace, FIRST, SECOND)
    assert (["2"], 1) == ([each.number for each in came.received.remarks], came.repeats)
    assert [1, 1] == [len(each.remarks) for each in read_remarks(workspace.snapshot(), "XX", (2020,))]
    before = files(workspace)
    came = reviews.came(workspace, SECOND)
    assert ((), 1, before) == (came.received.remarks, came.repeats, files(workspace))


def bare(content: bytes) -> bytes:
    """A Word file that lost its properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as book:
        for each in old.namelist():
            if each != "docProps/custom.xml":
                book.writestr(each, old.read(each))
    return target.getvalue()


def test_an_edition_that_the_file_does_not_say_is_named(workspace: Workspace) -> None:
    sources = workspace.snapshot()
    content = bare(reviewed(reviews.word_file(sources), FIRST))
    with pytest.raises(UsageError, match="does not state its edition") as problem:
        take_in_review(workspace, sources, content, "a.docx", reviews.DAY)
    assert "--year 2020" in problem.value.hint
    named = ("XX", 2020, "en")
    came = take_in_review(workspace, sources, content, "a.docx", reviews.DAY, named)
    assert ("It did.", False) == (came.received.remarks[0].text, came.is_same)


@pytest.mark.parametrize(
    ("named", "problem"),
    [(("YY", 2020, "en"), "YY"), (("XX", 1999, "en"), "no file for 1999"), (("XX", 2020, "?"), r"\?")],
)
def test_an_edition_that_is_not_here_is_refused(workspace: Workspace, named: Named, problem: str) -> None:
    sources = workspace.snapshot()
    with pytest.raises(UsageError, match=problem):
        take_in_review(workspace, sources, reviews.word_file(sources), "a.docx", reviews.DAY, named)


@pytest.mark.parametrize(
    ("limit", "most", "problem"),
    [
        ("MOST_REMARKS", 1, "2 comments and changes; the limit is 1"),
        ("LARGEST_TEXT", 300, "has more remarks than one file can contain"),
    ],
)
def test_more_than_anybody_reads_or_a_file_holds_is_refused(workspace, monkeypatch, limit, most, problem):
    monkeypatch.setattr(f"reporter.exchange.word_remarks.reviewing.{limit}", most)
    before = files(workspace)
    with pytest.raises(ReporterError, match=problem):
        reviews.came(workspace, FIRST, SECOND)
    assert before == files(workspace)


BY = ("Ana", "2026-11-28")
WRITER = Writer("Ana", datetime(2026, 11, 28, 9, tzinfo=UTC), "group")


@pytest.fixture
def filed(workspace: Workspace) -> Workspace:
    """A workspace with two remarks."""
    changes = comment("The law did not", "It did."), tracked("investigations were opened", "11", "12")
    reviews.came(workspace, *changes)
    return workspace


def now(workspace: Workspace, number: str = "1") -> FiledRemark:
    return remark_numbered(filed_remarks(workspace.snapshot(), "XX", 2020), number)


@pytest.mark.parametrize("kind", [ANSWER, DISMISSED])
def test_a_decision_is_kept_with_who_and_when(filed: Workspace, kind: str) -> None:
    decide_remarks(filed, deciding_remark(now(filed), kind, " It  was\nmended. ", BY), WRITER)
    remark = now(filed).remark
    assert ("It was mended.", "Ana", "2026-11-28") == (getattr(remark, kind), remark.by, remark.decided)
    assert (False, True) == (remark.is_open, now(filed, "2").remark.is_open)


def test_a_later_decision_stands_in_the_place_of_the_first(filed: Workspace) -> None:
    decide_remarks(filed, deciding_remark(now(filed), ANSWER, "Mended.", BY), WRITER)
    decide_remarks(filed, deciding_remark(now(filed), DISMISSED, "It was right.", ("Jonas", "2026-11-29")), WRITER)
    remark = now(filed).remark
    assert ("", "It was right.", "Jonas") == (remark.answer, remark.dismissed, remark.by)


def test_it_is_opened_again_or_taken_back_in_one_step_as_it_was(filed: Workspace) -> None:
    path = filed.root / "data/XX/received/remarks/2020-en-1.yaml"
    before = path.read_text()
    decide_remarks(filed, deciding_remark(now(filed), ANSWER, "Mended.", BY), WRITER)
    decide_remarks(filed, reopening_remark(now(filed)), WRITER)
    assert before == path.read_text()
    decide_remarks(filed, deciding_remark(now(filed), ANSWER, "Mended.", BY), replace(WRITER, group="other"))
    lines = [each for each in read_journal(filed, filed.snapshot()).lines if each.edit.group == "other"]
    undo_together(filed, lines, WRITER)
    assert before == path.read_text()


@pytest.mark.parametrize("words", ["", "  ", "…"])
def test_a_decision_without_words_is_refused(filed: Workspace, words: str) -> None:
    with pytest.raises(UsageError, match="no decision on remark 1 is given"):
        deciding_remark(now(filed), ANSWER, words, BY)


def test_a_number_that_nobody_has_is_refused_with_those_that_are_open(filed: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no remark 9") as problem:
        now(filed, "9")
    assert "open: 1, 2" == problem.value.hint
