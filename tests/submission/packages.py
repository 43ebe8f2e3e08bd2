"""Small packages, and ZIPs that were packed anew with changes."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from reporter.submission import CHECKSUMS, BagInfo, open_package, verify
from reporter.submission.bag import digest, write
from reporter.submission.package import rank_of
from reporter.submission.zip_format import ZipEntry

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


def noticed(path: Path) -> bool:
    results = verify(path, [CHECKSUMS])
    remarked = any("not the file that was sent" in line for line in results[0].seen)
    return remarked or any(each.defects for each in results)


def repacked(path: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]], root: str = "") -> Path:
    opened = open_package(path)
    files = change({name: b"".join(opened.pieces(name)) for name in opened.names})
    measured = {name: digest(data) for name, data in files.items()}
    entries = [
        (ZipEntry(f"{root or opened.root}/{name}", measured[name].size, measured[name].crc), [files[name]])
        for name in sorted(files, key=rank_of)
    ]
    return write(path, entries).path
