"""A small edition that was published and is packed."""

from pathlib import Path

from reporter.cli.group import run
from tests import small

RECIPIENTS = """\
  books: {channel: folder, folder: out, language: en, gets: [csv, xlsx, metadata], audience: public, name: {en: B}}
"""
FINAL = small.FINAL | {"reporter.yaml": small.FINAL["reporter.yaml"] + RECIPIENTS}
CHANGED = FINAL | {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 19").replace("total: 80", "total: 79")}
PLACE = Path("build/XX/2020/package")


def packed(code: str = "figures", *words: str) -> Path:
    assert 0 == run(["package", "XX", "2020", "--to", code, "-q", *words])
    return PLACE / f"XX-2020-{code}.zip"
