"""What is put back is the workspace of then, but for what was published or sent since."""

import json
import os
import shutil
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.delivery.backup_reading import open_backup
from reporter.delivery.putting_back import KEPT, FileFate, earlier_states, finish_putting_back, look_ahead, put_back
from reporter.edit.applying import Writer, apply
from reporter.edit.journal import read_journal
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.submission.history import read_history
from reporter.submission.outbox_copy import Meeting
from tests import small
from tests.delivery.backups import ANA, JOURNAL, contents, made, packed, place, restored
from tests.edit.changing import wanted
from tests.submission.queued import opened, queued

PATHS = some.sampled_from(
    ("data/catalogue.yaml", "data/XX/2020.yaml", "data/XX/country.yaml", "data/XX/text/en/2020.md", "themes/own/a.css")
)
FILES = some.dictionaries(PATHS, some.binary(max_size=40))


def amended(workspace: Workspace, title: str) -> None:
    apply(workspace, wanted(workspace, "title/en", title, file="reporter.yaml"), ANA)


@settings(max_examples=15)
@given(FILES, FILES)
def test_it_is_the_workspace_of_then_whatever_stands_there_now(tmp_path_factory, then, now):
    folder = tmp_path_factory.mktemp("round")
    before = made(folder / "then", {"reporter.yaml": "title: {en: A}\n", **then})
    archive = packed(before, folder / "a.zip")
    workspace = made(folder / "now", {"reporter.yaml": "title: {en: B}\n", **now})
    restored(workspace, archive)
    assert contents(before) == contents(workspace)
    assert not look_ahead(workspace, open_backup(archive)).changes
    # And the state before comes back in the same way.
    restored(workspace, earlier_states(workspace)[0], Writer("Ana", datetime(2026, 11, 27, 9, tzinfo=UTC)))
    assert now | {"reporter.yaml": b"title: {en: B}\n"} == contents(workspace)


def test_an_empty_folder_becomes_the_workspace_with_its_journal(tmp_path):
    workspace = made(tmp_path / "here")
    journal = (workspace.root / JOURNAL).parent
    place(workspace.root, {JOURNAL: "{}\n"})
    archive = packed(workspace, tmp_path / "a.zip")
    (tmp_path / "empty").mkdir()
    empty = Workspace(tmp_path / "empty")
    assert None is put_back(empty, look_ahead(empty, open_backup(archive)), ANA)
    assert contents(workspace) == contents(empty)
    assert "{}" == (empty.root / JOURNAL).read_text().splitlines()[0]
    assert [] == [each for each in journal.parent.iterdir() if each.name != "journal"]
    assert "*\n" == (empty.own / ".gitignore").read_text()


