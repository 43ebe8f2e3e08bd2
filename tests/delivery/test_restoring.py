"""What is restored is the workspace of then; what was there before lies beside it, every file as it was."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.delivery import restoring
from reporter.delivery.restoring import finish_restoring, restore, states_before
from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import Workspace, find_workspace
from reporter.submission.history import read_history
from tests import small
from tests.delivery.backups import JOURNAL, NOON, contents, made, packed, place, restored
from tests.submission.queued import opened, queued

PATHS = some.sampled_from(
    ("data/catalogue.yaml", "data/XX/2020.yaml", "data/XX/country.yaml", "data/XX/text/en/2020.md", "themes/own/a.css")
)
FILES = some.dictionaries(PATHS, some.binary(max_size=40))
OTHER = {"reporter.yaml": "title: {en: B}\n", "data/XX/2017.yaml": "year: 2017\n", "notes.txt": "mine", JOURNAL: "{}\n"}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, but for what the program needs to write."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {
        path: content for path, content in found.items() if path not in (".reporter/edit.lock", ".reporter/.gitignore")
    }


@settings(max_examples=15)
@given(FILES, FILES)
def test_it_is_the_workspace_of_then_and_what_was_there_is_aside(tmp_path_factory, then, now):
    folder = tmp_path_factory.mktemp("round")
    before = made(folder / "then", {"reporter.yaml": "title: {en: A}\n", **then})
    archive = packed(before, folder / "a.zip")
    workspace = made(folder / "now", {"reporter.yaml": "title: {en: B}\n", "notes.txt": "mine", **now})
    old = files(workspace.root)
    aside = restored(workspace, archive)
    assert folder / "now-before-2026-11-27T12-00-00" == aside
    assert (files(before.root), old) == (files(workspace.root), files(aside))
    # What lies aside is a workspace as it was.
    assert old.keys() - {"notes.txt"} == contents(Workspace(aside)).keys()


def test_an_empty_folder_becomes_the_workspace_with_its_journal(tmp_path):
    workspace = made(tmp_path / "here", small.FILES | {JOURNAL: "{}\n"})
    archive = packed(workspace, tmp_path / "a.zip")
    (tmp_path / "empty/.git").mkdir(parents=True)
    for name in ("empty", "new"):
        assert None is restore(Workspace(tmp_path / name), archive, NOON, aside=False)
        assert files(workspace.root) == files(tmp_path / name)
        assert {".gitignore", "edit.lock", "journal"} >= {
            each.name for each in (tmp_path / name / ".reporter").iterdir()
        }
    assert ["a.zip", "empty", "here", "new"] == sorted(each.name for each in tmp_path.iterdir())


def test_where_something_is_it_must_be_allowed_to_move_and_what_begins_with_a_dot_stays(tmp_path):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", OTHER | {".git/config": "", ".env": "A=1"})
    old = files(workspace.root)
    with pytest.raises(UsageError, match="is not empty"):
        restore(workspace, archive, NOON, aside=False)
    assert (old, [".env", ".git", ".reporter"]) == (files(workspace.root), _hidden(workspace.root))
    assert ["journal"] == [each.name for each in workspace.own.iterdir()]
    aside = restored(workspace, archive)
    assert OTHER.keys() == files(aside).keys()
    assert small.FILES.keys() | {".git/config", ".env"} == files(workspace.root).keys()


@pytest.mark.parametrize("is_killed", [False, True])
def test_an_outbox_that_knows_less_than_the_one_before_sends_nothing_until_that_one_is_back(tmp_path, is_killed):
    workspace = made(tmp_path / "here")
    archives = [packed(workspace, tmp_path / "0.zip")]
    for number, code in enumerate(("eurostat", "commission"), 1):
        with opened(workspace.outbox) as outbox:
            queued(outbox, code=code)
        archives.append(packed(workspace, tmp_path / f"{number}.zip"))
    log = workspace.outbox / "log.jsonl"
    if is_killed:
        log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    for number, archive in enumerate(archives[:2]):
        aside = restored(workspace, archive)
        with opened(workspace.outbox) as outbox:
            told = f"the outbox ends at line {number} of its log, log.jsonl at 2: it is an earlier copy"
            assert (told,) == outbox.damage()
        shutil.rmtree(workspace.outbox)
        (aside / "submission").rename(workspace.outbox)
    # One that knows all of it, or more, may send.
    restored(workspace, archives[2])
    with opened(workspace.outbox) as outbox:
        assert ((), 2) == (outbox.damage(), len(outbox.log()))
    aside = restored(made(tmp_path / "other"), archives[2])
    assert not (aside / "submission").exists()


def test_of_two_outboxes_each_stays_as_it_is(tmp_path):
    then, now = made(tmp_path / "then"), made(tmp_path / "now")
    for each, code in ((then, "eurostat"), (now, "commission")):
        with opened(each.outbox) as outbox:
            queued(outbox, code=code)
    old = read_history(now.outbox)
    aside = restored(now, packed(then, tmp_path / "a.zip"))
    assert (read_history(then.outbox), old) == (read_history(now.outbox), read_history(aside / "submission"))
    with opened(now.outbox) as outbox:
        assert ("log.jsonl: line 1 is not that of the outbox",) == outbox.damage()


def test_a_workspace_that_cannot_be_read_moves_aside_too(tmp_path):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(
        tmp_path / "now", {"reporter.yaml": b"\xff", "submission/outbox.sqlite3": "damaged", "data": "a file"}
    )
    (workspace.root / "themes").symlink_to(tmp_path / "nowhere")
    aside = restored(workspace, archive)
    assert small.FILES.keys() == files(workspace.root).keys()
    assert (b"damaged", b"a file") == (
        (aside / "submission/outbox.sqlite3").read_bytes(),
        (aside / "data").read_bytes(),
    )
    assert (aside / "themes").is_symlink()


def test_a_back_up_that_is_refused_changes_nothing(tmp_path):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    archive.write_bytes(archive.read_bytes().replace(b"year: 2020", b"year: 2021"))
    workspace = made(tmp_path / "now", OTHER)
    old = files(workspace.root)
    for name in ("now", "new"):
        with pytest.raises(ReporterError, match=r"a\.zip is no back-up: .* is damaged"):
            restore(Workspace(tmp_path / name), archive, NOON, aside=True)
    assert old == files(workspace.root)
    assert ["a.zip", "now", "then"] == sorted(each.name for each in tmp_path.iterdir())
    assert not workspace.pending.parent.exists()


@pytest.mark.parametrize("at", range(1, 5))
def test_what_cannot_move_aside_stays_where_it_is(tmp_path, monkeypatch, at):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", OTHER)
    old, moved = files(workspace.root), []

    def rename(source: Path, target: Path) -> Path:
        moved.append(source)
        if len(moved) == at:
            raise PermissionError(13, "Permission denied", str(source))
        return original(source, target)

    original = Path.rename
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(ReporterError, match="cannot move aside") as caught:
        restored(workspace, archive)
    assert caught.value.hint.endswith("nothing was changed")
    assert (old, False) == (files(workspace.root), workspace.pending.exists())
    assert ["a.zip", "now", "then"] == sorted(each.name for each in tmp_path.iterdir())
    restored(workspace, archive)
    assert small.FILES.keys() == files(workspace.root).keys()


def test_a_plan_is_finished_by_whoever_comes_next_and_writes_over_nothing(tmp_path, monkeypatch):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", OTHER)
    old = files(workspace.root)
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_carry_out", lambda _: None)
        aside = restored(workspace, archive)
    with pytest.raises(ReporterError, match="a back-up is being restored into this workspace"):
        workspace.snapshot()
    # The settings may be on their way.
    (workspace.root / "reporter.yaml").rename(tmp_path / "reporter.yaml")
    assert workspace == find_workspace(workspace.root / "data")
    (tmp_path / "reporter.yaml").rename(workspace.root / "reporter.yaml")
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_present", lambda _: [])
        patched.setattr(Path, "unlink", _killed)
        with pytest.raises(KeyboardInterrupt):
            finish_restoring(workspace)
    place(workspace.root, {"data/a.yaml": "come meanwhile"})
    with pytest.raises(ReporterError, match=r"the back-up is restored in part: .*another one is there") as caught:
        finish_restoring(workspace)
    assert caught.value.hint.endswith("any command in this folder finishes it")
    (workspace.root / "data").rename(tmp_path / "data")
    finish_restoring(workspace)
    finish_restoring(workspace)
    assert (small.FILES.keys(), old) == (files(workspace.root).keys(), files(aside))
    assert not workspace.pending.parent.exists()


def _hidden(root: Path) -> list[str]:
    return sorted(each.name for each in root.iterdir() if each.name.startswith("."))


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_no_state_takes_the_place_of_another_though_the_clock_went_back(tmp_path):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", OTHER)
    times = (NOON, NOON, NOON - timedelta(hours=1), NOON)
    places = [restored(workspace, archive, time).name for time in times]
    ends = ("12-00-00", "12-00-01", "11-00-00", "12-00-02")
    assert [f"now-before-2026-11-27T{end}" for end in ends] == places
    assert sorted(places, reverse=True) == [each.name for each in states_before(workspace.root)]


@pytest.mark.parametrize(("what", "answer"), [("os.access", False), ("os.path.ismount", True)])
def test_where_nothing_may_lie_beside_the_workspace_it_moves_into_a_hidden_folder(tmp_path, monkeypatch, what, answer):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", OTHER)
    old = files(workspace.root)
    monkeypatch.setattr(what, lambda *_: answer)
    aside = restored(workspace, archive)
    assert workspace.own / "before/now-before-2026-11-27T12-00-00" == aside
    assert (old, (aside,)) == (files(aside), states_before(workspace.root))
