"""Read what a Word file prints. That is its paragraphs, and the figures of its tables."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from reporter.disclosure.read_figures import UNREADABLE, MalformedFileError, package_part

BODY, NOTES, FIGURES = "word/document.xml", "word/footnotes.xml", "customXml/item1.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE, STYLE, NAME, IDENTITY = f"{W}val", f"{W}rStyle", f"{W}name", f"{W}id"
# The styles of letters that are the number of a chart or table, and of a note.
LABEL, CALL = "CaptionLabel", "FootnoteReference"


# A figure in a table: country, address, year, and what is printed.
PrintedCell = tuple[str, str, str, str]


def read_printed_word(content: bytes) -> tuple[list[PrintedCell], list[str], list[str]]:
    """Read a Word file that the program made: the figures in its tables, the paragraphs outside of tables, notes among
    them, and the numbers of its charts and tables. Raises MalformedFileError for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = (package_part(file, name) for name in (BODY, NOTES, FIGURES))
            # They have no document type, so nothing expands.
            body, notes, figures = (ElementTree.fromstring(each) for each in parts)  # noqa: S314
    except UNREADABLE as problem:
        raise MalformedFileError(
            f"is no Word file of a profile: {problem.args[0] if problem.args else problem}"
        ) from None
    named = {each.get("cell", ""): re.split("[/@]", each.get("at", "")) for each in figures}
    marked = [(named[name], text) for name, text in _marked(body) if len(named.get(name, ())) == 3]
    cells = [(country, figure, year, text) for (country, figure, year), text in marked]
    inside = {id(each) for table in body.iter(f"{W}tbl") for each in table.iter(f"{W}p")}
    outside = [each for root in (body, notes) for each in root.iter(f"{W}p") if id(each) not in inside]
    paragraphs = filter(None, (_words(each, LABEL, CALL) for each in outside))
    return cells, list(paragraphs), list(filter(None, (_words(each, only=LABEL) for each in outside)))


def _words(paragraph: ElementTree.Element, *left_out: str, only: str = "") -> str:
    made = []
    for run in paragraph.iter(f"{W}r"):
        found = run.find(f".//{STYLE}")
        style = "" if found is None else found.get(VALUE, "")
        if style not in left_out and (not only or style == only):
            made += [each.text or "" if each.tag == f"{W}t" else " " for each in run if each.tag != f"{W}rPr"]
    return " ".join("".join(made).split())


def _marked(body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    open_ones: dict[str, tuple[str, list[str]]] = {}
    for each in body.iter():
        if each.tag == f"{W}bookmarkStart":
            open_ones[each.get(IDENTITY, "")] = (each.get(NAME, ""), [])
        elif each.tag == f"{W}bookmarkEnd":
            name, letters = open_ones.pop(each.get(IDENTITY, ""), ("", []))
            yield name, "".join(letters)
        elif each.tag == f"{W}t":
            for _, letters in open_ones.values():
                letters.append(each.text or "")
