"""Write records as JSON and read them, in the same way for every file and answer."""

import json
from dataclasses import Field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from pathlib import PurePath
from typing import Any, get_args, get_origin, get_type_hints

from reporter.data.errors import Mark


def as_json(value: object, indent: int | None = 2) -> str:
    """Write a value as JSON: records as objects; enumerations, paths, marks and exact decimals as text. The
    metadata of a field may have another `key` for its name."""
    return json.dumps(value, indent=indent, ensure_ascii=False, default=_plain)


def pick(record: object, *names: str) -> dict[str, object]:
    """Some values of a record by name. `name=path.to.it` follows a path of attributes."""
    return {name: attrgetter(way or name)(record) for name, _, way in (entry.partition("=") for entry in names)}


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, Mark):
        return {_key(field): getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mark | PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _key(field: Field[Any]) -> str:
    key: str = field.metadata.get("key", field.name)
    return key


def read_as(kind: Any, plain: Any) -> Any:  # noqa: ANN401 - a record of any kind from JSON of any shape
    """A JSON value as a value of a type. Raises ValueError, TypeError or LookupError if it is not one."""
    parts, origin = get_args(kind), get_origin(kind)
    if is_dataclass(kind):
        hints, keys = get_type_hints(kind), {field.name: _key(field) for field in fields(kind)}
        make: Any = kind
        values = dict(zip(keys.values(), plain, strict=True)) if isinstance(plain, list) else plain
        return make(**{name: read_as(hints[name], values[key]) for name, key in keys.items() if key in values})
    if origin is tuple:
        kinds = parts[:1] * len(plain) if parts[-1] is Ellipsis else parts
        return tuple(read_as(of, item) for of, item in zip(kinds, plain, strict=True))
    if parts:
        return None if plain is None else read_as(parts[0], plain)
    if issubclass(kind, Enum):
        return kind(plain)
    if not isinstance(plain, kind):
        raise TypeError(plain)
    return plain
