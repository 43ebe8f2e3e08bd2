"""What lies under build/ and is damaged or was built leniently is due."""

from reporter.files.workspace import Workspace
from tests.produce.words import JOB
from tests.snapshots import digest_now, is_due_now


def test_a_damaged_report_is_due(lithuanian, tmp_path):
    copied = Workspace(tmp_path)
    state = digest_now(Workspace(lithuanian.workspace), JOB)
    JOB.folder(copied).mkdir(parents=True)
    JOB.record(copied).write_bytes(lithuanian.pdf.with_suffix(".json").read_bytes())
    JOB.pdf(copied).write_bytes(lithuanian.pdf.read_bytes()[:-1])
    assert is_due_now(copied, JOB, state)
    JOB.pdf(copied).write_bytes(lithuanian.pdf.read_bytes())
    assert not is_due_now(copied, JOB, state)


def test_an_edition_built_with_open_warnings_is_due_when_warnings_count(lithuanian):
    workspace = Workspace(lithuanian.workspace)
    state = digest_now(workspace, JOB)
    assert [False, True] == [is_due_now(workspace, JOB, state, strict=strict) for strict in (False, True)]
