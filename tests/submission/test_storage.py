"""A file that is no outbox, or one of another version, is left alone."""

import sqlite3

import pytest

from reporter.errors import ReporterError
from reporter.submission.history import read_history
from tests import small  # noqa: F401 - its profile: no deadline
from tests.submission.queued import opened, queued


@pytest.mark.parametrize("version", [1, 3, 5, 9])
@pytest.mark.parametrize("read", [opened, read_history])
def test_an_outbox_of_another_version_is_left_alone(acts, version, read):
    base = sqlite3.connect(acts / "outbox.sqlite3")
    base.execute(f"PRAGMA user_version = {version}")
    base.close()
    with pytest.raises(ReporterError, match=rf"by another version of the program \(scheme {version}, known: 4\)"):
        read(acts)


def test_a_file_that_is_no_outbox_is_refused(tmp_path):
    (tmp_path / "outbox.sqlite3").write_text("something else, and long enough to be read as a page" * 100)
    with pytest.raises(ReporterError, match="cannot be used: file is not a database"):
        opened(tmp_path)


def test_a_damaged_text_in_the_file_of_the_outbox_is_told(tmp_path):
    with opened(tmp_path) as made:
        queued(made)
    path = tmp_path / "outbox.sqlite3"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE messages", b"CREA\xaaE TABLE messages"))
    with pytest.raises(ReporterError, match="cannot be used"), opened(tmp_path):
        pass
