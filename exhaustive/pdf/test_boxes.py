"""What stands where on laid-out pages is read rightly."""

from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint import Document as Pages

from exhaustive.pdf import boxes


def pages(body: str, css: str = "") -> Pages:
    style = f"@page {{ size: 100mm 100mm; margin: 10mm }} body {{ margin: 0; font: 10pt/1.2 sans-serif }} {css}"
    return HTML(string=f"<style>{style}</style>{body}").render()


def test_words_on_a_ground_like_themselves_are_found() -> None:
    page = "<style>@page { background: #071F42 } section { background: #fff }</style>"
    sample = f'{page}<p style="color: #000">Lost</p><section><p>Seen</p><p style="color: #aaa">Faint</p></section>'
    found = boxes.unreadable(HTML(string=sample).render())
    assert ["page 1: 'Lost'", "page 1: 'Faint'"] == [each.partition(" has")[0] for each in found]


FLAT = "p { margin: 0 }"


def test_words_that_leave_their_cell_are_found() -> None:
    table = "<table style='table-layout: fixed; width: 20mm'><td>{}<td>2</table>"
    assert [] == boxes.overflows(pages(table.format("1")))
    assert 1 == len(boxes.overflows(pages(table.format("1234567890123456789"))))


def test_words_that_leave_their_column_or_the_page_are_found() -> None:
    assert 1 == len(boxes.overflows(pages("<div style='width: 10mm'><p>incomprehensibilities")))
    assert 1 == len(boxes.overflows(pages("<p style='position: absolute; top: 79mm'>one<br>two")))


def test_lines_on_each_other_are_found() -> None:
    assert [] == boxes.overlaps(pages("<p>one<p>two", FLAT))
    assert 1 == len(boxes.overlaps(pages("<p>one<p style='margin-top: -8pt'>two", FLAT)))
    assert 1 == len(boxes.overlaps(pages("<p>one<p style='position: absolute; top: 4pt'>two", FLAT)))


def test_a_heading_without_text_below_it_is_found() -> None:
    assert [] == boxes.orphans(pages("<p>one<h2>two</h2><p>three"))
    assert 1 == len(boxes.orphans(pages("<p>one</p><p style='break-before: page'>1</p><h2>two</h2>")))


def test_pages_a_quarter_empty_are_found_where_they_are_many() -> None:
    empty = "<p style='break-before: page'>few words"
    assert [] == boxes.scant(pages(empty * 5))
    assert 4 == len(boxes.scant(pages(empty * 6)))


def test_a_heading_at_the_foot_of_a_page_is_found() -> None:
    low, css = "<p style='height: {}mm'>one</p><h2>two</h2><p>three", "* { margin: 0; font-size: 10pt }"
    assert [] == boxes.low_headings(pages(low.format(68), css))
    assert ["page 1: 'two' stands low"] == boxes.low_headings(pages(low.format(71), css))
