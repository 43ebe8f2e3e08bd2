"""An approval is of exactly the files that somebody saw, of one number of an edition, and once by each person."""

from pathlib import Path

import pytest

from reporter.data.errors import DataError, ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_approvals, read_releases
from reporter.data.records import Approved
from reporter.editions.approvals import ApprovalState, approval_state, require_approvals, with_reported_changes
from reporter.editions.job import Job
from reporter.editions.state import edition_state
from reporter.exchange.backup import held_files
from reporter.exchange.package.packing import ready_edition
from reporter.exchange.publish.approving import ApprovalRequest, approve, withdraw_approval
from reporter.exchange.publish.publishing import publishing_lock
from tests import small
from tests.package.editions import FINAL, JOB, REASON, change, published
from tests.small import YEAR, write
from tests.snapshots import digest_now

DAY = "2021-02-28"
FILE = "data/XX/editions/2020-approvals.yaml"
COPIES = "data/XX/editions/2020-approvals"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    # What Excel leaves while a file is open is a warning.
    more = {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n", "data/XX/~$2020.xlsx": ""}
    return Workspace(write(tmp_path, FINAL | more))


def state(workspace: Workspace) -> ApprovalState:
    sources = workspace.snapshot()
    found = edition_state(sources, Job("XX", 2020, ""))
    return with_reported_changes(approval_state(found, sources), found, sources)


def request(by: str = "Vida", date: str = DAY, **more: str) -> ApprovalRequest:
    return ApprovalRequest("XX", 2020, by, date, **more)


def refusal(workspace: Workspace, publisher: str = "R. P.", today: str = DAY) -> tuple[str, str]:
    with pytest.raises(ReporterError) as problem:
        require_approvals(state(workspace), publisher, today)
    return problem.value.message, problem.value.hint


def edit(workspace: Workspace, was: str, now: str, name: str = YEAR) -> None:
    path = workspace.root / name
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, now))


def test_an_approval_by_another_person_counts_and_is_written_down(workspace: Workspace) -> None:
    assert (
        "XX 2020, number 0, must be approved by one other person, not by the publisher, R. P.",
        'ask another person to review it and run: reporter approve XX 2020 --by "NAME"',
    ) == refusal(workspace)
    due = digest_now(workspace, JOB)
    assert approve(workspace, request("Vida Jonaitė", note="read\nby   all")).is_new
    found = state(workspace)
    approved = require_approvals(found, "R. P.", DAY)
    assert ((), (Approved(by="Vida Jonaitė", date=DAY, sha256=found.public),)) == (found.missing, approved)
    (kept,) = read_approvals(workspace.snapshot(), "XX", 2020)
    assert (0, "Vida Jonaitė", DAY, "read by all") == (kept.number, kept.by, kept.date, kept.note)
    assert (1, 0) == (kept.warnings, kept.accepted)
    assert {YEAR, "reporter.yaml", "data/catalogue.yaml"} <= dict(kept.files).keys()
    # It makes nothing due, and a second time writes nothing.
    before = (workspace.root / FILE).read_bytes()
    assert (due, before) == (digest_now(workspace, JOB), held_files(workspace)[FILE])
    assert not approve(workspace, request("VIDA JONAITĖ")).is_new
    assert before == (workspace.root / FILE).read_bytes()
    assert [] == [path for path in (workspace.root / COPIES).iterdir() if b"recipients" in path.read_bytes()]
    published(workspace, approved=approved)
    (read,) = read_releases(workspace.snapshot(), "XX", 2020)
    assert approved == read.approved


def test_nobody_approves_what_they_publish(workspace: Workspace) -> None:
    approve(workspace, request("Vida Jonaitė"))
    for publisher in ("Vida Jonaitė", "vida  JONAITE", "Jonaitė, Vida", "Vida\u00a0Jonaite\u0307"):
        assert f"approved by Vida Jonaitė on {DAY} (the publisher)" in refusal(workspace, publisher)[0]


def test_an_approval_of_other_files_is_told_with_what_changed(workspace: Workspace) -> None:
    approve(workspace, request())
    before = (workspace.root / YEAR).read_bytes()
    change(workspace)
    (workspace.root / "data/XX/text/en/2019.md").write_text("# general_situation\n\nText.\n")
    figures = "victims.identified 80 → 79, victims.identified.women 60 → 59"
    since = f"approved by Vida on {DAY} for earlier files; changed since then: {YEAR}"
    told = f"{since}: {figures}; data/XX/text/en/2019.md (was added)"
    assert told in refusal(workspace)[0]
    assert (True, ()) == (told in state(workspace).missing, state(workspace).valid)
    # Where what was approved is lost, the files are named.
    for copy in (workspace.root / COPIES).iterdir():
        copy.write_bytes(copy.read_bytes() + b"# altered\n")
    assert f"{since}; data/XX/text/en/2019.md (was added)" in state(workspace).missing
    (workspace.root / "data/XX/text/en/2019.md").unlink()
    (workspace.root / YEAR).write_bytes(before)
    assert ["Vida"] == [each.by for each in state(workspace).valid]


