"""Small packages, and ZIPs that were packed anew with changes."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from reporter.formats.bagit import CHECKSUMS, BagInfo, open_package, verify
from reporter.formats.bagit.bag import measure, write
from reporter.formats.bagit.verification import rank_of

INFO = BagInfo(
    "LT-2020-commission", date(2021, 6, 30), "Ministry of the Interior", "LT-2020-commission", "Profile of 2020"
)


FILES = {
    "LT-2020-en.pdf": b"%PDF-1.7 not really",
    "figures/CRIM_THB_A_LT_2020_0000.CSV": b"geo,value\r\nLT,24\r\n",
    "text/ąžuolas.md": "Ąžuolas\n".encode(),
    "empty.txt": b"",
}


def failures(path: Path) -> list[str]:
    return [str(defect) for result in verify(path, [CHECKSUMS]) for defect in result.defects]


def noticed(path: Path, whole: Mapping[str, bytes]) -> bool:
    """Whether damage is told, or every file is there as it was."""
    return bool(failures(path)) or open_package(path).files == whole


def repacked(path: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]], root: str = "") -> Path:
    opened = open_package(path)
    files = change(dict(opened.files))
    return write(path, root or opened.root, {name: measure(files[name]) for name in sorted(files, key=rank_of)}).path
