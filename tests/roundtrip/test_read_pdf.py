"""A PDF and a Word file are read back as they are, signed ones too; a hostile one is a defect, never a fault."""

import io
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reporter.roundtrip.read_pdf import MOST_STREAM, attached_files
from reporter.roundtrip.read_word import BODY, PrintedCell, read_printed_word
from reporter.roundtrip.signed_pdf import signing_flaw
from reporter.roundtrip.stated import MalformedFileError
from reporter.roundtrip.tagged_text import read_tagged
from tests.authority import Made, authority
from tests.roundtrip.forging import PDF, Files, rewritten
from tests.submission.signature.signed import sign_with
from tests.word.written import profile_file


def test_an_encrypted_pdf_is_a_defect(figures: Files) -> None:
    locked = rewritten(figures[PDF], lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(MalformedFileError, match="is no PDF: "):
        attached_files(locked)


def test_a_pdf_whose_pages_cannot_be_read_is_a_defect(files: Files) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
            page.obj.Contents.write(b"no zlib at all", filter=pikepdf.Name.FlateDecode)

    how = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}
    with pytest.raises(MalformedFileError, match="cannot be read"):
        read_tagged(rewritten(files[PDF], change, **how))


def attached(content: bytes, **stream: pikepdf.Object) -> bytes:
    """A PDF with observations that are packed in a way of their own."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["XX-2020-observations.csv"] = b"empty" if stream else content
        if stream:
            made.attachments["XX-2020-observations.csv"].get_file().obj.write(content, **stream)
        made.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return target.getvalue()


def test_a_bomb_within_a_pdf_does_not_swell():
    with pytest.raises(MalformedFileError):
        attached_files(attached(zlib.compress(bytes(2 * MOST_STREAM), 1), filter=pikepdf.Name.FlateDecode))


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


def test_cells_tell_the_figures_that_they_print() -> None:
    cells = read_printed_word(profile_file()).cells

    assert PrintedCell("XX", "victims.identified", "2022", "30") in cells
    assert {"XX"} == {each.country for each in cells}


def test_paragraphs_stand_outside_of_tables_and_have_no_numbers_of_notes_and_charts() -> None:
    told = read_printed_word(profile_file())

    assert any(each.startswith("In 2022, 30 victims were identified") for each in told.paragraphs)
    assert "Figure 2" in told.labels
    assert [] == [each for each in told.paragraphs if each.startswith(("Figure 2", "2 More"))]


def altered(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(profile_file())) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            target.writestr(each, parts.get("body", source.read(each)) if each == BODY else source.read(each))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\3\4",
        altered(body=b"<w:document"),
        altered(body=b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'),
        altered(body=b'<?xml version="1.0" encoding="UTF-0"?><x/>'),
    ],
    ids=["empty", "torn", "no XML", "entities", "unknown encoding"],
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedFileError):
        read_printed_word(content)


Update = Callable[[IncrementalPdfFileWriter, DictionaryObject], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    with authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


def signed(made: Made, folder: Path, content: bytes) -> bytes:
    (folder / "a.pdf").write_bytes(content)
    sign_with(made, folder / "a.pdf", folder / "signed.pdf")
    return (folder / "signed.pdf").read_bytes()


def test_a_signature_changes_nothing_else(made: Made, files: Files, tmp_path: Path) -> None:
    assert "" == signing_flaw(files[PDF], signed(made, tmp_path, files[PDF]))


def drawn_over(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    over = writer.add_object(StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 800 re f Q"))
    page["/Contents"] = ArrayObject([page.raw_get("/Contents"), over])
    writer.update_container(page)


def redrawn(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    content = page["/Contents"]
    content._data = b"q Q"
    content._encoded_data = None
    writer.update_container(content)


def annotated(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    note = DictionaryObject(
        {pdf_name("/Subtype"): pdf_name("/FreeText"), pdf_name("/Contents"): TextStringObject("27")}
    )
    page["/Annots"] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def opening(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    writer.root["/OpenAction"] = DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
    writer.update_root()


def retitled(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    writer.set_info(DictionaryObject({pdf_name("/Title"): TextStringObject("Another")}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drawn_over, "page 1 was changed when it was signed"),
        (redrawn, "something in it was changed when it was signed"),
        (annotated, "page 1 was changed when it was signed"),
        (opening, "its catalogue was changed when it was signed"),
        (retitled, "its title, author or subject was changed when it was signed"),
    ],
)
def test_what_else_an_update_changes_is_told_signed_or_not(
    made: Made, files: Files, tmp_path: Path, change: Update, said: str
) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(files[PDF]))
    pages = writer.root["/Pages"]["/Kids"]
    page = pages[0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    change(writer, page)
    written = BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(files[PDF])
    assert said == signing_flaw(files[PDF], signed(made, tmp_path, written.getvalue()))
    assert "has something behind its end that is no signature" == signing_flaw(files[PDF], written.getvalue())


@pytest.mark.parametrize("more", [b"% /ByteRange [0 1 2 3]\n", b"more", b"1 0 obj <<>> endobj"])
def test_bytes_behind_the_end_are_no_signature(files: Files, more: bytes) -> None:
    assert signing_flaw(files[PDF], files[PDF] + more)
