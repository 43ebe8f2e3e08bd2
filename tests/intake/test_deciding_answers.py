"""What agencies say is taken over or not, with the reason beside it, and all of it is taken back as one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporter.edit.applying import Writer, undo_together
from reporter.edit.journal import read_journal
from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.intake.deciding_answers import AnswersOfYear, accept_answers, answers_of_year, chosen, keep_values
from reporter.load.received import read_received
from reporter.model import Received
from tests import agencies, small

VICTIMS, OPENED = "victims.identified", "investigations.opened"
ANA = Writer("Ana", datetime(2021, 4, 1, tzinfo=UTC), "at once")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    police = agencies.sent("police", {OPENED: "12", VICTIMS: "81", f"{VICTIMS}.men": "21"})
    return Workspace(agencies.workspace(tmp_path, police, agencies.sent("courts", {VICTIMS: "79"})))


def asked(workspace: Workspace) -> AnswersOfYear:
    return answers_of_year(workspace.snapshot(), "XX", 2020)


def waiting(workspace: Workspace) -> list[tuple[str, str]]:
    return sorted((each.said.received.agency, each.figure) for each in asked(workspace).proposals)


def kept(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """The answers that a file does not follow: why, and who says so."""
    found: tuple[Received, ...] = read_received(workspace.snapshot(), "XX")
    said = ((received.agency, each) for received in found for each in received.answers if each.kept)
    return {f"{agency}:{each.figure}": (each.kept, each.by) for agency, each in said}


def test_of_two_who_disagree_one_is_chosen_with_a_reason_and_all_is_taken_back_as_one(workspace: Workspace) -> None:
    before = {path: each.content for path, each in workspace.snapshot().items()}
    picked = chosen(asked(workspace), [f"police:{VICTIMS}"])
    with pytest.raises(UsageError, match=r"agencies disagree on victims\.identified"):
        accept_answers(workspace, asked(workspace), picked, ANA)
    assert 1 == accept_answers(workspace, asked(workspace), picked, ANA, "Courts count later.")
    assert {f"courts:{VICTIMS}": ("Courts count later.", "Ana")} == kept(workspace)
    assert [("police", OPENED), ("police", f"{VICTIMS}.men")] == waiting(workspace)
    lines = read_journal(workspace, workspace.snapshot()).lines
    assert ["81", "Courts count later.", "Ana"] == [each.edit.after.partition(": ")[2].strip() for each in lines][:3]
    undo_together(workspace, lines, ANA)
    assert before == {path: each.content for path, each in workspace.snapshot().items()}


def test_one_of_two_who_disagree_is_not_chosen_by_the_name_of_the_figure(workspace: Workspace) -> None:
    for name in (VICTIMS, "police", "all"):
        with pytest.raises(UsageError, match=r"agencies disagree on victims\.identified"):
            chosen(asked(workspace), [name])


def test_what_the_file_says_is_kept_against_all_with_one_reason(workspace: Workspace) -> None:
    text = (workspace.root / small.YEAR).read_bytes()
    keep_values(workspace, chosen(asked(workspace), [VICTIMS], keeps=True), "Counted by the office.", ANA)
    assert {f"{agency}:{VICTIMS}" for agency in ("courts", "police")} == kept(workspace).keys()
    assert [("police", OPENED), ("police", f"{VICTIMS}.men")] == waiting(workspace)
    assert text == (workspace.root / small.YEAR).read_bytes()
