"""How pages write to files, which the desk reads again, and how edits are undone."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

from reporter.data.errors import ReporterError
from reporter.data.files.published import published_numbers, store_of
from reporter.data.files.sources import SETTINGS, Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_, NN_, STATUS_WORDS, Locale
from reporter.data.read.yaml_tree import Keys
from reporter.data.records import Vintage
from reporter.data.write.amendment import Conflict, Edit
from reporter.data.write.applying import (
    JournalLine,
    Step,
    WriteOutcome,
    Writer,
    read_journal,
    undo_together,
    write_steps,
)
from reporter.data.write.figure_fields import FIGURES, REMARKS, displayed_value, figure_of_path
from reporter.report.context import Context
from reporter.report.sections.quality import label_at
from reporter.workbench.server.workspace_reader import Desk
from reporter.workbench.year.year_state import chapter_of_address, part_of_section

# The country and year of a file, to decide what a page shows.
OF_FILE = re.compile(r"data/([A-Z]{2})/(?:.*?\b([12]\d{3})\b)?", re.ASCII)
OF_PAGE = re.compile(r"/([A-Z]{2})(?:/([12]\d{3}))?(?=/|$)", re.ASCII)
# Random bytes in the name of a group of edits.
GROUP = 8


# The next edits to undo and to redo: one edit, or a group.
LastEdits = tuple[tuple[JournalLine, ...], tuple[JournalLine, ...]]


def write(desk: Desk, person: str, steps: Sequence[Step], *, decides: bool = False) -> WriteOutcome:
    """Write changes in order: none if one cannot be read or conflicts with another writer's. They are undone together.
    The files are checked later; with `decides`, a decision on a text or finding, no finding becomes untrue."""
    done = write_steps(desk.workspace, _writer(person, len(steps)), steps, desk.memory)
    if done.problem or done.conflict:
        # With the present files.
        desk.read_now()
    else:
        desk.take_in(decides=decides)
    return done


def write_each(desk: Desk, person: str, steps: Sequence[Step]) -> Sequence[WriteOutcome]:
    """Write independent changes: one that fails does not stop the others."""
    writer = _writer(person, 1)
    try:
        done = write_steps(desk.workspace, writer, steps, desk.memory)
        if not (done.problem or done.conflict):
            return [done] * len(steps)
        return [write_steps(desk.workspace, writer, [step], desk.memory) for step in steps]
    finally:
        desk.take_in()


def last_edits(workspace: Workspace, sources: Sources, person: str, here: str) -> LastEdits:
    """A person's last edits shown on a page: of its country and year, and of none. Without a page, of all."""
    if not person:
        return (), ()
    done: dict[str, JournalLine] = {}
    undone: dict[str, JournalLine] = {}
    mine = [entry for entry in _unpublished(workspace, sources) if entry.edit.person == person and entry.is_written]
    # Edits of one group are undone together.
    shown_groups = {entry.edit.group for entry in mine if entry.edit.group and _is_shown(entry.edit.file, here)}
    for line in mine:
        if not _is_shown(line.edit.file, here) and line.edit.group not in shown_groups:
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
        # Edits of one group were made together.
        group = lines[-1].edit.group if lines else ""
        last.append(tuple(entry for entry in lines if entry.edit.group == group) if group else lines[-1:])
    return last[0], last[1]


def _unpublished(workspace: Workspace, sources: Sources) -> Iterator[JournalLine]:
    """The journal without edits of a year from before its publication: what is published cannot be undone."""
    lines = read_journal(workspace, sources).lines
    published = {file: _published_sum(sources, file) for file in {line.edit.file for line in lines}}
    last = {line.edit.file: at for at, line in enumerate(lines) if line.edit.sums[1] == published[line.edit.file]}
    return (line for at, line in enumerate(lines) if at > last.get(line.edit.file, -1))


def _published_sum(sources: Sources, file: str) -> str:
    """The checksum of a year's file as last published; empty if unpublished."""
    match = OF_FILE.match(file)
    if not match or not match[2]:
        return ""
    country, year = match[1], int(match[2])
    number = max((issue for of, issue in published_numbers(sources, country) if of == year), default=None)
    copy = "" if number is None else f"{store_of(country, year, number)}/{file}"
    return sources[copy].sha256 if copy in sources else ""


def _is_shown(file: str, here: str) -> bool:
    of, page = OF_FILE.match(file), OF_PAGE.match(here)
    if of is None or not here:
        return True
    return page is not None and of[1] == page[1] and (not of[2] or of[2] == page[2])


def take_back(desk: Desk, person: str, name: str, here: str) -> WriteOutcome:
    """Undo or redo a person's last edit shown on a page, named by its last line; does nothing if another followed."""
    last = last_edits(desk.workspace, desk.workspace.snapshot(), person, here)
    lines = next((group for group in last if group and line_name(group[-1]) == name), ())
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


