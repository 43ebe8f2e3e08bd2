"""Without an extra nothing is missing but what it is for."""

import subprocess
import sys

from reporter.data.extras import PACKAGES, WEB

# In a process of its own, in which no package of another extra can be found.
LACKING = sorted(name for name, each in PACKAGES.items() if each is not WEB)
START = f"""
import pkgutil, sys
from importlib import import_module
sys.modules.update(dict.fromkeys({LACKING}))
import reporter.cli, reporter.workbench.server.server
for each in pkgutil.iter_modules(reporter.cli.__path__):
    import_module(f"reporter.cli.{{each.name}}")
"""


def test_the_workbench_and_every_command_start_with_the_extra_web_alone() -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