def test_what_is_withheld_is_told_of_no_change(workspace: Workspace) -> None:
    edit(workspace, "figures:\n", "figures:\n  persons.convicted: {total: 9, confidentiality: C}\n")
    approve(workspace, request())
    edit(workspace, "total: 9,", "total: 8,")
    (told,) = [each for each in state(workspace).missing if each.startswith("approved")]
    assert told.endswith(f"changed since then: {YEAR}")


def test_as_many_persons_approve_it_as_are_demanded(workspace: Workspace) -> None:
    edit(workspace, "approvals: 1", "approvals: 2", "reporter.yaml")
    approve(workspace, request())
    approve(workspace, request("VIDA "))
    assert "must be approved by 2 other persons, not by the publisher, R. P." in refusal(workspace)[0]
    approve(workspace, request("Jonas"))
    both = ["Vida", "Jonas"]
    assert both == [each.by for each in require_approvals(state(workspace), "R. P.", DAY)]
    edit(workspace, "approvals: 2\n", "", "reporter.yaml")
    assert both == [each.by for each in require_approvals(state(workspace), "R. P.", DAY)]
    for demand in ("two", "-1", "[1]", "1.5"):
        settings = f"{small.FINAL['reporter.yaml']}approvals: {demand}\n"
        (workspace.root / "reporter.yaml").write_text(settings)
        with pytest.raises(DataError) as problem:
            approve(workspace, request())
        assert ["reporter.yaml"] == [each.mark.path for each in problem.value.findings]


def test_a_day_to_come_and_a_clock_that_went_back_are_told(workspace: Workspace) -> None:
    approve(workspace, request(date="2021-03-02"))
    assert "the edition was approved by Vida on 2021-03-02, a date in the future" == refusal(workspace)[0]
    with pytest.raises(ReporterError, match="today is 2021-02-28, but this edition was approved or published on"):
        approve(workspace, request("Jonas"))


def test_only_who_approved_it_takes_it_back_and_it_counts_no_more(workspace: Workspace) -> None:
    approve(workspace, request())
    with pytest.raises(UsageError, match="was not approved by Jonas") as problem:
        withdraw_approval(workspace, request("Jonas"))
    assert "approved by: Vida" == problem.value.hint
    withdraw_approval(workspace, request("vida", "2021-03-01"))
    assert ["2021-03-01"] == [each.withdrawn for each in read_approvals(workspace.snapshot(), "XX", 2020)]
    assert ((), True) == (state(workspace).valid, "one other person" in refusal(workspace)[0])
    with pytest.raises(UsageError, match="was not approved by Vida"):
        withdraw_approval(workspace, request())
    assert approve(workspace, request(date="2021-03-01")).is_new
    published(workspace)
    with pytest.raises(UsageError, match="was not approved by Vida"):
        withdraw_approval(workspace, request())


def test_a_corrigendum_needs_an_approval_of_its_own(workspace: Workspace) -> None:
    approve(workspace, request())
    before = (workspace.root / YEAR).read_bytes()
    published(workspace)
    with pytest.raises(UsageError, match="is published, and nothing changed since"):
        approve(workspace, request(date="2021-03-02"))
    change(workspace)
    assert "XX 2020, corrigendum 1, must be approved" in refusal(workspace)[0]
    assert 1 == approve(workspace, request(date="2021-03-02")).approval.number
    published(workspace, reason=REASON, date="2021-03-02")
    # The files of number 0 once more: what was approved then was number 0.
    (workspace.root / YEAR).write_bytes(before)
    assert "XX 2020, corrigendum 2, must be approved" in refusal(workspace)[0]


def test_only_what_could_be_published_is_approved_by_somebody_with_a_name(workspace: Workspace) -> None:
    for name in ("", "...", "\u200b\n"):
        with pytest.raises(UsageError, match="no approver is named"):
            approve(workspace, request(name))
    with pytest.raises(ReporterError, match="the files changed since you reviewed them"):
        approve(workspace, request("Jonas", sha256="0" * 64))
    for act in (approve, withdraw_approval):
        with pytest.raises(UsageError, match="XX has no file for 2021"):
            act(workspace, ApprovalRequest("XX", 2021, "Vida", DAY))
    with publishing_lock(workspace, "XX", 2020), pytest.raises(ReporterError, match="is being published"):
        approve(workspace, request())
    edit(workspace, "men: 20", "men: 21")
    with pytest.raises(DataError):
        approve(workspace, request())
    edit(workspace, "status: final", "status: provisional")
    with pytest.raises(ReporterError, match="the status is provisional"):
        approve(workspace, request())
    assert not (workspace.root / FILE).exists()


def test_what_is_not_published_leaves_not_even_approved(workspace: Workspace) -> None:
    approve(workspace, request())
    with pytest.raises(ReporterError, match="is not published and cannot be sent without approval") as problem:
        ready_edition(workspace, workspace.snapshot(), "XX", 2020, "office")
    assert "reporter publish XX 2020" in problem.value.hint
