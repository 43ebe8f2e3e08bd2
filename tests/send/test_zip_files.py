"""Any ZIP or folder that holds the files of a package is that package; what would do harm is refused."""

import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest

from reporter.formats.bagit import CHECKSUMS, Verdict, open_package, verify
from reporter.formats.bagit.bag import STRAY
from tests.send.packages import failures

ROOT = "LT-2020-commission"
Contents = dict[str, bytes]


@pytest.fixture
def contents(package) -> Contents:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Pipe(BytesIO):
    """A file that cannot go back: sizes follow the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError


def packed(contents: Contents, method: int = zipfile.ZIP_DEFLATED, kind: type[BytesIO] = BytesIO) -> bytes:
    made = kind()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in contents.items():
            archive.mkdir(name) if name.endswith("/") else archive.writestr(name, data)
    return made.getvalue()


def with_fields(contents: Contents) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, (2026, 11, 27, 9, 30, 0))
            info.extra = struct.pack("<2HBL", 0x5455, 5, 1, 1_790_000_000) + struct.pack(
                "<2H11s", 0x7875, 11, b"\1" * 11
            )
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unflagged(contents: Contents) -> bytes:
    whole = packed({unicodedata.normalize("NFD", name): data for name, data in contents.items()})
    return b"".join(_cleared(whole))


def _cleared(whole: bytes) -> Iterator[bytes]:
    changed = bytearray(whole)
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + flags + 1] &= ~8 & 0xFF
            place = changed.find(mark, place + 4)
    yield bytes(changed)


@pytest.mark.parametrize(
    "pack_again",
    [
        packed,
        lambda contents: packed(contents, zipfile.ZIP_STORED),
        lambda contents: packed(dict(reversed(contents.items()))),
        lambda contents: packed({f"{ROOT}/": b"", f"{ROOT}/data/": b""} | contents),
        lambda contents: packed(contents, kind=Pipe),
        with_fields,
        unflagged,
    ],
    ids=["compressed", "stored", "other order", "folders listed", "sizes behind", "further fields", "names apart"],
)
def test_what_was_packed_again_is_the_same_package(package, contents, pack_again):
    sent = open_package(package)
    package.write_bytes(pack_again(contents))
    archive, checksums = verify(package, [CHECKSUMS])
    assert (Verdict.PASSED, (f"{ROOT}, files: 4",)) == (archive.verdict, archive.details)
    assert Verdict.PASSED == checksums.verdict
    assert (sent.files, sent.identity) == (open_package(package).files, open_package(package).identity)


@pytest.mark.parametrize("top", ["", "attachment/", f"mail/{ROOT}/"])
def test_its_folder_may_have_another_name(package, contents, top):
    package.write_bytes(packed({f"{top}{name.removeprefix(f'{ROOT}/')}": data for name, data in contents.items()}))
    assert [] == failures(package)


def test_a_folder_is_a_package_too(package, contents, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "here")
    assert [] == failures(tmp_path / "here")
    assert [] == failures(tmp_path / "here" / ROOT)
    assert open_package(package).files == open_package(tmp_path / "here").files
    (tmp_path / "here" / ROOT).rename(tmp_path / "here" / "LT-2021-commission")
    said = f"LT-2021-commission: has the name of another package than {ROOT}, which it is"
    assert [said] == failures(tmp_path / "here") == failures(tmp_path / "here" / "LT-2021-commission")
    (tmp_path / "here" / "LT-2021-commission" / "data" / "link").symlink_to("/etc/passwd")
    said = "LT-2021-commission/data/link: is a symbolic link or no file"
    assert [said] == failures(tmp_path / "here")


FINDER = b"\0\5\x16\7\0\2\0\0Mac OS X        "
FOLDER = b"\0\0\0\1Bud1\0\0\x10\0"
PICTURES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
VIEW = b"\xff\xfe" + "[ViewState]\r\nMode=\r\nVid=\r\nFolderType=Generic\r\n".encode("utf-16-le")
ADDED = {
    f"__MACOSX/._{ROOT}": FINDER,
    f"__MACOSX/{ROOT}/._data": FINDER,
    f"__MACOSX/{ROOT}/data/._empty.txt": FINDER,
    f"__MACOSX/{ROOT}/._.DS_Store": FINDER,
    f"{ROOT}/._bagit.txt": FINDER,
    f"{ROOT}/.DS_Store": FOLDER,
    f"{ROOT}/data/Thumbs.db": PICTURES,
    f"{ROOT}/desktop.ini": VIEW,
    f"{ROOT}/data/desktop.ini": b"[.ShellClassInfo]\r\nConfirmFileOp=0\r\n",
}


def test_what_a_computer_adds_is_left_aside_and_each_is_named(package, contents):
    package.write_bytes(packed(contents | ADDED))
    (archive, _) = verify(package, [CHECKSUMS])
    told = f"left aside, as computers add them, {len(ADDED)}: {', '.join(ADDED)}"
    assert (Verdict.PASSED, told) == (archive.verdict, archive.details[1])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"__MACOSX/{ROOT}/._data", b"<script>1</script>"),
        (f"__MACOSX/{ROOT}/._data", FINDER + bytes(4097)),
        (f"__MACOSX/{ROOT}/._corrected-figures.html", FINDER),
        (f"{ROOT}/data/._run.exe", FINDER),
        ("elsewhere/._data", FINDER),
        (f"{ROOT}/.DS_Store", b"MZ"),
        (f"{ROOT}/other/.DS_Store", FOLDER),
        (f"{ROOT}/.DS_Store", FOLDER + bytes(1 << 16)),
        (f"{ROOT}/data/Thumbs.db", b"PK"),
        (f"{ROOT}/desktop.ini", b"[.ShellClassInfo]\r\nIconResource=\\\\evil\\share\\x.ico\r\n"),
        (f"{ROOT}/desktop.ini", VIEW.replace(b"G", b"\xff")),
        (f"{ROOT}/desktop.ini", b""),
    ],
)
def test_what_only_has_the_name_of_such_a_file_is_refused_by_it(package, contents, name, content):
    package.write_bytes(packed(contents | {name: content}))
    assert [f"{name}: was added: is not what computers add under that name"] == failures(package)


def test_a_program_in_the_folder_of_a_computer_is_not_left_aside(package, contents):
    package.write_bytes(packed(contents | {"__MACOSX/run.exe": b"MZ"}))
    assert [f"__MACOSX/run.exe: was added: lies outside the folder {ROOT}/"] == failures(package)


def lying(contents: Contents) -> bytes:
    whole = bytearray(packed(contents | {f"{ROOT}/data/zz": b"a" * 1000}))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = whole.rindex(mark) + place
        whole[at : at + 4] = (999).to_bytes(4, "little")
    return bytes(whole)


def renamed_in_the_directory(contents: Contents) -> bytes:
    whole = packed(contents)
    place = whole.rindex(b"data/empty.txt")
    return whole[:place] + b"data/other.txt" + whole[place + 14 :]


def contradicting(contents: Contents) -> bytes:
    """A file that is stored by its own header, and compressed by the directory."""
    whole = bytearray(packed(contents))
    whole[whole.rindex(b"PK\3\4") + 8] ^= 8
    return bytes(whole)


def swapped(contents: Contents) -> bytes:
    """A file that is shorter by its own header."""
    whole = bytearray(packed(contents | {f"{ROOT}/data/zz": b"a" * 1000}))
    whole[whole.rindex(b"PK\3\4") + 22] ^= 1
    return bytes(whole)


def cut_short(contents: Contents) -> bytes:
    whole = bytearray(packed(contents))
    whole[whole.index(b"bagit.txt") + 11] ^= 0xFF
    return bytes(whole)


@pytest.mark.parametrize(
    ("forge", "message"),
    [
        (lying, "is damaged: it cannot be unpacked as it was packed"),
        (cut_short, "is damaged: it cannot be unpacked as it was packed"),
        (contradicting, STRAY),
        (swapped, STRAY),
        (renamed_in_the_directory, "is damaged: it cannot be unpacked as it was packed"),
        (lambda contents: packed(contents | {"../.DS_Store": b""}), "its name leads out of the package by '..'"),
        (lambda contents: packed(contents, zipfile.ZIP_LZMA), "is compressed in an uncommon way (14)"),
    ],
)
def test_what_no_other_program_packs_or_nobody_should_unpack_stays_refused(package, contents, forge, message):
    package.write_bytes(forge(contents))
    archive, checksums = verify(package, [CHECKSUMS])
    assert (Verdict.FAILED, Verdict.UNCHECKED) == (archive.verdict, checksums.verdict)
    assert message in str(archive.defects[0])
