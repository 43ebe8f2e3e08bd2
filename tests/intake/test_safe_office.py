"""What came by mail is refused in plain words before anything reads it."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from reporter.data.errors import ReporterError
from reporter.exchange.agencies.safe_office import MOST_BYTES, MOST_PARTS, WORD_PARTS, refuse_unsafe, refuse_unsafe_word
from reporter.exchange.agencies.taking_in import read_form

SHEET = "xl/worksheets/sheet2.xml"


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target.getvalue()


def repacked(form: bytes, more: dict[str, bytes]) -> bytes:
    """The form with some parts changed or added."""
    with zipfile.ZipFile(io.BytesIO(form)) as book:
        return zipped({each: book.read(each) for each in book.namelist()} | more)


def part(form: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form)) as book:
        return book.read(name)


def doubled(form: bytes) -> bytes:
    target = io.BytesIO(form)
    with zipfile.ZipFile(target, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr(SHEET, part(form, SHEET))
    return target.getvalue()


def lying(form: bytes) -> bytes:
    """A sheet that unpacks to more than its entry says."""
    size = len(part(form, SHEET))
    return form.replace(struct.pack("<L", size), struct.pack("<L", 100))


def scrambled(form: bytes) -> bytes:
    """A sheet whose packed bytes mean nothing."""
    with zipfile.ZipFile(io.BytesIO(form)) as book:
        start = book.getinfo(SHEET).header_offset + 30 + len(SHEET)
    return form[:start] + b"\xff" * 20 + form[start + 20 :]


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
OTHER = b'<?xml version="1.0" encoding="cp037"?>' + ENTITIES.decode().encode("cp037")
# What is done to a form, or the parts that it gets, and what is said of it.
HOSTILE: dict[str, tuple[Callable[[bytes], bytes] | dict[str, bytes], str]] = {
    "a text": (lambda _: b"12;13", "is not a workbook"),
    "nothing": (lambda _: b"", "is not a workbook"),
    "an old workbook": (lambda _: b"\xd0\xcf\x11\xe0" + bytes(999), r"is an old workbook \(.xls\), or one with a pass"),
    "ten megabytes": (lambda form: form + bytes(10_000_000), "is 10.0 MB; forms and tables are less than one"),
    "half a file": (lambda form: form[: len(form) // 2], "cannot be read"),
    "bytes that nobody packed": (scrambled, "cannot be read"),
    "macros": ({"xl/vbaProject.bin": b"x"}, "contains more than tables: xl/vbaProject.bin"),
    "an object": ({"xl/embeddings/a.docx": b"x"}, "contains more than tables"),
    "links": ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "takes numbers from other workbooks"),
    "LibreOffice": ({"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}, r"is a document of Lib.* \(.ods\)"),
    "many parts": ({f"xl/media/{n}.png": b"" for n in range(MOST_PARTS)}, "is too large for a form when unpacked"),
    "two of one name": (doubled, "contains two parts of the same name"),
    "a size that lies": (lying, "cannot be read"),
    "entities": ({SHEET: ENTITIES}, "declares entities"),
    "entities elsewhere": ({"xl/sheet.dat": ENTITIES}, "declares entities"),
    "hidden entities": ({SHEET: ENTITIES.decode().encode("utf-16")}, "declares entities"),
    "another encoding": ({SHEET: OTHER}, "declares entities or another encoding"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_plain_words(form: bytes, kind: str) -> None:
    make, words = HOSTILE[kind]
    with pytest.raises(ReporterError, match=f"^police.xlsx {words}"):
        refuse_unsafe(repacked(form, make) if isinstance(make, dict) else make(form), "police.xlsx")


ADDED = {
    "xl/printerSettings/printerSettings1.bin": b"a printer",
    "docProps/thumbnail.wmf": b"a picture",
    "customXml/item1.xml": b"<a/>",
    "../../etc/passwd": b"never unpacked",
}


def test_a_form_with_what_excel_adds_of_its_own_is_taken_and_far_below_what_is_refused(form: bytes) -> None:
    content = repacked(form, ADDED)
    refuse_unsafe(content, "police.xlsx")
    assert "XX 2020 police" == read_form(content)[0]
    assert MOST_BYTES > 100 * len(form)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("MOST_UNPACKED", "is too large for a form when unpacked"),
        ("MOST_OF_PART", "has a sheet or a list of texts that is too large"),
    ],
)
def test_what_unpacks_to_more_than_the_limit_is_never_read(form, limit, words, monkeypatch):
    monkeypatch.setattr(f"reporter.exchange.agencies.safe_office.{limit}", 300_000)
    with pytest.raises(ReporterError, match=words):
        refuse_unsafe(repacked(form, {SHEET: b"<row/>" * 60_000}), "police.xlsx")


GOOD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}


def packed(*left_out: str, **more: bytes) -> bytes:
    return zipped({name: content for name, content in (GOOD | more).items() if name not in left_out})


HOSTILE_WORD = {
    "a text": (b"In 2020", "is not a Word document"),
    "nothing": (b"", "is not a Word document"),
    "an old document": (b"\xd0\xcf\x11\xe0" + bytes(99), r"an old Word document \(.doc\), or one with a password"),
    "a PDF": (b"%PDF-1.7", r"is not a Word document \(.docx\)"),
    "half a file": (packed()[:60], "cannot be read"),
    "a workbook": (packed("word/document.xml", **{"xl/workbook.xml": b"<a/>"}), "is not a Word document"),
    "LibreOffice": (packed(mimetype=b"application/vnd.oasis", **{"content.xml": b"<a/>"}), r"LibreOffice \(.odt\)"),
    "a program": (packed(**{"word/vbaProject.bin": b"x"}), "contains macros"),
    "a kind with macros": (packed(**{"[Content_Types].xml": b'<a b="x.macroEnabled.main+xml"/>'}), "contains macros"),
    "many parts": (
        packed(**{f"word/media/{n}.png": b"" for n in range(WORD_PARTS)}),
        "is too large for a report when unpacked",
    ),
    "parts without end": (packed(**{"word/a.xml": bytes(300_000_001)}), "is too large for a report when unpacked"),
}


@pytest.mark.parametrize("kind", HOSTILE_WORD)
def test_what_is_hostile_is_refused(kind: str) -> None:
    content, problem = HOSTILE_WORD[kind]
    with pytest.raises(ReporterError, match=problem) as refused:
        refuse_unsafe_word(content, "a.docx")
    assert refused.value.hint


def test_a_large_file_is_refused_and_one_with_an_embedded_table_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_unsafe_word(packed(**{"word/embeddings/a.xlsx": b"PK"}), "a.docx")
    monkeypatch.setattr("reporter.exchange.agencies.safe_office.WORD_BYTES", 10)
    with pytest.raises(ReporterError, match="MB; a report is"):
        refuse_unsafe_word(packed(), "a.docx")
