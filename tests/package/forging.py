"""Files of packages that were changed, as a forger would who makes the manifests anew."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pikepdf

from reporter.formats.bagit import BagInfo, open_package

INFO = BagInfo("XX-2020-office", date(2020, 12, 31), "M")
STEM = "XX-2020-en"
BOOK, PAGE, PDF = f"figures/{STEM}.xlsx", f"{STEM}.html", f"{STEM}.pdf"
CSV, JSON = f"figures/{STEM}-observations.csv", f"figures/{STEM}-observations.json"
Files = Mapping[str, bytes]
Change = Callable[[dict[str, bytes]], Files]


def payload(path: Path) -> dict[str, bytes]:
    """What was sent, by path below data/."""
    opened = open_package(path)
    return {name.removeprefix("data/"): opened.read(name) for name in opened.payload}


def replaced(files: Files, name: str, old: str, new: str) -> Files:
    """The files with one of them changed; a workbook in each of its parts, another one once."""
    if name == BOOK:
        return {**files, name: repacked_book(files[name], lambda part: part.replace(old.encode(), new.encode()))}
    assert old.encode() in files[name]
    return {**files, name: files[name].replace(old.encode(), new.encode(), 1)}


def repacked_book(book: bytes, change: Callable[[bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as copy:
        for each in source.namelist():
            copy.writestr(each, change(source.read(each)))
    return target.getvalue()


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(target, **how)
    return target.getvalue()


def attached(pdf: bytes, content: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        name = next(each for each in opened.attachments if each.endswith("-observations.csv"))
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)

    return rewritten(pdf, change)
