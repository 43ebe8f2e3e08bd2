"""Tells how outputs differ, as text: for a zip file its parts, for a PDF its words and the pictures of its pages."""

import difflib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from scripts.same.sides import read_list

# Of one output so many lines are shown, and of so many outputs; all of them are in the folder.
MOST_LINES, MOST_SHOWN, WIDEST = 40, 30, 240
ZIPPED = b"PK\x03\x04"
PAGE = "page"


def tell_differences(before: Path, now: Path, folder: Path) -> int:
    """Print which outputs of two sides differ, and how; the whole of it goes into a folder. The exit code."""
    shutil.rmtree(folder, ignore_errors=True)
    old, new = read_list(before), read_list(now)
    lost, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    changed = [name for name in sorted(old.keys() & new.keys()) if old[name] != new[name]]
    for word, names in (("missing", lost), ("added", come), ("changed", changed)):
        for name in names:
            print(f"{word:8} {name}")
    for number, name in enumerate(changed):
        lines = list(_differing(before / "files" / name, now / "files" / name, folder / name))
        path = folder / f"{name}.diff"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n")
        if number < MOST_SHOWN:
            print(f"\n=== {name}")
            print("\n".join(each[:WIDEST] for each in lines[:MOST_LINES]))
            if len(lines) > MOST_LINES:
                print(f"... {len(lines) - MOST_LINES} more lines: {path}")
    if not (lost or come or changed):
        print(f"all {len(new)} outputs are the same")
        return 0
    print(f"\n{len(changed)} changed, {len(lost)} missing, {len(come)} added, of {len(old)}; the differences: {folder}")
    return 1


def _differing(before: Path, now: Path, pictures: Path) -> Iterator[str]:
    """The lines that differ between two files."""
    old, new = before.read_bytes(), now.read_bytes()
    yield from _differing_bytes(old, new)
    if old.startswith(b"%PDF"):
        yield from _differing_pages(before, now, pictures)


def _differing_bytes(old: bytes, new: bytes) -> Iterator[str]:
    if old.startswith(ZIPPED) and new.startswith(ZIPPED):
        yield from _differing_parts(old, new)
        return
    lines = list(difflib.unified_diff(_lines(old), _lines(new), "before", "now", n=1, lineterm=""))
    yield from lines or ["the bytes differ, the text does not"]


def _differing_parts(old: bytes, new: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(old)) as one, zipfile.ZipFile(io.BytesIO(new)) as other:
        names, others = one.namelist(), other.namelist()
        yield from difflib.unified_diff(names, others, "parts before", "parts now", n=0, lineterm="")
        for name in names:
            if name in others and one.read(name) != other.read(name):
                yield f"--- in {name}"
                yield from _differing_bytes(one.read(name), other.read(name))


def _lines(content: bytes) -> list[str]:
    """The lines of a file. Each tag of markup and each value of JSON on one line are lines of their own."""
    if content.startswith(b"%PDF"):
        return _run("pdftotext", "-layout", "-", "-", given=content).decode(errors="replace").splitlines()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return [f"{len(content)} bytes that are no text"]
    if text.lstrip().startswith("<"):
        text = re.sub(r"(?<=>)(?=[^\n])|(?<!\n)(?=<)", "\n", text)
    elif text.startswith(("{", "[")) and text.count("\n") < 3:
        text = re.sub(r"(?<=[,{\[])(?=[^\n])", "\n", text)
    return text.splitlines()


def _differing_pages(before: Path, now: Path, pictures: Path) -> Iterator[str]:
    """Draw the pages of two PDFs; of those that look otherwise both pictures stay."""
    pictures.mkdir(parents=True, exist_ok=True)
    for name, path in (("before", before), ("now", now)):
        _run("pdftoppm", "-r", "50", "-png", str(path), str(pictures / name))
    for old in sorted(pictures.glob("before-*.png")):
        new = old.with_name(old.name.replace("before", "now"))
        if new.is_file() and old.read_bytes() == new.read_bytes():
            old.unlink()
            new.unlink()
    left = sorted(pictures.iterdir())
    if not left:
        pictures.rmdir()
    yield from (f"this page looks otherwise: {each}" for each in left)


def _run(*words: str, given: bytes = b"") -> bytes:
    try:
        return subprocess.run(words, input=given, stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError:
        print(f"make same: {words[0]} is missing; install poppler-utils", file=sys.stderr)
        sys.exit(2)
