"""Running text is read as paragraphs of pieces."""

from reporter.word.prose import WordParagraph, WordPiece, paragraphs_of


def test_a_line_is_a_paragraph() -> None:
    assert (WordParagraph((WordPiece("One line & no tags"),)),) == paragraphs_of("One line &amp; no tags")


def test_emphasis_links_and_languages_are_kept() -> None:
    html = '<p>A <strong>bold\n<em>word</em></strong> <a href="https://x.example" lang="lt">ten</a><sup>2</sup></p>'

    assert (
        WordPiece("A "),
        WordPiece("bold ", bold=True),
        WordPiece("word", bold=True, italic=True),
        WordPiece(" "),
        WordPiece("ten", address="https://x.example", language="lt"),
        WordPiece("2", raised=True),
    ) == paragraphs_of(html)[0].pieces


def test_lists_have_depths_and_numbers() -> None:
    html = '<ol start="3"><li>three<ul><li><p>deep</p><p>still</p></li></ul></li><li>four</li></ol><p>after</p>'

    made = [(each.text, each.depth, each.item, each.marked, each.listed) for each in paragraphs_of(html)]

    assert [
        ("three", 1, 3, True, 1),
        ("deep", 2, 0, True, 2),
        ("still", 2, 0, False, 2),
        ("four", 1, 4, True, 1),
        ("after", 0, 0, False, 0),
    ] == made


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


def test_what_holds_no_words_is_no_paragraph() -> None:
    assert () == paragraphs_of("<p> \n</p><ul></ul><p><em></em></p>")
