"""Workspaces that are put into backups, and backups that were tampered with."""

import io
from collections.abc import Mapping
from pathlib import Path

from reporter.data.files.workspace import Workspace
from reporter.exchange.backup import held_files, write_backup
from tests import small

JOURNAL = ".reporter/journal/2026-11.jsonl"


def place(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())


def made(root: Path, files: Mapping[str, str | bytes] = small.FILES) -> Workspace:
    place(root, files)
    return Workspace(root)


def packed(workspace: Workspace, file: Path) -> Path:
    with file.open("wb") as opened:
        write_backup(opened, held_files(workspace))
    return file


def bytes_of(contents: Mapping[str, bytes]) -> bytes:
    opened = io.BytesIO()
    write_backup(opened, contents)
    return opened.getvalue()


def contents(workspace: Workspace) -> dict[str, bytes]:
    """What a backup of a workspace would hold, but for the journal."""
    return {path: content for path, content in held_files(workspace).items() if not path.startswith(".reporter")}
