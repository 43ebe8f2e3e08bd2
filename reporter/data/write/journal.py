"""The journal of a workspace: one line for each edit. A line is written before the file, so that no change is without
one. It lies where no edition, package or snapshot looks for files, as it keeps what was withheld or deleted later;
whoever keeps the workspace in Git does not share it either."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.data.errors import Mark
from reporter.data.files.as_json import as_json, read_as
from reporter.data.files.sources import Sources, file_source
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import append_line
from reporter.data.read.yaml_tree import ReadError, decode
from reporter.data.write.amendment import ABSENT, Edit, slice_digest, slice_of, sum_of
from reporter.data.write.splice import EditError

FOLDER, ENDING = "journal", ".jsonl"
MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal with its place. It `is_written` unless the program was stopped before the file was."""

    mark: Mark
    edit: Edit
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Journal:
    """All edits of a workspace, the oldest first. `broken` are the lines that cannot be read, as when the program was
    stopped within one."""

    lines: tuple[JournalLine, ...]
    broken: tuple[Mark, ...]

    def find(self, digest: str) -> str:
        pieces = (piece for each in self.lines for piece in (each.edit.before, each.edit.after))
        return next((piece for piece in pieces if slice_digest(piece) == digest), "")


def read_journal(workspace: Workspace, sources: Sources) -> Journal:
    """Read all months; `sources` say which edits came to be written."""
    lines: list[JournalLine] = []
    broken: list[Mark] = []
    for path in sorted((workspace.own / FOLDER).glob(f"*{ENDING}")):
        for number, line in enumerate(file_source(path).content.split(b"\n"), 1):
            mark = Mark(path.name, number)
            try:
                lines += [JournalLine(mark, read_as(Edit, json.loads(line)))] if line else []
            except (ValueError, TypeError, LookupError):
                broken.append(mark)
    return Journal(tuple(_settled(lines, sources)), tuple(broken))


def keep_edit(workspace: Workspace, edit: Edit) -> None:
    """Write the line of an edit into the file of its month, before its own file is written. A later month stays the
    last one although the clock went back, for lines follow each other as they were written. Raises ReporterError."""
    folder = workspace.own / FOLDER
    months = (path.stem for path in folder.glob(f"*{ENDING}") if MONTH.fullmatch(path.stem))
    append_line(folder / f"{max([edit.time[:7], *months])}{ENDING}", as_json(edit, indent=None))


def _settled(lines: list[JournalLine], sources: Sources) -> Iterator[JournalLine]:
    """Tell of each edit whether its file was written. Where it was not, the next edit of the file began with the same
    one."""
    for number, line in enumerate(lines):
        edit = line.edit
        later = next((each.edit.sums[0] for each in lines[number + 1 :] if each.edit.file == edit.file), None)
        was_followed = later != edit.sums[0] or edit.sums[0] == edit.sums[1]
        yield JournalLine(line.mark, edit, _is_written(edit, sources) if later is None else was_followed)


def _is_written(edit: Edit, sources: Sources) -> bool:
    content = sources.find(edit.file).content
    now = sum_of(content if edit.file in sources else None)
    if now in edit.sums:
        return now == edit.sums[1]
    try:
        there = slice_of(decode(content, edit.file), edit.file, edit.path)
        # What somebody else made has never been as it was before.
        return there == edit.after if edit.sums[0] == ABSENT else there != edit.before or edit.before == edit.after
    except (ReadError, EditError):
        return True
