"""Small pages, and the tags in them written on a line."""

from collections.abc import Callable

from tests.pdf.tag_checks import Area, Facts, PdfTag, TaggedText

CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="96" height="48"/></svg>'


FACE = """
@font-face { font-family: "Source Sans 3"; src: url(asset:fonts/SourceSans3-Regular.ttf) }
* { font: 10px/20px "Source Sans 3"; margin: 0; padding: 0 }
@page { size: 200px 100px; margin: 0 }
"""


HEAD = "<thead><tr><th scope=col>Year</th><th scope=col>Cases</th></tr></thead>"


Made = Callable[..., bytes]


def tell(kid: PdfTag | TaggedText | Area) -> str:
    if isinstance(kid, TaggedText):
        return kid.text.strip()
    if isinstance(kid, Area):
        return "@"
    return f"{kid.role}({' '.join(tell(each) for each in kid.kids)})"


def found(facts: Facts, role: str) -> list[PdfTag]:
    return [tag for tag in facts.tree.walk() if tag.role == role]


def words(tag: PdfTag) -> str:
    return "".join(kid.text for kid in tag.kids if isinstance(kid, TaggedText)).strip()


NOTE = '<span class="note" id="note-{0}">{1}</span>'


FOOT = ".note { float: footnote } @page { @footnote { margin: 0 } }"
