"""Each paragraph and value of a Word file can be found again; running text is read as pieces."""

import re

from reporter.word.anchors import value_key, word_anchors
from reporter.word.prose import WordPiece, paragraphs_of
from tests.word.written import profile

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

    assert (0, 1, paragraphs_of(section.headline.html)[0].text) == (first.block, first.place, first.text)


def test_the_call_of_a_note_is_no_word_of_the_text() -> None:
    html = (
        '<p>24\u00a0<span class="note" id="note-7" data-number="7" lang="lt">Pastaba.</span> of 39'
        '\u00a0<a class="note-call" href="#note-7" title="Note 7">(7)</a>.</p>'
    )
    (made,) = paragraphs_of(html)

    assert "24 of 39." == made.text
    assert (
        WordPiece("24"),
        WordPiece("Pastaba.", note=7, language="lt"),
        WordPiece(" of 39"),
        WordPiece("", note=7),
        WordPiece("."),
    ) == made.pieces


def test_lists_have_depths_and_numbers_and_emphasis_links_and_languages_are_kept() -> None:
    html = (
        '<ol start="3"><li>three<ul><li><p>deep</p><p>still</p></li></ul></li><li>four</li></ol><p>after</p>'
        "<p><em></em></p>"
        '<p>A <strong>bold\n<em>word</em></strong> <a href="https://x.example" lang="lt">ten</a><sup>2</sup></p>'
    )
    *made, last = paragraphs_of(html)
    assert [
        ("three", 1, 3, True, 1),
        ("deep", 2, 0, True, 2),
        ("still", 2, 0, False, 2),
        ("four", 1, 4, True, 1),
        ("after", 0, 0, False, 0),
    ] == [(each.text, each.depth, each.item, each.marked, each.listed) for each in made]
    assert (
        WordPiece("A "),
        WordPiece("bold ", bold=True),
        WordPiece("word", bold=True, italic=True),
        WordPiece(" "),
        WordPiece("ten", address="https://x.example", language="lt"),
        WordPiece("2", raised=True),
    ) == last.pieces
