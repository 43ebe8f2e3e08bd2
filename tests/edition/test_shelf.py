"""What lies under build/ and is damaged or was built leniently is due."""

from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from tests.snapshots import digest_now, is_due_now

JOB = Job("XX", 2022, "en")


def test_a_damaged_report_is_due(ruritanian, tmp_path):
    copied = Workspace(tmp_path)
    state = digest_now(Workspace(ruritanian.workspace), JOB)
    JOB.folder(copied).mkdir(parents=True)
    JOB.record(copied).write_bytes(ruritanian.pdf.with_suffix(".json").read_bytes())
    JOB.pdf(copied).write_bytes(ruritanian.pdf.read_bytes()[:-1])
    assert is_due_now(copied, JOB, state)
    JOB.pdf(copied).write_bytes(ruritanian.pdf.read_bytes())
    assert not is_due_now(copied, JOB, state)


def test_an_edition_built_with_open_warnings_is_due_when_warnings_count(ruritanian):
    workspace = Workspace(ruritanian.workspace)
    state = digest_now(workspace, JOB)
    assert [False, True] == [is_due_now(workspace, JOB, state, strict=strict) for strict in (False, True)]
