"""Compare PDFs as pictures of their pages. Apache PDFBox draws them, which comes with veraPDF."""

from collections.abc import Iterator
from itertools import zip_longest

import jpype  # type: ignore[import-untyped]

from reporter.formats.validate.opening import AGAIN, DAMAGED, UnreadableError
from reporter.formats.validate.vera import start

DOTS_PER_INCH = 72.0
# So far a shade of a dot may differ, of 255, and of so many dots any: what rounding makes. A digit has more.
SHADES, MOST_DOTS = 32, 3


def first_unlike_page(one: bytes, other: bytes) -> int:
    """The first page of two PDFs that does not look the same; 0 where all do. Raises UnreadableError for what cannot be
    drawn, ReporterError without Java."""
    start()
    for number, (here, there) in enumerate(zip_longest(_pictures(one), _pictures(other), fillvalue=((0, 0), b"")), 1):
        if here[0] != there[0]:
            return number
        if here[1] != there[1]:
            shades = (abs(a - b) > SHADES for a, b in zip(here[1], there[1], strict=True))
            if sum(shades) > MOST_DOTS:
                return number
    return 0


def _pictures(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The size of each page in dots, and their shades."""
    try:
        document = jpype.JClass("org.apache.pdfbox.Loader").loadPDF(jpype.JArray(jpype.JByte)(content))
        try:
            renderer = jpype.JClass("org.apache.pdfbox.rendering.PDFRenderer")(document)
            for page in range(document.getNumberOfPages()):
                image = renderer.renderImageWithDPI(page, DOTS_PER_INCH)
                wide, high = int(image.getWidth()), int(image.getHeight())
                shades = image.getRGB(0, 0, wide, high, None, 0, wide)
                yield (wide, high), bytes(memoryview(shades).cast("B"))
        finally:
            document.close()
    except jpype.JException:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None
