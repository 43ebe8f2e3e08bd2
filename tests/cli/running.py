"""The program run in a process of its own."""

import re
import subprocess
import sys

from tests import small

RIGHT = {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7")}
SUMMARY = re.compile(r"\d+ errors?, \d+ warnings?, \d+ notes?, \d+ accepted\n")


def process(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reporter", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)
