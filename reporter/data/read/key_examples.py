"""Meanings of the keys of files, each with an example. Meanings are stated with the keys, in records or shapes; the
examples are those of a small normal workspace, `examples/`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from reporter.data.files.sources import folder_files
from reporter.data.read.shapes import SHAPES
from reporter.data.records.statement import Explained

EXAMPLES = Path(__file__).parent / "examples"
FILES = {
    "year": "data/XX/2021.yaml",
    "country": "data/XX/country.yaml",
    "workspace": "reporter.yaml",
    "catalogue": "data/catalogue.yaml",
}
# YAML as the program reads it: dates and NO are text.
RESOLVERS = {
    "tag:yaml.org,2002:bool": (re.compile("true$|false$"), "tf"),
    "tag:yaml.org,2002:int": (re.compile(r"-?(0|[1-9]\d*)$"), "-0123456789"),
    "tag:yaml.org,2002:float": (re.compile(r"\d+\.\d+$"), "0123456789"),
}
ShapeType = type[BaseModel]


class PlainLoader(yaml.SafeLoader):
    """Reads YAML as numbers, true, false, and text."""


class PlainDumper(yaml.SafeDumper):
    """Writes what PlainLoader reads, with as few quotes as possible."""


for _yaml_class in (PlainLoader, PlainDumper):
    _yaml_class.yaml_implicit_resolvers = {}
    for _tag, (_pattern, _first) in RESOLVERS.items():
        _yaml_class.add_implicit_resolver(_tag, _pattern, list(_first))


def example_text(kind: str) -> str:
    return folder_files(EXAMPLES)[FILES[kind]].content.decode()


def line_of(shape: ShapeType, key: str) -> str:
    """An example line for a key, such as `flags: [p]`; empty if there is none."""
    value = example_of(shape, key)
    if value is None:
        return ""
    is_flow = isinstance(value, (dict, list))
    line: str = yaml.dump(
        {key: value}, Dumper=PlainDumper, default_flow_style=is_flow, allow_unicode=True, width=10**6, sort_keys=False
    )
    return line.strip()[1:-1] if is_flow else line.strip()


def example_of(shape: ShapeType, key: str) -> Any:
    """The first example of a key, or None. A key with entries has none: their keys have them."""
    field = shape.model_fields.get(key)
    return None if field is None or shapes_in(field.annotation) else _examples().get(shape, {}).get(key)


def keys_as_written(shape: ShapeType) -> tuple[str, ...]:
    return tuple(
        key for key in dict.fromkeys((*_examples().get(shape, ()), *shape.model_fields)) if key in shape.model_fields
    )


@cache
def _examples() -> Mapping[ShapeType, Mapping[str, Any]]:
    examples_by_shape: dict[ShapeType, dict[str, Any]] = {}
    for kind in FILES:
        for shape, entry in _entries(SHAPES[kind], PlainLoader(example_text(kind)).get_single_data()):
            for key, value in entry.items():
                examples_by_shape.setdefault(shape, {}).setdefault(key, value)
    return examples_by_shape


def _entries(hint: Any, value: Any) -> Iterator[tuple[ShapeType, Mapping[str, Any]]]:
    parts = get_args(hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        if isinstance(value, dict):
            yield hint, value
            for key, item in value.items():
                field = hint.model_fields.get(key)
                yield from _entries(field.annotation if field else further_keys(hint), item)
    elif get_origin(hint) is dict and isinstance(value, dict):
        for item in value.values():
            yield from _entries(parts[1], item)
    elif get_origin(hint) is list and isinstance(value, list):
        for item in value:
            yield from _entries(parts[0], item)
    else:
        for part in parts:
            yield from _entries(part, value)


def further_keys(shape: ShapeType) -> Any:
    """The type of keys without a name of their own: breakdowns."""
    return next(iter(get_args(shape.__annotations__.get("__pydantic_extra__"))[1:]), None)


def shapes_in(hint: Any) -> tuple[ShapeType, ...]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        inner = (*(field.annotation for field in hint.model_fields.values()), further_keys(hint))
        return tuple(dict.fromkeys((hint, *(shape for annotation in inner for shape in shapes_in(annotation)))))
    return tuple(dict.fromkeys(shape for part in get_args(hint) for shape in shapes_in(part)))


def words_in(hint: Any) -> tuple[type[Explained], ...]:
    if isinstance(hint, type) and issubclass(hint, Explained):
        return (hint,)
    return tuple(words for part in get_args(hint) for words in words_in(part))
