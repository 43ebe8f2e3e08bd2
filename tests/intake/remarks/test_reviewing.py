"""A Word file is taken in once, whole or not at all; of a newer version only what is new."""

import io
import zipfile

import pytest

from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.intake.remarks.recomposed import WhichEdition
from reporter.intake.remarks.reviewing import take_in_review
from reporter.load.remarks import read_remarks
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
    with pytest.raises(UsageError, match=r"draft-2.docx was taken in before, on 2026-11-25"):
        reviews.came(workspace, FIRST, name="draft-2.docx")


def test_a_newer_version_adds_what_is_new_and_writes_nothing_where_nothing_is(workspace: Workspace) -> None:
    reviews.came(workspace, FIRST)
    came = reviews.came(workspace, FIRST, SECOND)
    assert (["2"], 1) == ([each.number for each in came.received.remarks], came.known)
    assert [1, 1] == [len(each.remarks) for each in read_remarks(workspace.snapshot(), "XX", (2020,))]
    before = files(workspace)
    came = reviews.came(workspace, SECOND)
    assert ((), 1, before) == (came.received.remarks, came.known, files(workspace))


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
    with pytest.raises(UsageError, match="does not say which edition") as problem:
        take_in_review(workspace, sources, content, "a.docx", reviews.DAY, WhichEdition())
    assert "--year 2020" in problem.value.hint
    named = WhichEdition("XX", 2020, "en")
    came = take_in_review(workspace, sources, content, "a.docx", reviews.DAY, named)
    assert ("It did.", False) == (came.received.remarks[0].text, came.is_same)


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        (WhichEdition("YY", 2020, "en"), "YY"),
        (WhichEdition("XX", 1999, "en"), "no file for 1999"),
        (WhichEdition("XX", 2020, "?"), r"\?"),
    ],
)
def test_an_edition_that_is_not_here_is_refused(workspace: Workspace, named: WhichEdition, problem: str) -> None:
    sources = workspace.snapshot()
    with pytest.raises(UsageError, match=problem):
        take_in_review(workspace, sources, reviews.word_file(sources), "a.docx", reviews.DAY, named)


@pytest.mark.parametrize(
    ("limit", "most", "problem"),
    [
        ("MOST_REMARKS", 1, "2 comments and changes, more than 1"),
        ("LARGEST_TEXT", 300, "more than a file of remarks may hold"),
    ],
)
def test_more_than_anybody_reads_or_a_file_holds_is_refused(workspace, monkeypatch, limit, most, problem):
    monkeypatch.setattr(f"reporter.intake.remarks.reviewing.{limit}", most)
    before = files(workspace)
    with pytest.raises(ReporterError, match=problem):
        reviews.came(workspace, FIRST, SECOND)
    assert before == files(workspace)


def test_a_workbook_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ReporterError, match="no Word document"):
        take_in_review(workspace, workspace.snapshot(), b"PK\x05\x06", "a.xlsx", reviews.DAY, WhichEdition())
