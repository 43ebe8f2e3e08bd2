"""A file that is no harmless Word document is refused before anything reads it, with how to save it."""

import io
import zipfile

import pytest

from reporter.errors import ReporterError
from reporter.intake.safe_word import MOST_PARTS, refuse_unsafe_word

GOOD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}


def packed(*left_out: str, **more: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (GOOD | more).items():
            if name not in left_out:
                book.writestr(name, content)
    return target.getvalue()


HOSTILE = {
    "a text": (b"In 2020", "is no Word document"),
    "nothing": (b"", "is no Word document"),
    "an old document": (b"\xd0\xcf\x11\xe0" + bytes(99), r"an old Word document \(.doc\), or one with a password"),
    "a PDF": (b"%PDF-1.7", r"is no Word document \(.docx\)"),
    "half a file": (packed()[:60], "cannot be read"),
    "a workbook": (packed("word/document.xml", **{"xl/workbook.xml": b"<a/>"}), "is no Word document"),
    "LibreOffice": (packed(mimetype=b"application/vnd.oasis", **{"content.xml": b"<a/>"}), r"LibreOffice \(.odt\)"),
    "a program": (packed(**{"word/vbaProject.bin": b"x"}), "brings macros"),
    "a kind with macros": (packed(**{"[Content_Types].xml": b'<a b="x.macroEnabled.main+xml"/>'}), "brings macros"),
    "many parts": (packed(**{f"word/media/{n}.png": b"" for n in range(MOST_PARTS)}), "unpacks to more"),
    "parts without end": (packed(**{"word/a.xml": bytes(300_000_001)}), "unpacks to more"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_refused(kind: str) -> None:
    content, problem = HOSTILE[kind]
    with pytest.raises(ReporterError, match=problem) as refused:
        refuse_unsafe_word(content, "a.docx")
    assert refused.value.hint


def test_a_large_file_is_refused_and_one_with_an_embedded_table_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_unsafe_word(packed(**{"word/embeddings/a.xlsx": b"PK"}), "a.docx")
    monkeypatch.setattr("reporter.intake.safe_word.MOST_BYTES", 10)
    with pytest.raises(ReporterError, match="MB, and a report has"):
        refuse_unsafe_word(packed(), "a.docx")
