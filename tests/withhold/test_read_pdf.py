"""A PDF and a Word file are read back as they are; a hostile one is a defect, never a fault."""

import io
import zipfile
import zlib

import pikepdf
import pytest

from reporter.editions.audit import read_pdf
from reporter.editions.audit.read_figures import BODY, Line, MalformedFileError, read_printed_word
from reporter.editions.audit.read_pdf import MOST_STREAM, attached_files, page_texts, printed_cells, read_tables
from tests.package.forging import PDF, Files, payload, rewritten
from tests.word.written import profile_file


@pytest.fixture(scope="module")
def files(packaged) -> Files:
    return payload(packaged.package)


def test_an_encrypted_pdf_is_a_defect(files: Files) -> None:
    locked = rewritten(files[PDF], lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(MalformedFileError, match="is no PDF: "):
        attached_files(locked)


def test_a_pdf_whose_pages_cannot_be_read_is_a_defect(files: Files) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
            page.obj.Contents.write(b"no zlib at all", filter=pikepdf.Name.FlateDecode)

    how = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}
    for read in (page_texts, read_tables):
        with pytest.raises(MalformedFileError, match="cannot be read"):
            read(rewritten(files[PDF], change, **how))


def test_parts_that_are_zero_because_the_others_make_the_whole_have_no_line_in_the_table(monkeypatch) -> None:
    def line(value: str, status: str = "given") -> Line:
        return {"value": value, "status": status}

    figures = {
        ("victims", "", "", "2020"): line("9"),
        ("victims", "form", "sexual", "2020"): line("9"),
        ("victims", "form", "labour", "2020"): line("0", "worked out"),
        ("persons", "", "", "2020"): line("7"),
    }
    rows = ["Number of", "2020"], ["Victims", "9"], ["Sexual", "9"], ["Persons", "7"]
    monkeypatch.setattr(read_pdf, "read_tables", lambda _: [[*map(list, rows)]])
    assert [
        (("victims", "", ""), 2020, "9"),
        (("victims", "form", "sexual"), 2020, "9"),
        (("persons", "", ""), 2020, "7"),
    ] == list(printed_cells(b"", figures))


def test_named_countries_and_cells_follow_the_plain_parts_below_headings(monkeypatch) -> None:
    def line(value: str) -> Line:
        return {"value": value, "status": "given" if value else "suppressed"}

    values = {
        ("", ""): "9",
        ("form", "sexual"): "8",
        ("citizenship", "national"): "5",
        ("citizenship", "BR"): "4",
        ("form,person", "sexual.women"): "",
        ("form,person", "sexual.men"): "7",
    }
    figures = {("victims", *name, "2020"): line(value) for name, value in values.items()}
    rows = ["2020"], ["9"], ["8"], ["5"], [], ["4"], [], ["c"], ["7"]
    monkeypatch.setattr(read_pdf, "read_tables", lambda _: [[["Of one column"]], [["Name", *row] for row in rows]])
    read = {name[2]: text for name, _, text in printed_cells(b"", figures)}
    assert {"": "9", "sexual": "8", "national": "5", "BR": "4", "sexual.women": "c", "sexual.men": "7"} == read


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


def test_cells_tell_the_figures_that_they_print_and_paragraphs_have_no_numbers_of_notes_and_charts() -> None:
    cells, paragraphs, labels = read_printed_word(profile_file())
    assert ("XX", "victims.identified", "2022", "30") in cells
    assert {"XX"} == {country for country, _, _, _ in cells}
    assert any(each.startswith("In 2022, 30 victims were identified") for each in paragraphs)
    assert "Figure 2" in labels
    assert [] == [each for each in paragraphs if each.startswith(("Figure 2", "2 More"))]


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
