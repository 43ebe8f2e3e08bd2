"""A workspace in one file: all that is needed to go on. Sources, texts, the journal, what was published and what was
sent. Not what can be made again, and nothing that opens a door: keys and certificates with keys stay where they are.
The same workspace gives the same bytes."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from reporter import __version__
from reporter.edit.journal import FOLDER as JOURNAL
from reporter.errors import ReporterError
from reporter.files.as_json import as_json
from reporter.files.checksum import sums_of
from reporter.files.sources import FOLDERS, SETTINGS, SourceFile, file_source, folder_files
from reporter.files.workspace import Workspace
from reporter.submission.file_names import colliding_names, flaw_of
from reporter.submission.history import outbox_bytes
from reporter.submission.outbox import FILE
from reporter.submission.zip_files import MOST_FILES, write_zip

TOP, ABOUT, SUMS = "reporter-backup/", "about.json", "sha256sums.txt"
MOST_BYTES = 2 << 30
KIND, FORM = "back-up of a workspace of reporter", 1
# Where things lie in it: steps that begin with a dot are in no archive.
BESIDE = {f".reporter/{JOURNAL}/": "journal/", "": "workspace/"}
SENT = "submission"
OUTBOX = f"{SENT}/{FILE}"
BELONGS = re.compile(
    rf"{re.escape(SETTINGS)}|(?:{'|'.join((*FOLDERS, SENT))})/.+|\.reporter/{JOURNAL}/\d{{4}}-\d\d\.jsonl", re.ASCII
)
# Files in which keys are kept.
KEYS = (".p12", ".pfx", ".pem", ".key", ".jks", ".kdbx")
# Not of the workspace, or made from it.
PASSED_OVER = ("build",)


def held_files(workspace: Workspace) -> dict[str, bytes]:
    """The contents of a back-up by their paths in the workspace. Raises ReporterError for what cannot be read: a
    back-up without it would be none."""
    found = {path: _content(path, each) for path, each in workspace.snapshot().items() if not is_key(path)}
    for name, each in folder_files(workspace.outbox).items():
        if not name.startswith(FILE) and not is_key(name):
            found[f"{SENT}/{name}"] = _content(f"{SENT}/{name}", each, workspace.outbox / name)
    for place in sorted((workspace.own / JOURNAL).glob("*.jsonl")):
        path = place.relative_to(workspace.root).as_posix()
        if BELONGS.fullmatch(path):
            found[path] = _content(path, file_source(place))
    if outbox := outbox_bytes(workspace.outbox):
        found[OUTBOX] = outbox
    return dict(sorted(found.items()))


def is_key(path: str) -> bool:
    return path.lower().endswith(KEYS)


def left_out(workspace: Workspace) -> tuple[str, ...]:
    known = {SETTINGS, *FOLDERS, SENT, *PASSED_OVER}
    others = [f"{each.name}/" if each.is_dir() else each.name for each in workspace.root.iterdir()]
    keys = [path for path in workspace.snapshot() if is_key(path)]
    beside = [name for name in others if not name.startswith(".") and name.rstrip("/") not in known]
    return tuple(sorted((*beside, *keys)))


def write_backup(file: IO[bytes], contents: Mapping[str, bytes]) -> None:
    """Write a back-up; raises ReporterError for names no archive has."""
    named = {f"{TOP}{name_inside(path)}": content for path, content in sorted(contents.items())}
    _check(named)
    about = as_json({"kind": KIND, "form": FORM, "program": __version__})
    sums = "".join(f"{sha256}  {name.removeprefix(TOP)}\n" for name, sha256 in sums_of(named))
    pieces = {f"{TOP}{ABOUT}": f"{about}\n".encode(), f"{TOP}{SUMS}": sums.encode(), **dict(sorted(named.items()))}
    write_zip(file, ((name, [content]) for name, content in pieces.items()))


def name_inside(path: str) -> str:
    start = next(each for each in BESIDE if path.startswith(each))
    return BESIDE[start] + path.removeprefix(start)


def path_outside(name: str) -> str:
    """The path in the workspace of a file of a back-up. Empty for what belongs into no workspace."""
    found = (start + name.removeprefix(folder) for start, folder in BESIDE.items() if name.startswith(folder))
    path = next(found, "")
    # What SQLite writes beside an outbox would change it.
    is_foreign = is_key(path) or path.lower().startswith(f"{OUTBOX}-")
    # A journal has one place only.
    return path if BELONGS.fullmatch(path) and name_inside(path) == name and not is_foreign else ""


def _check(contents: Mapping[str, bytes]) -> None:
    flaws = [(name, flaw) for name in contents if (flaw := flaw_of(name))]
    flaws += ((name, "differs from another one only in case or form") for name in colliding_names(contents))
    for name, flaw in flaws:
        path = path_outside(name.removeprefix(TOP)) or name
        raise ReporterError(f"{path} cannot stand in a back-up: its name {flaw}", hint="give it another name")
    if len(contents) + 2 > MOST_FILES:
        raise ReporterError(f"the workspace has more than {MOST_FILES} files", hint="copy the folder as it is")
    if sum(map(len, contents.values())) > MOST_BYTES - (64 << 20):
        raise ReporterError(
            f"the workspace is larger than {MOST_BYTES >> 30} GiB", hint="copy the folder as it is instead"
        )


def _content(path: str, source: SourceFile, place: Path | None = None) -> bytes:
    finding = source.finding
    if finding and finding.code == "too-large" and place:
        # What was sent or came back may be as large as it is.
        source = file_source(place)
        finding = source.finding
    if finding:
        raise ReporterError(f"{path} {finding.message}: the back-up would lack it", hint=finding.hint)
    return source.content
