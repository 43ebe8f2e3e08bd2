"""Read and write what agencies and reviewers sent, in `data/LT/received/`."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import TypeVar

import yaml

from reporter.data.errors import DataError, Finding, Mark
from reporter.data.files.as_json import pick
from reporter.data.files.received import ReceivedPlace, RemarksPlace, asked_file, received_places, remarks_places
from reporter.data.files.sources import Sources
from reporter.data.read.record_shapes import Written
from reporter.data.read.shape_errors import validate
from reporter.data.read.yaml_tree import read_yaml
from reporter.data.records import Asked, AskedAgencies, Received, ReceivedRemarks

HEAD = """\
# yaml-language-server: $schema=../../../schema/received.json
# Written by reporter agencies receive or import: what an agency or a publication says, and where. No report has it.
"""
ASKED_HEAD = """\
# yaml-language-server: $schema=../../../schema/asked.json
# Written by reporter agencies ask: which agencies were asked, and when. No report is made from it.
"""
REMARKS_HEAD = """\
# yaml-language-server: $schema=../../../../schema/remarks.json
# Written by reporter review: what a Word file said, and where. No report is made from it.
"""
# Texts are not wrapped.
WIDTH = 100_000
R = TypeVar("R")
P = TypeVar("P", ReceivedPlace, RemarksPlace)
ReceivedShape, AskedShape, RemarksShape = Written[Received], Written[AskedAgencies], Written[ReceivedRemarks]


def read_received(sources: Sources, country: str, years: Iterable[int] = ()) -> tuple[Received, ...]:
    """Read what a country's agencies sent, for some years or all, in order. Raises DataError for unreadable files."""
    return _read(sources, received_places(sources, country), ReceivedShape, years)


def read_remarks(sources: Sources, country: str, years: Iterable[int] = ()) -> tuple[ReceivedRemarks, ...]:
    """The same for what reviewers sent about a country's editions."""
    return _read(sources, remarks_places(sources, country), RemarksShape, years)


def _read(sources: Sources, places: Iterable[P], of: type[Written[R]], years: Iterable[int]) -> tuple[R, ...]:
    records: list[R] = []
    findings: list[Finding] = []
    wanted = frozenset(years)
    for place in sorted(places):
        if wanted and place.year not in wanted:
            continue
        tree = read_yaml(sources, place.path)
        if shape := validate(tree, of):
            records.append(shape.build(tree, **pick(place, *(field.name for field in fields(place)))))
        findings += tree.findings
    if findings:
        raise DataError(tuple(findings))
    return tuple(records)


class Quoted(str):
    """Other people's words, always quoted."""

    __slots__ = ()


class _ReceivedDumper(yaml.SafeDumper):
    """Writes other people's words so that YAML reads them as text."""


_ReceivedDumper.add_representer(
    Quoted, lambda dumper, words: dumper.represent_scalar("tag:yaml.org,2002:str", str(words), style='"')
)


class _PlainDumper(_ReceivedDumper):
    """Writes numbers as a person types them, and quotes around other people's words only."""


_PlainDumper.yaml_implicit_resolvers = {}


def plain_yaml(content: object) -> str:
    """Write the content of a year's file: the innermost lists and mappings on one line each."""
    style = {"default_flow_style": None, "allow_unicode": True, "sort_keys": False, "width": WIDTH}
    return str(yaml.dump_all([content], Dumper=_PlainDumper, **style))  # type: ignore[call-overload]


def _text(head: str, content: dict[str, object]) -> str:
    return head + yaml.dump(content, Dumper=_ReceivedDumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def received_text(received: Received) -> str:
    values = {"file": Quoted(received.file)} | pick(received, "sha256", "received")
    names = ("cell", "remark", "source", "definition", "kept=reason", "by")
    values["answers"] = {
        item.figure: {"value": item.value} | {name: Quoted(text) for name, text in pick(item, *names).items() if text}
        for item in received.answers
    }
    return _text(HEAD, values)


def remarks_text(received: ReceivedRemarks) -> str:
    values: dict[str, object] = {name: Quoted(getattr(received, name)) for name in ("file", "sha256", "received")}
    values["remarks"] = {remark.number: dict(_nonempty_fields(remark, "number")) for remark in received.remarks}
    return _text(REMARKS_HEAD, values)


def _nonempty_fields(record: object, *without: str) -> Iterator[tuple[str, object]]:
    """The fields of a record, without empty ones and its place; its words are read as text only."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if field.name in without or isinstance(value, Mark) or not value:
            continue
        content = [dict(_nonempty_fields(one)) for one in value] if isinstance(value, tuple) else value
        yield field.name, Quoted(content) if isinstance(content, str) else content


def read_asked(sources: Sources, country: str) -> tuple[Asked, ...]:
    """Read which agencies of a country were asked. Raises DataError."""
    path = asked_file(country)
    if path not in sources:
        return ()
    tree = read_yaml(sources, path)
    shape = validate(tree, AskedShape)
    if shape is None or tree.findings:
        raise DataError(tuple(tree.findings))
    asked: tuple[Asked, ...] = shape.build(tree).asked
    return asked


def asked_text(asked: Iterable[Asked]) -> str:
    rows = [
        pick(item, "agency", "year", "day", "sha256") | ({"reminded": list(item.reminded)} if item.reminded else {})
        for item in asked
    ]
    return _text(ASKED_HEAD, {"asked": rows})


def place_of(received: Received) -> ReceivedPlace:
    return ReceivedPlace(received.country, received.year, received.agency, received.number)


def remarks_place(received: ReceivedRemarks) -> RemarksPlace:
    return RemarksPlace(received.country, received.year, received.language, received.number)
