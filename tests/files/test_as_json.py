"""Records become JSON one way."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest

from reporter.errors import Mark
from reporter.files.as_json import as_json, pick


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    colour: Colour
    share: Decimal
    path: Path | None
    mark: Mark
    parts: tuple["Thing", ...] = ()


PART = Thing("wheel", Colour.RED, Decimal("1E+1"), None, Mark("a.yaml", 3, 4))


def test_a_record_becomes_an_object_of_its_fields() -> None:
    whole = Thing("rožė", Colour.RED, Decimal("0.10"), Path("b/c"), Mark("a.yaml"), (PART,))
    part = '{"name": "wheel", "colour": "red", "share": "10", "path": null, "mark": "a.yaml:3:4", "parts": []}'
    assert (
        '{"name": "rožė", "colour": "red", "share": "0.10", "path": "b/c", "mark": "a.yaml:1:1", '
        f'"parts": [{part}]}}' == as_json(whole, indent=None)
    )


def test_some_fields_are_picked_in_the_order_named() -> None:
    assert ["share", "name"] == list(pick(PART, "share", "name"))


def test_what_has_no_form_in_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        as_json([object()])
