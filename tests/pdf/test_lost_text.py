"""The end of every paragraph is on a page, however its lines break."""

from weasyprint import HTML  # type: ignore[import-untyped]

from reporter.pdf.lost_text import lost_text, paragraphs_of

PAGE = "<style>@page {{ size: 60mm 40mm; margin: 5mm }} body {{ font: 10pt/1.2 sans-serif }} {css}</style>{body}"
LONG = "Recognised victims of trafficking in human beings " * 8


def lost(body: str, css: str = "") -> list[str]:
    page = HTML(string=PAGE.format(css=css, body=body))
    paragraphs = tuple(paragraphs_of(page.etree_element.find("body")))
    return list(lost_text(page.render(), paragraphs))


def test_what_breaks_over_columns_and_pages_is_whole() -> None:
    columns = "div { columns: 2; column-gap: 4mm; hyphens: auto } p { text-transform: uppercase }"
    assert [] == lost(f"<div lang=en><p>{LONG}<em>all</em> of them</p><ul><li>one<li>two</ul></div>", columns)


def test_lines_below_the_edge_of_a_block_of_fixed_height_are_lost() -> None:
    body = f"<table><tr><td>seen</table><p class=gone>{LONG}last words</p>"
    assert ["s of trafficking in human beings last words"] == [
        each[-43:] for each in lost(body, ".gone { display: none }")
    ]


def test_what_a_stylesheet_adds_is_no_word_of_the_paragraph() -> None:
    css = "q::before { content: open-quote } q::after { content: close-quote } p::after { content: ' (end)' }"
    assert [] == lost("<p>He said <q>in public</q></p><p>Or <q>a</q>, <q>b</q> &amp; <q>c</q>", css)
    assert ["Gone"] == lost("<p>He <q>said</q></p><p class=gone>Gone</p>", css + ".gone { display: none }")


def test_a_note_counts_apart_from_the_paragraph_that_calls_it() -> None:
    body = "<p>Words<span class=note>and a note</span> and more</p>"
    assert [] == lost(body, ".note { float: footnote }")
    assert ["and a note"] == lost(body, ".note { display: none }")
