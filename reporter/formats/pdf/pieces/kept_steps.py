"""The steps that were taken in laying out a document, as bytes to keep: a line of JSON, then the pages as a PDF."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from reporter.formats.pdf.pieces.layout import Step
from reporter.formats.pdf.pieces.page_problems import Move
from reporter.formats.pdf.pieces.piece import Assignment, FontOfPiece, OutlineEntry, PageOfPiece, PdfPiece
from reporter.formats.pdf.tree import Annotation, MarkedContent, TagNode

RECORDS = (Step, Move, PdfPiece, PageOfPiece, Assignment, OutlineEntry, FontOfPiece, TagNode, MarkedContent, Annotation)
KINDS: Mapping[str, Callable[..., Any]] = {each.__name__: each for each in RECORDS}


def to_bytes(step: Step) -> bytes:
    bare = replace(step, piece=replace(step.piece, content=b"")) if step.piece else step
    head = json.dumps(_plain(bare), ensure_ascii=False, separators=(",", ":")).encode()
    return head + b"\n" + (step.piece.content if step.piece else b"")


def from_bytes(content: bytes) -> Step | None:
    """Read a step; None where it is none."""
    head, _, pdf = content.partition(b"\n")
    try:
        step: Step = _made(json.loads(head))
        return replace(step, piece=replace(step.piece, content=pdf)) if step.piece else step
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _plain(value: object) -> object:
    """A record as its name and its fields, but for those that say nothing; a mapping as its pairs."""
    if is_dataclass(value):
        told = ((each.name, getattr(value, each.name)) for each in fields(value) if each.name != "content")
        known = {each.name: each.default for each in fields(value)}
        return [type(value).__name__, {name: _plain(said) for name, said in told if said != known[name]}]
    if isinstance(value, Mapping):
        return ["", [[key, _plain(said)] for key, said in value.items()]]
    return [None, *map(_plain, value)] if isinstance(value, tuple) else value


def _made(said: Any) -> Any:
    if not isinstance(said, list):
        return said
    kind, *values = said
    if kind is None:
        return tuple(map(_made, values))
    if not kind:
        return {key: _made(value) for key, value in values[0]}
    made = {name: _made(value) for name, value in values[0].items()}
    return KINDS[kind](**made, **({"content": b""} if kind == PdfPiece.__name__ else {}))
