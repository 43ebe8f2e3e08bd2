"""Write records as JSON, one way for every file and answer."""

import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from pathlib import PurePath

from reporter.errors import Mark


def as_json(value: object, indent: int | None = 2) -> str:
    """Write a value as JSON. A record becomes an object of its fields, an enumeration its value; a path, a mark and a
    decimal number become text, the number with all of its digits."""
    return json.dumps(value, indent=indent, ensure_ascii=False, default=_plain)


def pick(record: object, *names: str) -> dict[str, object]:
    """Some values of a record by their names. Of `name=way.to.it` the way leads through the records that it holds."""
    ways = (each.partition("=") for each in names)
    return {name: attrgetter(way or name)(record) for name, _, way in ways}


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, Mark):
        return pick(value, *(each.name for each in fields(value)))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mark | PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
