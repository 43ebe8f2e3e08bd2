"""The package is a bag that other programs accept; the same files give the same bytes."""

import hashlib
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from reporter.submission import CHECKSUMS, Verdict, bag, edamis_name, open_package, pack, verify
from tests.submission.packages import FILES, INFO, failures


def test_a_package_passes_and_tells_what_is_in_it(package):
    results = verify(package, [CHECKSUMS])
    assert [("archive", Verdict.PASSED), ("checksums", Verdict.PASSED)] == [(r.check, r.verdict) for r in results]
    assert ("LT-2020-commission, files: 4",) == results[0].seen
    assert sorted(f"data/{name}" for name in FILES) == list(open_package(package).payload)


def test_the_same_files_give_the_same_bytes_in_any_order_and_from_memory_or_disk(package, tmp_path):
    for name, data in FILES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    from_disk = {name: tmp_path / "in" / name for name in reversed(FILES)}
    again = pack(tmp_path / "again.zip", from_disk, INFO)
    assert package.read_bytes() == again.path.read_bytes()
    assert (len(again.path.read_bytes()), hashlib.sha256(again.path.read_bytes()).hexdigest()) == (
        again.size,
        again.sha256,
    )


def test_the_bytes_of_a_package_are_those_that_were_sent_before(tmp_path):
    """A change of this sum means that published packages cannot be made again."""
    packed = pack(tmp_path / "a.zip", FILES, replace(INFO, identifier="urn:x:LT-2020"))
    assert "4243c3d2fdcb36921ae9fdc8c8e4c49ca7714a33592f669fab6a2c896bc14526" == packed.sha256


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "a:b", "a/", "", "nul.txt", "a\nb", "50%.csv"])
def test_an_unsafe_name_is_not_packed(tmp_path, name):
    with pytest.raises(ReporterError, match="cannot go into a package"):
        pack(tmp_path / "a.zip", {name: b""}, INFO)
    assert [] == list(tmp_path.iterdir())


def test_names_that_differ_only_in_case_are_not_packed(tmp_path):
    with pytest.raises(ReporterError, match="the same name but for case"):
        pack(tmp_path / "a.zip", {"a.csv": b"", "A.csv": b""}, INFO)


def test_a_package_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReporterError, match="cannot be written"):
        pack(tmp_path / "file" / "a.zip", FILES, INFO)


def test_a_missing_file_stops_the_packing_and_leaves_the_earlier_package(package):
    before = package.read_bytes()
    with pytest.raises(ReporterError, match="cannot be read: No such file"):
        pack(package, {"a.csv": Path("/nowhere/a.csv")}, INFO)
    assert (before, [package]) == (package.read_bytes(), list(package.parent.iterdir()))


def test_packing_and_verifying_hold_no_file_in_memory(tmp_path):
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(16 << 20)
    tracemalloc.start()
    path = pack(tmp_path / "a.zip", {"big.bin": big}, INFO).path
    assert [] == failures(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


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


def test_a_package_holds_as_many_files_as_can_be_opened_again(tmp_path, monkeypatch):
    monkeypatch.setattr(bag, "MOST_FILES", len(FILES) + len(bag.TAGS))
    pack(tmp_path / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match=f"a package holds at most {len(FILES) + len(bag.TAGS)} files"):
        pack(tmp_path / "b.zip", FILES | {"more.txt": b""}, INFO)


def test_data_files_are_named_as_eurostat_reads_them():
    assert "CRIM_THB_A_LT_2020_0000.CSV" == edamis_name("CRIM", "THB", "LT", 2020, "csv")
    assert "CRIM_THB_A_EL_2020_0000_V2.XML" == edamis_name("CRIM", "THB", "GR", 2020, "xml", option="V2")


@pytest.mark.parametrize(
    "parts",
    [
        ("crim", "THB", "LT", 2020, "csv"),
        ("CRIMINALS", "THB", "LT", 2020, "csv"),
        ("CRIM", "THB_VICT", "LT", 2020, "csv"),
        ("CRIM", "THB", "LTU", 2020, "csv"),
        ("CRIM", "THB", "LT", 20, "csv"),
        ("CRIM", "THB", "LT", 2020, "c.v"),
    ],
)
def test_what_breaks_the_naming_convention_is_refused(parts):
    with pytest.raises(ReporterError, match="cannot stand in the name of an EDAMIS file"):
        edamis_name(*parts)
