"""The bytes between the files of a ZIP are known before it is written."""

import io
import zipfile
import zlib

from reporter.submission.zip_format import ZipEntry, central_directory, local_header, offsets

FILES = {"a/b.txt": b"words", "a/ž.txt": b"", "a/c.bin": bytes(range(256))}
ENTRIES = [ZipEntry(name, len(content), zlib.crc32(content)) for name, content in FILES.items()]


def test_headers_contents_and_directory_make_a_zip_that_others_read() -> None:
    parts = [local_header(each) + FILES[each.name] for each in ENTRIES]
    package = b"".join((*parts, central_directory(ENTRIES)))
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        assert FILES == {name: opened.read(name) for name in opened.namelist()}
        (told,) = {
            (each.create_system, each.create_version, each.extract_version, each.compress_type, each.date_time)
            for each in opened.infolist()
        }
        assert {(0o100644 << 16, 0x800)} == {(each.external_attr, each.flag_bits) for each in opened.infolist()}
    assert (3, 20, 20, zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0)) == told


def test_the_places_are_those_of_the_files_and_then_of_the_directory() -> None:
    parts = [local_header(each) + FILES[each.name] for each in ENTRIES]
    whole = b"".join((*parts, central_directory(ENTRIES)))
    assert [whole.find(b"PK\3\4", at) for at in offsets(ENTRIES)[:-1]] == [*offsets(ENTRIES)[:-1]]
    assert whole.find(b"PK\1\2") == offsets(ENTRIES)[-1]
    assert (0,) == offsets([])
