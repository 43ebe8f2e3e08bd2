"""Leave the outlines of typefaces out of a PDF. They are put in later. A file that is joined of pieces has one subset
of each; those of the pieces would be made for nothing. This is a hook into a private part of WeasyPrint."""

import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import fonts  # type: ignore[import-untyped]

from reporter.files.checksum import checksum

# The first bytes of a file tell WeasyPrint of which kind it is.
KIND = 4
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def unfilled(files: Container[str]) -> Iterator[None]:
    """Write some typefaces without their outlines meanwhile. `files` are the checksums of the files of these. Each font
    that was written says in `face` which one it is of, or nothing."""
    with _ONE_AT_A_TIME:
        clean = fonts.Font.clean

        def empty(font: Any, *glyphs: Any) -> None:
            file = checksum(font.file_content)
            font.face = file if file in files else ""
            if font.face:
                font.file_content = font.file_content[:KIND]
            else:
                clean(font, *glyphs)

        fonts.Font.clean = empty
        try:
            yield
        finally:
            fonts.Font.clean = clean
