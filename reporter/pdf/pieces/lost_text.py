"""Find paragraphs whose end is on no page. What does not fit into a block of fixed height is lost without a word of
WeasyPrint."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from reporter.i18n.running_text import folded

PARAGRAPHS = ("p", "li", "td", "th", "h1", "h2", "h3", "caption", "blockquote")
NOTE = "note"
# Blanks, hyphens and what only guides the breaking of lines: lines break elsewhere than in the HTML.
LOOSE = re.compile("[\\s\u00ad\u200b\u2010\u2011-]+")
# Words that a stylesheet adds, as quotation marks and calls of notes, are not in the HTML.
ADDED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")
COMPARED = 14
Paragraph = tuple[Any, str]


def lost_text(document: Any, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the ends of the paragraphs that no page shows. The laid-out document is Any, because WeasyPrint has no
    annotations."""
    printed: dict[Any, list[str]] = defaultdict(list)
    for page in document.pages:
        for box in page._page_box.children:
            if type(box).__name__ != "MarginBox":
                _collect(box, None, printed)
    for element, words in paragraphs:
        end = _bare(words)[-COMPARED:]
        if end and end not in _bare("".join(printed[element])):
            yield " ".join(words.split())[-4 * COMPARED :]


def _collect(box: Any, element: Any, printed: dict[Any, list[str]]) -> None:
    if (box.element_tag or "").endswith(ADDED):
        return
    if box.element is not None and _is_paragraph(box.element):
        element = box.element
    if type(box).__name__ == "TextBox":
        printed[element].append(box.text)
    for child in getattr(box, "children", ()):
        _collect(child, element, printed)


def paragraphs_of(body: Any) -> Iterator[Paragraph]:
    found: dict[Any, list[str]] = {}
    waiting: list[tuple[Any, Any, bool]] = [(body, None, False)]
    while waiting:
        each, paragraph, ended = waiting.pop()
        if ended:
            found.setdefault(paragraph, []).append(each.tail or "")
            continue
        own = each if _is_paragraph(each) else paragraph
        found.setdefault(own, []).append(each.text or "")
        waiting += [pair for child in reversed(list(each)) for pair in ((child, own, True), (child, own, False))]
    yield from ((each, "".join(words)) for each, words in found.items() if each is not None)


def _is_paragraph(element: Any) -> bool:
    return element.tag in PARAGRAPHS or NOTE in str(element.get("class", "")).split()


def _bare(text: str) -> str:
    return folded(LOOSE.sub("", text))
