"""How pages write: into the files, which the desk reads anew."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex

from reporter.edit.amendment import Conflict, Edit
from reporter.edit.applying import Writer, undo_together
from reporter.edit.journal import JournalLine, read_journal
from reporter.edit.written_steps import Step, WriteOutcome, write_steps
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.i18n import Locale
from reporter.web.desk import Desk

# Of which country and year a file is, and what a page shows.
OF_FILE = re.compile(r"data/([A-Z]{2})/(?:.*?\b([12]\d{3})\b)?", re.ASCII)
OF_PAGE = re.compile(r"/([A-Z]{2})(?:/([12]\d{3}))?(?=/|$)", re.ASCII)
# Bytes of chance in the name of what is written at once.
GROUP = 8


# What a person would take back next, and what redo: one edit, or all that were made at once.
LastEdits = tuple[tuple[JournalLine, ...], tuple[JournalLine, ...]]


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


def last_edits(workspace: Workspace, sources: Sources, person: str, here: str) -> LastEdits:
    """What a person wrote last of what a page shows: its country and year, and what belongs to none. Of no page it is
    all."""
    if not person:
        return (), ()
    done: dict[str, JournalLine] = {}
    undone: dict[str, JournalLine] = {}
    mine = [each for each in read_journal(workspace, sources).lines if each.edit.person == person and each.is_written]
    # What was made at once is taken back as one.
    shown = {each.edit.group for each in mine if each.edit.group and _is_shown(each.edit.file, here)}
    for line in mine:
        if not _is_shown(line.edit.file, here) and line.edit.group not in shown:
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
    return last[0], last[1]


def _is_shown(file: str, here: str) -> bool:
    of, page = OF_FILE.match(file), OF_PAGE.match(here)
    if of is None or not here:
        return True
    return page is not None and of[1] == page[1] and (not of[2] or of[2] == page[2])


def take_back(desk: Desk, person: str, name: str, here: str) -> WriteOutcome:
    """Undo or redo what a person wrote last of what a page shows. It is named by its last line; where that
    is not the last one any more, nothing happens."""
    last = last_edits(desk.workspace, desk.workspace.snapshot(), person, here)
    lines = next((each for each in last if each and line_name(each[-1]) == name), ())
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


def told_time(edit: Edit, locale: Locale) -> str:
    """When an edit was made, in words; empty where nobody knows."""
    try:
        time = datetime.fromisoformat(edit.time).astimezone()
    except ValueError:
        return ""
    return locale.joined(", ", (locale.date(time.date().isoformat()), f"{time:%H:%M}"))


def _writer(person: str, steps: int) -> Writer:
    return Writer(person, datetime.now(UTC), token_hex(GROUP) if steps > 1 else "")
