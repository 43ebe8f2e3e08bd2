"""A package is a bag that other programs accept, and says who sends what."""

import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from reporter.errors import ReporterError
from reporter.submission import bag, open_package, pack
from tests.submission.packages import FILES, INFO


def test_another_implementation_of_bagit_accepts_it(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(tmp_path / "out" / INFO.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, True) == (done.returncode, "is valid" in done.stderr)


def test_the_bag_says_who_sends_what_when(package):
    expected = (
        "Bagging-Date: 2021-06-30\nSource-Organization: Ministry of the Interior\n"
        "External-Identifier: LT-2020-commission\n"
        "External-Description: Profile of 2020\nPayload-Oxum: 47.4\n"
    )
    assert expected == open_package(package).read("bag-info.txt").decode()


@pytest.mark.parametrize("name", ["", "a/b", "..", "a\\b", "con", "a\n", "a."])
def test_a_name_that_is_no_folder_on_some_system_names_no_package(tmp_path, name):
    with pytest.raises(ReporterError, match="cannot name a package"):
        pack(tmp_path / "a.zip", FILES, replace(INFO, name=name))
    assert [] == list(tmp_path.iterdir())


def test_a_file_whose_name_is_none_on_some_system_goes_into_no_package(tmp_path):
    with pytest.raises(ReporterError, match="the file 'a:b' cannot go into a package"):
        pack(tmp_path / "a.zip", FILES | {"a:b": b""}, INFO)


def test_a_package_holds_as_many_files_as_can_be_opened_again(tmp_path, monkeypatch):
    monkeypatch.setattr(bag, "MOST_FILES", len(FILES) + len(bag.TAGS))
    pack(tmp_path / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match=f"a package holds at most {len(FILES) + len(bag.TAGS)} files"):
        pack(tmp_path / "b.zip", FILES | {"more.txt": b""}, INFO)
