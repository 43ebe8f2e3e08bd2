"""On a machine without Pango the workbench, the web edition, checks and exports do all that their tests promise."""

import os
import re
import subprocess
import sys

from tests.fixtures import ROOT

# Whoever needs paper there is marked `paper`.
PARTS = (
    "tests/web",
    "tests/render",
    "tests/export",
    "tests/produce/test_as_html.py",
    "tests/produce/test_exports.py",
    "tests/cli/test_check.py",
    "tests/cli/test_explain.py",
    "tests/cli/test_export.py",
    "tests/cli/test_serve.py",
)


def test_without_pango_everything_but_paper_works() -> None:
    pytest = [sys.executable, "-m", "pytest", "-n", "0", "-p", "tests.without", "-m", "not paper", *PARTS]
    # It is no worker of this run, and shares none of its folders.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(pytest, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout[-4000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 500