def test_the_journal_goes_on_and_says_who_put_back_which(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    amended(workspace, "Larger")
    prospect = restored(workspace, archive)
    journal = read_journal(workspace, workspace.snapshot())
    assert [(True, "reporter.yaml")] == [(each.is_written, each.edit.file) for each in journal.lines]
    assert () == journal.broken
    (note,) = journal.restorations
    assert ("Ana", prospect.archive.sha256) == (note.person, note.archive)
    sums = ("reporter.yaml", prospect.here["reporter.yaml"], prospect.archive.sums["reporter.yaml"])
    assert [sums] == list(note.sums)
    # One that knows other things is kept with the state before.
    other = made(tmp_path / "other")
    amended(other, "Other")
    restored(other, packed(workspace, tmp_path / "b.zip"))
    lines = (other.root / JOURNAL).read_text().splitlines()
    assert (workspace.root / JOURNAL).read_text().splitlines() == lines[:-1]
    assert {"time", "person", "archive", "sums"} == set(json.loads(lines[-1]))
    assert b"Other" in open_backup(earlier_states(other)[0]).read(JOURNAL)


def test_of_two_outboxes_the_one_that_knows_more_stays(tmp_path):
    workspace, other = made(tmp_path / "here"), made(tmp_path / "other")
    with opened(workspace.outbox) as outbox:
        queued(outbox)
    archive = packed(workspace, tmp_path / "a.zip")
    assert Meeting.THERE is restored(other, archive).outbox
    assert read_history(workspace.outbox) == read_history(other.outbox)
    assert (workspace.outbox / "log.jsonl").read_bytes() == (other.outbox / "log.jsonl").read_bytes()
    with opened(workspace.outbox) as outbox:
        queued(outbox, "another", "commission")
    prospect = restored(workspace, archive)
    assert (Meeting.HERE, False) == (prospect.outbox, bool(prospect.changes))
    assert 2 == len(read_history(workspace.outbox).items)


def test_of_two_outboxes_that_both_were_sent_from_none_is_lost(tmp_path):
    workspace, other = made(tmp_path / "here"), made(tmp_path / "other")
    for each, code in ((workspace, "eurostat"), (other, "commission")):
        with opened(each.outbox) as outbox:
            queued(outbox, code=code)
    archive = packed(other, tmp_path / "a.zip")
    before = contents(workspace)
    prospect = look_ahead(workspace, open_backup(archive))
    assert prospect.refused
    with pytest.raises(ReporterError):
        put_back(workspace, prospect, ANA)
    assert before == contents(workspace)


def test_a_damaged_outbox_is_mended_and_its_log_still_keeps_it_from_sending(tmp_path):
    workspace = made(tmp_path / "here")
    with opened(workspace.outbox) as outbox:
        queued(outbox)
    archive = packed(workspace, tmp_path / "a.zip")
    with opened(workspace.outbox) as outbox:
        queued(outbox, "another", "commission")
    log = (workspace.outbox / "log.jsonl").read_bytes()
    (workspace.outbox / "outbox.sqlite3").write_bytes(b"damaged")
    prospect = restored(workspace, archive)
    assert None is prospect.outbox
    assert 1 == len(read_history(workspace.outbox).items)
    assert log == (workspace.outbox / "log.jsonl").read_bytes()
    with zipfile.ZipFile(earlier_states(workspace)[0]) as earlier:
        assert b"damaged" == earlier.read("reporter-backup/workspace/submission/outbox.sqlite3")


def test_what_was_published_since_stays_and_who_changes_a_file_after_the_look_is_not_written_over(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    place(workspace.root, {"data/XX/editions/2020.yaml": "year: 2020\n"})
    assert {"data/XX/editions/2020.yaml": FileFate.STAYS} == restored(workspace, archive).fates
    assert (workspace.root / "data/XX/editions/2020.yaml").is_file()
    amended(workspace, "B")
    prospect = look_ahead(workspace, open_backup(archive))
    place(workspace.root, {"data/XX/2020.yaml": "year: 2020\n"})
    with pytest.raises(ReporterError, match="files were changed since you looked"):
        put_back(workspace, prospect, ANA)
    assert "year: 2020\n" == (workspace.root / "data/XX/2020.yaml").read_text()


def test_what_would_stop_it_half_way_stops_it_before(tmp_path):
    workspace = made(tmp_path / "here", small.FILES | {"themes/own/a.css": ""})
    archive = packed(workspace, tmp_path / "a.zip")
    target = workspace.root / "themes/own/a.css"
    target.write_text("b")
    target.chmod(0o444)
    with pytest.raises(ReporterError):
        look_ahead(workspace, open_backup(archive))
    target.unlink()
    place(workspace.root, {"themes/own/a.css/.kept": ""})
    with pytest.raises(ReporterError):
        look_ahead(workspace, open_backup(archive))
    # A file where a folder was is part of the workspace, and goes.
    shutil.rmtree(target.parent)
    target.parent.write_text("")
    assert FileFate.GONE is look_ahead(workspace, open_backup(archive)).fates["themes/own"]
    restored(workspace, archive)
    assert "" == target.read_text()


def test_while_it_is_put_back_nobody_reads_half_of_it_and_the_next_one_finishes_it(tmp_path, monkeypatch):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    then = contents(workspace)
    amended(workspace, "B")
    place(workspace.root, {"data/XX/2021.yaml": "year: 2021\n"})
    prospect = look_ahead(workspace, open_backup(archive))
    with monkeypatch.context() as patched:
        patched.setattr("reporter.delivery.putting_back._carry_out", lambda _: None)
        put_back(workspace, prospect, ANA)
    with pytest.raises(ReporterError) as caught:
        workspace.snapshot()
    assert "a back-up is being put back into this workspace" == caught.value.message
    finish_putting_back(workspace)
    assert then == contents(workspace)
    assert not workspace.pending.parent.exists()


@pytest.mark.parametrize("hour", [5, 9])
def test_the_last_states_before_are_kept_though_the_clock_went_back(tmp_path, hour):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    for minute in range(7):
        amended(workspace, f"B{minute}")
        restored(workspace, archive, Writer("Ana", datetime(2026, 11, 27, 9, minute, tzinfo=UTC)))
    states = earlier_states(workspace)
    assert [f"2026-11-27T09-0{minute}-00.zip" for minute in (6, 5, 4, 3, 2)] == [each.name for each in states]
    for each in states:
        os.utime(each, (2e9, 2e9))
    amended(workspace, "C")
    # Of the hour before, or of the very second of another one.
    restored(workspace, archive, Writer("Ana", datetime(2026, 11, 27, hour, 5, tzinfo=UTC)))
    (kept,) = set(earlier_states(workspace)) - set(states)
    assert b"title: {en: C}" in open_backup(kept).read("reporter.yaml")
    assert KEPT == len(earlier_states(workspace))
