"""Paths of the records of what agencies sent, one file per workbook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reporter.data.files.sources import DATA, Sources
from reporter.data.files.workspace import Workspace

RECEIVED, FORMS = "received", "forms"
# Files published by Eurostat, to compare with what is sent.
EUROSTAT, PUBLISHED = "eurostat", (".csv", ".tsv", ".csv.gz", ".tsv.gz")
# The agency, the year, and from the second workbook on its number.
RECORD = re.compile(
    rf"{DATA}/([A-Z]{{2}})/{RECEIVED}/([a-z][a-z0-9_]*)-([12]\d{{3}})(?:-([2-9]|[1-9]\d))?\.yaml", re.ASCII
)

INSIDE, ASKED = re.compile(rf"{DATA}/[^/]+/{RECEIVED}/"), "asked.yaml"


@dataclass(frozen=True, slots=True, order=True)
class ReceivedPlace:
    """Where the record of one workbook is stored."""

    country: str
    year: int
    agency: str
    number: int

    @property
    def path(self) -> str:
        number = f"-{self.number}" if self.number > 1 else ""
        return f"{DATA}/{self.country}/{RECEIVED}/{self.agency}-{self.year}{number}.yaml"


def received_places(sources: Sources, country: str) -> Iterator[ReceivedPlace]:
    for path in sources:
        if (match := RECORD.fullmatch(path)) and match[1] == country:
            yield ReceivedPlace(match[1], int(match[3]), match[2], int(match[4] or 1))


def asked_file(country: str) -> str:
    return f"{DATA}/{country}/{RECEIVED}/{ASKED}"


def is_received(path: str) -> bool:
    return bool(INSIDE.match(path))


def forms_folder(workspace: Workspace, country: str) -> Path:
    return workspace.output / country / FORMS


def published_files(sources: Sources, country: str) -> tuple[str, ...]:
    """Files of Eurostat stored with what agencies sent; part of no edition."""
    folder = f"{DATA}/{country}/{RECEIVED}/{EUROSTAT}"
    return tuple(f"{folder}/{name}" for name in sources.below(folder) if name.lower().endswith(PUBLISHED))


REMARKS = "remarks"
# The year, the language, and the number of the Word file.
REMARKS_FILE = re.compile(
    rf"{DATA}/([A-Z]{{2}})/{RECEIVED}/{REMARKS}/([12]\d{{3}})-([a-z]{{2,3}})-([1-9]\d{{0,2}})\.yaml", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class RemarksPlace:
    country: str
    year: int
    language: str
    number: int

    @property
    def path(self) -> str:
        return f"{DATA}/{self.country}/{RECEIVED}/{REMARKS}/{self.year}-{self.language}-{self.number}.yaml"


def remarks_places(sources: Sources, country: str) -> Iterator[RemarksPlace]:
    for path in sources:
        if (match := REMARKS_FILE.fullmatch(path)) and match[1] == country:
            yield RemarksPlace(match[1], int(match[2]), match[3], int(match[4]))
