"""An approval is of exactly the files that somebody saw, and of one number of an edition."""

from pathlib import Path

import pytest

from reporter.delivery.approving import ApprovalRequest, approve, withdraw_approval
from reporter.edition.approvals import ApprovalState, approval_state, require_approvals, with_told_changes
from reporter.edition.job import Job
from reporter.edition.state import edition_state
from reporter.errors import DataError, ReporterError
from reporter.files.workspace import Workspace
from reporter.load.release import read_releases
from reporter.model import Approved
from tests import small
from tests.delivery.editions import FINAL, JOB, REASON, change, published
from tests.small import YEAR, write
from tests.snapshots import digest_now

DAY = "2021-02-28"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(write(tmp_path, FINAL | {"reporter.yaml": "title: {en: Small}\nlanguages: [en]\napprovals: 1\n"}))


def state(workspace: Workspace) -> ApprovalState:
    sources = workspace.snapshot()
    found = edition_state(sources, Job("XX", 2020, ""))
    return with_told_changes(approval_state(found, sources), found, sources)


def request(by: str, date: str = DAY) -> ApprovalRequest:
    return ApprovalRequest("XX", 2020, by, date)


def refusal(workspace: Workspace, publisher: str = "R. P.", today: str = DAY) -> str:
    with pytest.raises(ReporterError) as problem:
        require_approvals(state(workspace), publisher, today)
    assert problem.value.hint
    return problem.value.message


def test_nobody_approved_it(workspace: Workspace) -> None:
    assert "XX 2020, number 0, is to be approved by one other person than R. P., who publishes it" == refusal(workspace)
    assert 'somebody else looks at it and types: reporter approve XX 2020 --by "NAME"' == _hint(workspace)


def _hint(workspace: Workspace) -> str:
    with pytest.raises(ReporterError) as problem:
        require_approvals(state(workspace), "R. P.", DAY)
    return problem.value.hint


def test_an_approval_by_another_person_counts(workspace: Workspace) -> None:
    approve(workspace, request("Vida Jonaitė"))
    found = state(workspace)
    assert (Approved(by="Vida Jonaitė", date=DAY, sha256=found.public),) == require_approvals(found, "R. P.", DAY)
    assert () == found.missing


@pytest.mark.parametrize("publisher", ["Vida Jonaitė", "vida  JONAITE", "Jonaitė, Vida", "Vida\u00a0Jonaite\u0307"])
def test_nobody_approves_what_they_publish(workspace: Workspace, publisher: str) -> None:
    approve(workspace, request("Vida Jonaitė"))
    assert f"approved by Vida Jonaitė on {DAY}, who publishes it" in refusal(workspace, publisher)


