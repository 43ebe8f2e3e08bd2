"""Packages whose files were changed and whose manifests were made anew, as a forger would."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pikepdf

from reporter.cli.package_checks import FIGURES
from reporter.submission import CHECKSUMS, BagInfo, Verdict, open_package, pack, verify
from tests.fixtures import Packaged

INFO = BagInfo("XX-2020-office", date(2020, 12, 31), "M")
STEM = "XX-2020-en"


BOOK, PAGE, PDF = f"figures/{STEM}.xlsx", f"{STEM}.html", f"{STEM}.pdf"


def payload(path: Path) -> dict[str, bytes]:
    """What was sent, by path below data/."""
    opened = open_package(path)
    return {name.removeprefix("data/"): b"".join(opened.pieces(name)) for name in opened.payload}


Change = Callable[[dict[str, bytes]], Mapping[str, bytes]]


CSV, JSON = f"figures/{STEM}-observations.csv", f"figures/{STEM}-observations.json"


# What a process took at most; what `resource` says counts the memory of the one that started it.
PEAK = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"


def forged(packaged: Packaged, target: Path, change: Change) -> list[str]:
    """What the round trip says of a package with changed files whose manifests were made anew."""
    path = pack(target, change(payload(packaged.package)), INFO).path
    checksums, figures = verify(path, (CHECKSUMS, FIGURES))[1:]
    assert Verdict.PASSED is checksums.verdict
    return [str(each) for each in figures.defects]


def replaced(name: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        content = files[name]
        place = max(content.find(b'id="table-time_table"'), 0)
        assert old.encode() in content[place:]
        return files | {name: content[:place] + content[place:].replace(old.encode(), new.encode(), 1)}

    return change


def without(*names: str) -> Change:
    return lambda files: {name: content for name, content in files.items() if name not in names}


def both(*changes: Change) -> Change:
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        for each in changes:
            files = dict(each(files))
        return files

    return change


def attached(pdf: bytes, content: bytes) -> bytes:
    """A PDF with another file of all figures inside."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        name = next(each for each in opened.attachments if each.endswith("-observations.csv"))
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)
        opened.save(target)
    return target.getvalue()
