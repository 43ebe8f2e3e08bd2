"""What agencies and reviewers said is read again as it was written."""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Annotated

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from reporter.data.errors import DataError, Mark
from reporter.data.files.received import asked_file
from reporter.data.files.sources import Sources
from reporter.data.read.received import (
    asked_text,
    place_of,
    read_asked,
    read_received,
    read_remarks,
    received_text,
    remarks_place,
    remarks_text,
)
from reporter.data.read.record_shapes import Written, shape_of
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import (
    Asked,
    ChangedWords,
    Contact,
    Label,
    Received,
    ReceivedRemarks,
    RemarkKind,
    RemarkReply,
    ReviewRemark,
)
from reporter.data.records.statement import About, Elsewhere, Key, Name, OfFile
from tests.agencies import sent, written

NONE = Mark("")
ANSWERS = {"victims.identified": "12", "victims.identified.women": "missing"}


def bare(record):
    """A record without its places."""
    inner = {each.name: getattr(record, each.name) for each in fields(record)}
    inner = {name: each for name, each in inner.items() if isinstance(each, tuple) and each and is_dataclass(each[0])}
    return replace(record, mark=NONE, **{name: tuple(map(bare, each)) for name, each in inner.items()})


def read(*texts: Received) -> tuple[Received, ...]:
    """What is read of what was written, without its places."""
    contents = {path: text.encode() for path, text in written(*texts).items()}
    return tuple(map(bare, read_received(Sources.from_contents(contents), "XX")))


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=40).map(str.strip)
)
@example('0"')
@example("„a“")
@example("it's: a # sign")
@example("=1+1")
@settings(max_examples=20)
def test_what_was_written_is_read_again(words: str) -> None:
    made = sent("police", ANSWERS, remark=" ".join(words.split()))
    assert (made,) == read(made)


def test_workbooks_come_in_the_order_of_year_agency_and_number() -> None:
    made = [sent("police", ANSWERS, 2), sent("courts", ANSWERS), sent("police", ANSWERS)]
    assert [("courts", 1), ("police", 1), ("police", 2)] == [(each.agency, each.number) for each in read(*made)]
    contents = {path: text.encode() for path, text in written(*made).items()}
    assert () == read_received(Sources.from_contents(contents), "XX", (2019,))


@pytest.mark.parametrize("wrong", ["answers: [", "sha256: 12\n", "answers: {victims.identified: 12}\n"])
def test_a_file_that_somebody_broke_is_told_at_its_place(wrong: str) -> None:
    made = sent("police", ANSWERS)
    text = received_text(made).partition("answers:")[0] + wrong
    path = place_of(made).path
    with pytest.raises(DataError) as problem:
        read_received(Sources.from_contents({path: text.encode()}), "XX")
    assert {path} == {each.mark.path for each in problem.value.findings}


def test_who_was_asked_and_reminded_is_read_again() -> None:
    made = [
        Asked(agency="police", year=2020, day="2021-01-10", sha256="0" * 64, reminded=("2021-03-02",), mark=NONE),
        Asked(agency="courts", year=2020, day="2021-01-10", sha256="1" * 64, mark=NONE),
    ]
    sources = Sources.from_contents({asked_file("XX"): asked_text(made).encode()})
    assert made == [bare(each) for each in read_asked(sources, "XX")]
    assert () == read_asked(Sources.from_contents({}), "XX")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20).map(" ".join)
PLAIN = st.one_of(WORDS, st.sampled_from(["no", "010", "- a", "{{ b }}", "# c", "'", '"', "2026-11-28", "~", "¶ d"]))


def remark(words: str) -> ReviewRemark:
    change = ChangedWords(old=words, new="x", figure="victims.identified", year=2020, at=words, mark=NONE)
    reply = RemarkReply(author=words, day="2026-11-21", text=words, mark=NONE)
    said = ReviewRemark(number="7", kind=RemarkKind.COMMENT, author=words, text=words, mark=NONE)
    return replace(said, changes=(change,), replies=(reply,), resolved=True, day="2026-11-20", line=3)


@given(PLAIN)
def test_what_is_written_is_read_again(words: str) -> None:
    made = ReceivedRemarks(
        country="XX",
        year=2020,
        language="en",
        number=2,
        file="a.docx",
        sha256="0" * 64,
        received="2026-11-28",
        remarks=(remark(words),),
        mark=NONE,
    )
    sources = Sources.from_contents({remarks_place(made).path: remarks_text(made).encode()})
    assert [made] == [bare(each) for each in read_remarks(sources, "XX")]


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
    return shape.build(TREE, "offices", "a", **({"year": 2020, "sent": True} | known))


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
