"""What is set where: the front of a page that somebody shares, leads, columns, charts, lists, contents."""

from dataclasses import replace

import pytest

from reporter.data.records import EditionStatus
from reporter.formats.html import chart_width
from reporter.formats.html.arrange import balanced_columns, bands, column_classes, runs, split_lead, table_classes
from reporter.formats.html.html import contents_setting, halves
from reporter.formats.html.web import before_contents, description_of
from reporter.report.document.document import Box, Cell, Column, Document, Edition, Row, Section, Table
from reporter.report.document.plot import Panels, SquareRow, Squares, YearStrip
from reporter.text.tree import Text, Words
from tests.editions import ENGLISH, document
from tests.html.pages import COLUMNS, LONG, figure
from tests.texts import html, text

LEAD = "In 2020, 24&nbsp;victims were identified.@"


def described(edition: Edition, *sections: Section) -> str:
    return description_of(Document(edition, (), sections, ()), ENGLISH.text)


@pytest.fixture
def edition() -> Edition:
    return replace(document("XX", 2022).edition, title="Trafficking", country_name="Lithuania", about="2020")


def chapter(lead: str = LEAD, headline: str = "Fewer victims, more convicted", language: str = "") -> Section:
    return Section(
        "glance", "", "At a glance", 1, (text(lead, language),), headline=Text((Words(headline),), (), language)
    )


def test_the_headline_is_told_unless_it_is_in_another_language(edition: Edition) -> None:
    assert "Trafficking: Lithuania, 2020. Fewer victims, more convicted" == described(edition, chapter())
    assert "Trafficking: Lithuania, 2020" == described(edition, chapter(language="lt"))
    assert "Trafficking: Lithuania, 2020" == described(edition)


@pytest.mark.parametrize(
    "kind", [{"restricted": "Restricted"}, {"unpublished": "Changed"}, {"status": EditionStatus.DRAFT}], ids=list
)
def test_of_what_is_not_for_everybody_nothing_is_told_but_what_it_is(edition: Edition, kind: dict[str, object]) -> None:
    assert "Trafficking: Lithuania, 2020" == described(replace(edition, **kind), chapter())


def test_only_a_first_chapter_with_figures_stands_before_the_contents(edition: Edition) -> None:
    made = document("XX", 2022)
    assert 1 == before_contents(made)
    assert [0, 0, 0] == [
        before_contents(replace(made, sections=sections))
        for sections in (
            (),
            (replace(made.sections[0], number="1"), *made.sections[1:]),
            (replace(made.sections[0], blocks=(Box("Read this", ("Words",)),)), *made.sections[1:]),
        )
    ]


SQUARES = Squares((SquareRow("Women", 3, "3"),))
WIDE = figure(plot=Panels(COLUMNS.panels * 3))


def test_long_text_flows_in_columns_and_short_text_does_not() -> None:
    long, short = text(LONG * 20), text(LONG)
    assert ["flow"] == [band.shape for band in bands((long, Box("A", ("b",))))]
    assert ["flow"] == [band.shape for band in bands((text(LONG * 8),))]
    assert ["short", "wide"] == [band.shape for band in bands((short, WIDE))]
    assert ["lone"] == [band.shape for band in bands((Box("A", ("b",)),))]


def test_a_small_table_stands_beside_the_text_before_it_or_another_small_one() -> None:
    drawn = figure().table
    # Calls of notes beside figures need the room of the labels.
    plain = [replace(row, cells=tuple(replace(cell, marks=()) for cell in row.cells)) for row in drawn.rows]
    small, words = replace(drawn, rows=tuple(plain)), text(LONG)
    assert [("pair", (words, small))] == [(band.shape, band.blocks) for band in bands((words, small))]
    assert [("pair", (small, small))] == [(band.shape, band.blocks) for band in bands((small, small))]
    assert ["lone", "wide"] == [band.shape for band in bands((small, WIDE))]


def test_a_chart_of_one_panel_is_next_to_the_text_that_reads_it_or_in_its_columns_and_a_box_belongs_to_its_figure():
    half, words, box = figure(), text(LONG), Box("A", ("b",))
    assert [("pair", (words, half))] == [(band.shape, band.blocks) for band in bands((words, half))]
    long = text(LONG * 30)
    assert [("flow", (long, half))] == [(band.shape, band.blocks) for band in bands((long, half))]
    assert [("pair", (half, box))] == [(band.shape, band.blocks) for band in bands((half, box))]
    assert [("wide", (WIDE, box))] == [(band.shape, band.blocks) for band in bands((WIDE, box))]


def test_charts_are_drawn_as_wide_as_they_stand_on_the_page() -> None:
    plots = (YearStrip(()), SQUARES, COLUMNS, WIDE.plot)
    assert [100, 54, 84, 174] == list(map(chart_width, plots))


def test_sections_of_text_share_columns_with_their_neighbours() -> None:
    words = Section("a", "1.1", "A", 2, (text(LONG * 9),))
    chart = Section("b", "1.2", "B", 2, (figure(),))
    assert [("flow", 2), ("wide", 1)] == [(run.shape, len(run.sections)) for run in runs((words, words, chart))]


def table(*rows: tuple[str, ...]) -> Table:
    cells = (Row("A", tuple(map(Cell, row))) for row in rows)
    return Table("t", 1, "T", "", "", tuple(Column("C", text=True) for _ in rows[0]), tuple(cells), "")


