"""Two PDFs are compared as a reader sees them, in whatever way one of them shows something else."""

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from reporter.data.theme.tokens import load_theme
from reporter.formats.pdf import to_pdf
from reporter.formats.validate.vera import UnreadableError, first_unlike_page
from tests.fixtures import ROOT
from tests.package.forging import rewritten
from tests.validate.test_validate import CHART, HTML

Change = Callable[[pikepdf.Pdf], object]


def made(html: str = HTML) -> bytes:
    return to_pdf(html, {"one": CHART}, load_theme(ROOT / "assets"), ()).content


@pytest.fixture(scope="module")
def good() -> bytes:
    return made()


def around(begin: bytes = b"", end: bytes = b"") -> Change:
    """The first page with operators before all that it shows, and behind it."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(b"q " + begin + b"\n", prepend=True)
        page.contents_add(b"\nQ " + end)

    return change


def transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources[Name.ExtGState] = Dictionary(Unseen=Dictionary(ca=0, CA=0))
    around(b"/Unseen gs")(pdf)


def described(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as told:
        told["dc:title"] = "Another"


@pytest.mark.parametrize(
    "change",
    [
        around(b"0.0001 0 0 0.0001 0 0 cm"),
        around(b"1 0 0 1 5000 0 cm"),
        around(b"0 0 0 0 re W n"),
        around(end=b"q 1 1 1 rg 0 0 2000 2000 re f Q"),
        around(b"3 Tr"),
        transparent,
        lambda pdf: pdf.pages[0].__setattr__("mediabox", [0, 0, 10, 10]),
        lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 180),
    ],
    ids=["a point", "off the page", "clipped", "covered", "unseen", "transparent", "cut", "turned"],
)
def test_what_shows_something_else_is_told_by_its_page(
    good: bytes, change: Change, request: pytest.FixtureRequest
) -> None:
    """The one page, or the one that was added behind it."""
    assert first_unlike_page(rewritten(good, change), good) == (2 if "a blank page" in request.node.name else 1)


def test_one_digit_is_seen(good: bytes) -> None:
    assert 1 == first_unlike_page(made(HTML.replace("<td>11<", "<td>17<")), good)


@pytest.mark.parametrize("change", [around(), described, lambda pdf: pdf.remove_unreferenced_resources()])
def test_what_is_packed_otherwise_looks_the_same(good: bytes, change: Change) -> None:
    again = rewritten(good, change, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert again != good
    assert 0 == first_unlike_page(again, good)


def test_what_cannot_be_drawn_says_so(good: bytes) -> None:
    with pytest.raises(UnreadableError):
        first_unlike_page(b"%PDF-1.7 nothing", good)
