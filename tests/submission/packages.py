"""Small packages, and ZIPs that were packed anew with changes."""

from datetime import date
from pathlib import Path

from reporter.submission import (
    CHECKSUMS,
    BagInfo,
    verify,
)

INFO = BagInfo("LT-2020-commission", date(2021, 6, 30), "Ministry of the Interior", "urn:x:LT-2020", "Profile of 2020")


FILES = {
    "LT-2020-en.pdf": b"%PDF-1.7 not really",
    "figures/CRIM_THB_A_LT_2020_0000.CSV": b"geo,value\r\nLT,24\r\n",
    "text/ąžuolas.md": "Ąžuolas\n".encode(),
    "empty.txt": b"",
}


def failures(path: Path) -> list[str]:
    """Every defect of a package, as it is printed."""
    return [str(defect) for result in verify(path, [CHECKSUMS]) for defect in result.defects]
