"""What a Word file brings back: words, comments, tracked changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# The end of a paragraph that somebody inserted or deleted.
PARAGRAPH_END = "\u2029"


class StretchFate(StrEnum):
    """What became of a stretch of text in a Word file."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    # Inserted by one reviewer and deleted by another: it stands in neither text.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReviewedStretch:
    """A stretch of a paragraph that one hand left as it is. `author` and `day` are those of the change, empty where
    there is none. `moved` text stands elsewhere too. A deleted end of a paragraph has no text."""

    text: str
    fate: StretchFate = StretchFate.KEPT
    author: str = ""
    day: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedCell:
    """Where a paragraph stands in a table. `stub` and `head` are the words of its row and of its column."""

    table: int
    row: int
    column: int
    stub: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedParagraph:
    """A paragraph of a Word file as it was before any change. `bookmarks` are names with first and last place in the
    `original`. `part` is "body", "footnotes" or "endnotes"; `style` is what the file calls its kind."""

    number: int
    stretches: tuple[ReviewedStretch, ...]
    bookmarks: tuple[tuple[str, int, int], ...] = ()
    cell: ReviewedCell | None = None
    style: str = ""
    part: str = "body"

    @property
    def original(self) -> str:
        return "".join(each.text for each in self.stretches if each.fate in (StretchFate.KEPT, StretchFate.DELETED))

    @property
    def changed(self) -> str:
        return "".join(each.text for each in self.stretches if each.fate in (StretchFate.KEPT, StretchFate.INSERTED))


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A tracked change of one author: words that became others. It stands at `start` to `end` of the original words of
    a paragraph. `whole` is a paragraph that was written or deleted as one."""

    author: str
    day: str
    paragraph: int
    start: int
    end: int
    old: str
    new: str
    moved: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment and the words that it is about. `paragraph` is the number of the one that it begins in, -1 where it
    points nowhere; `start` and `end` are the place of its `words` there. `parent` is the id of the comment that it
    answers."""

    id: str
    author: str
    day: str
    text: str
    paragraph: int = -1
    start: int = 0
    end: int = 0
    words: str = ""
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """All that a Word file brings back. `formatting` counts changes of looks, `boxes` text boxes: neither is read."""

    properties: Mapping[str, str]
    paragraphs: tuple[ReviewedParagraph, ...]
    comments: tuple[ReviewComment, ...]
    changes: tuple[ReviewChange, ...]
    formatting: int = 0
    boxes: int = 0
