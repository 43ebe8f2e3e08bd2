"""A package is a bag that other programs accept, and says who sends what."""

import subprocess
import sys
import zipfile

from reporter.submission import (
    open_package,
)
from tests.submission.packages import INFO


def test_another_implementation_of_bagit_accepts_it(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(tmp_path / "out" / INFO.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, True) == (done.returncode, "is valid" in done.stderr)


def test_the_bag_says_who_sends_what_when(package):
    expected = (
        "Bagging-Date: 2021-06-30\nSource-Organization: Ministry of the Interior\nExternal-Identifier: urn:x:LT-2020\n"
        "External-Description: Profile of 2020\nPayload-Oxum: 47.4\n"
    )
    assert expected == open_package(package).read("bag-info.txt").decode()
