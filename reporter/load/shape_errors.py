"""A tree of plain values against its shape: pydantic's errors become findings with a place and a remedy."""

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from reporter.errors import Mark, nearest
from reporter.load.fields import Shape
from reporter.load.shapes import FigureShape, YearShape
from reporter.load.yaml_tree import Tree

S = TypeVar("S", bound=Shape)


def validate(tree: Tree, shape: type[S]) -> S | None:
    """The file as its shape, or None after its errors were noted in the tree."""
    if tree.data is None:
        return None
    if not isinstance(tree.data, dict):
        tree.error(Mark(tree.path), "wrong-type", "the file must be a mapping", "write key: value lines")
        return None
    try:
        return shape.model_validate(tree.data)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            _note(tree, shape, error)
        return None


def _note(tree: Tree, shape: type[Shape], error: Any) -> None:
    path = _path(tree, error["loc"])
    kind, message = error["type"], error["msg"]
    if _is_extra(shape, path):
        # Keys of a figure that are none of its own are taken for breakdowns; their type was never the trouble.
        _unknown_key(tree, shape, path[:3])
    elif kind == "extra_forbidden":
        _unknown_key(tree, shape, path)
    elif kind == "missing":
        name = str(error["loc"][-1])
        tree.error(tree.mark(*path), "missing-key", f"key {name!r} is missing", f"add a line {name}: …")
    else:
        text, _, hint = message.removeprefix("Value error, ").partition(" | ")
        if error["loc"][-1] == "[key]":
            tree.error(tree.key(*path), "wrong-type", f"{text[:1].lower()}{text[1:]}", hint or _advice(kind))
            return
        name = next((f"{step}: " for step in reversed(path) if not step.isdigit()), "")
        tree.error(tree.mark(*path), "wrong-type", f"{name}{text[:1].lower()}{text[1:]}", hint or _advice(kind))


def _unknown_key(tree: Tree, shape: type[Shape], path: tuple[str, ...]) -> None:
    fields = _fields(shape, path[:-1])
    tree.error(tree.key(*path), "unknown-key", f"unknown key {path[-1]!r}", nearest(path[-1], fields))


def _is_extra(shape: type[Shape], path: tuple[str, ...]) -> bool:
    if shape is not YearShape or path[:1] != ("figures",) or len(path) < 3:
        return False
    return path[2] not in FigureShape.model_fields and not path[2].startswith("by ")


def _advice(kind: str) -> str:
    return {
        "dict_type": "write a mapping: indented lines of key: value",
        "model_type": "write a mapping: indented lines of key: value",
        "list_type": "write a list: [a, b] or lines that begin with -",
        "string_type": "write one word or one text",
    }.get(kind, "see the example in reporter init, or let your editor complete with the schema")


def _path(tree: Tree, location: Iterable[str | int]) -> tuple[str, ...]:
    """The keys of an error's location that exist in the file; pydantic adds names of its own between them."""
    path: tuple[str, ...] = ()
    for step in map(str, location):
        if (*path, step) in tree.marks:
            path = (*path, step)
    return path


def _fields(shape: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    """The keys a mapping at this path may have."""
    for step in path:
        field = shape.model_fields.get(step)
        inner = _shape_in(field.annotation) if field else None
        shape = inner or shape
    return list(shape.model_fields)


def _shape_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _shape_in(part))), None)
