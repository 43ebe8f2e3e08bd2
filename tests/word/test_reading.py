"""A Word file gives back its words before and after, who changed them, and what somebody said of them."""

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest

from reporter.data.errors import ReporterError
from reporter.formats.word.read_review import PARAGRAPH_END, ReviewedFile, read_reviewed
from tests.word.reviewed import Change, comment, new_paragraph, reviewed, saved, tracked

FIGURES = "In 2020, 57 investigations were opened and 24 victims were identified. The courts convicted 3."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = (("", "2019", "2020"), ("Victims", "30", "24"), ("Women", "10", "11"))


def plain() -> bytes:
    document = docx.Document()
    document.add_heading("Prevention", 1)
    words = document.add_paragraph(FIGURES[:43])
    words.add_run("24").bold = True
    words.add_run(FIGURES[45:])
    document.add_paragraph("A second paragraph.")
    table = document.add_table(3, 3)
    for row, cells in enumerate(ROWS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("The last one.")
    return saved(document)


def read(*changes: Change) -> ReviewedFile:
    return read_reviewed(reviewed(plain(), *changes))


def with_parts(content: bytes, more: Mapping[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts: dict[str, str | bytes] = {each: book.read(each) for each in book.namelist()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, part in (parts | dict(more)).items():
            book.writestr(name, part)
    return target.getvalue()


def body(xml: str, **more: str) -> ReviewedFile:
    text = f"<w:document {WORD}><w:body>{xml}</w:body></w:document>"
    return read_reviewed(with_parts(plain(), {"word/document.xml": text} | more))


def told(file: ReviewedFile) -> list[tuple[str, str, str, str]]:
    return [(each.author, each.day, each.old, each.new) for each in file.changes]


def test_a_change_has_its_author_its_day_and_its_place() -> None:
    file = read(tracked("24 victims", "24", "25", "Jonas", 21))
    assert [("Jonas", "2026-11-21", "24", "25")] == told(file)
    found = file.paragraphs[1]
    assert (FIGURES, FIGURES.replace("24", "25")) == (found.original, found.changed)
    assert (1, 43, 45) == (file.changes[0].paragraph, file.changes[0].start, file.changes[0].end)


def test_a_new_paragraph_is_one_change_behind_the_one_before_it() -> None:
    file = read(new_paragraph("A second", "And a third."))
    change = file.changes[0]
    assert (PARAGRAPH_END + "And a third.", True, 2) == (change.new, change.whole, change.paragraph)
    assert "A second paragraph." == file.paragraphs[2].original


def test_a_comment_has_the_words_it_is_about() -> None:
    said = read(comment("24 victims", "Is that right?", "Rasa", 20)).comments[0]
    assert ("Rasa", "2026-11-20", "Is that right?") == (said.author, said.day, said.text)
    assert (1, 43, 53, "24 victims") == (said.paragraph, said.start, said.end, said.words)


def test_a_cell_knows_the_words_of_its_row_and_column() -> None:
    file = read(comment("11", "Not 12?"))
    cell = file.paragraphs[file.comments[0].paragraph].cell
    assert cell
    assert (2, 2, "Women", "2020") == (cell.row, cell.column, cell.stub, cell.head)


def test_a_reply_names_the_comment_that_it_answers_and_one_that_points_nowhere_has_no_place() -> None:
    file = read(comment("24 victims", "Is it?", "Rasa"), comment("24 victims", "It is.", "Ona"))
    assert ["", ""] == [each.parent for each in file.comments]
    word14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    word15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    comments = "".join(
        f'<w:comment w:id="{n}"><w:p w14:paraId="0{n}"><w:r><w:t>Words</w:t></w:r></w:p></w:comment>' for n in (0, 1)
    )
    parts = {
        "word/comments.xml": f"<w:comments {WORD} {word14}>{comments}</w:comments>",
        "word/commentsExtended.xml": f'<w15:commentsEx {word15}><w15:commentEx w15:paraId="00" w15:done="1"/>'
        '<w15:commentEx w15:paraId="01" w15:paraIdParent="00"/></w15:commentsEx>',
    }
    first, reply = read_reviewed(with_parts(plain(), parts)).comments
    assert ("", True, -1, "") == (first.parent, first.resolved, first.paragraph, first.author)
    assert (first.id, False) == (reply.parent, reply.resolved)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_what_one_inserted_and_another_deleted_is_no_change() -> None:
    inner = f'<w:del w:author="B">{run("new")}</w:del>'
    file = body(f'<w:p>{run("old ")}<w:ins w:author="A">{inner}</w:ins></w:p>')
    assert ("old ", "old ", ()) == (file.paragraphs[0].original, file.paragraphs[0].changed, file.changes)


def test_what_was_moved_says_so_at_both_ends() -> None:
    file = body(
        f'<w:p><w:moveFrom w:author="A">{run("Words")}</w:moveFrom>{run(" stay")}</w:p>'
        f'<w:p>{run("Here ")}<w:moveTo w:author="A">{run("Words")}</w:moveTo></w:p>'
    )
    assert [("Words", "", True), ("", "Words", True)] == [(each.old, each.new, each.moved) for each in file.changes]


def test_a_deleted_row_is_deleted_in_every_cell() -> None:
    row = '<w:tr><w:trPr><w:del w:author="A" w:date="2026-11-02T00:00:00Z"/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr>'
    file = body(f"<w:tbl>{row.format(run('Women'))}</w:tbl>")
    assert [("A", "2026-11-02", "Women", "", True)] == [
        (each.author, each.day, each.old, each.new, each.whole) for each in file.changes
    ]


def test_looks_and_text_boxes_are_counted_only() -> None:
    looks = '<w:r><w:rPr><w:b/><w:rPrChange w:author="A"><w:rPr/></w:rPrChange></w:rPr><w:t>Bold</w:t></w:r>'
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('Boxed')}</w:p></w:txbxContent></w:pict></w:r>"
    file = body(f"<w:p>{looks}{box}</w:p>")
    assert (1, 1, (), ["Bold"]) == (file.formatting, file.boxes, file.changes, [e.original for e in file.paragraphs])


def test_joined_paragraphs_are_a_change_of_their_end() -> None:
    file = body(f'<w:p><w:pPr><w:rPr><w:del w:author="A"/></w:rPr></w:pPr>{run("One")}</w:p><w:p>{run("Two")}</w:p>')
    assert [("A", "", PARAGRAPH_END, "")] == told(file)
    assert ["One", "Two"] == [each.original for each in file.paragraphs]


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
UTF16 = BOMB.encode("utf-16")


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        (BOMB, "declares a document type"),
        (UTF16, "declares a document type"),
        ("<a>" * 999 + "</a>" * 999, "more elements than any report"),
        ("<a><b></a>", "cannot be read"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "cannot be read"),
    ],
)
def test_hostile_xml_is_refused(part: str | bytes, problem: str) -> None:
    with pytest.raises(ReporterError, match=problem):
        read_reviewed(with_parts(plain(), {"word/document.xml": part}))


def test_a_part_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporter.formats.word.read_review.MOST_OF_PART", 1000)
    with pytest.raises(ReporterError, match="larger than any report"):
        read_reviewed(plain())
