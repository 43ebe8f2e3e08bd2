"""Word files as reviewers send them back: comments and tracked changes, by python-docx and its XML."""

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

Change = Callable[[WordDocument], None]
DAY = "2026-11-{day:02}T10:00:00Z"


def reviewed(content: bytes, *changes: Change) -> bytes:
    document = Document(io.BytesIO(content))
    for change in changes:
        change(document)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    """A file of a document, which is the same whenever it is saved."""
    target, same = io.BytesIO(), io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as made, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as kept:
        for each in made.infolist():
            kept.writestr(zipfile.ZipInfo(each.filename), made.read(each))
    return same.getvalue()


def paragraph_with(document: WordDocument, words: str) -> Paragraph:
    """The first paragraph with some words, also within tables."""
    return next(
        Paragraph(each, document)  # type: ignore[arg-type]
        for each in document.element.body.iter(qn("w:p"))
        if words in _text(each)
    )


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def _runs(paragraph: Paragraph, words: str) -> list[Any]:
    """The runs of exactly some words, cut where they begin and end."""
    start = _text(paragraph._p).index(words)
    end, at, found = start + len(words), 0, []
    for text in list(paragraph._p.iter(qn("w:t"))):
        run, length = text.getparent(), len(text.text or "")
        inside = max(start, at), min(end, at + length)
        if inside[0] < inside[1]:
            pieces = [(at, inside[0]), inside, (inside[1], at + length)]
            whole = text.text
            for first, last in pieces:
                if first < last:
                    piece = deepcopy(run)
                    for extra in [each for each in piece if each.tag not in (qn("w:rPr"), qn("w:t"))]:
                        piece.remove(extra)
                    piece.find(qn("w:t")).text = whole[first - at : last - at]
                    piece.find(qn("w:t")).set(qn("xml:space"), "preserve")
                    run.addprevious(piece)
                    if (first, last) == inside:
                        found.append(piece)
            run.getparent().remove(run)
        at += length
    return found


def _element(name: str, author: str, day: int) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:id"), str(900 + day))
    made.set(qn("w:author"), author)
    made.set(qn("w:date"), DAY.format(day=day))
    return made


def comment(words: str, text: str, author: str = "Rasa", day: int = 20) -> Change:
    def change(document: WordDocument) -> None:
        paragraph = paragraph_with(document, words)
        runs = [Run(each, paragraph) for each in _runs(paragraph, words)]
        made = document.add_comment(runs, text=text, author=author, initials=author[:1])
        made._comment_elm.set(qn("w:date"), DAY.format(day=day))

    return change


def tracked(words: str, old: str, new: str, author: str = "Jonas", day: int = 21) -> Change:
    """Replace `old` by `new` in the paragraph that has some words; either may be empty at the end of them."""

    def change(document: WordDocument) -> None:
        paragraph = paragraph_with(document, words)
        runs = _runs(paragraph, old or words)
        if old:
            gone = _element("w:del", author, day)
            runs[0].addprevious(gone)
            for run in runs:
                for text in run.iter(qn("w:t")):
                    text.tag = qn("w:delText")
                gone.append(run)
        if new:
            made = _element("w:ins", author, day)
            run = OxmlElement("w:r")
            text = OxmlElement("w:t")
            text.text = new
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            made.append(run)
            (gone if old else runs[-1]).addnext(made)

    return change


def new_paragraph(after: str, text: str, author: str = "Jonas", day: int = 22) -> Change:
    """Write a paragraph behind the one that has some words, as Word does it."""

    def change(document: WordDocument) -> None:
        before = paragraph_with(document, after)
        made = deepcopy(before._p)
        for each in [each for each in made if each.tag != qn("w:pPr")]:
            made.remove(each)
        before._p.addnext(made)
        mark = before._p.get_or_add_pPr()
        signs = mark.find(qn("w:rPr"))
        if signs is None:
            signs = OxmlElement("w:rPr")
            mark.append(signs)
        signs.insert(0, _element("w:ins", author, day))
        inserted = _element("w:ins", author, day)
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        inserted.append(run)
        made.append(inserted)

    return change


def reply(to: str, text: str, author: str = "Ona", day: int = 20) -> Change:
    """Answer a comment, as Word keeps it: one more comment at its place, and who answers whom."""

    def change(document: WordDocument) -> None:
        first = next(each for each in document.comments if each.text == to)
        place = next(
            each for each in document.element.body.iter(qn("w:commentReference")) if _id(each) == first.comment_id
        )
        runs = [Run(place.getparent(), first)]  # type: ignore[arg-type]
        made = document.add_comment(runs, text=text, author=author, initials=author[:1])
        made._comment_elm.set(qn("w:date"), DAY.format(day=day))
        marks = {}
        for each, mark in ((first, "0A000001"), (made, "0A000002")):
            marks[mark] = each._comment_elm.findall(qn("w:p"))[-1]
            marks[mark].set(f"{{{WORD14}}}paraId", mark)
        part = Part(PackURI("/word/commentsExtended.xml"), EXTENDED_TYPE, EXTENDED.encode(), document.part.package)
        document.part.relate_to(part, EXTENDED_RELATION)

    return change


def _id(element: Any) -> int:
    return int(element.get(qn("w:id")))


WORD14, WORD15 = (f"http://schemas.microsoft.com/office/word/{each}/wordml" for each in ("2010", "2012"))
EXTENDED_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
EXTENDED_RELATION = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
EXTENDED = (
    f'<w15:commentsEx xmlns:w15="{WORD15}"><w15:commentEx w15:paraId="0A000001" w15:done="0"/>'
    '<w15:commentEx w15:paraId="0A000002" w15:paraIdParent="0A000001" w15:done="0"/></w15:commentsEx>'
)
