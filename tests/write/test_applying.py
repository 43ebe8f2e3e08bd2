"""Edits are written whole, kept in the journal and taken back."""

import errno
import json
import os
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reporter.data.errors import Mark, ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.write import applying
from reporter.data.write import applying as edited_files
from reporter.data.write.amendment import ABSENT, NOTHING, Amendment, Conflict, Edit, slice_digest
from reporter.data.write.applying import JournalLine, Writer, apply, rewrite, undo_together
from reporter.data.write.yaml_format import EditError, Value
from tests.write.changing import MADE, NEW, TEXT, TOTAL, WHOLE, YEAR, content, first_text, journal, wanted
from tests.write.models import random_edit
from tests.write.styles import STYLES


def undo(workspace: Workspace, line: JournalLine, writer: Writer) -> Edit | Conflict:
    found = undo_together(workspace, (line,), writer)
    return found if isinstance(found, Conflict) else found[0]


def test_a_month_has_a_file_and_lines_stay_in_their_order_though_the_clock_goes_back(workspace: Workspace) -> None:
    before = content(workspace)
    for month, value in ((11, "25"), (12, "26"), (10, "27")):
        apply(workspace, wanted(workspace, TOTAL, value), Writer("Ana", datetime(2026, month, 1, tzinfo=UTC)))
    found = journal(workspace).lines
    assert ["2026-11.jsonl:1:1", "2026-12.jsonl:1:1", "2026-12.jsonl:2:1"] == [str(each.mark) for each in found]
    assert (["25", "26", "27"], (True,) * 3) == ([each.edit.after.split()[1] for each in found], written(workspace))
    for line in reversed(found):
        undo(workspace, line, Writer("Ana", datetime(2026, 10, 1, tzinfo=UTC)))
    assert before == content(workspace)


def test_a_line_says_who_changed_what_and_when_and_no_edition_sees_it(workspace: Workspace, ana: Writer) -> None:
    seen = set(workspace.snapshot())
    apply(workspace, wanted(workspace, "figures/persons.convicted", "18"), ana)
    told = json.loads((workspace.own / "journal" / "2026-11.jsonl").read_text(encoding="utf-8"))
    sums, splice = told.pop("sums"), told.pop("splice")
    assert {
        "time": "2026-11-27T08:00:00+00:00",
        "person": "Ana",
        "file": YEAR,
        "path": ["figures", "persons.convicted"],
        "before": "# not published\n  persons.convicted: 17",
        "after": "# not published\n  persons.convicted: 18",
        "beside": ["victims.identified", "persons.convicted", "persons.prosecuted"],
        "undoes": "",
        "group": "",
    } == told
    assert (seen, "*\n") == (set(workspace.snapshot()), (workspace.own / ".gitignore").read_text(encoding="utf-8"))
    assert ("17", "18", 64, 64) == (splice["replaced"], splice["inserted"], *map(len, sums))


