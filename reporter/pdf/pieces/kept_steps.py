"""The steps that were taken in laying out a document, as bytes to keep: a line of JSON, then the pages as a PDF."""

from dataclasses import replace

from pydantic import TypeAdapter

from reporter.pdf.pieces.layout import Step

STEP = TypeAdapter(Step)


def to_bytes(step: Step) -> bytes:
    if step.piece is None:
        return STEP.dump_json(step, exclude_defaults=True) + b"\n"
    bare = replace(step, piece=replace(step.piece, content=b""))
    return STEP.dump_json(bare, exclude_defaults=True) + b"\n" + step.piece.content


def from_bytes(content: bytes) -> Step | None:
    """Read a step; None where it is none."""
    head, _, pdf = content.partition(b"\n")
    try:
        step = STEP.validate_json(head)
    except ValueError:
        return None
    return replace(step, piece=replace(step.piece, content=pdf)) if step.piece else step
