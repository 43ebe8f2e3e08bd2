"""A profile as a Word file: its structure, its languages, what it says of itself; alike each time."""

import io
import zipfile
from dataclasses import replace
from typing import NamedTuple

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from reporter.data.records import EditionStatus
from reporter.formats.word.anchors import in_reading_order, word_anchors
from reporter.formats.word.read_review import read_reviewed
from reporter.report.document.document import Document, Edition
from reporter.report.document.plot import Ledger
from tests.html.pages import EDITION, document, figure, table
from tests.word.written import FACTS, file_of, marked, opened, paragraphs, profile, profile_file, text_of, word


class Profile(NamedTuple):
    made: Document
    content: bytes
    file: WordDocument


@pytest.fixture(scope="module", params=[("LT", 2020, "lt"), ("XX", 2022, "en")], ids=str)
def whole(request) -> Profile:
    content = profile_file(*request.param)
    return Profile(profile(*request.param), content, opened(content))


def label(caption: docx.text.paragraph.Paragraph) -> str:
    return "".join(run.text for run in caption.runs if run.style is not None and run.style.style_id == "CaptionLabel")


def test_captions_and_charts_stand_in_the_order_of_the_document(whole: Profile) -> None:
    captions = paragraphs(whole.file, "Caption")
    blocks = (block for section in in_reading_order(whole.made) for block in section.blocks)
    expected = [block.number for block in blocks if hasattr(block, "number")]
    assert expected == [int("".join(filter(str.isdigit, label(each)))) for each in captions]
    assert all(each.paragraph_format.keep_with_next is True for each in captions)
    assert ("pav." in "".join(map(label, captions))) == (whole.made.edition.language == "lt")
    told = [each.get("descr") for each in whole.file.element.body.iter(qn("wp:docPr"))]
    charts = [each.alt for each in whole.made.figures() if not isinstance(each.plot, Ledger)]
    assert len(whole.made.plots()) == len(told)
    assert [] == [alt for alt in charts if alt not in told]
    assert all(told)
    assert max(each.width for each in whole.file.inline_shapes) <= Mm(160.1)


def test_every_run_of_words_says_its_language_and_no_paragraph_is_empty(whole: Profile) -> None:
    runs = [run for run in whole.file.element.body.iter(qn("w:r")) if text_of(run).strip()]
    said = [run.find(f"{qn('w:rPr')}/{qn('w:lang')}") for run in runs]
    assert None not in said
    tags = [each.get(qn("w:val")) for each in said]
    assert whole.made.edition.locale.replace("_", "-") == max(set(tags), key=tags.count)
    for each in whole.file.paragraphs:
        assert text_of(each._p).strip() or each._p.find(f".//{qn('w:drawing')}") is not None


def test_notes_are_footnotes_in_their_order(whole: Profile) -> None:
    book = zipfile.ZipFile(io.BytesIO(whole.content))
    notes = docx.oxml.parse_xml(book.read("word/footnotes.xml"))
    told = [text_of(each).strip("\u00a0") for each in notes if int(each.get(qn("w:id"))) > 0]
    called = [int(each.get(qn("w:id"))) for each in whole.file.element.body.iter(qn("w:footnoteReference"))]
    assert [" ".join(note.text.split()) for note in whole.made.notes] == [" ".join(each.split()) for each in told]
    assert list(range(1, len(whole.made.notes) + 1)) == called
    assert b"customMarkFollows" not in book.read("word/document.xml")


def test_bookmarks_are_the_anchors_of_paragraphs_and_values_and_every_link_has_one(whole: Profile) -> None:
    found, anchors = marked(whole.file), word_anchors(whole.made)
    values = [value.text for each in anchors for value in each.values]
    expected = {f"_p_{each.number}": each.text for each in anchors} | {
        f"_v_{n}": each for n, each in enumerate(values, 1)
    }
    assert expected == {name: text for name, text in found.items() if name.startswith(("_p_", "_v_"))}
    body = whole.file.element.body
    starts = list(body.iter(qn("w:bookmarkStart")))
    names, ids = ([each.get(qn(key)) for each in starts] for key in ("w:name", "w:id"))
    drawings = [each.get("id") for each in body.iter(qn("wp:docPr"))]
    assert {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} - {None} <= set(names)
    assert [len(names), len(ids), len(drawings)] == [len(set(each)) for each in (names, ids, drawings)]
    assert all(len(name) <= 40 for name in names)
    # What comes back unchanged has every paragraph and value in its place.
    read: dict[str, str] = {}
    for each in read_reviewed(whole.content).paragraphs:
        text = "".join(stretch.text for stretch in each.stretches)
        read |= {name: text[start:end] for name, start, end in each.bookmarks}
    assert expected == {name: text for name, text in read.items() if name in expected}


