"""What is put back is the workspace of then, but for what was published or sent since."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
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
from tests.delivery.backups import ANA, JOURNAL, bytes_of, contents, made, packed, place, restored
from tests.edit.changing import wanted
from tests.submission.queued import opened, queued

PATHS = some.sampled_from(
    ("data/catalogue.yaml", "data/XX/2020.yaml", "data/XX/country.yaml", "data/XX/text/en/2020.md", "themes/own/a.css")
)
FILES = some.dictionaries(PATHS, some.binary(max_size=40))


def amended(workspace: Workspace, title: str) -> None:
    apply(workspace, wanted(workspace, "title/en", title, file="reporter.yaml"), ANA)


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


def test_what_would_change_is_said_before_and_nothing_is_written(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    place(workspace.root, {"data/XX/2020.yaml": "year: 2020\n", "data/XX/2021.yaml": "year: 2021\n"})
    (workspace.root / "data/XX/text/en/2020.md").unlink()
    before = sorted(workspace.root.rglob("*"))
    prospect = look_ahead(workspace, open_backup(archive))
    assert {
        "data/XX/2020.yaml": FileFate.CHANGED,
        "data/XX/2021.yaml": FileFate.GONE,
        "data/XX/text/en/2020.md": FileFate.NEW,
    } == prospect.fates
    assert before == sorted(workspace.root.rglob("*"))


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
    assert [("reporter.yaml", prospect.here["reporter.yaml"], prospect.archive.sums["reporter.yaml"])] == list(
        note.sums
    )


def test_a_journal_that_knows_other_things_is_kept_with_the_state_before(tmp_path):
    one, other = made(tmp_path / "one"), made(tmp_path / "other")
    amended(one, "One")
    amended(other, "Other")
    restored(other, packed(one, tmp_path / "a.zip"))
    lines = (other.root / JOURNAL).read_text().splitlines()
    assert (one.root / JOURNAL).read_text().splitlines() == lines[:-1]
    assert b"Other" in open_backup(earlier_states(other)[0]).read(JOURNAL)


def test_what_was_published_since_stays(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    place(workspace.root, {"data/XX/editions/2020.yaml": "year: 2020\n"})
    assert {"data/XX/editions/2020.yaml": FileFate.STAYS} == restored(workspace, archive).fates
    assert (workspace.root / "data/XX/editions/2020.yaml").is_file()


def test_what_was_sent_since_is_not_forgotten(tmp_path):
    workspace = made(tmp_path / "here")
    with opened(workspace.outbox) as outbox:
        queued(outbox)
    archive = packed(workspace, tmp_path / "a.zip")
    with opened(workspace.outbox) as outbox:
        queued(outbox, "another", "commission")
    prospect = restored(workspace, archive)
    assert Meeting.HERE is prospect.outbox
    assert not prospect.changes
    assert 2 == len(read_history(workspace.outbox).items)


def test_an_outbox_that_knows_less_is_replaced_by_that_of_the_back_up(tmp_path):
    workspace = made(tmp_path / "here")
    with opened(workspace.outbox) as outbox:
        queued(outbox)
    archive = packed(workspace, tmp_path / "a.zip")
    other = made(tmp_path / "other")
    assert Meeting.THERE is restored(other, archive).outbox
    assert read_history(workspace.outbox) == read_history(other.outbox)
    assert (workspace.outbox / "log.jsonl").read_bytes() == (other.outbox / "log.jsonl").read_bytes()


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
    assert b"damaged" == open_backup_raw(earlier_states(workspace)[0], "submission/outbox.sqlite3")


def open_backup_raw(archive: Path, path: str) -> bytes:
    """A file of an archive that holds a damaged outbox."""
    import zipfile

    return zipfile.ZipFile(archive).read(f"reporter-backup/workspace/{path}")


def test_who_changes_a_file_after_the_look_is_not_written_over(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    amended(workspace, "B")
    prospect = look_ahead(workspace, open_backup(archive))
    place(workspace.root, {"data/XX/2020.yaml": "year: 2020\n"})
    with pytest.raises(ReporterError) as caught:
        put_back(workspace, prospect, ANA)
    assert "files were changed since you looked" == caught.value.message
    assert "year: 2020\n" == (workspace.root / "data/XX/2020.yaml").read_text()


@pytest.mark.parametrize("barrier", ["folder", "file", "rights"])
def test_what_would_stop_it_half_way_stops_it_before(tmp_path, barrier):
    workspace = made(tmp_path / "here", small.FILES | {"themes/own/a.css": ""})
    archive = packed(workspace, tmp_path / "a.zip")
    target = workspace.root / "themes/own/a.css"
    target.write_text("b")
    if barrier == "rights":
        target.chmod(0o444)
    else:
        target.unlink()
        target.mkdir() if barrier == "folder" else (target.parent.rmdir(), target.parent.write_text(""))
        (target / ".kept").write_text("") if barrier == "folder" else None
    if barrier == "file":
        # It is part of the workspace, and goes.
        assert FileFate.GONE is look_ahead(workspace, open_backup(archive)).fates["themes/own"]
        restored(workspace, archive)
        assert "" == target.read_text()
        return
    with pytest.raises(ReporterError):
        look_ahead(workspace, open_backup(archive))


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


def test_only_the_last_states_before_are_kept(tmp_path):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    for number in range(7):
        amended(workspace, f"B{number}")
        restored(workspace, archive, Writer("Ana", datetime(2026, 11, 27, 8, number, tzinfo=UTC)))
    names = [each.name for each in earlier_states(workspace)]
    assert [f"2026-11-27T08-0{number}-00.zip" for number in (6, 5, 4, 3, 2)] == names


@pytest.mark.parametrize("hour", [5, 9])
def test_the_state_before_is_kept_though_the_clock_went_back(tmp_path, hour):
    workspace = made(tmp_path / "here")
    archive = packed(workspace, tmp_path / "a.zip")
    for minute in range(6):
        amended(workspace, f"B{minute}")
        restored(workspace, archive, Writer("Ana", datetime(2026, 11, 27, 9, minute, tzinfo=UTC)))
    for each in earlier_states(workspace):
        os.utime(each, (2e9, 2e9))
    known = set(earlier_states(workspace))
    amended(workspace, "C")
    # Of the hour before, or of the very second of another one.
    restored(workspace, archive, Writer("Ana", datetime(2026, 11, 27, hour, 5, tzinfo=UTC)))
    (kept,) = set(earlier_states(workspace)) - known
    assert b"title: {en: C}" in open_backup(kept).read("reporter.yaml")
    assert KEPT == len(earlier_states(workspace))


def test_a_line_of_the_journal_is_one_object(tmp_path):
    workspace = made(tmp_path / "here")
    archive = tmp_path / "a.zip"
    archive.write_bytes(bytes_of({"reporter.yaml": b"title: {en: A}\n"}))
    restored(workspace, archive)
    (line,) = (workspace.root / JOURNAL).read_text().splitlines()
    assert {"time", "person", "archive", "sums"} == set(json.loads(line))
