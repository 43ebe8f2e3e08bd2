"""The one way in which pages write.

What is to be written is looked at first, in a snapshot over which it is laid: what nobody could read then is not
written. Then it goes into the files, and the desk reads them anew.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reporter.edit.amendment import Amendment, Conflict, Edit, amended, encoded
from reporter.edit.applying import Writer, apply, undo
from reporter.edit.edited_files import read_for
from reporter.edit.journal import JournalLine, read_journal
from reporter.errors import DataError, Finding, ReporterError, Severity
from reporter.files.sources import DATA, Sources, known_countries
from reporter.files.workspace import Workspace
from reporter.i18n import Locale
from reporter.load.dataset import load_dataset
from reporter.web.desk import Desk

# What is to be written, found in the files as they are then: two steps may be about one line.
Step = Callable[[Sources], Amendment | Conflict | None]


# Longer pieces are not told in the status bar.
SHORT = 24


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What came of writing: edits, or what stood against it.

    `problem` says why nothing was written, `conflict` what somebody else wrote meanwhile.
    """

    edits: tuple[Edit, ...] = ()
    conflict: Conflict | None = None
    problem: ReporterError | None = None


@dataclass(frozen=True, slots=True)
class LastEdits:
    """The edit that a person would take back or redo next."""

    undo: JournalLine | None = None
    redo: JournalLine | None = None


def step_of(wanted: Amendment) -> Step:
    """The step that writes an amendment, whatever the files are."""
    return lambda _: wanted


def write(desk: Desk, person: str, steps: Sequence[Step]) -> WriteOutcome:
    """Write some changes, one after another, and read the files anew.

    None is written where one of them cannot be read or contradicts another writer.
    """
    edits: list[Edit] = []
    try:
        stopped = _look(desk.workspace.snapshot(), steps)
        if stopped:
            return WriteOutcome(conflict=stopped)
        for step in steps:
            wanted = step(desk.workspace.snapshot())
            done = apply(desk.workspace, wanted, _writer(person)) if isinstance(wanted, Amendment) else wanted
            if isinstance(done, Conflict):
                return WriteOutcome(tuple(edits), conflict=done)
            edits += [done] if done else []
    except DataError as problem:
        return WriteOutcome(tuple(edits), problem=_as_problem(problem.findings[0]))
    except ReporterError as problem:
        return WriteOutcome(tuple(edits), problem=problem)
    finally:
        desk.read_now()
    return WriteOutcome(tuple(edits))


def last_edits(workspace: Workspace, sources: Sources, person: str) -> LastEdits:
    """What a person wrote last, and took back last."""
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
    return LastEdits(*(next(reversed(each.values()), None) for each in (done, undone)))


def take_back(desk: Desk, person: str, name: str) -> WriteOutcome:
    """Undo or redo the last edit of a person.

    It is told by its name; where it is not the last one any more, nothing happens.
    """
    last = last_edits(desk.workspace, desk.workspace.snapshot(), person)
    line = next((each for each in (last.undo, last.redo) if each and line_name(each) == name), None)
    if line is None:
        return WriteOutcome(problem=ReporterError("this is not what you wrote last", hint="look at the page again"))
    try:
        done = undo(desk.workspace, line, _writer(person))
    except ReporterError as problem:
        return WriteOutcome(problem=problem)
    finally:
        desk.read_now()
    return WriteOutcome(conflict=done) if isinstance(done, Conflict) else WriteOutcome((done,))


def line_name(line: JournalLine) -> str:
    """The name of a line of the journal."""
    return f"{line.mark.path}:{line.mark.line}"


def told_edit(edit: Edit) -> tuple[str, str, str]:
    """Where an edit was made, what stood there, and what does."""
    # The number of an item says nothing without its list.
    inside = edit.path[1:] if not "".join(edit.path[1:]).isdecimal() else edit.path
    return " ".join(inside or edit.path), _short(edit.before), _short(edit.after)


def told_time(edit: Edit, locale: Locale) -> str:
    """When an edit was made, in words; empty where nobody knows."""
    try:
        time = datetime.fromisoformat(edit.time).astimezone()
    except ValueError:
        return ""
    return locale.joined(", ", (locale.date(time.date().isoformat()), f"{time:%H:%M}"))


def _short(piece: str) -> str:
    """A written value without its key and comment, if short."""
    _, _, value = piece.partition(":")
    value = value.split("  #")[0].strip()
    return value if len(value) <= SHORT and "\n" not in value else "…"


def _writer(person: str) -> Writer:
    return Writer(person, datetime.now(UTC))


def _look(sources: Sources, steps: Iterable[Step]) -> Conflict | None:
    """Look at what would stand in the files; who wrote otherwise meanwhile.

    Raises ReporterError where it could not be written, or not be read then.
    """
    after = sources
    for step in steps:
        wanted = step(after)
        if wanted is None or isinstance(wanted, Conflict):
            if wanted:
                return wanted
            continue
        content, text = read_for(after, wanted)
        found = amended(text, wanted)
        if isinstance(found, Conflict):
            return found
        if found:
            after = after.overlay({wanted.file: encoded(content, found.apply(text))})
    changed = {path for path in after if sources.find(path) is not after.find(path)}
    new = _errors(after, changed) - _errors(sources, changed) if changed else Counter()
    if new:
        _, message, hint = next(iter(new))
        raise ReporterError(message, hint=hint)
    return None


def _errors(sources: Sources, changed: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """What keeps something in the files from being read."""
    known = known_countries(sources)
    own = {path.split("/")[1] for path in changed if path.count("/") > 1 and path.startswith(f"{DATA}/")}
    found = load_dataset(sources, [each for each in known if each in own] if own else known).findings
    # Not by their lines: these move when something is written above.
    return Counter((each.code, each.message, each.hint) for each in found if each.severity is Severity.ERROR)


def _as_problem(finding: Finding) -> ReporterError:
    return ReporterError(f"{finding.mark}: {finding.message}", hint=finding.hint)
