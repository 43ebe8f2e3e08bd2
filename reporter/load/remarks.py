"""Read and write what reviewers said, under `data/LT/received/remarks/`."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from reporter.errors import DataError, Finding, Mark
from reporter.files.as_json import pick
from reporter.files.received import RemarksPlace, remarks_places
from reporter.files.sources import Sources
from reporter.load.received import quoted_yaml
from reporter.load.shape_errors import validate
from reporter.load.written import Written
from reporter.load.yaml_tree import read_yaml
from reporter.model import ReceivedRemarks

HEAD = """\
# yaml-language-server: $schema=../../../../schema/remarks.json
# Written by reporter review: what a Word file said, and where. No report is made from it.
"""
RemarksShape = Written[ReceivedRemarks]


def read_remarks(sources: Sources, country: str, years: Iterable[int] = ()) -> tuple[ReceivedRemarks, ...]:
    """Read what reviewers said of a country's editions. For some years or all, in order. Raises DataError where a file
    cannot be read."""
    made: list[ReceivedRemarks] = []
    findings: list[Finding] = []
    wanted = frozenset(years)
    for place in sorted(remarks_places(sources, country)):
        if wanted and place.year not in wanted:
            continue
        tree = read_yaml(sources, place.path)
        shape = validate(tree, RemarksShape)
        if shape:
            made.append(shape.made(tree, **pick(place, "country", "year", "language", "number")))
        findings += tree.findings
    if findings:
        raise DataError(tuple(findings))
    return tuple(made)


def remarks_text(received: ReceivedRemarks) -> str:
    told: dict[str, object] = {"file": received.file} | pick(received, "sha256", "received")
    told["remarks"] = {each.number: dict(_said(each, "number")) for each in received.remarks}
    return HEAD + quoted_yaml(told)


def remarks_place(received: ReceivedRemarks) -> RemarksPlace:
    return RemarksPlace(received.country, received.year, received.language, received.number)


def _said(record: object, *without: str) -> Iterator[tuple[str, object]]:
    """What a record says, without what is empty and its place."""
    for each in fields(record):  # type: ignore[arg-type]
        value = getattr(record, each.name)
        if each.name in without or isinstance(value, Mark) or not value:
            continue
        yield each.name, [dict(_said(one)) for one in value] if isinstance(value, tuple) else value
