"""Word files of small documents, opened by python-docx, and of whole profiles with pictures of one colour."""

import io
import struct
import zlib
from functools import cache
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reporter.data.i18n import Locale, load_locale
from reporter.data.theme.tokens import load_theme
from reporter.editions.checked import load_checked
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.formats.word.package import to_word
from reporter.formats.word.tables import word_drawings
from reporter.report.document.document import Block, Document
from tests.fixtures import LITHUANIA, ROOT, RURITANIA
from tests.html.pages import document
from tests.snapshots import snapshot, translated

ENGLISH = load_locale("en")
THEME = load_theme(ROOT / "assets")
FACTS = ("2021-12-31", {"reporter-country": "EL", "reporter-state": "0" * 64})
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def png(width: int = 400, height: int = 200, dots: int = 220) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    per_metre = round(dots / 0.0254)
    rows = zlib.compress((b"\0" + b"\xaa" * width) * height)
    parts = ((b"IHDR", head), (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def pictures(made: Document) -> dict[str, bytes]:
    return {job.name: png(round(job.width / 25.4 * job.dots), 300, job.dots) for job in word_drawings(made)}


def word(made: Document, locale: Locale = ENGLISH) -> bytes:
    return to_word(made, THEME, locale, pictures(made), *FACTS)


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def file_of(*blocks: Block, **parts: Any) -> WordDocument:
    return opened(word(document(*blocks, **parts)))


@cache
def profile(country: str = "XX", year: int = 2022, language: str = "en") -> Document:
    root = LITHUANIA if country == "LT" else RURITANIA
    sources, job = snapshot(root), Job(country, year, language)
    return documents_of(load_checked(sources, country), job, translated(language, root), anyway=True)[""]


@cache
def profile_file(country: str = "XX", year: int = 2022, language: str = "en") -> bytes:
    return word(profile(country, year, language), translated(language, LITHUANIA if country == "LT" else RURITANIA))


def paragraphs(file: WordDocument, style: str = "") -> list[Paragraph]:
    """Every paragraph of the body in reading order, those of tables too, or those of a style."""
    found = [Paragraph(each, file._body) for each in file.element.body.iter(qn("w:p"))]
    return [each for each in found if not style or (each.style is not None and each.style.style_id == style)]


def text_of(element: Any) -> str:
    """The letters of an element, without the numbers of notes."""
    made = []
    for run in element.iter(qn("w:r")):
        style = run.find(f".//{W}rStyle")
        if style is None or style.get(f"{W}val") != "FootnoteReference":
            made += [
                each.text or "" if each.tag == qn("w:t") else " "
                for each in run
                if each.tag in (qn("w:t"), qn("w:tab"))
            ]
    return "".join(made)


def marked(file: WordDocument) -> dict[str, str]:
    """What stands in each bookmark, without the numbers of notes."""
    made: dict[str, str] = {}
    names: dict[str, str] = {}
    for each in file.element.body.iter():
        if each.tag == qn("w:bookmarkStart"):
            names[each.get(qn("w:id"))] = each.get(qn("w:name"))
            made.setdefault(each.get(qn("w:name")), "")
        elif each.tag == qn("w:bookmarkEnd"):
            names.pop(each.get(qn("w:id")))
        elif each.tag == qn("w:t"):
            style = each.getparent().find(f".//{W}rStyle")
            if style is None or style.get(qn("w:val")) != "FootnoteReference":
                for name in names.values():
                    made[name] += each.text or ""
    return made
