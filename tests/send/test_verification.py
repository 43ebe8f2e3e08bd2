"""The same files give the same bytes, and nothing passes that is not exactly what was packed."""

import hashlib
import os
import stat
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import ReporterError
from reporter.formats.bagit import CHECKSUMS, PackageError, Verdict, bag, open_package, pack, verify
from reporter.formats.bagit.bag import SEAL
from reporter.formats.bagit.result import Defect, printable
from tests.send.packages import FILES, INFO, failures, noticed, repacked

Zip = Callable[[zipfile.ZipFile], object]


def refused(path: Path, flawed: Zip) -> list[str]:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        flawed(archive)
    return failures(path)


@settings(max_examples=50)
@given(data=st.data(), method=st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
def test_no_damage_passes_and_none_is_a_fault(tmp_path_factory, data, method):
    """Neither of what was sent, nor of what another program packed again."""
    path = tmp_path_factory.getbasetemp() / f"damaged-{os.getpid()}.zip"
    pack(path, FILES, INFO)
    if method != zipfile.ZIP_STORED:
        with zipfile.ZipFile(path) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, content in found.items():
                archive.writestr(name, content)
    whole, files = path.read_bytes(), open_package(path).files
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    damaged = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]
    path.write_bytes(damaged)
    assert noticed(path, files)
    assert damaged != whole or not failures(path)


def test_a_missing_an_added_and_an_altered_file_are_each_named(package):
    def change(files):
        del files["data/empty.txt"]
        return files | {"data/new.txt": b"new", "data/LT-2020-en.pdf": b"other"}

    assert [
        "data/LT-2020-en.pdf: was altered: differs in sha256, sha512 from what was packed",
        "data/new.txt: was added: not listed in manifest-sha256.txt and manifest-sha512.txt",
        "data/empty.txt: is missing: listed in manifest-sha256.txt and manifest-sha512.txt",
    ] == failures(repacked(package, change))


def test_a_folder_that_is_named_as_another_package_fails(package):
    repacked(package, dict, "LT-2021-commission")
    said = "LT-2021-commission: has the name of another package than LT-2020-commission, which it is"
    assert [said] == failures(package)