def test_no_date_of_a_table_is_hyphenated() -> None:
    dates, words = "2012 m. birželio 30 d.", "birželio 30 d., o vėliau ir kitomis dienomis"
    assert ("words dated", "words", "words brief") == column_classes(table((dates, words, "2012"), (":", dates, "")))


def test_many_columns_of_short_texts_break_their_lines_so_that_the_table_fits_the_page() -> None:
    few, many = table(("bez odpowiedzi",) * 5), table(("bez odpowiedzi",) * 7)
    assert (False, True) == tuple("crowded" in table_classes(block).split() for block in (few, many))


def test_a_table_of_long_words_may_break_over_pages() -> None:
    assert "long" not in table_classes(table(*[("2012", LONG[:100])] * 9)).split()
    assert "long" in table_classes(table(*[("2012", LONG * 4)] * 12)).split()


@pytest.mark.parametrize(("count", "expected"), [(2, [2]), (6, [3, 3]), (8, [4, 4]), (27, [9, 9, 9])])
def test_a_list_stands_in_columns_of_one_height_and_in_its_order(count, expected):
    rows = [Row(f"{n}", ()) for n in range(count)]
    columns = balanced_columns(rows, 3)
    assert expected == list(map(len, columns))
    assert rows == [row for column in columns for row in column]


def test_a_group_that_goes_on_in_the_next_column_has_its_heading_there_too():
    rows = [Row("Not shown", (), heading=True), *(Row(f"{n}", ()) for n in range(8))]
    columns = balanced_columns(rows, 3)
    assert {"Not shown"} == {column[0].label for column in columns}
    assert [row.label for row in rows[1:]] == [row.label for column in columns for row in column if not row.heading]


def test_contents_stand_in_two_columns_of_about_one_length() -> None:
    chapters = tuple(Section(str(n), str(n), "", 1, 0) for n in range(5))
    assert [2, 3] == sorted(map(len, halves(chapters)))
    assert ((), ()) == halves(())


@pytest.mark.parametrize(
    ("chapters", "sections", "setting"),
    [(0, 0, "roomy"), (10, 1, "roomy"), (10, 4, "usual"), (12, 6, "tight"), (14, 20, "chapters")],
)
def test_the_longer_the_contents_the_tighter_they_are_set(chapters: int, sections: int, setting: str) -> None:
    below = tuple(Section(f"s{n}", f"1.{n}", "Cases", 2) for n in range(sections))
    assert setting == contents_setting(tuple(Section(f"c{n}", f"{n}", "Cases", 1, (), below) for n in range(chapters)))


def test_the_first_short_paragraph_of_a_chapter_is_its_lead() -> None:
    chapter = Section("a", "1", "A", 1, (text("In short.@\n\nMore."),))
    lead, rest = split_lead(chapter)
    assert (line_html("In short.@"), ["<p>More.</p>\n"]) == (html(lead), [html(each) for each in rest.blocks])
    assert (None, chapter.level + 1) == (split_lead(replace(chapter, level=2))[0], 2)


FIRST, SECOND = f"{'What is said first goes on and on ' * 5}to its end.", f"{'Then more is said of it ' * 8}than fits."


CUTS = [
    (f"{FIRST} {SECOND}", FIRST),
    (f"{FIRST}\n{SECOND}", FIRST),
    (f"{FIRST[:-1]}!” „{SECOND}", f"{FIRST[:-1]}!”"),
    (f"{FIRST}@ {SECOND}", f"{FIRST}@"),
    (f"{FIRST} *{SECOND}*", FIRST),
    (f"{FIRST[:-1]} *end*. 24 {SECOND}", f"{FIRST[:-1]} *end*."),
    (f"{FIRST[:-1]} of 2019. {SECOND}", f"{FIRST[:-1]} of 2019."),
    (f"{FIRST[:-1]} in the EU. {SECOND}", f"{FIRST[:-1]} in the EU."),
    (f"*{FIRST} {SECOND}*", ""),
    (f"{FIRST[:-1]} *end. And* {SECOND}", ""),
    (f"{FIRST[:-1]} as of Nr. 5 {SECOND}", ""),
    (f"{FIRST[:-1]} e.g. Here {SECOND}", ""),
    (f"{FIRST[:-1]} 2020\u00a0m. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} t. y. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} pvz. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} am 24. Dezember {SECOND}", ""),
    (f"{FIRST[:-1]} of 1.5 per cent {SECOND}", ""),
    (f"{SECOND[:-1]} {SECOND}", ""),
]


@pytest.mark.parametrize(("paragraph", "expected"), CUTS)
def test_of_a_long_first_paragraph_the_first_sentences_are_the_lead(paragraph: str, expected: str) -> None:
    lead, rest = split_lead(Section("a", "1", "A", 1, (text(f"{paragraph}\n\nMore."),)))
    assert line_html(expected) == html(lead)
    rest_of = paragraph.removeprefix(expected).lstrip()
    assert html(text(f"{rest_of}\n\nMore.")) == "".join(html(each) for each in rest.blocks if isinstance(each, Text))


def line_html(markdown: str) -> str:
    return html(text(markdown)).removeprefix("<p>").removesuffix("</p>\n")


def test_as_many_sentences_as_fit_are_the_lead() -> None:
    sentences = [f"Sentence number {each} has so many words of its own in it." for each in range(100, 112)]
    lead, _ = split_lead(Section("a", "1", "A", 1, (text(" ".join(sentences)),)))
    assert " ".join(sentences[:6]) == html(lead)
