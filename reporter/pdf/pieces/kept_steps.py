"""The steps that were taken in laying out a document, as bytes to keep."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from reporter.pdf.pieces.layout import Step
from reporter.pdf.pieces.page_problems import Move
from reporter.pdf.pieces.piece import Assignment, FontOfPiece, OutlineEntry, PageOfPiece, PdfPiece
from reporter.pdf.tree import Annotation, Kid, MarkedContent, TagNode

# What is left out of a tag where it says nothing.
PLAIN = {each.name: each.default for each in fields(TagNode) if each.name not in ("role", "kids", "origin", "box")}


def to_bytes(step: Step) -> bytes:
    piece = step.piece
    said: dict[str, Any] = {"move": step.move, "late": step.late, "taken": step.taken}
    if piece:
        said["piece"] = {
            "tree": _plain(piece.tree),
            "pages": [asdict(each) for each in piece.pages],
            "fonts": [asdict(each) for each in piece.fonts],
            "targets": piece.targets,
        }
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return head + b"\n" + (piece.content if piece else b"")


def from_bytes(content: bytes) -> Step | None:
    """Read a step; None where it is none."""
    head, _, pdf = content.partition(b"\n")
    try:
        said = json.loads(head)
        found = said.get("piece")
        piece = found and PdfPiece(
            content=pdf,
            tree=_node(found["tree"]),
            pages=tuple(_page(each) for each in found["pages"]),
            fonts=tuple(
                FontOfPiece(
                    **{
                        **each,
                        "glyphs": {int(number): (text, width) for number, (text, width) in each["glyphs"].items()},
                    }
                )
                for each in found["fonts"]
            ),
            targets=tuple(found["targets"]),
        )
        where = said["move"]
        move = where and Move(where[0], tuple(where[1]), where[2])
        return Step(move=move, late=tuple(said["late"]), taken=said["taken"], piece=piece)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _plain(node: TagNode) -> list[Any]:
    said = {name: getattr(node, name) for name, default in PLAIN.items() if getattr(node, name) != default}
    kids = [
        _plain(kid)
        if isinstance(kid, TagNode)
        else [kid.page, kid.number, *([kid.words] if hasattr(kid, "words") else [])]
        for kid in node.kids
    ]
    return [node.role, kids, said]


def _node(said: list[Any]) -> TagNode:
    role, kids, more = said
    for name in ("frame", "headers"):
        if name in more:
            more[name] = tuple(more[name])
    made: list[Kid] = []
    for kid in kids:
        if isinstance(kid[0], str):
            made.append(_node(kid))
        else:
            made.append(Annotation(*kid) if len(kid) > len(("page", "number")) else MarkedContent(*kid))
    return TagNode(role, tuple(made), **more)


def _page(said: Mapping[str, Any]) -> PageOfPiece:
    return PageOfPiece(
        kind=said["kind"],
        fullness=said["fullness"],
        anchors={name: (place[0], place[1]) for name, place in said["anchors"].items()},
        bookmarks=tuple(OutlineEntry(**each) for each in said["bookmarks"]),
        strings=tuple(Assignment(**each) for each in said["strings"]),
    )
