"""Approving: only what could be published, exactly what there is, once by each person."""

from pathlib import Path

import pytest

from reporter.delivery.approving import ApprovalRequest, approve, withdraw_approval
from reporter.delivery.backup_contents import held_files
from reporter.delivery.packing import ready_edition
from reporter.delivery.publishable import publishing_lock
from reporter.errors import DataError, ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.load.given_approvals import read_approvals
from tests import small
from tests.delivery.editions import FINAL, change, published
from tests.small import YEAR, write

FILE = "data/XX/editions/2020-approvals.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(write(tmp_path, FINAL | {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n"}))


def request(by: str = "Vida", date: str = "2021-02-28", **more: str) -> ApprovalRequest:
    return ApprovalRequest("XX", 2020, by, date, **more)


def test_what_was_looked_at_is_written_down(workspace: Workspace) -> None:
    approve(workspace, request(note="read\nby   all"))
    (found,) = read_approvals(workspace.snapshot(), "XX", 2020)
    assert (0, "Vida", "2021-02-28", "read by all", 1, 0) == (
        found.number,
        found.by,
        found.date,
        found.note,
        found.warnings,
        found.accepted,
    )
    assert {YEAR, "reporter.yaml", "data/catalogue.yaml"} <= dict(found.files).keys()


def test_who_approved_it_and_changed_nothing_writes_nothing(workspace: Workspace) -> None:
    assert approve(workspace, request()).is_new
    before = (workspace.root / FILE).read_bytes()
    assert not approve(workspace, request("VIDA")).is_new
    assert before == (workspace.root / FILE).read_bytes()


@pytest.mark.parametrize("name", ["", " ", "...", "\u200b\n"])
def test_nobody_approves_without_a_name(workspace: Workspace, name: str) -> None:
    with pytest.raises(UsageError, match="nobody is named"):
        approve(workspace, request(name))
    assert not (workspace.root / FILE).exists()


@pytest.mark.parametrize("year", [1999, 2021])
def test_a_year_that_there_is_not_is_refused(workspace: Workspace, year: int) -> None:
    for act in (approve, withdraw_approval):
        with pytest.raises(UsageError, match=f"XX has no file for {year}"):
            act(workspace, ApprovalRequest("XX", year, "Vida", "2021-02-28"))


@pytest.mark.parametrize("status", ["draft", "provisional"])
def test_what_is_not_final_is_not_approved(workspace: Workspace, status: str) -> None:
    path = workspace.root / YEAR
    path.write_text(path.read_text().replace("status: final", f"status: {status}"))
    with pytest.raises(ReporterError, match=f"the status is {status}"):
        approve(workspace, request())
    assert not (workspace.root / FILE).exists()


def test_an_open_error_keeps_it_from_being_approved(workspace: Workspace) -> None:
    path = workspace.root / YEAR
    path.write_text(path.read_text().replace("men: 20", "men: 21"))
    with pytest.raises(DataError):
        approve(workspace, request())
    assert not (workspace.root / FILE).exists()


def test_what_is_published_and_unchanged_is_not_approved(workspace: Workspace) -> None:
    published(workspace)
    with pytest.raises(UsageError, match="is published, and nothing changed since"):
        approve(workspace, request(date="2021-03-02"))
    change(workspace)
    assert 1 == approve(workspace, request(date="2021-03-02")).approval.number


def test_what_changed_since_somebody_looked_is_not_approved(workspace: Workspace) -> None:
    seen = approve(workspace, request()).state.sha256
    change(workspace)
    with pytest.raises(ReporterError, match="the files changed since you looked at them"):
        approve(workspace, request("Jonas", seen=seen))


def test_a_clock_that_went_back_is_told(workspace: Workspace) -> None:
    approve(workspace, request())
    with pytest.raises(ReporterError, match="today is 2021-02-27, but this edition was approved or published on"):
        approve(workspace, request("Jonas", "2021-02-27"))


def test_only_who_approved_it_takes_it_back(workspace: Workspace) -> None:
    approve(workspace, request())
    with pytest.raises(UsageError, match="was not approved by Jonas") as problem:
        withdraw_approval(workspace, request("Jonas"))
    assert "approved by: Vida" == problem.value.hint
    withdraw_approval(workspace, request("vida", "2021-03-01"))
    assert ["2021-03-01"] == [each.withdrawn for each in read_approvals(workspace.snapshot(), "XX", 2020)]
    with pytest.raises(UsageError, match="was not approved by Vida"):
        withdraw_approval(workspace, request())
    assert approve(workspace, request(date="2021-03-01")).is_new


def test_what_is_published_keeps_its_approvals(workspace: Workspace) -> None:
    approve(workspace, request())
    published(workspace)
    with pytest.raises(UsageError, match="was not approved by Vida"):
        withdraw_approval(workspace, request())


def test_nothing_is_approved_while_it_is_published(workspace: Workspace) -> None:
    with publishing_lock(workspace, "XX", 2020), pytest.raises(ReporterError, match="is being published"):
        approve(workspace, request())


def test_a_back_up_holds_the_approvals(workspace: Workspace) -> None:
    approve(workspace, request())
    assert (workspace.root / FILE).read_bytes() == held_files(workspace)[FILE]


def test_what_is_not_published_leaves_not_even_approved(workspace: Workspace) -> None:
    approve(workspace, request())
    with pytest.raises(ReporterError, match="is not published, and leaves only approved") as problem:
        ready_edition(workspace, workspace.snapshot(), "XX", 2020, "office")
    assert "reporter publish XX 2020" in problem.value.hint
