"""A long outline is read once, and written as WeasyPrint writes it."""

import pytest
from weasyprint import HTML
from weasyprint.svg.bounding_box import BOUNDING_BOX_METHODS

from reporter.pdf import hooks
from reporter.pdf.hooks import DrawnPaths

COAST = " ".join(f"l {n % 7} {-n % 5} q 1,1 {n % 3},2 h-1 v2" for n in range(60))
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60" viewBox="0 0 {width} 300">
<defs><linearGradient id="g"><stop stop-color="red" offset="0"/><stop stop-color="blue" offset="1"/></linearGradient>
<marker id="m"><circle r="1"/></marker></defs>
<path d="M 10 10 {coast}" fill="url(#g)" stroke="black" marker-mid="url(#m)"/>
<path d="M 10 10 {coast}" opacity=".5"/><path d="M1 1 h 9"/><path d="M 1 1 {coast} l broken"/></svg>"""


def pages(widths: tuple[int, ...]) -> str:
    return "".join(f"<p>{PICTURE.format(width=width, coast=COAST)}" for width in widths)


def drawn(html: str, paths: DrawnPaths | None) -> bytes:
    document = HTML(string=html).render()
    if paths is None:
        return bytes(document.write_pdf(pdf_identifier=b"1"))
    with paths.remembered():
        return bytes(document.write_pdf(pdf_identifier=b"1"))


@pytest.mark.parametrize("most", [hooks.MOST, 1])
def test_pictures_are_the_same_where_outlines_are_remembered(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(hooks, "MOST", most)
    paths = DrawnPaths()
    for widths in ((400, 400), (300,)):
        assert [drawn(pages(widths), None)] * 2 == [drawn(pages(widths), paths), drawn(pages(widths), paths)]


def test_an_outline_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    box_of = BOUNDING_BOX_METHODS["path"]

    def counted(svg: object, node: object, size: float) -> object:
        seen.append(node)
        return box_of(svg, node, size)

    monkeypatch.setitem(BOUNDING_BOX_METHODS, "path", counted)
    html, paths = pages((400, 400)), DrawnPaths()
    drawn(html, None)
    twice = len(seen)
    drawn(html, paths)
    once = len(seen) - twice
    drawn(html, paths)
    assert once == 1 < twice
    assert twice + once == len(seen)
