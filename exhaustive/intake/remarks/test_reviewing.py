"""A Word file of Lithuania comes back with five comments and three tracked changes, each at its line. So it does when
LibreOffice saved it, and when the source was edited meanwhile."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from reporter.data.errors import Mark
from reporter.data.files.sources import Sources
from reporter.data.records import ReviewRemark
from reporter.exchange.word_remarks.printed_places import recomposed
from reporter.exchange.word_remarks.reviewing import remarks_of
from reporter.formats.word.read_review import ReviewedFile, read_reviewed
from tests import reviews
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot
from tests.word.reviewed import DAY, Change, comment, new_paragraph, reply, reviewed, tracked


def cell_comment(stub: str, value: str, text: str, author: str = "Ona", day: int = 20) -> Change:
    """Comment on the first cell of a row that begins with some words and a value."""

    def change(document: WordDocument) -> None:
        row = next(
            row
            for table in document.tables
            for row in table.rows
            if row.cells[0].text == stub and any(cell.text == value for cell in row.cells)
        )
        cell = next(cell for cell in row.cells if cell.text == value)
        made = document.add_comment(cell.paragraphs[0].runs, text=text, author=author, initials=author[:1])
        made._comment_elm.set(qn("w:date"), DAY.format(day=day))

    return change


TEXT, YEAR = "data/LT/text/en/2020.md", "data/LT/2020.yaml"
SENTENCE, CUT = "opened and 24 victims", "long treated the fight against trafficking as"
# Five comments, one of them a reply, and three tracked changes.
CHANGES: tuple[Change, ...] = (
    comment(SENTENCE, "Is this from the police?", "Rasa", 20),
    reply("Is this from the police?", "Yes, from their letter.", "Ona", 21),
    comment("Legal persons can also be prosecuted", "Name the article.", "Ona", 21),
    cell_comment("Identified victims", "24", "Not 25?", "Ona", 22),
    comment("Investigations conducted, 2009", "A better title?", "Rasa", 23),
    tracked(SENTENCE, "24", "25", "Jonas", 21),
    tracked(CUT, CUT, "", "Jonas", 21),
    new_paragraph("Much effort goes into prevention", "Since May a hotline is open at night.", "Jonas", 22),
)


def line_of(sources: Sources, path: str, words: str) -> int:
    text = sources.find(path).content.decode()
    return text[: text.index(words)].count("\n") + 1


@pytest.fixture(scope="module")
def sources() -> Sources:
    return snapshot(LITHUANIA)


@pytest.fixture(scope="module")
def back(sources: Sources) -> bytes:
    return reviewed(reviews.word_file(sources, "LT", 2020, "en"), *CHANGES)


def told(sources: Sources, file: ReviewedFile) -> set[object]:
    """What is told of each remark: who, when, where, and what."""
    remarks = remarks_of(file, recomposed(sources, file.properties))
    assert [] == [each.doubt for each in remarks if each.doubt]
    return {_plain(each) for each in remarks}


def _plain(each: ReviewRemark) -> object:
    bare = Mark("")
    said = tuple(replace(one, mark=bare) for one in each.changes)
    return each.author, each.day, f"{each.file}:{each.line}", each.text, said, tuple(o.text for o in each.replies)


def expected(sources: Sources, moved: str = "The Government has long") -> list[tuple[str, str, str]]:
    """Author, day and place of each remark."""

    def at(words: str) -> str:
        return f"{TEXT}:{line_of(sources, TEXT, words)}"

    victims = f"{YEAR}:{line_of(sources, YEAR, 'victims.identified:') + 1}"
    label = line_of(sources, "data/catalogue.yaml", "  investigations.conducted:")
    title = f"data/catalogue.yaml:{label + 1}"
    first = at("In 2020, {{ investigations.opened }} investigations were opened and")
    return [
        ("Rasa", "2026-11-20", first),
        ("Jonas", "2026-11-21", first),
        ("Ona", "2026-11-21", at("Legal persons can also")),
        ("Ona", "2026-11-22", victims),
        ("Rasa", "2026-11-23", title),
        ("Jonas", "2026-11-21", at(moved)),
        ("Jonas", "2026-11-22", at("The\npublic uses it widely")),
    ]


def places(sources: Sources, file: ReviewedFile) -> list[tuple[str, str, str]]:
    return sorted((who, day, place) for who, day, place, *_ in told(sources, file))  # type: ignore[misc]


def test_each_remark_has_its_line_author_and_day(sources: Sources, back: bytes) -> None:
    assert sorted(expected(sources)) == places(sources, read_reviewed(back))


def test_a_changed_number_a_deletion_and_a_paragraph_are_told(sources: Sources, back: bytes) -> None:
    file = read_reviewed(back)
    found = [change for *_, said, _ in told(sources, file) for change in said]  # type: ignore[misc]
    victims = f"{YEAR}:{line_of(sources, YEAR, 'victims.identified:') + 1}"
    assert ("24", "25", "victims.identified", victims) in [(o.old, o.new, o.figure, o.at) for o in found]
    assert (CUT, "") in [(o.old, o.new) for o in found]
    assert ("", "¶ Since May a hotline is open at night.") in [(o.old, o.new) for o in found]


def test_a_reply_stands_below_the_comment_that_it_answers(sources: Sources, back: bytes) -> None:
    threads = {text: replies for *_, text, _, replies in told(sources, read_reviewed(back))}  # type: ignore[misc]
    assert ("Yes, from their letter.",) == threads["Is this from the police?"]


def test_a_key_figure_and_the_title_page_have_their_places(sources: Sources) -> None:
    asked = (comment("on 2019 (39)", "How is that?"), comment("Trends, victims", "Of whom?"))
    file = read_reviewed(reviewed(reviews.word_file(sources, "LT", 2020, "en"), *asked))
    remarks = remarks_of(file, recomposed(sources, file.properties))
    subtitle = "Trends, victims and responses, 2009–2020"
    assert [("", subtitle, ""), ("at_a_glance", "Identified victims", "")] == [
        (each.section, each.sentence.rpartition(": ")[2], each.doubt) for each in remarks
    ]


def test_so_it_is_when_libreoffice_saved_it(sources: Sources, back: bytes, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(back)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = read_reviewed((tmp_path / "out" / "draft.docx").read_bytes())
    assert told(sources, read_reviewed(back)) == told(sources, saved)


def test_so_it_is_when_the_source_was_edited_meanwhile(sources: Sources, back: bytes) -> None:
    text = sources.find(TEXT).content.decode()
    moved = "Since long the Government has treated the fight"
    text = text.replace("In 2020, {{ inv", "A new sentence stands first.\n\nIn 2020, {{ inv", 1)
    text = text.replace("The Government has long treated the fight", f"New words.\n{moved}", 1)
    year = sources.find(YEAR).content.decode().replace("total: 24\n", "total: 26\n", 1)
    edited = sources.overlay({TEXT: text.encode(), YEAR: year.encode()})
    assert sorted(expected(edited, moved=moved)) == places(edited, read_reviewed(back))
    found = [change.at for *_, said, _ in told(edited, read_reviewed(back)) for change in said if change.figure]  # type: ignore[misc]
    assert ["where it is 26 now"] == [each.partition(", ")[2] for each in found]
