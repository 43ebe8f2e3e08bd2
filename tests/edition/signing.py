"""A small edition that was packed and signed."""

import hashlib
from pathlib import Path

from reporter.cli.group import run
from tests import small

CHANGED = small.FINAL[small.YEAR].replace("men: 20", "men: 19").replace("total: 80", "total: 79")


def called(*words: str, code: int = 0) -> None:
    assert code == run(list(words))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change(workspace: Path) -> None:
    (workspace / small.YEAR).write_text(CHANGED)


REPORT = Path("build/XX/2020")
PDF, SIGNED_PDF = "XX-2020-en.pdf", "XX-2020-en-signed.pdf"
