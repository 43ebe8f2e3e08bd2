"""The texts of a publication, whatever part of it they stand in."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from reporter.document.document import Text
from reporter.document.text_tree import paragraphs, words
from reporter.model import Observation

SPACES = re.compile(r"[ \t\r\n\f]+")


def texts(thing: object) -> Iterator[str]:
    """Every text within a part of the document, in reading order. Texts of an observation are left out: they are not
    printed."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Text):
            waiting += reversed([SPACES.sub(" ", words(one.inside)).strip(" ") for one in paragraphs(each.nodes)])
        elif isinstance(each, tuple):
            waiting += reversed(each)
        else:
            # mypy takes the hash of an instance for that of its type.
            waiting += [getattr(each, name) for name in _parts(type(each))]  # type: ignore[arg-type]


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The names of a type's fields, the last one first. Empty for observations and for types that are no part of a
    document."""
    printed = is_dataclass(kind) and not issubclass(kind, Observation)
    return tuple(reversed([each.name for each in fields(kind)])) if printed else ()
