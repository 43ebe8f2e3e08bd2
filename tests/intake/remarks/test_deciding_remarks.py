"""A remark is answered or dismissed with a word, by somebody, on a day; taking that back is one step."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reporter.edit.applying import Writer, undo_together
from reporter.edit.journal import read_journal
from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.intake.remarks.deciding_remarks import (
    ANSWER,
    DISMISSED,
    FiledRemark,
    decide_remarks,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
)
from tests import reviews
from tests.word.reviewed import comment, tracked

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
    with pytest.raises(UsageError, match="what becomes of remark 1 is not said"):
        deciding_remark(now(filed), ANSWER, words, BY)


def test_a_number_that_nobody_has_is_refused_with_those_that_are_open(filed: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no remark 9") as problem:
        now(filed, "9")
    assert "open are 1, 2" == problem.value.hint
