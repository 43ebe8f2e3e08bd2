"""A hostile PDF is a defect of the package, never a fault of the program."""

import io
import subprocess
import sys
import zlib
from collections.abc import Mapping

import pikepdf
import pytest

from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.stated import MalformedFileError
from reporter.submission import pack
from tests.roundtrip.forging import PDF, PEAK, forged, payload
from tests.submission.packages import INFO


def test_an_encrypted_pdf_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            opened.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
        return files | {PDF: target.getvalue()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert {PDF} == {each.partition(":")[0].removeprefix("data/") for each in found}


def bomb(pdf: bytes, size: int) -> bytes:
    """A PDF whose file of figures would swell."""
    target, packer = io.BytesIO(), zlib.compressobj()
    packed = b"".join([packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]) + packer.flush()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        name = next(each for each in opened.attachments if each.endswith("-observations.csv"))
        opened.attachments[name].get_file().obj.write(packed, filter=pikepdf.Name.FlateDecode)
        opened.save(target)
    return target.getvalue()


def test_a_bomb_within_a_pdf_is_a_defect_and_does_not_swell(packaged, tmp_path):
    files = payload(packaged.package)
    path = pack(tmp_path / "a.zip", files | {PDF: bomb(files[PDF], 400 << 20)}, INFO).path
    script = (
        "import sys; from pathlib import Path; from reporter.cli.package_checks import FIGURES; "
        "from reporter.submission import verify; found = verify(Path(sys.argv[1]), (FIGURES,))[1]; "
        f"print([str(each) for each in found.defects]); {PEAK}"
    )
    words = [sys.executable, "-c", script, str(path)]
    told, peak = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told.startswith(f"['data/{PDF}: ")
    assert (250 << 10) > int(peak)


def test_a_pdf_whose_pages_cannot_be_read_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            for page in opened.pages:
                page.obj.Contents = opened.make_stream(b"no zlib", Filter=pikepdf.Name.FlateDecode)
                page.obj.Contents.write(b"no zlib at all", filter=pikepdf.Name.FlateDecode)
            opened.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return files | {PDF: target.getvalue()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert found.startswith(f"data/{PDF}: ")
    assert "cannot be read" in found


def attached(content: bytes, **stream: pikepdf.Object) -> bytes:
    """A PDF with observations that are packed in a way of their own."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["XX-2020-observations.csv"] = b"empty"
        if stream:
            file = made.attachments["XX-2020-observations.csv"].get_file().obj
            file.write(content, **stream)
        else:
            made.attachments["XX-2020-observations.csv"] = content
        made.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return target.getvalue()


def test_observations_are_read_when_they_are_packed_as_usual_or_not_at_all():
    packed = attached(zlib.compress(b"year,value"), filter=pikepdf.Name.FlateDecode)
    for each in (packed, attached(b"year,value")):
        assert (("XX-2020-observations.csv", b"year,value"),) == attached_files(each)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"796561722c76616c7565>", ["/ASCIIHexDecode"]),
        (b"\x80\x0b\x60\x50", ["/LZWDecode"]),
        (zlib.compress(zlib.compress(b"year,value")), ["/FlateDecode", "/FlateDecode"]),
    ],
)
def test_a_stream_that_is_packed_otherwise_is_not_opened_for_its_size_is_not_limited(content, names):
    named = pikepdf.Array([pikepdf.Name(each) for each in names])
    with pytest.raises(MalformedFileError, match="compressed in an unusual way"):
        attached_files(attached(content, filter=named))
