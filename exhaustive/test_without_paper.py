"""On a machine without Pango checks, pages, exports and comparisons are made as on any other."""

import os
import subprocess
import sys
from pathlib import Path

from exhaustive.without import PAPER
from tests import small

# Each of these in a process of its own.
COMMANDS = (
    ("check", "XX"),
    ("explain", "XX", "2020", "victims.identified"),
    ("build", "XX", "2020", "--format", "html,xlsx"),
    ("compare", "XX", "2019", "2020", "--format", "html"),
    ("export", "XX", "2020", "--format", "csv,xlsx,json,md,page", "-o", "exported/"),
    ("package", "XX", "2020", "--to", "figures"),
    ("status", "XX"),
)
MADE = (
    "build/XX/2020/XX-2020-en.html",
    "build/XX/2020/XX-2020-en.xlsx",
    "build/XX/compare-2019-2020/XX-compare-2019-2020-en.html",
    "build/XX/2020/package/XX-2020-figures.zip",
    "exported/XX-2020-en-observations.csv",
)


def test_without_pango_everything_but_paper_works(tmp_path: Path) -> None:
    lacking, root = tmp_path / "lacking", small.write(tmp_path / "work", small.FINAL)
    lacking.mkdir()
    (lacking / "sitecustomize.py").write_text(f"import sys\nsys.modules.update(dict.fromkeys({PAPER}))\n")
    environment = os.environ | {"PYTHONPATH": str(lacking)}
    for words in COMMANDS:
        command = [sys.executable, "-m", "reporter", *words]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        assert (words, 0) == (words, done.returncode), done.stderr
    assert [] == [name for name in MADE if not (root / name).is_file()]
