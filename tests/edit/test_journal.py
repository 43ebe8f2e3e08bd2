"""Every change has its line, and a line that cannot be read takes no other along."""

import json
from datetime import UTC, datetime

from reporter.edit.applying import Writer, apply, undo
from reporter.errors import Mark
from reporter.files.workspace import Workspace
from tests.edit.changing import TOTAL, YEAR, content, journal, wanted


def test_a_month_has_a_file_and_the_oldest_edit_comes_first(workspace: Workspace) -> None:
    for month, value in ((11, "25"), (12, "26")):
        apply(workspace, wanted(workspace, TOTAL, value), Writer("Ana", datetime(2026, month, 1, tzinfo=UTC)))
    assert ["2026-11.jsonl:1:1", "2026-12.jsonl:1:1"] == [str(each.mark) for each in journal(workspace).lines]


def test_lines_stay_in_their_order_though_the_clock_goes_back(workspace: Workspace) -> None:
    before = content(workspace)
    for month, value in ((12, "25"), (11, "26")):
        apply(workspace, wanted(workspace, TOTAL, value), Writer("Ana", datetime(2026, month, 1, tzinfo=UTC)))
    found = journal(workspace).lines
    assert ["25", "26"] == [each.edit.after.split()[1] for each in found]
    assert (True, True) == tuple(each.is_written for each in found)
    for line in reversed(found):
        undo(workspace, line, Writer("Ana", datetime(2026, 10, 1, tzinfo=UTC)))
    assert before == content(workspace)


def test_a_line_says_who_changed_what_and_when(workspace: Workspace, ana: Writer) -> None:
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
    assert ("17", "18", 64, 64) == (splice["replaced"], splice["inserted"], *map(len, sums))


def test_a_line_of_a_journal_from_before_edits_had_a_group_is_read_and_taken_back(
    workspace: Workspace, ana: Writer
) -> None:
    before = content(workspace)
    done = apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    file = workspace.own / "journal" / "2026-11.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace(', "group": ""', ""), encoding="utf-8")
    assert "group" not in file.read_text(encoding="utf-8")
    assert [done] == [each.edit for each in journal(workspace).lines]
    undo(workspace, journal(workspace).lines[0], ana)
    assert before == content(workspace)


def test_lines_that_cannot_be_read_are_told_and_passed_over(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    file = workspace.own / "journal" / "2026-11.jsonl"
    good = file.read_text(encoding="utf-8")
    wrong = (
        "[1]",
        "{}",
        "\xff",
        good.strip().replace('"Ana"', "7"),
        good.strip().replace('"sums": ["', '"sums": ["x", "'),
    )
    file.write_bytes((good + "\n".join(wrong) + "\n" + good[:80]).encode("latin-1", "replace"))
    apply(workspace, wanted(workspace, TOTAL, "26"), ana)
    found = journal(workspace)
    assert [1, 8] == [each.mark.line for each in found.lines]
    assert [Mark(file.name, number) for number in range(2, 8)] == list(found.broken)


def test_a_line_whose_file_was_not_written_is_known_even_when_it_was_changed_by_hand(
    workspace: Workspace, ana: Writer
) -> None:
    before = content(workspace)
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    assert (True,) == written(workspace)
    (workspace.root / YEAR).write_text(f"# by hand\n{before}", encoding="utf-8")
    assert (False,) == written(workspace)
    (workspace.root / YEAR).write_text("broken: [", encoding="utf-8")
    assert (True,) == written(workspace)


def test_an_edit_and_its_undo_were_both_written(workspace: Workspace, ana: Writer) -> None:
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    undo(workspace, journal(workspace).lines[0], ana)
    undo(workspace, journal(workspace).lines[1], ana)
    assert (True, True, True) == written(workspace)


def test_what_was_once_written_is_found_by_its_digest(workspace: Workspace, ana: Writer) -> None:
    seen = wanted(workspace, TOTAL, None).seen
    apply(workspace, wanted(workspace, TOTAL, "25"), ana)
    assert "total: 24  # of all ages" == journal(workspace).find(seen)
    assert "" == journal(workspace).find("0")


def written(workspace: Workspace) -> tuple[bool, ...]:
    return tuple(each.is_written for each in journal(workspace).lines)
