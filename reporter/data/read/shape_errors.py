"""Validate a YAML tree, and turn Pydantic errors into findings, each with a place and a hint."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from reporter.data.errors import Mark, nearest
from reporter.data.read.amount import Amount
from reporter.data.read.fields import Shape
from reporter.data.read.key_examples import ShapeType, further_keys, line_of, shapes_in
from reporter.data.read.shapes import FigureShape, YearShape, is_part_of_figure, misplaced_part
from reporter.data.read.yaml_mistakes import SPACE
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import Status

S = TypeVar("S", bound=Shape)
BELOW = ("it needs lines below, not one value", "write them indented: key: value")
# What the errors of Pydantic say, in other words.
EXPECTED = {
    "dict_type": BELOW,
    "model_type": BELOW,
    "list_type": ("a list is expected", "write [a, b], or lines that start with a hyphen and a space"),
    "string_type": ("one text is expected", "write one word or text, in quotes if it has a colon"),
}
PATTERNS = {
    r"^[A-Z]{2}$": "write two capital letters, such as LT",
    r"^[a-z]{2,3}$": "write a language code in lower case, such as en or lt",
    r"^[A-Za-z0-9_]+$": "write letters, digits and _",
}
OPTION = re.compile(r"'([^']*)'")
GLUED = re.compile(r"([\w.]+(?: [\w.]+)?):(?!//)(\S+)")
# The number of keys to an entry in a part of a file, if not two (`contacts`, then its code).
DEPTHS = {"mail": 1, "disclosure": 3, "codes": 3, "earlier": 3, "eurostat": 3, "article_19a": 3}


# The keys of a figure, or of a part of one, that hold its value.
VALUES = ("total", "value")


def validate(tree: Tree, shape: type[S], stand_ins: Mapping[str, object] = MappingProxyType({})) -> S | None:
    """Read a file as its shape, without what is wrong in it. Every error is added to the tree. A bad value is dropped
    with the figure, breakdown, activity, contact or other entry it belongs to; a figure's value is marked unreadable
    instead. `stand_ins` replace missing required keys. None if nothing is left."""
    if tree.data is None:
        if not tree.findings:
            wanted = (key for key, field in shape.model_fields.items() if field.is_required())
            lines = [line for key in wanted if (line := line_of(shape, key))]
            hint = f"start with lines such as {'; '.join(lines)}" if lines else "write key: value lines"
            tree.error(Mark(tree.path), "empty-file", "file is empty", hint)
        return None
    if not isinstance(tree.data, dict):
        tree.error(Mark(tree.path), "wrong-type", "the file must be a mapping", "write key: value lines")
        return None
    first = True
    while True:
        try:
            return shape.model_validate(tree.data, context={"frozen": tree.frozen})
        except ValidationError as problem:
            errors = problem.errors(include_url=False)
            for error in errors if first else ():
                _note(tree, shape, error)
            if not _drop(tree, errors, stand_ins):
                return None
            first = False


def _drop(tree: Tree, errors: Iterable[Any], stand_ins: Mapping[str, object]) -> bool:
    """Remove what has errors; False if that is the file. A figure with a bad value stays, marked as unreadable."""
    values = {_path(tree, error["loc"]) for error in errors if _is_value(error)}
    others = (error for error in errors if error["type"] != "missing" and not _is_value(error))
    entries = {_entry(_path(tree, error["loc"])) for error in others}
    for error in errors:
        if error["type"] != "missing":
            continue
        path, name = _path(tree, error["loc"][:-1]), str(error["loc"][-1])
        if path:
            entries.add(_entry(path))
        elif name in stand_ins:
            tree.data[name] = stand_ins[name]
        else:
            return False
    if () in entries:
        return False
    for path in values:
        tree.put(path, Amount(None, Status.UNREADABLE))
    outer = [entry for entry in entries if not any(entry[:depth] in entries for depth in range(1, len(entry)))]
    # From the end, since removing an item of a list moves the later ones.
    tree.drop(
        sorted(
            outer,
            key=lambda path: tuple((step.isdecimal(), int(step) if step.isdecimal() else 0, step) for step in path),
            reverse=True,
        )
    )
    return True


def _is_value(error: Any) -> bool:
    return error["loc"][0] == "figures" and error["loc"][-1] in VALUES and error["type"] == "value_error"


def _entry(path: tuple[str, ...]) -> tuple[str, ...]:
    if path[:1] == ("figures",) and len(path) > 3 and path[2].startswith("by "):
        return path[:3]
    if path[:1] == ("dimensions",) and len(path) > 3 and path[2] == "codes":
        return path[:4]
    return path[: DEPTHS.get(path[0], 2)] if path else ()


def _note(tree: Tree, shape: type[Shape], error: Any) -> None:
    path = _path(tree, error["loc"])
    kind = error["type"]
    if path[:1] == ("figures",) and len(path) > 1 and is_part_of_figure(path[1]):
        tree.error(tree.key(*path[:2]), *misplaced_part(path[1]))
        return
    if (
        False
        if shape is not YearShape or path[:1] != ("figures",) or len(path) < 3
        else path[2] not in FigureShape.model_fields and (not path[2].startswith("by "))
    ):
        # Unknown keys of a figure are validated as breakdowns; what Pydantic says about their type would mislead.
        _unknown_key(tree, shape, path[:3])
    elif kind == "extra_forbidden":
        _unknown_key(tree, shape, path)
    elif kind == "missing":
        name = str(error["loc"][-1])
        line = line_of(_shape_at(shape, path), name)
        hint = f"add a line such as {line}" if line else f"add a line {name}: …"
        tree.error(tree.mark(*path), "missing-key", f"key {name!r} is missing", hint)
    else:
        text, hint = explained_error(error, shape, path)
        if error["loc"][-1] == "[key]":
            tree.error(tree.key(*path), "wrong-type", text, hint)
            return
        name = next((f"{step}: " for step in reversed(path) if not step.isdigit()), "")
        tree.error(tree.mark(*path), "wrong-type", f"{name}{text}", hint)


def explained_error(error: Any, shape: ShapeType, path: tuple[str, ...]) -> tuple[str, str]:
    kind, written, context = error["type"], error["input"], error.get("ctx", {})
    text, _, hint = error["msg"].removeprefix("Value error, ").partition(" | ")
    glued = GLUED.fullmatch(written) if isinstance(written, str) else None
    if kind in EXPECTED and glued:
        return SPACE, f"write {glued[1]}: {glued[2]}"
    if kind in EXPECTED and written == "":
        return "there is nothing here", "write it, or delete the line"
    if kind in EXPECTED:
        text, hint = EXPECTED[kind]
        return text, f"write [{written.strip('[]')}]" if kind == "list_type" and isinstance(written, str) else hint
    if kind in ("literal_error", "enum"):
        near = nearest(str(written), OPTION.findall(context["expected"]))
        hint = near if near.startswith("did") else f"write {context['expected']}"
        return f"{str(written)[:40]!r} is not allowed here", hint
    if kind != "value_error":
        # Pydantic's own words are never shown.
        pattern_hint = PATTERNS.get(context.get("pattern", ""))
        return f"{str(written)[:40]!r} has the wrong form", pattern_hint or _example(shape, path)
    return f"{text[:1].lower()}{text[1:]}", hint or _example(shape, path)


def _unknown_key(tree: Tree, shape: type[Shape], path: tuple[str, ...]) -> None:
    name, hint = path[-1], nearest(path[-1], _shape_at(shape, path[:-1]).model_fields)
    if shape is YearShape and len(path) == 1 and not hint.startswith("did"):
        hint = (
            "indent it below its figure"
            if is_part_of_figure(name)
            else "indent it below figures:"
            if "." in name
            else hint
        )
    tree.error(tree.key(*path), "unknown-key", f"unknown key {name!r}", hint)


def _example(shape: ShapeType, path: tuple[str, ...]) -> str:
    *above, key = [step for step in path if not step.isdigit()] or [""]
    line = line_of(_shape_at(shape, above), key)
    return f"write it as in {line}" if line else "use your editor's completion with the schema"


def _path(tree: Tree, location: Iterable[str | int]) -> tuple[str, ...]:
    """The keys of an error's location that exist in the file, without names added by Pydantic."""
    path: tuple[str, ...] = ()
    for step in map(str, location):
        if (*path, step) in tree.marks:
            path = (*path, step)
    return path


def _shape_at(shape: ShapeType, path: Iterable[str]) -> ShapeType:
    for step in path:
        field = shape.model_fields.get(step)
        inner = field.annotation if field else further_keys(shape) if step.startswith("by ") else None
        shape = next(iter(shapes_in(inner)), shape)
    return shape
