"""Restore a backup into an empty folder: check every byte before writing the first, and write the settings last, since
they make a folder a workspace."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from reporter import __version__
from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.as_json import as_json
from reporter.data.files.sources import FOLDERS, SETTINGS, SourceFile, checksum, file_source, folder_files, sums_of
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import remove, write_error, write_whole
from reporter.data.write.applying import FOLDER as JOURNAL
from reporter.data.write.applying import writing_lock
from reporter.exchange.send.storage import FILE, outbox_bytes
from reporter.formats.bagit.bag import MOST_FILES, colliding_names, flaw_of, read_zip, write_zip
from reporter.formats.bagit.result import PackageError, printable

TOP, ABOUT, SUMS = "reporter-backup/", "about.json", "sha256sums.txt"
MOST_BYTES = 2 << 30
KIND, FORM = "back-up of a workspace of reporter", 1
# Folders in the archive: names that begin with a dot are in no archive.
BESIDE = {f".reporter/{JOURNAL}/": "journal/", "": "workspace/"}
SENT = "submission"
OUTBOX = f"{SENT}/{FILE}"
BELONGS = re.compile(
    rf"{re.escape(SETTINGS)}|(?:{'|'.join((*FOLDERS, SENT))})/.+|\.reporter/{JOURNAL}/\d{{4}}-\d\d\.jsonl", re.ASCII
)
# Files that contain keys.
KEYS = (".p12", ".pfx", ".pem", ".key", ".jks", ".kdbx")
# Not part of the workspace, or made from it.
PASSED_OVER = ("build",)


def held_files(workspace: Workspace) -> dict[str, bytes]:
    """The contents of a backup by workspace path. Raises ReporterError where any file cannot be read."""
    content_by_path = {path: _content(path, file) for path, file in workspace.snapshot().items() if not is_key(path)}
    for name, outbox_file in folder_files(workspace.outbox).items():
        if not name.startswith(FILE) and not is_key(name):
            content_by_path[f"{SENT}/{name}"] = _content(f"{SENT}/{name}", outbox_file, workspace.outbox / name)
    for place in sorted((workspace.own / JOURNAL).glob("*.jsonl")):
        path = place.relative_to(workspace.root).as_posix()
        if BELONGS.fullmatch(path):
            content_by_path[path] = _content(path, file_source(place))
    if outbox := outbox_bytes(workspace.outbox):
        content_by_path[OUTBOX] = outbox
    return dict(sorted(content_by_path.items()))


def is_key(path: str) -> bool:
    return path.lower().endswith(KEYS)


def left_out(workspace: Workspace) -> tuple[str, ...]:
    workspace_names = {SETTINGS, *FOLDERS, SENT, *PASSED_OVER}
    others = [f"{entry.name}/" if entry.is_dir() else entry.name for entry in workspace.root.iterdir()]
    keys = [path for path in workspace.snapshot() if is_key(path)]
    foreign_names = [name for name in others if not name.startswith(".") and name.rstrip("/") not in workspace_names]
    return tuple(sorted((*foreign_names, *keys)))


def write_backup(file: IO[bytes], contents: Mapping[str, bytes]) -> None:
    """Write a backup; raises ReporterError for a name that no archive can contain."""
    named = {f"{TOP}{name_inside(path)}": content for path, content in sorted(contents.items())}
    _check(named)
    about = as_json({"kind": KIND, "form": FORM, "program": __version__})
    sums = "".join(f"{sha256}  {name.removeprefix(TOP)}\n" for name, sha256 in sums_of(named))
    pieces = {f"{TOP}{ABOUT}": f"{about}\n".encode(), f"{TOP}{SUMS}": sums.encode(), **dict(sorted(named.items()))}
    write_zip(file, ((name, [content]) for name, content in pieces.items()))


def name_inside(path: str) -> str:
    start = next(prefix for prefix in BESIDE if path.startswith(prefix))
    return BESIDE[start] + path.removeprefix(start)


def path_outside(name: str) -> str:
    """The workspace path of a file in a backup, empty for what belongs in no workspace."""
    paths = (start + name.removeprefix(folder) for start, folder in BESIDE.items() if name.startswith(folder))
    path = next(paths, "")
    # SQLite's side files would change the outbox.
    is_foreign = is_key(path) or path.lower().startswith(f"{OUTBOX}-")
    # A journal has only one place.
    return path if BELONGS.fullmatch(path) and name_inside(path) == name and not is_foreign else ""


def _check(contents: Mapping[str, bytes]) -> None:
    flaws = [(name, flaw) for name in contents if (flaw := flaw_of(name))]
    flaws += (
        (name, "differs from another one only in case or in the form of letters") for name in colliding_names(contents)
    )
    for name, flaw in flaws:
        path = path_outside(name.removeprefix(TOP)) or name
        raise ReporterError(f"{path} cannot be in a backup: its name {flaw}", hint="give it another name")
    if len(contents) + 2 > MOST_FILES:
        raise ReporterError(f"the workspace has more than {MOST_FILES} files", hint="copy the folder as it is")
    if sum(map(len, contents.values())) > MOST_BYTES - (64 << 20):
        raise ReporterError(
            f"the workspace is larger than {MOST_BYTES >> 30} GiB", hint="copy the folder as it is instead"
        )


def _content(path: str, source: SourceFile, place: Path | None = None) -> bytes:
    finding = source.finding
    if finding and finding.code == "too-large" and place:
        # Sent and received files have no size limit.
        source = file_source(place)
        finding = source.finding
    if finding:
        raise ReporterError(f"{path} {finding.message}: it would be missing from the backup", hint=finding.hint)
    return source.content


MOST_TAG = 8 << 20
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
SHOWN = 80
AGAIN = "choose another backup; nothing was changed"


def restore(workspace: Workspace, archive: Path) -> None:
    """Restore a backup. Raises UsageError for a folder that is not empty, ReporterError for a backup that is refused or
    cannot be written; then nothing is changed. After a kill the folder is no workspace; a second call completes it."""
    files = read_backup(archive)
    root = workspace.root
    is_new = not root.exists()
    try:
        root.mkdir(exist_ok=True)
        with writing_lock(workspace):
            if not workspace.pending.exists() and (
                any(not entry.name.startswith(".") for entry in root.iterdir()) or (workspace.own / JOURNAL).exists()
            ):
                hint = "move it away first, or restore the backup into a new folder: -w DIR"
                raise UsageError(f"{root} is not empty", hint=hint)
            write_whole(workspace.pending, b"")
            try:
                for path in sorted(files, key=lambda path: (path == SETTINGS, path)):
                    write_whole(root / path, files[path])
            except ReporterError:
                for path in {PurePosixPath(path).parts[0] for path in files if not path.startswith(".")}:
                    remove(root / path) if (root / path).is_file() else shutil.rmtree(root / path, ignore_errors=True)
                shutil.rmtree(workspace.own / JOURNAL, ignore_errors=True)
                raise
            finally:
                remove(workspace.pending)
    except OSError as problem:
        raise write_error(root, problem) from problem
    finally:
        if is_new and not (root / SETTINGS).exists():
            shutil.rmtree(root, ignore_errors=True)


def read_backup(path: Path) -> dict[str, bytes]:
    """The files of a backup by workspace path. Raises ReporterError for any other file, or a damaged or altered one."""
    try:
        return _checked(path, read_zip(path, MOST_BYTES))
    except OSError as problem:
        hint = "check its access rights, or choose another one"
        raise ReporterError(f"{path} cannot be read: {problem.strerror}", hint=hint) from problem
    except PackageError as problem:
        raise ReporterError(f"{path.name} is not a backup: {_short(str(problem.defects[0]))}", hint=AGAIN) from None


def _checked(path: Path, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    if flaw := next((f"{name}: its name {flaw}" for name in contents if (flaw := flaw_of(name))), ""):
        raise ReporterError(f"{path.name} is not a backup: {_short(flaw)}", hint=AGAIN)
    about, sums = (contents.get(f"{TOP}{member_name}") for member_name in (ABOUT, SUMS))
    if about is None or sums is None or len(about) > MOST_TAG or len(sums) > MOST_TAG:
        hint = "backups are made by reporter backup make or on the page Settings; nothing was changed"
        raise ReporterError(f"{path.name} is not a backup of a workspace", hint=hint)
    _check_about(path, about)
    named = [name for name in contents if name not in (f"{TOP}{ABOUT}", f"{TOP}{SUMS}")]
    name_by_path = {path_outside(name.removeprefix(TOP)): name for name in named if name.startswith(TOP)}
    if "" in name_by_path or len(name_by_path) != len(named):
        raise ReporterError(f"{path.name} contains a file that does not belong to a workspace", hint=AGAIN)
    if any(str(parent) in name_by_path for name in name_by_path for parent in PurePosixPath(name).parents):
        raise ReporterError(f"{path.name} has a file where others need a folder", hint=AGAIN)
    if SETTINGS not in name_by_path:
        raise ReporterError(f"{path.name} contains no {SETTINGS}: it is not of a workspace", hint=AGAIN)
    lines = map(SUM.fullmatch, sums.decode("utf-8", "replace").splitlines())
    listed = {TOP + match[2]: match[1] for match in lines if match}
    for outside, name in name_by_path.items():
        if listed.get(name) != checksum(contents[name]):
            raise ReporterError(f"{path.name} is damaged: {_short(outside)} was altered", hint=AGAIN)
    if len(listed) != len(name_by_path):
        raise ReporterError(f"{path.name} lacks files that are on its list", hint=AGAIN)
    return {outside: contents[name] for outside, name in name_by_path.items()}


def _check_about(path: Path, about: bytes) -> None:
    try:
        content = json.loads(about)
        kind, form, program = content["kind"], content["form"], str(content["program"])
    except (ValueError, TypeError, LookupError, RecursionError):
        kind, form, program = "", 0, ""
    if kind != KIND:
        raise ReporterError(f"{path.name} is not marked as a backup", hint=AGAIN)
    if form != FORM:
        hint = "install the newest version; nothing was changed"
        raise ReporterError(f"{path.name} was written by a newer version, {_short(program)}", hint=hint)


def _short(text: str) -> str:
    printable_text = printable(text)
    return printable_text if len(printable_text) <= SHOWN else f"{printable_text[:SHOWN]}…"