@pytest.mark.parametrize(
    ("name", "fails"),
    [
        ("LT-2021-commission", True),
        ("LT-2020-commission2", True),
        ("LT-2020-commission-signed", False),
        ("LT-2020-commission (1)", False),
        ("attachment", False),
    ],
)
def test_a_file_that_is_named_as_another_package_fails(package, name, fails):
    path = package.rename(package.with_name(f"{name}.zip"))
    message = f"{name}.zip: has the name of another package than LT-2020-commission, which it is"
    assert ([message] if fails else []) == failures(path)


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"0" * 64 + text[text.index(b"  ") : text.index(b"\n") + 1] + text,
        lambda text: b"".join(reversed(text.splitlines(keepends=True))),
        lambda text: text.rstrip(b"\n"),
    ],
    ids=["other line ends", "a contradiction", "another order", "no last line end"],
)
def test_a_manifest_has_one_form(package, name, change):
    repacked(package, lambda files: files | {name: change(files[name])})
    assert f"{name}: was altered: has lines in another form or order than a package" in failures(package)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/etc/passwd", "/etc/passwd: its name is an absolute path"),
        ("C:/evil.txt", "C:/evil.txt: its name names a drive"),
        ("LT/../evil.txt", "LT/../evil.txt: its name leads out of the package by '..'"),
        ("LT/data/a\\b.txt", "LT/data/a\\b.txt: its name has a backslash"),
        ("LT/data/a\nb.txt", "LT/data/a\\nb.txt: its name has a character that systems treat differently"),
        ("LT/data//b.txt", "LT/data//b.txt: its name has an empty part"),
        ("LT/data/c:b.txt", "LT/data/c:b.txt: its name has a character that systems treat differently"),
        ("LT/data/aux.csv", "LT/data/aux.csv: its name is the name of a device on Windows"),
        ("LT/data/.hidden", "LT/data/.hidden: its name has a part that starts or ends with a dot or space"),
        ("LT/data/" + "x" * 220, f"LT/data/{'x' * 220}: its name is longer than 200 bytes"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(tmp_path, name, message):
    assert [message] == refused(tmp_path / "a.zip", lambda archive: archive.writestr(name, b"x"))


def test_a_symbolic_link_and_a_folder_with_content_are_refused(tmp_path):
    def flawed(archive):
        link = zipfile.ZipInfo("LT/data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, b"/etc/passwd")
        folder = zipfile.ZipInfo("LT/data/folder/")
        folder.external_attr = (stat.S_IFREG | 0o644) << 16
        archive.writestr(folder, b"content")

    expected = ["LT/data/link: is a symbolic link", "LT/data/folder/: is not a file"]
    assert expected == refused(tmp_path / "a.zip", flawed)


def test_bombs_and_large_directories_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "a.zip"
    bomb = refused(path, lambda archive: archive.writestr("LT/data/bomb", bytes(50 << 20), zipfile.ZIP_DEFLATED))
    assert ["LT/data/bomb: would expand to 52428800 bytes: a ZIP bomb"] == bomb
    many = refused(path, lambda archive: [archive.writestr(f"LT/data/{each}", b"") for each in range(10_001)])
    assert ["a.zip: lists 10001 files, more than the 10000 that a package may contain"] == many
    (said,) = refused(path, lambda archive: [archive.writestr(f"LT/data/{each:060000}", b"") for each in range(140)])
    assert ("a.zip: has a directory of ", " bytes; that of a package may be at most 8 MiB") == (said[:26], said[-46:])


def test_a_file_beside_the_data_has_eight_mebibytes_at_most(package):
    repacked(package, lambda files: files | {SEAL: bytes(8 << 20)})
    assert 8 << 20 == len(open_package(package).read(SEAL))
    repacked(package, lambda files: files | {SEAL: bytes((8 << 20) + 1)})
    assert f"{SEAL}: is larger than 8 MiB" in failures(package)


def test_a_file_that_another_program_added_is_named(package):
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr(f"{INFO.name}/data/0.csv", b"a")
        archive.writestr(f"{INFO.name}/run.sh", b"a")
        archive.writestr("other/a.csv", b"a")
    expected = [
        f"other/a.csv: was added: lies outside the folder {INFO.name}/",
        "run.sh: was added: is not part of a package",
    ]
    assert expected == failures(package)


def test_sizes_that_add_up_to_too_much_are_refused(tmp_path):
    def flawed(archive):
        for each in range(3):
            archive.writestr(f"LT/data/{each}", b"x")
        for each in archive.infolist():
            each.file_size = each.compress_size = 1 << 30

    expected = ["a.zip: would unpack to more than 512 MiB: a ZIP bomb"]
    assert expected == refused(tmp_path / "a.zip", flawed)


@pytest.mark.parametrize(("first", "second"), [("a.csv", "a.csv"), ("a.csv", "A.CSV"), ("ß.csv", "SS.csv")])
def test_names_that_one_system_holds_for_the_same_are_refused(tmp_path, first, second):
    def flawed(archive):
        archive.writestr(f"LT/data/{first}", b"1")
        archive.writestr(f"LT/data/{second}", b"2")

    message = "appears twice, or differs from another name only in case or form"
    assert list(dict.fromkeys(f"LT/data/{name}: {message}" for name in (first, second))) == refused(
        tmp_path / "a.zip", flawed
    )


def encrypted(whole: bytes) -> bytes:
    place = whole.rindex(b"PK\1\2") + 8
    return whole[:place] + bytes([whole[place] | 1]) + whole[place + 1 :]


FURTHER = "further data after the end of the ZIP"
STRAY = "has bytes before, between or after its files that belong to none"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda whole: whole + b"more", f".zip: has a comment or {FURTHER}"),
        (lambda whole: whole[:-2] + b"\4\0note", f".zip: has a comment or {FURTHER}"),
        (lambda whole: whole[: len(whole) // 2], ".zip: is a ZIP that is cut off or damaged at its end"),
        (lambda _: b"%PDF-1.7", ".zip: is not a ZIP"),
        (lambda _: b"", ".zip: is not a ZIP"),
        (
            lambda whole: whole[:-22] + b"PK\6\7" + bytes(16) + whole[-22:],
            ".zip: is a ZIP64 file, the format for large files",
        ),
        (lambda whole: b"#!/bin/sh\n" + whole, f"/bagit.txt: {STRAY}"),
        (encrypted, "/data/text/ąžuolas.md: is encrypted"),
    ],
)
def test_what_is_around_the_files_is_refused(package, change, message):
    package.write_bytes(change(package.read_bytes()))
    assert [f"LT-2020-commission{message}"] == failures(package)


def test_what_is_not_there_or_no_zip_is_not_opened(tmp_path):
    path = tmp_path / "a.zip"
    with pytest.raises(ReporterError, match="cannot be read: No such file"):
        open_package(path)
    path.write_bytes(b"no zip")
    assert [Verdict.FAILED, Verdict.UNCHECKED] == [each.verdict for each in verify(path, [CHECKSUMS])]
    with pytest.raises(PackageError, match=r"do not unpack a\.zip"):
        open_package(path)


def test_a_character_that_could_control_a_terminal_is_written_out():
    assert "data/ž.csv ' a\\x1b[31mb a\\nb a\\u202eb \\x00" == printable("data/ž.csv ' a\x1b[31mb a\nb a\u202eb \x00")
    assert "a\\nb: was altered" == str(Defect("a\nb", "was altered"))


def test_the_same_files_give_the_same_bytes_in_any_order_and_from_memory_or_disk(package, tmp_path):
    for name, data in FILES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    from_disk = {name: tmp_path / "in" / name for name in reversed(FILES)}
    again = pack(tmp_path / "again.zip", from_disk, INFO)
    whole = again.path.read_bytes()
    assert package.read_bytes() == whole
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (again.size, again.sha256)


def test_the_bytes_of_a_package_are_those_that_were_sent_before(tmp_path):
    packed = pack(tmp_path / "a.zip", FILES, replace(INFO, identifier="urn:x:LT-2020"))
    assert "b80236b9c879b0d1fcd827d6d3c969b703b5ae93e013107c25bc94eac0d28f93" == packed.sha256


def test_what_cannot_be_packed_leaves_the_earlier_package(package):
    before = package.read_bytes()
    with pytest.raises(ReporterError, match="cannot be read: No such file"):
        pack(package, {"a.csv": Path("/nowhere/a.csv")}, INFO)
    with pytest.raises(ReporterError, match="cannot be written"):
        pack(package / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match="another name differs only in case"):
        pack(package, {"a.csv": b"", "A.csv": b""}, INFO)
    assert (before, [package]) == (package.read_bytes(), list(package.parent.iterdir()))


def test_a_package_holds_as_many_files_as_can_be_opened_again(tmp_path, monkeypatch):
    monkeypatch.setattr(bag, "MOST_FILES", len(FILES) + len(bag.TAGS))
    pack(tmp_path / "a.zip", FILES, INFO)
    with pytest.raises(ReporterError, match=f"a package may contain at most {len(FILES) + len(bag.TAGS)} files"):
        pack(tmp_path / "b.zip", FILES | {"more.txt": b""}, INFO)


def test_an_unsafe_name_is_not_packed(tmp_path):
    for name in ("../a", "/a", "a\\b", "a:b", "a/", "", "nul.txt", "a\nb", "50%.csv"):
        with pytest.raises(ReporterError, match="cannot be packed"):
            pack(tmp_path / "a.zip", {name: b""}, INFO)
    for name in ("", "a/b", "..", "a\\b", "con", "a\n", "a."):
        with pytest.raises(ReporterError, match="cannot name a package"):
            pack(tmp_path / "a.zip", FILES, replace(INFO, name=name))
    assert [] == list(tmp_path.iterdir())
