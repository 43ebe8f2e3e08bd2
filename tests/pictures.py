"""Pages of a PDF as pictures, drawn by Poppler."""

import shutil
import subprocess
from pathlib import Path

DOTS = "50"  # an inch


def pictures(content: bytes, folder: Path) -> list[bytes]:
    """The pages in shades of grey, each as a PGM file."""
    tool = shutil.which("pdftoppm")
    assert tool, "apt-get install poppler-utils"
    folder.mkdir()
    (folder / "all.pdf").write_bytes(content)
    subprocess.run([tool, "-r", DOTS, "-gray", folder / "all.pdf", folder / "page"], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("*.pgm"))]


def unlike(one: list[bytes], two: list[bytes]) -> list[int]:
    """The numbers of the pages that do not look the same."""
    return [number for number, pair in enumerate(zip(one, two, strict=True), 1) if pair[0] != pair[1]]
