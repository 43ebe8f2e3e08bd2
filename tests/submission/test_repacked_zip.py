"""A package that another program packed again is told as that, and its contents are still proven."""

import stat
import struct
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.submission import CHECKSUMS, PackageError, Verdict, open_package, pack, verify
from reporter.submission.bag import measure
from reporter.submission.repacked_zip import received_package
from tests.submission.packages import FILES, INFO, failures

ROOT = "LT-2020-commission"
AGAIN = "was unpacked and packed again on its way (not the file that was sent)"
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
def test_what_was_packed_again_passes_with_a_remark_and_the_checksum_of_what_was_sent(package, contents, pack_again):
    sent = measure(package).sha256
    package.write_bytes(pack_again(contents))
    archive, checksums = verify(package, [CHECKSUMS])
    told = f"as the sender packed it, its SHA-256 is, to be held against what the sender says: {sent}"
    assert (Verdict.PASSED, (f"{ROOT}, files: 4", AGAIN, told)) == (archive.verdict, archive.seen)
    assert (Verdict.PASSED, f"as packed: sha256 {sent}") == (checksums.verdict, checksums.seen[1])


@pytest.mark.parametrize(
    ("top", "told"),
    [
        ("", f"its files lie in no folder, and were sent in the folder {ROOT}"),
        ("attachment/", f"its files lie in the folder attachment/, and were sent in the folder {ROOT}"),
        (f"mail/{ROOT}/", f"its files lie in the folder mail/{ROOT}/, and were sent in the folder {ROOT}"),
    ],
)
def test_another_folder_is_told(package, contents, top, told):
    package.write_bytes(packed({f"{top}{name.removeprefix(f'{ROOT}/')}": data for name, data in contents.items()}))
    (archive, _) = verify(package, [CHECKSUMS])
    assert (Verdict.PASSED, (AGAIN, told)) == (archive.verdict, archive.seen[1:3])


def test_a_folder_with_the_name_of_another_package_fails(package, contents):
    package.write_bytes(packed({name.replace("2020", "2021", 1): data for name, data in contents.items()}))
    said = f"LT-2021-commission/: this folder has the name of another package than {ROOT}, which is in it"
    assert [said] == failures(package)


def test_what_a_computer_adds_is_left_aside_and_named(package, contents):
    added = {f"__MACOSX/{ROOT}/._data": b"a", f"{ROOT}/.DS_Store": b"b", f"{ROOT}/data/Thumbs.db": b"c"}
    package.write_bytes(packed(contents | added | {f"{ROOT}/data/desktop.ini": b"d"}))
    (archive, _) = verify(package, [CHECKSUMS])
    named = f"__MACOSX/{ROOT}/._data, {ROOT}/.DS_Store, {ROOT}/data/Thumbs.db, …"
    told = f"left aside, as computers add them, 4: {named}"
    assert (Verdict.PASSED, told) == (archive.verdict, archive.seen[2])


def test_what_was_packed_again_is_laid_out_for_reading_only_and_nothing_of_it_is_left(package, contents):
    package.write_bytes(packed(contents))
    with pytest.raises(PackageError, match="is compressed: another program packed this anew"):
        open_package(package)
    with received_package(package) as received:
        laid_out = received.package.path
        assert laid_out.is_file()
    assert not laid_out.parent.exists()


def bomb(contents: Contents) -> bytes:
    return packed(contents | {f"{ROOT}/data/bomb": bytes(50 << 20)})


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


def cut_short(contents: Contents) -> bytes:
    whole = bytearray(packed(contents))
    whole[whole.index(b"bagit.txt") + 11] ^= 0xFF
    return bytes(whole)


@pytest.mark.parametrize(
    ("forge", "message"),
    [
        (bomb, "would swell to 52428800 bytes: a bomb"),
        (lying, "is damaged: it cannot be unpacked as it was packed"),
        (cut_short, "is damaged: it cannot be unpacked as it was packed"),
        (renamed_in_the_directory, "has bytes before, between or behind its files that belong to none of them"),
        (lambda contents: packed(contents | {"../.DS_Store": b""}), "its name leads out of the package by '..'"),
        (lambda contents: packed(contents | {"../evil.txt": b""}), "its name leads out of the package by '..'"),
        (lambda contents: packed(contents | {f"{ROOT}/data/A": b"", f"{ROOT}/data/a": b""}), "is there twice, or"),
        (lambda contents: packed(contents, zipfile.ZIP_LZMA), "is compressed in an uncommon way (14)"),
    ],
)
def test_what_no_other_program_packs_or_nobody_should_unpack_stays_refused(package, contents, forge, message):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.write_bytes(forge(contents))
    archive, checksums = verify(package, [CHECKSUMS])
    assert (Verdict.FAILED, Verdict.UNCHECKED) == (archive.verdict, checksums.verdict)
    assert message in str(archive.defects[0])


def damaged(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "packed-again" / f"{ROOT}.zip"
    path.parent.mkdir(exist_ok=True)
    sent = pack(path, FILES, INFO).sha256
    with zipfile.ZipFile(path) as archive:
        whole = packed({name: archive.read(name) for name in archive.namelist()})
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    results = verify(path, [CHECKSUMS])
    assert any(each.defects for each in results) or sent in results[0].seen[-1]


test_no_damage_of_what_was_packed_again_is_a_fault_or_changes_a_file = settings(max_examples=25)(
    given(st.data())(damaged)
)
