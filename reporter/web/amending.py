"""How pages write: into the files, which the desk reads anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex

from reporter.edit.amendment import Conflict, Edit
from reporter.edit.applying import Writer, undo_together
from reporter.edit.journal import JournalLine, read_journal
from reporter.edit.written_steps import Step, WriteOutcome, write_steps
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.i18n import NN_, Locale
from reporter.web.desk import Desk

# Longer pieces are not told in the status bar.
SHORT = 24
TOO_LONG = "…"
VALUES, CHANGES = NN_("{n} value", "{n} values"), NN_("{n} change", "{n} changes")
FIGURES, REMARKS = "figures", frozenset({"flags", "note", "source", "confidentiality"})
# Bytes of chance in the name of what is written at once.
GROUP = 8


@dataclass(frozen=True, slots=True)
class LastEdits:
    """What a person would take back or redo next. It is one edit, or all that were made at once."""

    undo: tuple[JournalLine, ...] = ()
    redo: tuple[JournalLine, ...] = ()


def write(desk: Desk, person: str, steps: Sequence[Step], *, decides: bool = False) -> WriteOutcome:
    """Write some changes, one after another. None is written where one of them cannot be read or contradicts another
    writer. They are taken back at once. Nobody waits for the files to be checked; what `decides` on a text or a finding
    alone makes none untrue."""
    done = write_steps(desk.workspace, _writer(person, len(steps)), steps, desk.memory)
    if done.problem or done.conflict:
        # Shown as the files are now.
        desk.read_now()
    else:
        desk.take_in(decides=decides)
    return done


def write_each(desk: Desk, person: str, steps: Sequence[Step]) -> Sequence[WriteOutcome]:
    """Write some changes that have nothing to do with each other: what cannot be written keeps none of the others
    back."""
    writer = _writer(person, 1)
    try:
        done = write_steps(desk.workspace, writer, steps, desk.memory)
        if not (done.problem or done.conflict):
            return [done] * len(steps)
        return [write_steps(desk.workspace, writer, [each], desk.memory) for each in steps]
    finally:
        desk.take_in()


def last_edits(workspace: Workspace, sources: Sources, person: str) -> LastEdits:
    if not person:
        return LastEdits()
    done: dict[str, JournalLine] = {}
    undone: dict[str, JournalLine] = {}
    for line in read_journal(workspace, sources).lines:
        if line.edit.person != person or not line.is_written:
            continue
        if line.edit.undoes in done:
            del done[line.edit.undoes]
            undone[line_name(line)] = line
            continue
        if line.edit.undoes in undone:
            del undone[line.edit.undoes]
        else:
            undone.clear()
        done[line_name(line)] = line
    last = []
    for lines in (tuple(done.values()), tuple(undone.values())):
        # Edits of one group were made at once.
        group = lines[-1].edit.group if lines else ""
        last.append(tuple(each for each in lines if each.edit.group == group) if group else lines[-1:])
    return LastEdits(*last)


def take_back(desk: Desk, person: str, name: str) -> WriteOutcome:
    """Undo or redo what a person wrote last. It is told by the name of its last line; where that is not the last one
    any more, nothing happens."""
    last = last_edits(desk.workspace, desk.workspace.snapshot(), person)
    lines = next((each for each in (last.undo, last.redo) if each and line_name(each[-1]) == name), ())
    if not lines:
        return WriteOutcome()
    try:
        done = undo_together(desk.workspace, lines, _writer(person, len(lines)))
    except ReporterError as problem:
        return WriteOutcome(problem=problem)
    finally:
        desk.take_in()
    return WriteOutcome(conflict=done) if isinstance(done, Conflict) else WriteOutcome(done)


def line_name(line: JournalLine) -> str:
    return f"{line.mark.path}:{line.mark.line}"


def told_edits(lines: Sequence[JournalLine], locale: Locale) -> tuple[str, str, str]:
    """Where something was written, what stood there, and what does; the two are empty of a text, which is too long to
    show. Of several edits it is how many they are."""
    edit, *others = (each.edit for each in lines)
    if others:
        are_values = all(each.edit.path[0] == FIGURES and REMARKS.isdisjoint(each.edit.path) for each in lines)
        return locale.count(*(VALUES if are_values else CHANGES), len(lines)), "", ""
    # The number of an item says nothing without its list, nor does a text without its language and year.
    file = "" if edit.path[:1] == (FIGURES,) else f" ({edit.file.rpartition('data/')[2]})"
    inside = edit.path[1:] if not "".join(edit.path[1:]).isdecimal() else edit.path
    before, after = (_short(piece) for piece in (edit.before, edit.after))
    is_long = TOO_LONG in (before, after)
    return (" ".join(inside or edit.path) + file).strip(), *(("", "") if is_long else (before, after))


def told_time(edit: Edit, locale: Locale) -> str:
    """When an edit was made, in words; empty where nobody knows."""
    try:
        time = datetime.fromisoformat(edit.time).astimezone()
    except ValueError:
        return ""
    return locale.joined(", ", (locale.date(time.date().isoformat()), f"{time:%H:%M}"))


def _short(piece: str) -> str:
    _, _, value = piece.partition(":")
    value = value.split("  #")[0].strip()
    return value if len(value) <= SHORT and "\n" not in value else TOO_LONG


def _writer(person: str, steps: int) -> Writer:
    return Writer(person, datetime.now(UTC), token_hex(GROUP) if steps > 1 else "")
