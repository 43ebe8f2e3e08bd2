"""Every kind of block is printed in a Word file, and each paragraph and value of it can be found again."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from reporter.formats.word.anchors import value_key, word_anchors, word_runs
from reporter.report.document.content import texts
from reporter.report.document.document import (
    Block,
    Box,
    Challenge,
    Dumbbells,
    Entries,
    Entry,
    Figure,
    Link,
    Picture,
    Proposals,
    Ranking,
    Recommended,
    Revised,
    RevisedParagraph,
    Roll,
    Run,
    Runs,
    Stretch,
    Table,
)
from reporter.report.document.plot import Dumbbell, Gauge, Ledger, LedgerRow, YearStrip
from reporter.text.tree import Call, Group, Paragraph, Remark, Remarks, Text, Value, Words
from tests.html.pages import COLUMNS, figure, table
from tests.texts import text
from tests.word.written import file_of, paragraphs, profile, text_of

DRAWN = Dumbbell(Gauge(Decimal(10), 2), Decimal(1), Decimal(2))
ROWS = table().rows


def of_fields(kind: type[Table], **more: object) -> Table:
    plain = table()
    return kind(**{name: getattr(plain, name) for name in plain.__dataclass_fields__}, **more)  # type: ignore[arg-type]


def ranking() -> Ranking:
    plain = figure()
    fields = {name: getattr(plain, name) for name in plain.__dataclass_fields__}
    rows = (
        replace(ROWS[1], label="Latvia"),
        replace(ROWS[0], label="Counts otherwise"),
        replace(ROWS[2], label="Malta"),
    )
    return Ranking(**{**fields, "table": replace(plain.table, rows=rows), "count": 1})


RECOMMENDED = Recommended("Ask earlier", text("Ask on the first day."), ("To: police", "By: 2022"))
WAITING = replace(RECOMMENDED, waits="[to be written]")
CHALLENGE = Challenge(
    1, "ask", "Nobody asks", text("Nobody asked them."), text("It was 4 of 11."), (RECOMMENDED,),
    squares=(True, False), counted="1 of 2",
)  # fmt: skip
REMARK = Remark(1, True, "error", "Sums differ", "by 2", "count again", "2020.yaml:7", (("Victims", "x"),))
BLOCKS: tuple[Block, ...] = (
    text("Running *text* with [a link](https://x.example/y).\n\n1. first"),
    figure(),
    ranking(),
    table(),
    of_fields(Roll),
    of_fields(Dumbbells, pictures=tuple(Picture(DRAWN, f"Row {n}") for n, _ in enumerate(ROWS))),
    Box("How to read", ("It is counted.", "It is not added."), ("Counted.", "Never.")),
    Runs("Law", "New since 2019", (Run("Plans.", "One ended."), Run("", "Nothing else.", caution=True)), reading=True),
    Entries(
        "Contacts",
        (
            Entry("Office", ("Telephone: +370 1", "Open"), "https://office.example", (Link("+370 1", "tel:+3701"),)),
            Entry("Another"),
        ),
    ),
    Revised(
        "Victims",
        "It was rewritten.",
        (
            RevisedParagraph("paragraph", (Stretch("They were "), Stretch("12", "deleted", "Deleted"))),
            RevisedParagraph("item", (Stretch("13", "inserted", "Inserted"),), "Moved up"),
        ),
        "lt",
    ),
    Remarks((REMARK,), ("2 more",)),
    Proposals("Challenges", ("Challenge", "What the figures say", "", "Recommendation"), (CHALLENGE,)),
    Proposals("", ("", "", "", "Recommendation"), (replace(CHALLENGE, number=0, recommended=(WAITING,)),)),
)  # fmt: skip


def subclasses(kind: type) -> set[type]:
    return {kind, *(each for below in kind.__subclasses__() for each in subclasses(below))}


def test_every_kind_of_block_is_tried_here() -> None:
    kinds = {each for kind in get_args(Block) for each in subclasses(kind)}
    assert {kind.__name__ for kind in kinds} == {type(block).__name__ for block in BLOCKS}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda each: type(each).__name__)
def test_a_block_prints_its_words(block: Block) -> None:
    file = file_of(block)
    said = " ".join(text_of(each._p) for each in paragraphs(file))
    said += " ".join(each.get("descr") for each in file.element.body.iter(qn("wp:docPr")))
    expected = printed_words(block)

    assert expected
    assert [] == [each for each in expected if each not in said]


def printed_words(block: Block) -> list[str]:
    """The words of a block that are to be read in a Word file."""
    if isinstance(block, Text):
        return ["Running text with a link.", "first"]
    if isinstance(block, Figure) and not isinstance(block, Ranking):
        return [block.caption, block.unit_line, block.alt, block.source_note]
    if isinstance(block, Proposals) and not block.caption:
        return ["Recommendation", "[to be written]", "To: police"]
    return [each for each in texts(block) if " " in each and "<" not in each]


def test_a_key_figure_is_a_row_with_its_years_drawn() -> None:
    strip = YearStrip(bars=COLUMNS.panels[0].bars)
    rows = (LedgerRow("Victims", "(a)", "24", "−15", "on 2019", strip, "39, then 24"),)
    (made,) = file_of(figure(plot=Ledger(("2019", "2020"), rows))).tables  # type: ignore[arg-type]

    assert ["24", "Victims(a)\n−15 on 2019", ""] == [cell.text for cell in made.rows[1].cells]
    assert ["39, then 24"] == [each.get("descr") for each in made._tbl.iter(qn("wp:docPr"))]


def test_two_tables_beside_each_other_stay_two() -> None:
    one = Proposals("Challenges of the year", ("Challenge", "", "", ""), (CHALLENGE,))
    file = file_of(one, replace(one, caption="And of the next"))

    assert 2 == len(file.tables)
    assert ["And of the next"] == [each.text for each in paragraphs(file, "TableTitle")]


WEIRD = {
    "control": ("a\x00b\x0bc\x1fd\ufffe\ud800e", "abcde"),
    "long": ("Donau" * 400, "Donau" * 400),
    "right to left": ("\u202eעברית\u202c العربية", "\u202eעברית\u202c العربية"),
    "emoji": ("👩\u200d👧 🇱🇹 \U0010fffd", "👩\u200d👧 🇱🇹 \U0010fffd"),
    "markup": ("</w:t><w:br/> & \"quoted\" 'so' ]]>", "</w:t><w:br/> & \"quoted\" 'so' ]]>"),
    "lines": ("one\ntwo\r\nthree", "one two three"),
}


@pytest.mark.parametrize(("words", "kept"), WEIRD.values(), ids=WEIRD)
def test_weird_words_make_a_file_that_opens_and_says_what_can_be_said(words: str, kept: str) -> None:
    paragraph = Paragraph((Words(words),))
    blocks = (
        Text((paragraph, Group("ul", (Group("li", (paragraph,)),)))),
        Box(words, (words,)),
        Entries(words, (Entry(words, (words,)),)),
        replace(figure(), alt=words, caption=words, unit_line=words),
        replace(table(), caption=words, rows=(replace(ROWS[1], label=words),), notes=((words, words),)),
    )
    file = file_of(*blocks)
    said = "".join(text_of(each._p) for each in paragraphs(file))

    assert kept in said
    assert 1 == len(file.inline_shapes)


LITHUANIAN = profile("LT", 2020, "lt")


def test_a_paragraph_has_its_section_and_its_values() -> None:
    anchors = word_anchors(LITHUANIAN)

    first = next(each for each in anchors if each.section == "at_a_glance" and each.block == 1)

    assert first.text.startswith("2020 m. pradėta 11\u00a0ikiteisminių tyrimų ir")
    assert ["11", "24", "17", "208", "44"] == [re.sub(r"\D", "", each.text) for each in first.values]
    assert [each.text for each in first.values] == [
        first.text[each.start : each.start + len(each.text)] for each in first.values
    ]
    assert "LT/investigations.opened@2020" == value_key(first.values[0].observations[0])


def test_a_value_of_two_figures_has_both() -> None:
    value = next(each for of in word_anchors(LITHUANIAN) for each in of.values if each.text == "4 iš 11")

    assert ["investigations.opened.criminal_activities", "investigations.opened"] == [
        seen.address for seen in value.observations
    ]


def test_the_headline_of_a_section_is_its_block_0() -> None:
    section = next(each for each in LITHUANIAN.walk() if each.headline)
    assert section.headline

    first = next(each for each in word_anchors(LITHUANIAN) if each.section == section.code)

    assert (0, 1, section.headline.words) == (first.block, first.place, first.text)


def test_the_call_of_a_note_is_no_word_of_the_text_and_blanks_are_single() -> None:
    note, value = Call(7, "Pastaba.", "lt"), Value((Words("24"),), "victims.identified")
    again = replace(note, first=False)
    made = word_runs(Paragraph((Words(" "), value, Words("\u00a0"), note, Words(" of\n 39 "), again, Words(". "))))

    assert "24 of 39." == "".join(run.text for run in made)
    assert [Words("24"), note, Words(" of 39"), again, Words(".")] == [run.leaf for run in made]


def level(paragraph: WordParagraph) -> str | None:
    found = paragraph._p.find(f".//{qn('w:ilvl')}")
    return None if found is None else found.get(qn("w:val"))


def test_lists_have_depths_and_numbers_and_emphasis_links_and_languages_are_kept() -> None:
    lists = "3. three\n   - deep\n\n     still\n4. four\n\n> said\n\nA **bold\n*word*** [ten](https://x.example)"
    file = file_of(text(lists))
    made = [each for each in paragraphs(file) if each.text in ("three", "deep", "still", "four", "said")]
    assert [
        ("three", "List Number", "0"),
        ("deep", "List Bullet", "1"),
        ("still", "List Continue", None),
        ("four", "List Number", "0"),
        ("said", "Quote", None),
    ] == [(each.text, each.style.name, level(each)) for each in made]
    (last,) = (each for each in paragraphs(file) if each.text.startswith("A bold"))
    assert [("A ", None, None), ("bold ", True, None), ("word", True, True), (" ", None, None)] == [
        (run.text, run.bold, run.italic) for run in last.runs
    ]
    assert ["https://x.example"] == [each.address for each in last.hyperlinks]