def test_the_heads_of_tables_repeat_and_no_row_is_split() -> None:
    for each in opened(profile_file()).element.body.iter(qn("w:tbl")):
        rows = [(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None) for row in each.iter(qn("w:tr"))]
        assert [True] + [False] * (len(rows) - 1) == rows
        assert each.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is not None


def test_words_of_another_language_say_so() -> None:
    lithuanian = replace(EDITION, language="en", locale="en_IE")
    made = document(table(headline=None))
    section = replace(made.sections[0], language="lt", title="Teisė")
    file = opened(word(replace(made, edition=lithuanian, sections=(section,))))
    (run,) = [run for each in paragraphs(file, "Heading1") for run in each.runs if "Teisė" in run.text]

    assert "lt-LT" == run._r.rPr.find(qn("w:lang")).get(qn("w:val"))


def test_it_is_made_alike_each_time_names_no_time_and_tracks_changes() -> None:
    made = document(figure(), table())
    one, other = word(made), word(made)

    assert one == other
    assert b"<w:trackRevisions/>" in zipfile.ZipFile(io.BytesIO(one)).read("word/settings.xml")
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        assert {(1980, 1, 1, 0, 0, 0)} == {each.date_time for each in file.infolist()}
        assert [] == [each.filename for each in file.infolist() if b"rsid" in file.read(each).lower()]
        assert "docProps/thumbnail.jpeg" not in file.namelist()


def test_it_tells_title_author_day_and_how_it_is_known_when_it_comes_back() -> None:
    content = word(replace(document(), edition=replace(EDITION, locale="en_IE")))
    told = opened(content).core_properties
    custom = zipfile.ZipFile(io.BytesIO(content)).read("docProps/custom.xml").decode()

    assert ("Greece: Country profile 2020 – Trafficking", "Ministry", "en-IE") == (
        told.title,
        told.author,
        told.language,
    )
    assert {FACTS[0]} == {each.date().isoformat() for each in (told.created, told.modified) if each}
    assert [] == [name for name, value in FACTS[1].items() if f'name="{name}"><vt:lpwstr>{value}<' not in custom]


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (replace(EDITION, status=EditionStatus.DRAFT), "Draft, not for publication"),
        (replace(EDITION, restricted="Restricted edition"), "Restricted edition"),
        (replace(EDITION, unpublished="Changed since"), "Changed since"),
    ],
)
def test_every_page_says_who_may_not_read_it(edition: Edition, said: str) -> None:
    file = opened(word(replace(document(), edition=edition)))
    (section,) = file.sections

    assert section.different_first_page_header_footer
    assert said in "\n".join(each.text for each in section.header.paragraphs)
    assert said in "\n".join(each.text for each in section.first_page_header.paragraphs)
    assert said in [each.text for each in file.paragraphs]


def test_a_table_too_wide_for_a_page_stands_on_one_that_lies() -> None:
    columns = tuple(replace(table().columns[0], label=f"{year}") for year in range(1990, 2024))
    rows = tuple(
        replace(row, cells=tuple(replace(row.cells[0], text="12 345") for _ in columns)) if row.cells else row
        for row in table().rows
    )
    wide: Document = document(table("before"), table(columns=columns, rows=rows), table("after"))
    file = opened(word(wide))

    assert ["portrait", "landscape", "portrait"] == [
        "landscape" if each.page_width and each.page_height and each.page_width > each.page_height else "portrait"
        for each in file.sections
    ]
    assert [True, True, True] == [bool(text_of(each._p)) for each in file_of(*wide.sections[0].blocks).paragraphs][:3]
