"""What lies under build/ and is damaged or was built leniently is due."""

from reporter.cli.group import run
from reporter.files.workspace import Workspace
from tests import small
from tests.delivery.editions import JOB
from tests.snapshots import digest_now, is_due_now


def test_a_damaged_page_is_due_and_one_built_with_open_warnings_when_warnings_count(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    assert 0 == run(["build", "XX", "2020", "--format", "html", "-q", "-w", str(tmp_path)])
    state, page = digest_now(workspace, JOB), JOB.file(workspace, "html")
    assert [False, True] == [is_due_now(workspace, JOB, state, "html", strict=strict) for strict in (False, True)]
    page.write_bytes(page.read_bytes()[:-1])
    assert is_due_now(workspace, JOB, state, "html")
