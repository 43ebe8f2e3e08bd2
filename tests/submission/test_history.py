"""The log outside the outbox: what was changed, put back or deleted shows."""

import shutil

import pytest

from tests import small  # noqa: F401 - its profile: no deadline
from tests.submission.queued import opened, queued


def test_a_changed_line_of_the_exported_log_shows(acts):
    path = acts / "log.jsonl"
    path.write_text(path.read_text().replace("tester", "nobody", 1))
    with opened(acts) as outbox:
        assert ("log.jsonl: line 1 is not that of the outbox",) == outbox.damage()


def test_an_outbox_put_back_from_a_copy_sends_nothing(acts, tmp_path):
    shutil.copy(acts / "outbox.sqlite3", tmp_path / "copy")
    with opened(acts) as outbox:
        queued(outbox, "another")
    shutil.copy(tmp_path / "copy", acts / "outbox.sqlite3")
    with opened(acts) as outbox:
        assert ("the outbox ends at line 4 of its log, log.jsonl at 5: it is an earlier copy",) == outbox.damage()


def test_an_outbox_that_was_deleted_sends_nothing(acts):
    (acts / "outbox.sqlite3").unlink()
    with opened(acts) as outbox:
        assert ("the outbox ends at line 0 of its log, log.jsonl at 4: it is an earlier copy",) == outbox.damage()


@pytest.mark.parametrize("cut", [1, 40, 600])
def test_an_exported_log_that_a_crash_cut_short_is_completed(acts, cut):
    path = acts / "log.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    with opened(acts) as outbox:
        assert () == outbox.damage()
    assert whole == path.read_bytes()
