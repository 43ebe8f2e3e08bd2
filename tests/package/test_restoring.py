"""What is restored is the workspace of then, in an empty folder; what is anywhere else stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.workspace import Workspace, find_workspace
from reporter.exchange import backup
from reporter.exchange.backup import restore
from reporter.exchange.send.storage import read_history
from tests import small
from tests.package.backups import JOURNAL, made, packed
from tests.send.queued import opened, queued

PATHS = some.sampled_from(
    ("data/catalogue.yaml", "data/XX/2020.yaml", "data/XX/country.yaml", "data/XX/text/en/2020.md", "themes/own/a.css")
)
OTHER = {"reporter.yaml": "title: {en: B}\n", "data/XX/2017.yaml": "year: 2017\n", "notes.txt": "mine", JOURNAL: "{}\n"}


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, but for what the program needs to write."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return {
        path: content for path, content in found.items() if path not in (".reporter/edit.lock", ".reporter/.gitignore")
    }


@settings(max_examples=15)
@given(some.dictionaries(PATHS, some.binary(max_size=40)))
def test_it_is_the_workspace_of_then(tmp_path_factory, then):
    folder = tmp_path_factory.mktemp("round")
    before = made(folder / "then", {"reporter.yaml": "title: {en: A}\n", JOURNAL: "{}\n", **then})
    archive = packed(before, folder / "a.zip")
    (folder / "empty/.git").mkdir(parents=True)
    for name in ("empty", "new"):
        restore(Workspace(folder / name), archive)
        assert files(before.root) == files(folder / name)
    assert ["a.zip", "empty", "new", "then"] == sorted(each.name for each in folder.iterdir())


def test_what_was_sent_is_there_again(tmp_path):
    workspace = made(tmp_path / "here")
    with opened(workspace.outbox) as outbox:
        queued(outbox)
    restore(Workspace(tmp_path / "new"), packed(workspace, tmp_path / "a.zip"))
    assert read_history(workspace.outbox) == read_history(tmp_path / "new/submission")
    with opened(tmp_path / "new/submission") as outbox:
        assert ((), 1) == (outbox.damage(), len(outbox.log()))


@pytest.mark.parametrize("name", list(OTHER))
def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path, name):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    workspace = made(tmp_path / "now", {name: OTHER[name], ".env": "A=1"})
    old = files(workspace.root)
    with pytest.raises(UsageError, match="is not empty") as caught:
        restore(workspace, archive)
    assert (old, "move it away first, or restore the backup into a new folder: -w DIR") == (
        files(workspace.root),
        caught.value.hint,
    )


def test_a_back_up_that_is_refused_changes_nothing(tmp_path):
    archive = packed(made(tmp_path / "then"), tmp_path / "a.zip")
    archive.write_bytes(archive.read_bytes().replace(b"year: 2020", b"year: 2021"))
    with pytest.raises(ReporterError, match=r"a\.zip is not a backup: .* is damaged"):
        restore(Workspace(tmp_path / "new"), archive)
    assert ["a.zip", "then"] == sorted(each.name for each in tmp_path.iterdir())


def test_what_cannot_be_written_whole_is_not_restored_and_what_was_killed_goes_on(tmp_path, monkeypatch):
    then = made(tmp_path / "then", small.FILES | {JOURNAL: "{}\n"})
    archive, original = packed(then, tmp_path / "a.zip"), backup.write_whole
    (tmp_path / "now/.git").mkdir(parents=True)
    for problem, left in ((ReporterError("full"), False), (KeyboardInterrupt(), True)):
        for name in ("now", "new"):

            def write(path: Path, content: bytes, problem: BaseException = problem) -> None:
                if path.name == "reporter.yaml":
                    raise problem
                original(path, content)

            monkeypatch.setattr(backup, "write_whole", write)
            monkeypatch.setattr(backup, "remove", lambda path: None if left else path.unlink(missing_ok=True))  # noqa: B023
            with pytest.raises(type(problem)):
                restore(Workspace(tmp_path / name), archive)
            if not left:
                assert not files(tmp_path / name)
            with pytest.raises(UsageError):
                find_workspace(tmp_path / name)
    monkeypatch.undo()
    for name in ("now", "new"):
        restore(Workspace(tmp_path / name), archive)
        assert files(then.root) == files(tmp_path / name)