def time_words(edit: Edit, locale: Locale) -> str:
    """The time of an edit in words; empty if unknown."""
    try:
        time = datetime.fromisoformat(edit.time).astimezone()
    except ValueError:
        return ""
    return locale.joined(", ", (locale.date(time.date().isoformat()), f"{time:%H:%M}"))


def _writer(person: str, steps: int) -> Writer:
    return Writer(person, datetime.now(UTC), token_hex(GROUP) if steps > 1 else "")


SHORT = 24
VALUES, CHANGES = NN_("{n} value", "{n} values"), NN_("{n} change", "{n} changes")
# What is written along with figures and texts, and the page that shows it.
BESIDE = {
    "still_holds": (N_("confirmation of a text"), "text"),
    "accepted": (N_("a finding accepted"), "findings"),
    "status": (N_("the status"), "release"),
    "eurostat": (N_("Figures for Eurostat’s tables"), "findings"),
}


def edit_summary(
    lines: Sequence[JournalLine], vintage: Vintage, locale: Locale, here: str, titles: Callable[[str, str], str]
) -> tuple[str, str, str, str, bool]:
    """The name of a group of edits, its subject, the text before and after (empty if too long), and whether another
    page shows them, so that confirmation is asked. `titles` returns the list or form of a key of a file."""
    edit, *others = (line.edit for line in lines)
    pieces = [piece.partition(":")[2].split("  #")[0].strip() for piece in (edit.before, edit.after)]
    path, pieces = _leaf(edit.path, pieces)
    title, place = _about(replace(edit, path=path), vintage, locale, titles)
    # Longer ones are not shown in the status bar.
    is_short = not others and all(len(piece) <= SHORT and "\n" not in piece for piece in pieces)
    before, after = (_value_text(piece, locale) for piece in pieces) if is_short else ("", "")
    if others:
        are_values = all(line.edit.path[0] == FIGURES and REMARKS.isdisjoint(line.edit.path) for line in lines)
        title = locale.count(*(VALUES if are_values else CHANGES), len(lines))
    return line_name(lines[-1]), title, before, after, bool(place) and not f"{here}/".startswith(f"{place}/")


def _leaf(path: Keys, pieces: list[str]) -> tuple[Keys, list[str]]:
    """The path and texts of a figure that was written, or removed, together with the row or breakdown around it."""
    inner = "".join(pieces) if "" in pieces else ""
    codes = re.findall(r"(\w+):", inner)
    if path[:1] != (FIGURES,) or "," in inner or not REMARKS.isdisjoint((*path, *codes)):
        return path, pieces
    return (*path, *codes), [piece.rpartition(":")[2].strip(" {}") for piece in pieces]


def _about(edit: Edit, vintage: Vintage, locale: Locale, titles: Callable[[str, str], str]) -> tuple[str, str]:
    """The subject of an edit and its page, empty where many show it."""
    match, first, *inner = OF_FILE.match(edit.file), *(edit.path or ("",))
    year = f"/{match[1]}/{match[2]}" if match else ""
    if first == FIGURES and inner:
        label = label_at(figure_of_path(edit.path), Context(vintage, locale))
        return label, f"{year}/figures/{chapter_of_address(inner[0], vintage.data)}"
    language = edit.file.partition("/text/")[2].partition("/")[0]
    if language and (part := part_of_section(first)):
        title = locale.joined(", ", (locale.text(part.title), locale.language_name(language)))
        return title, f"{year}/text/{language}/{part.code}"
    if first in BESIDE:
        title, room = BESIDE[first]
        return locale.text(title), f"{year}/{room}"
    if "/protection/" in edit.file:
        return locale.text("Withheld figures"), f"{year}/withheld"
    if title := titles(edit.file, first):
        return locale.text(title), ""
    file = _file_words(edit.file, locale)
    return locale.put("{} ({})", " ".join(edit.path), file) if edit.path else file, ""


def _file_words(file: str, locale: Locale) -> str:
    if file == SETTINGS:
        return locale.text("The file of the settings")
    match, language = OF_FILE.match(file), file.partition("/text/")[2].partition("/")[0]
    if match is None:
        return locale.text("The file of the catalogue")
    country, year = locale.country(match[1]), match[2]
    if language:
        spoken = locale.language_name(language)
        return locale.text("The texts: {country} {year}, {language}", country=country, year=year, language=spoken)
    if year:
        return locale.text("The file of the year: {country} {year}", country=country, year=year)
    return locale.text("The file of the country: {country}", country=country)


def _value_text(value: str, locale: Locale) -> str:
    status = next((words for key, words in STATUS_WORDS.items() if key == value), "")
    return locale.text(status) if status else displayed_value(value)
