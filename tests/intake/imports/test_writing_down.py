"""A publication is taken in as a whole, or nothing of it is."""

from datetime import UTC, datetime

import pytest

from reporter.edit.applying import Writer
from reporter.errors import ReporterError
from reporter.intake.imports.writing_down import write_plan
from tests import small
from tests.intake.imports.publications import DRAFT, OFFENCES, VICTIMS, bench, content, planned, row

ANA = Writer("Ana", datetime(2026, 5, 1, tzinfo=UTC), "g")


@pytest.fixture
def workspace(tmp_path):
    return bench(tmp_path, {small.YEAR: f"{DRAFT}  investigations.opened: unanswered\n"})


def files(workspace):
    return {
        path.relative_to(workspace.root).as_posix(): path.read_bytes()
        for path in (workspace.root / "data").rglob("*")
        if path.is_file()
    }


def test_new_files_and_filled_drafts_are_written_and_the_draft_is_in_the_journal(workspace):
    plan = planned(workspace, content(row(OFFENCES, 9), row(VICTIMS, 7, 2017)))
    write_plan(workspace, workspace.snapshot(), plan, {"data/XX/more.md": b"x"}, ANA)
    assert {path: raw for path, raw in files(workspace).items() if path in plan.files} == plan.files
    assert "data/XX/more.md" in files(workspace)
    assert '"person":"Ana"' in "".join(each.read_text() for each in workspace.own.rglob("*.jsonl")).replace(": ", ":")


def test_where_a_new_file_cannot_be_written_a_draft_is_as_it_was(workspace):
    before = files(workspace)
    plan = planned(workspace, content(row(OFFENCES, 9)))
    (workspace.root / "data/XX/received").write_text("in the way")
    with pytest.raises(ReporterError, match="cannot be written"):
        write_plan(workspace, workspace.snapshot(), plan, {}, ANA)
    (workspace.root / "data/XX/received").unlink()
    assert before == files(workspace)


def test_what_somebody_wrote_meanwhile_is_not_written_over(workspace):
    plan, seen = planned(workspace, content(row(OFFENCES, 9))), workspace.snapshot()
    assert seen[small.YEAR].content
    small.write(workspace.root, {small.YEAR: f"{DRAFT}  investigations.opened: 5\n"})
    with pytest.raises(ReporterError, match="changed"):
        write_plan(workspace, seen, plan, {}, ANA)
    assert "opened: 5" in (workspace.root / small.YEAR).read_text()


def test_a_file_that_came_meanwhile_is_not_written_over(workspace):
    plan, seen = planned(workspace, content(row(OFFENCES, 9, 2017))), workspace.snapshot()
    small.write(workspace.root, {small.YEAR: f"{DRAFT}  investigations.opened: 5\n", "data/XX/2017.yaml": "mine"})
    with pytest.raises(ReporterError, match=r"data/XX/2017\.yaml has come meanwhile"):
        write_plan(workspace, seen, plan, {}, ANA)
    assert "mine" == (workspace.root / "data/XX/2017.yaml").read_text()
