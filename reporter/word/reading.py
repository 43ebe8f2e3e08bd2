"""Read a Word file that came back: words, comments, tracked changes."""

from collections.abc import Iterator
from dataclasses import replace

from reporter.word.came_back import (
    PARAGRAPH_END,
    ReviewChange,
    ReviewComment,
    ReviewedFile,
    ReviewedParagraph,
    StretchFate,
)
from reporter.word.text_reading import Node, PlacedComment, TextReader, WordParts, day_of, plain_words

NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
# Word keeps lines for its own use among the notes.
OWN_NOTES = ("separator", "continuationSeparator", "continuationNotice")
# Of a comment no more is kept, nor of a name.
LONGEST, LONGEST_NAME = 5_000, 100


def read_reviewed(content: bytes) -> ReviewedFile:
    """Read the words of a Word file, before and after changes. Raises ReporterError where it cannot be read."""
    parts = WordParts(content)
    reader = TextReader()
    body = parts.tree(parts.main)
    reader.read(body.child("body") if body else None, "body")
    for part, kind in NOTES.items():
        notes = parts.beside(part)
        for note in notes.children if notes else ():
            if note.name == kind and note.get("type") not in OWN_NOTES:
                reader.read(note, part)
    paragraphs = tuple(reader.paragraphs)
    told = parts.properties()
    named = (each for each in (told.children if told else ()) if each.name == "property" and each.children)
    return ReviewedFile(
        properties={each.get("name"): each.children[0].text.strip()[:LONGEST_NAME] for each in named},
        paragraphs=paragraphs,
        comments=tuple(_comments(parts, reader.placed, len(paragraphs))),
        changes=tuple(change for each in paragraphs for change in _changes(each)),
        formatting=reader.formatting,
        boxes=reader.boxes,
    )


def _comments(parts: WordParts, placed: dict[str, PlacedComment], count: int) -> Iterator[ReviewComment]:
    tree = parts.beside("comments")
    threads = _threads(parts.beside("commentsExtended"))
    # The last paragraph of a comment is known by a number of its own.
    by_paragraph: dict[str, str] = {}
    known: dict[str, tuple[Node, str]] = {}
    for each in tree.children if tree else ():
        if each.name == "comment" and each.get("id") not in known:
            marks = [one.get("paraId").upper() for one in each.walk() if one.name == "p" and one.get("paraId")]
            known[each.get("id")] = each, marks[-1] if marks else ""
            by_paragraph |= dict.fromkeys(marks, each.get("id"))
    for name, (each, mark) in known.items():
        above, resolved = threads.get(mark, ("", False))
        at = placed.get(name, PlacedComment())
        parent = by_paragraph.get(above, "")
        # The words of the comment, its paragraphs as lines.
        reader = TextReader()
        reader.read(each, "comments")
        lines = (" ".join(one.changed.split()) for one in reader.paragraphs)
        yield ReviewComment(
            id=name,
            author=plain_words(each.get("author"))[:LONGEST_NAME],
            day=day_of(each.get("date")),
            text="\n".join(filter(None, lines))[:LONGEST],
            paragraph=at.paragraph if at.paragraph < count else -1,
            start=at.start,
            end=at.end,
            words=at.words[:LONGEST],
            parent="" if parent == name else parent,
            resolved=resolved,
        )


def _threads(tree: Node | None) -> dict[str, tuple[str, bool]]:
    return {
        each.get("paraId").upper(): (each.get("paraIdParent").upper(), each.get("done") in ("1", "true", "on"))
        for each in (tree.children if tree else ())
        if each.name == "commentEx"
    }


def _changes(paragraph: ReviewedParagraph) -> Iterator[ReviewChange]:
    """The changes of a paragraph. What one author did at one place is one."""
    at, made, before = 0, list[ReviewChange](), StretchFate.KEPT
    for each in paragraph.stretches:
        if each.fate is StretchFate.WITHDRAWN:
            continue
        if each.fate is StretchFate.KEPT:
            at, before = at + len(each.text), each.fate
            continue
        hand = (each.author, each.day, each.moved)
        # Words and what stands for them, in whichever order; what follows is another change.
        full = each.fate is not before and made and made[-1].old and made[-1].new
        if before is StretchFate.KEPT or full or hand != (made[-1].author, made[-1].day, made[-1].moved):
            author, day, moved = hand
            made.append(
                ReviewChange(author, day, paragraph=paragraph.number, start=at, end=at, old="", new="", moved=moved)
            )
        last, before = made[-1], each.fate
        if each.fate is StretchFate.DELETED:
            at += len(each.text)
            made[-1] = replace(last, end=at, old=last.old + (each.text or PARAGRAPH_END))
        else:
            made[-1] = replace(last, new=last.new + each.text)
    return (replace(each, whole=_is_whole(each, paragraph)) for each in made)


def _is_whole(change: ReviewChange, paragraph: ReviewedParagraph) -> bool:
    if change.old:
        gone = change.old.strip()
        return bool(gone) and not change.new and gone == paragraph.original.strip()
    return bool(change.new.strip()) and (PARAGRAPH_END in change.new or not paragraph.original)
