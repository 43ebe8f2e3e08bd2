"""A small profile as PDF."""

from pathlib import Path

import pytest

from reporter.data.errors import ReporterError
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf import to_pdf
from tests.snapshots import own_templates

CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="5mm"><rect width="9" height="9"/></svg>'


FACE = """
@font-face { font-family: "Source Sans 3"; src: url(asset:fonts/SourceSans3-Regular.ttf) }
body { font-family: "Source Sans 3" }
"""


NOTE = '<span class="note" id="note-{0}" data-number="{0}">Note {0}</span>'


def page(body: str, css: str = "") -> str:
    return f'<!DOCTYPE html><html lang="en"><title>T</title><style>{FACE}{css}</style><body>{body}'


def refused(html: str, theme: Theme, images: dict[str, bytes] | None = None, *templates: Path) -> str:
    with pytest.raises(ReporterError) as caught:
        to_pdf(html, images or {}, theme, own_templates(*templates))
    return caught.value.message
