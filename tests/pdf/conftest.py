"""What the tests of PDFs share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.data.theme.tokens import Theme
from reporter.formats.pdf import to_pdf
from tests import small
from tests.pdf.layouts import make
from tests.pdf.tag_checks import Facts, read_facts
from tests.pdf.tagged import CHART, FACE, Made, tell
from tests.snapshots import TEMPLATES


@pytest.fixture
def made(theme: Theme) -> Made:
    """`made(body, css)` is a PDF of pages of five lines, 200 px wide."""

    def make(body: str, css: str = "") -> bytes:
        html = f'<!DOCTYPE html><html lang="en"><title>T</title><style>{FACE}{css}</style><body>{body}'
        return to_pdf(html, {"one": CHART}, theme, TEMPLATES).content

    return make


@pytest.fixture
def facts(made: Made, tmp_path: Path) -> Callable[..., Facts]:
    """`facts(body, css)` is what the second checker reads in such a PDF."""

    def read(body: str, css: str = "") -> Facts:
        path = tmp_path / "small.pdf"
        path.write_bytes(made(body, css))
        return read_facts(path)

    return read


@pytest.fixture
def told(facts: Callable[..., Facts]) -> Callable[..., str]:
    """`told(body, css)` writes the tree of tags on a line."""
    return lambda body, css="": " ".join(tell(kid) for kid in facts(body, css).tree.kids)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory):
    return make(small.write(tmp_path_factory.mktemp("small")), "XX", 2020)
