"""Typefaces are put in once, when pieces are joined."""

import hashlib
import inspect
import io
from collections.abc import Iterable

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts

from reporter.data.files.store import Store
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf import Work, write_pdf
from reporter.formats.pdf.pieces.manuscript import PdfPiece
from reporter.formats.pdf.pieces.page_problems import collecting
from tests.pdf.tagged import FACE
from tests.snapshots import TEMPLATES

PAGE = '<!DOCTYPE html><html lang="en"><title>T</title><style>{}</style><body><p style="font-weight: {}">Victims</p>'


def work(theme: Theme, weight: int) -> Work:
    return Work(PAGE.format(FACE, weight), {}, theme, TEMPLATES, Store())


def piece_of(asked: Work) -> PdfPiece:
    with collecting() as problems:
        (piece,) = asked.compositor(problems).filled(0).pieces
    return piece


def outlines(content: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        descriptors = [each for each in found if each.get("/Type") == "/FontDescriptor"]
        return [each[name].read_bytes() for each in descriptors for name in each if name.startswith("/FontFile")]


def drawn(font: bytes, numbers: Iterable[int]) -> list[object]:
    read = TTFont(io.BytesIO(font))
    pens = [DecomposingRecordingPen(read.getGlyphSet()) for _ in numbers]
    for pen, number in zip(pens, numbers, strict=True):
        read.getGlyphSet()[read.getGlyphName(number)].draw(pen)
    return [pen.value for pen in pens]


def test_the_part_of_weasyprint_that_is_hooked_into_is_the_one_that_was_read():
    # A new WeasyPrint: read how it cleans a font and what it reads of the file afterwards, then write the new sum here.
    source = inspect.getsource(fonts.Font.clean) + inspect.getsource(fonts.build_fonts_dictionary)
    assert "436575141a1090e8" == hashlib.sha256(source.encode()).hexdigest()[:16]


@pytest.mark.parametrize("weight", [400, 700])
def test_the_joined_file_draws_letters_as_the_typeface_that_the_page_loaded(theme: Theme, weight: int):
    before = fonts.Font.clean
    (content,) = outlines(write_pdf(work(theme, weight)).content)
    assert before is fonts.Font.clean
    (font,) = piece_of(work(theme, weight)).fonts
    regular = next(each for each in theme.fonts if each.path and each.path.name == "SourceSans3-Regular.ttf")
    assert sorted(set("Victims")) == sorted({text for text, _ in font.glyphs.values()})
    assert drawn(regular.path.read_bytes(), font.glyphs) == drawn(content, font.glyphs)