def test_an_approval_of_other_files_is_told_with_what_changed(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    change(workspace)
    (workspace.root / "data/XX/text/en/2019.md").write_text("# general_situation\n\nText.\n")
    figures = "victims.identified 80 → 79, victims.identified.women 60 → 59"
    names = f"{YEAR}: {figures}; data/XX/text/en/2019.md (was added)"
    told = f"approved by Vida on {DAY} for other files; since then changed: {names}"
    assert told in refusal(workspace)
    assert told in state(workspace).missing


def test_where_what_was_approved_is_lost_the_files_are_named(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    change(workspace)
    for copy in (workspace.root / "data/XX/editions/2020-approvals").iterdir():
        copy.write_bytes(copy.read_bytes() + b"# altered\n")
    assert f"approved by Vida on {DAY} for other files; since then changed: {YEAR}" in state(workspace).missing


def test_what_is_withheld_is_told_of_no_change(workspace: Workspace) -> None:
    def convict(amount: str) -> None:
        path = workspace.root / YEAR
        path.write_text(path.read_text().replace("figures:\n", f"figures:\n  persons.convicted: {amount}\n"))

    path = workspace.root / YEAR
    before = path.read_text()
    convict("{total: 9, confidentiality: C}")
    approve(workspace, request("Vida"))
    path.write_text(before)
    convict("{total: 8, confidentiality: C}")
    (told,) = [each for each in state(workspace).missing if each.startswith("approved")]
    assert told.endswith(f"since then changed: {YEAR}")


def test_what_is_kept_of_the_settings_names_no_recipient(workspace: Workspace) -> None:
    settings = workspace.root / "reporter.yaml"
    settings.write_text(small.FINAL["reporter.yaml"])
    approve(workspace, request("Vida"))
    kept = [each.read_bytes() for each in (workspace.root / "data/XX/editions/2020-approvals").iterdir()]
    assert (True, []) == (len(kept) > 4, [each for each in kept if b"recipients" in each])


def test_what_was_approved_and_is_there_again_is_approved(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    before = (workspace.root / YEAR).read_bytes()
    change(workspace)
    assert () == state(workspace).valid
    (workspace.root / YEAR).write_bytes(before)
    assert ["Vida"] == [each.by for each in state(workspace).valid]


def test_how_it_is_sent_needs_no_new_approval(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    settings = workspace.root / "reporter.yaml"
    settings.write_text(f"{settings.read_text()}deadlines: {{}}\n")
    assert 1 == len(state(workspace).valid)


def test_to_approve_makes_nothing_due(workspace: Workspace) -> None:
    before = digest_now(workspace, JOB)
    approve(workspace, request("Vida"))
    assert before == digest_now(workspace, JOB)


def test_two_approvals_are_by_two_persons(workspace: Workspace) -> None:
    settings = workspace.root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1", "approvals: 2"))
    approve(workspace, request("Vida"))
    approve(workspace, request("VIDA "))
    assert "is to be approved by 2 other persons than R. P." in refusal(workspace)
    approve(workspace, request("Jonas"))
    assert ["Vida", "Jonas"] == [each.by for each in require_approvals(state(workspace), "R. P.", DAY)]


def test_where_none_is_demanded_who_approved_is_told_all_the_same(workspace: Workspace) -> None:
    settings = workspace.root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1\n", ""))
    assert () == require_approvals(state(workspace), "R. P.", DAY)
    approve(workspace, request("Vida"))
    assert ["Vida"] == [each.by for each in require_approvals(state(workspace), "R. P.", DAY)]


def test_an_approval_of_tomorrow_is_told(workspace: Workspace) -> None:
    approve(workspace, request("Vida", "2021-03-02"))
    assert "it was approved by Vida on 2021-03-02, which has not come" == refusal(workspace, today=DAY)


def test_what_was_taken_back_counts_no_more(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    withdraw_approval(workspace, request("vida"))
    assert () == state(workspace).valid
    assert "one other person" in refusal(workspace)


def test_a_corrigendum_needs_an_approval_of_its_own(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    before = (workspace.root / YEAR).read_bytes()
    published(workspace)
    change(workspace)
    assert "XX 2020, corrigendum 1, is to be approved" in refusal(workspace)
    approve(workspace, request("Vida", "2021-03-02"))
    published(workspace, reason=REASON, date="2021-03-02")
    # The files of number 0 once more: what was approved then was number 0.
    (workspace.root / YEAR).write_bytes(before)
    assert "XX 2020, corrigendum 2, is to be approved" in refusal(workspace)


def test_the_record_of_what_is_published_names_who_approved_it(workspace: Workspace) -> None:
    approve(workspace, request("Vida"))
    found = state(workspace)
    release = published(workspace, approved=require_approvals(found, "R. P.", DAY))
    (read,) = read_releases(workspace.snapshot(), "XX", 2020)
    assert (release.approved, [("Vida", DAY, found.public)]) == (
        read.approved,
        [(each.by, each.date, each.sha256) for each in read.approved],
    )


@pytest.mark.parametrize("demand", ["two", "-1", "[1]", "1.5"])
def test_a_demand_that_nobody_can_read_stops_it(workspace: Workspace, demand: str) -> None:
    settings = workspace.root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1", f"approvals: {demand}"))
    with pytest.raises(DataError) as problem:
        approve(workspace, request("Vida"))
    assert ["reporter.yaml"] == [each.mark.path for each in problem.value.findings]
