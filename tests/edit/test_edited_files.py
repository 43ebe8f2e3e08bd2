"""Files that are made by the first text in them, and go again when that is taken back."""

import errno
import os
from pathlib import Path

import pytest

from reporter.edit import applying as edited_files
from reporter.edit.amendment import ABSENT, Amendment, Conflict
from reporter.edit.applying import Writer, apply, undo
from reporter.edit.splice import EditError
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from tests.edit.changing import MADE, NEW, WHOLE, content, first_text, journal


def refuse(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def is_there(workspace: Workspace) -> bool:
    return (workspace.root / NEW).exists()


def test_a_file_that_says_nothing_is_not_made(workspace: Workspace, ana: Writer) -> None:
    assert None is apply(workspace, first_text(workspace, "# contacts\n<!-- empty -->"), ana)
    assert not is_there(workspace)
    assert () == journal(workspace).lines


@pytest.mark.parametrize("link", [os.link, refuse], ids=["links", "a disk without links"])
def test_the_file_goes_when_its_first_text_is_taken_back_and_comes_again(workspace, ana, monkeypatch, link):
    monkeypatch.setattr(os, "link", link)
    done = apply(workspace, first_text(workspace), ana)
    assert ("# contacts\n<!-- empty -->", ABSENT, MADE) == (done.before, done.sums[0], content(workspace, NEW))
    for _ in range(2):
        undo(workspace, journal(workspace).lines[-1], ana)
        assert not is_there(workspace)
        assert not (workspace.root / NEW).parent.exists()
        undo(workspace, journal(workspace).lines[-1], ana)
        assert MADE == content(workspace, NEW)
    assert {True} == {each.is_written for each in journal(workspace).lines}


def test_the_file_stays_where_anything_else_was_written(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, first_text(workspace), ana)
    more = "# at_a_glance\n\nTrumpai."
    path = workspace.root / NEW
    path.write_text(content(workspace, NEW).replace("# at_a_glance\n<!-- empty -->", more), encoding="utf-8")
    undo(workspace, journal(workspace).lines[-1], ana)
    assert WHOLE.replace("# at_a_glance\n<!-- empty -->", more) == content(workspace, NEW)
    undo(workspace, journal(workspace).lines[-1], ana)
    assert MADE.replace("# at_a_glance\n<!-- empty -->", more) == content(workspace, NEW)


def test_two_who_write_the_first_text_see_each_other(workspace: Workspace, ana: Writer) -> None:
    mine = first_text(workspace, "# contacts\n\nMano.")
    elsewhere = Amendment(NEW, ("at_a_glance",), "# at_a_glance\n\nTrumpai.", mine.seen, (), WHOLE)
    apply(workspace, first_text(workspace), ana)
    found = apply(workspace, mine, ana)
    assert isinstance(found, Conflict)
    assert "# contacts\n\nRašykite mums." == found.theirs
    assert isinstance(apply(workspace, elsewhere, ana), Conflict)
    assert MADE == content(workspace, NEW)


def test_a_file_that_came_meanwhile_is_not_written_over(workspace, ana, monkeypatch):
    keep = edited_files.keep_edit

    def come(*told: object) -> None:
        keep(*told)
        (workspace.root / NEW).parent.mkdir(parents=True)
        (workspace.root / NEW).write_text("# theirs\n\nMine.\n", encoding="utf-8")

    monkeypatch.setattr(edited_files, "keep_edit", come)
    with pytest.raises(ReporterError, match="has come meanwhile"):
        apply(workspace, first_text(workspace), ana)
    assert "# theirs\n\nMine.\n" == content(workspace, NEW)
    assert ["2020.md"] == [path.name for path in (workspace.root / NEW).parent.iterdir()]
    assert [False] == [each.is_written for each in journal(workspace).lines]


def lead_outside(folder: Path, outside: Path) -> None:
    outside.mkdir()
    folder.symlink_to(outside)


@pytest.mark.parametrize(
    ("happens", "what"),
    [
        (lead_outside, "leads out of the workspace"),
        (lambda folder, _: folder.write_text("x"), "a file lies where a folder should be"),
    ],
)
def test_no_file_is_made_where_its_folder_is_none(workspace, ana, tmp_path_factory, happens, what):
    outside = tmp_path_factory.mktemp("other") / "lt"
    happens((workspace.root / NEW).parent, outside)
    with pytest.raises(ReporterError, match=what):
        apply(workspace, first_text(workspace), ana)
    assert not (outside / "2020.md").exists()
    assert {False} >= {each.is_written for each in journal(workspace).lines}


def test_without_what_it_begins_with_no_file_is_made(workspace: Workspace, ana: Writer) -> None:
    mine = first_text(workspace)
    with pytest.raises(EditError, match="file is missing"):
        apply(workspace, Amendment(mine.file, mine.path, mine.value, mine.seen, mine.order), ana)
    assert not is_there(workspace)
