"""Entries of files, whose shapes and readers follow from the records."""

from dataclasses import dataclass
from typing import Annotated

import pytest
from pydantic import ValidationError

from reporter.errors import Mark
from reporter.load.written import Written, shape_of
from reporter.load.yaml_tree import Tree
from reporter.model import Contact, Label
from reporter.model.statement import About, Elsewhere, Key, Name, OfFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of an office."""

    title: Label
    grades: tuple[str, ...] = ()
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office. More about it."""

    code: Key[Name]
    rooms: Annotated[int, About("How many rooms it has", key="size")] = 1
    posts: tuple[Post, ...] = ()
    year: OfFile[int]
    sent: Elsewhere[bool]
    mark: Mark


PLACES = {("offices", "a"): Mark("f", 2), ("offices", "a", "posts", "0"): Mark("f", 5)}
TREE = Tree("f", marks=PLACES)


def office(written: dict[str, object], **known: object) -> Office:
    shape: Written[Office] = shape_of(Office).model_validate(written)
    return shape.made(TREE, "offices", "a", **({"year": 2020, "sent": True} | known))


def test_a_record_has_its_code_its_places_and_what_was_left_out() -> None:
    posts = [{"title": {"en": " Head  of it "}, "grades": ["a"]}]
    post = Post(title=Label((("en", "Head of it"),)), grades=("a",), mark=Mark("f", 5))
    expected = Office(code="a", rooms=3, posts=(post,), year=2020, sent=True, mark=Mark("f", 2))
    assert expected == office({"size": 3, "posts": posts})
    assert (1, ()) == (office({}).rooms, office({}).posts)
    # An entry goes before its file, and the reader before the entry.
    assert (2019, 9) == (office({"year": 2019}).year, office({"size": 3}, rooms=9).rooms)


@pytest.mark.parametrize("key", ["code", "mark", "sent", "rooms"])
def test_what_is_no_key_cannot_be_written(key: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        office({key: 1})


def test_editors_are_told_what_the_record_says() -> None:
    schema = shape_of(Office).model_json_schema()
    assert "An office." == schema["description"]
    assert {"default": 1, "description": "How many rooms it has", "title": "Size", "type": "integer"} == schema[
        "properties"
    ]["size"]


def test_a_field_that_no_file_can_hold_is_refused_at_once() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        """Odd."""

        places: dict[str, complex]

    with pytest.raises(TypeError, match="no file can hold"):
        shape_of(Odd)
    assert Written[Contact] is shape_of(Contact)