def test_lines_that_cannot_be_read_are_told_and_passed_over(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    file = workspace.own / "journal" / "2026-11.jsonl"
    good = file.read_text(encoding="utf-8")
    changed = (good.strip().replace(*each) for each in (('"Ana"', "7"), ('"sums": ["', '"sums": ["x", "')))
    wrong = ("[1]", "{}", "\xff", *changed)
    file.write_bytes((good + "\n".join(wrong) + "\n" + good[:80]).encode("latin-1", "replace"))
    apply(workspace, wanted(workspace, TOTAL, "26"), ana)
    found = journal(workspace)
    assert [1, 8] == [each.mark.line for each in found.lines]
    assert [Mark(file.name, number) for number in range(2, 8)] == list(found.broken)


def test_a_line_whose_file_was_not_written_is_known_even_when_it_was_changed_by_hand(workspace, ana):
    before = content(workspace)
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    assert (True,) == written(workspace)
    (workspace.root / YEAR).write_text(f"# by hand\n{before}", encoding="utf-8")
    assert (False,) == written(workspace)
    (workspace.root / YEAR).write_text("broken: [", encoding="utf-8")
    assert (True,) == written(workspace)


def written(workspace: Workspace) -> tuple[bool, ...]:
    return tuple(each.is_written for each in journal(workspace).lines)


def last(workspace: Workspace) -> JournalLine:
    return journal(workspace).lines[-1]


def test_nothing_is_written_where_it_stands_already(workspace: Workspace, ana: Writer) -> None:
    path = workspace.root / YEAR
    before = path.stat()
    assert None is apply(workspace, wanted(workspace, TOTAL, "24"), ana)
    assert None is apply(workspace, wanted(workspace, "figures/none", None), ana)
    assert None is apply(workspace, wanted(workspace, "contacts", "# contacts\n\nWrite to us.", file=TEXT), ana)
    assert (before.st_mtime_ns, before.st_ino) == (path.stat().st_mtime_ns, path.stat().st_ino)
    assert () == journal(workspace).lines


@pytest.mark.parametrize("value", ["", " \n", ["# contacts"], {"en": "# contacts"}])
def test_a_section_is_not_taken_out_by_mistake(workspace: Workspace, ana: Writer, value: Value) -> None:
    before = content(workspace, TEXT)
    with pytest.raises(EditError, match="a heading and its text are expected"):
        apply(workspace, wanted(workspace, "contacts", value, file=TEXT), ana)
    assert before == content(workspace, TEXT)


def test_an_item_is_added_behind_those_that_came_meanwhile(workspace: Workspace, ana: Writer) -> None:
    for code in ("EE", "LV"):
        apply(workspace, Amendment(YEAR, ("countries", "0", "named", "-"), code, NOTHING), ana)
    assert "named: [LT, DE, EE, LV]" in content(workspace)
    assert ("countries", "0", "named", "3") == last(workspace).edit.path


def test_a_file_keeps_its_byte_order_mark_its_line_breaks_its_rights_and_its_link(workspace, ana):
    link, path = workspace.root / YEAR, workspace.root / "data/kept.yaml"
    link.unlink()
    link.symlink_to(path)
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2")
    path.chmod(0o640)
    apply(workspace, Amendment(YEAR, ("a",), "3", slice_digest("a: 1")), ana)
    assert (b"\xef\xbb\xbfa: 3\r\nb: 2", 0o640) == (path.read_bytes(), path.stat().st_mode & 0o777)
    assert link.is_symlink()
    undo(workspace, last(workspace), ana)
    assert b"\xef\xbb\xbfa: 1\r\nb: 2" == path.read_bytes()


@pytest.mark.parametrize(
    ("path", "value", "theirs", "base"),
    [
        (TOTAL, "25", "total: 26  # of all ages", "total: 24  # of all ages"),
        ("figures/new", "2", "new: 3", ""),
        ("countries/0/kind", None, "kind: transit", "kind: destination"),
    ],
)
def test_a_change_of_what_another_one_changed_is_a_conflict(workspace, ana, path, value, theirs, base):
    mine = wanted(workspace, path, value)
    there = theirs.rpartition(": ")[2].split()[0]
    apply(workspace, wanted(workspace, path, there), ana)
    before = content(workspace)
    assert Conflict(YEAR, tuple(path.split("/")), value, theirs=theirs, base=base) == apply(workspace, mine, ana)
    assert (before, 1) == (content(workspace), len(journal(workspace).lines))
    # Two who write the same do not disagree.
    assert None is apply(workspace, replace(mine, value=there), ana)


def test_who_waits_too_long_is_told(workspace: Workspace, ana: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "PATIENCE", 0)
    workspace.own.mkdir()
    with FileLock(workspace.own / "edit.lock"), pytest.raises(ReporterError, match="another user is saving"):
        apply(workspace, wanted(workspace, TOTAL, "25"), ana)


@pytest.mark.parametrize(
    "file",
    [
        *("data/XX/editions/2020/data/XX/2020.yaml", "../reporter.yaml", "data/XX/../../reporter.yaml", "/etc/passwd"),
        *("templates/page.html", "data/XX/2020.yml", ".reporter/journal/2026-11.jsonl"),
    ],
)
def test_other_files_are_not_written_into(workspace: Workspace, ana: Writer, file: str) -> None:
    with pytest.raises(UsageError, match="is not a file that can be edited"):
        apply(workspace, Amendment(file, ("a",), "1", NOTHING), ana)
    assert not workspace.own.exists()


def lead_outside(path: Path) -> None:
    outside = path.parents[3] / "outside.yaml"
    shutil.move(path, outside)
    path.symlink_to(outside)


@pytest.mark.parametrize(
    ("happens", "what"),
    [
        (Path.unlink, "file is missing"),
        (lambda path: (path.unlink(), path.mkdir()), "is not a file"),
        (lead_outside, "leads out of the workspace through a symbolic link"),
        (lambda path: path.write_bytes(b"\x89PNG\0"), "not plain text"),
        (lambda path: path.write_text("figures: [1\n", encoding="utf-8"), "is missing"),
        (lambda path: path.chmod(0o444), "it is read-only"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_and_left(workspace, ana, happens, what):
    mine, path = wanted(workspace, TOTAL, "25"), workspace.root / YEAR
    happens(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ReporterError, match=what) as refused:
        apply(workspace, mine, ana)
    assert YEAR in str(refused.value)
    assert refused.value.hint
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_a_full_disk_leaves_the_file_and_is_told(workspace, ana, monkeypatch):
    before, mine = content(workspace), wanted(workspace, TOTAL, "25")
    sync, calls = os.fsync, []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 3:  # what Git ignores, the journal, the file
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReporterError, match="No space left") as refused:
        apply(workspace, mine, ana)
    assert "existing files are unchanged" in refused.value.hint
    assert before == content(workspace)
    assert False is last(workspace).is_written
    assert [] == [path.name for path in (workspace.root / YEAR).parent.glob(".*")]


def test_what_was_changed_since_is_not_undone(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    first = last(workspace)
    apply(workspace, wanted(workspace, TOTAL, "26"), ana)
    before = content(workspace)
    found = undo(workspace, first, ana)
    assert isinstance(found, Conflict)
    assert ("total: 26  # of all ages", "total: 25  # of all ages") == (found.theirs, found.base)
    assert before == content(workspace)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (TOTAL, "25"),
        ("figures/new", "2"),
        ("figures/victims.identified/by person/men", None),
        ("figures/victims.identified/by person/children", None),
        ("year", None),
        ("countries/0/note", None),
        ("countries/0/named/1", None),
        ("countries/0/named/0", None),
    ],
)
def test_an_edit_is_undone_though_the_file_was_changed_elsewhere(workspace, ana, path, value):
    def otherwise(text: str) -> str:
        return "# new\n" + text.replace("persons.convicted: 17", "persons.convicted: 19")

    before = content(workspace)
    apply(workspace, wanted(workspace, path, value), ana)
    (workspace.root / YEAR).write_text(otherwise(content(workspace)), encoding="utf-8")
    after = content(workspace)
    undo(workspace, last(workspace), ana)
    assert (otherwise(before), "2026-11.jsonl:1") == (content(workspace), last(workspace).edit.undoes)
    (workspace.root / YEAR).write_text("# newer\n" + content(workspace), encoding="utf-8")
    undo(workspace, last(workspace), ana)
    assert "# newer\n" + after == content(workspace)


def test_what_was_taken_out_and_written_anew_is_not_put_back(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, Amendment(YEAR, ("figures", "2016"), "45", NOTHING), ana)
    for path in ("figures/2016", "figures/persons.convicted"):
        apply(workspace, wanted(workspace, path, None), ana)
        gone = last(workspace)
        apply(workspace, wanted(workspace, path, "3"), ana)
        before = content(workspace)
        assert isinstance(undo(workspace, gone, ana), Conflict)
        assert before == content(workspace)


def test_a_section_is_undone_though_the_text_was_changed_elsewhere(workspace: Workspace, ana: Writer) -> None:
    before = content(workspace, TEXT)
    for words in ("# contacts\n\nWrite to me.", None):
        apply(workspace, wanted(workspace, "contacts", words, file=TEXT), ana)
        (workspace.root / TEXT).write_text(content(workspace, TEXT).replace("In 2020.", "In 2021."), encoding="utf-8")
        undo(workspace, last(workspace), ana)
        assert before.replace("In 2020.", "In 2021.") == content(workspace, TEXT)


def test_a_line_of_the_journal_written_by_hand_takes_nothing_else_back(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    line = last(workspace)
    before = content(workspace)
    forged = replace(line, edit=replace(line.edit, splice=replace(line.edit.splice, start=0)))
    undo(workspace, forged, ana)
    assert before.replace("total: 25", "total: 24") == content(workspace)
    with pytest.raises(UsageError):
        undo(workspace, replace(line, edit=replace(line.edit, file="../x.yaml")), ana)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(sorted(STYLES)), some.integers(0, 1 << 32))
def test_edits_that_were_made_at_once_are_taken_back_and_made_again_at_once(workspace, ana, style, seed):
    chance, path, together = random.Random(seed), workspace.root / YEAR, replace(ana, group="1")
    path.write_bytes(STYLES[style].encode())
    shutil.rmtree(workspace.own, ignore_errors=True)
    for _ in range(chance.randint(1, 5)):
        edit = random_edit(content(workspace), chance)
        if edit.splice:
            seen = NOTHING if edit.is_new else wanted(workspace, "/".join(edit.path), None).digest
            apply(workspace, Amendment(YEAR, edit.path, edit.value, seen), together)
    after, made = path.read_bytes(), journal(workspace).lines
    assert len(made) == len(undo_together(workspace, made, ana))
    assert STYLES[style].encode() == path.read_bytes()
    assert len(made) == len(undo_together(workspace, journal(workspace).lines[len(made) :], ana))
    assert after == path.read_bytes()


def test_of_edits_that_were_made_at_once_none_is_taken_back_where_one_was_changed(workspace, ana):
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    apply(workspace, wanted(workspace, "figures/persons.convicted", "19"), ana)
    both = journal(workspace).lines
    apply(workspace, wanted(workspace, TOTAL, "26"), ana)
    before = content(workspace)
    assert isinstance(undo_together(workspace, both, ana), Conflict)
    assert before == content(workspace)
    assert 3 == len(journal(workspace).lines)


DECIDED = "data/LT/protection/2020.yaml"


def test_changes_proven_one_by_one_are_written_at_once_and_taken_back(workspace: Workspace, ana: Writer) -> None:
    before = content(workspace)
    after = before.replace("total: 24", "total: 25")
    done = rewrite(workspace, YEAR, ("figures",), before, after, ana)
    assert (after, done) == (content(workspace), last(workspace).edit)
    assert isinstance(undo(workspace, last(workspace), ana), Edit)
    assert before == content(workspace)


def test_a_file_written_at_once_goes_again(workspace: Workspace, ana: Writer) -> None:
    rewrite(workspace, DECIDED, ("withheld",), None, "withheld: {}\n", ana)
    assert "withheld: {}\n" == content(workspace, DECIDED)
    undo(workspace, last(workspace), ana)
    assert not (workspace.root / DECIDED).exists()


@pytest.mark.parametrize("was", ["year: 2019\n", None])
def test_what_somebody_else_changed_meanwhile_is_not_written_over(workspace, ana, was):
    before = content(workspace)
    with pytest.raises(EditError, match="another user has changed the file meanwhile"):
        rewrite(workspace, YEAR, ("figures",), was, "year: 2020\n", ana)
    assert before == content(workspace)


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
    elsewhere = Amendment(NEW, ("at_a_glance",), "# at_a_glance\n\nTrumpai.", mine.digest, (), WHOLE)
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
    with pytest.raises(ReporterError, match="was created meanwhile"):
        apply(workspace, first_text(workspace), ana)
    assert "# theirs\n\nMine.\n" == content(workspace, NEW)
    assert ["2020.md"] == [path.name for path in (workspace.root / NEW).parent.iterdir()]
    assert [False] == [each.is_written for each in journal(workspace).lines]


def lead_folder_outside(folder: Path, outside: Path) -> None:
    outside.mkdir()
    folder.symlink_to(outside)


@pytest.mark.parametrize(
    ("happens", "what"),
    [
        (lead_folder_outside, "leads out of the workspace"),
        (lambda folder, _: folder.write_text("x"), "there is a file where a folder should be"),
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
        apply(workspace, Amendment(mine.file, mine.path, mine.value, mine.digest, mine.order), ana)
    assert not is_there(workspace)
