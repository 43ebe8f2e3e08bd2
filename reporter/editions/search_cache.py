"""Keep what rules found in each edition of a country."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporter.check import SearchedEdition
from reporter.check.rule import Problem
from reporter.data.errors import Finding, Mark
from reporter.data.files.as_json import read_as
from reporter.data.files.published import folder_of
from reporter.data.files.sources import DATA, Sources, checksum, checksum_of
from reporter.data.files.store import Memory, Store
from reporter.data.files.workspace import Workspace
from reporter.data.records import Activity, Confidentiality, Label, Observation, Qualifier, Status
from reporter.data.records.catalogue import Code
from reporter.data.records.message import At, Told, tell
from reporter.editions.job import COMMON, Job, inputs_of

# The most questions, such as a country and a year, whose last answers are kept.
MOST_KEPT = 64
FOLDER, ENDING, SEARCHES = "findings", ".json", "editions"
# What reading a damaged or wrong file raises.
UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The findings of a check, and the languages of the workspace."""

    findings: tuple[Finding, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """The kept answers to a question about a snapshot, in a `folder` and in the `memory` of a running program.
    `program` is the `check_digest`. An answer depends on these, on the names of all files, and on the contents of the
    files read for it, which a snapshot knows."""

    folder: Path
    program: str
    sources: Sources
    question: str
    memory: Memory | None = None

    def recall(self, part: str, make: Callable[[Sources], Iterable[Finding]]) -> tuple[Finding, ...]:
        cache = replace(self, sources=self.sources.unread(), question=part)
        answer = cache.find()
        if answer is None:
            answer = CheckAnswer(tuple(make(cache.sources)), ())
            cache.keep(answer)
        return answer.findings

    def find(self) -> CheckAnswer | None:
        """The answer, or None if none is kept, anything has changed, or the file is damaged or of another program."""
        try:
            record = read_kept(self._store(), checksum(self.question))
            if any(record.get(name) != value for name, value in self._state().items()):
                return None
            if any(self.sources[path].sha256 != sha256 for path, sha256 in record["read"].items()):
                return None
            return CheckAnswer(
                tuple(
                    replace(read_as(Finding, plain_finding), message=read_as(str, from_plain(plain_finding["told"])))
                    for plain_finding in record["findings"]
                ),
                read_as(tuple[str, ...], record["languages"]),
            )
        except UNREADABLE:
            return None

    def keep(self, answer: CheckAnswer) -> None:
        read = {path: file.sha256 for path, file in self.sources.items() if file.is_read}
        findings = [plain_record(finding) | {"told": to_plain(finding.message)} for finding in answer.findings]
        record = self._state() | {"read": read, "languages": answer.languages, "findings": findings}
        store = self._store()
        store.keep(checksum(self.question), json.dumps(record).encode())
        store.clear()

    def _store(self) -> Store:
        return Store(self.folder, ENDING, MOST_KEPT)

    def _state(self) -> dict[str, object]:
        names = checksum_of(f"{path}\n" for path in self.sources)
        return {"question": self.question, "program": self.program, "names": names}


def findings_of(workspace: Workspace) -> Path:
    """The folder of answers, with the findings of single editions below."""
    return workspace.cache / FOLDER


def read_kept(store: Store, key: str) -> dict[str, Any]:
    """The content kept by a key; empty if damaged."""
    try:
        content = json.loads(store.find(key) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def plain_record(record: Any) -> dict[str, object]:  # noqa: ANN401 - a finding, or a problem of a room that loads late
    plain = {field.name: getattr(record, field.name) for field in fields(record)}
    return plain | {"mark": (record.mark.path, record.mark.line, record.mark.column)}


def to_plain(part: object) -> object:
    """A message, or a part of one, as plain values. Raises TypeError for anything else."""
    match part:
        case Told():
            return {"frame": part.frame, "parts": {name: to_plain(piece) for name, piece in part.parts.items()}}
        case tuple():
            return [to_plain(member) for member in part]
        case At():
            return {"at": part.address}
        case Activity(code=code, title=label) | Code(code=code, label=label):
            return {"code": code, "label": [list(pair) for pair in label.texts]}
        case Observation():
            names = [part.status.name, part.qualifier.name, part.confidentiality.name]
            return {"seen": [part.indicator, part.year, None if part.value is None else str(part.value), *names]}
        case Decimal():
            return {"number": str(part)}
        case None | str() | bool() | int():
            return part
    raise TypeError(part)


def from_plain(plain: object) -> object:
    """The message, or its part, from plain values. An activity or catalogue record becomes a code with its label.
    Raises ValueError, TypeError or LookupError for anything else."""
    match plain:
        case {"frame": str() as frame, "parts": dict() as parts}:
            return tell(frame, **{name: from_plain(piece) for name, piece in parts.items()})
        case list():
            return tuple(map(from_plain, plain))
        case {"at": str() as address}:
            return At(address)
        case {"code": str() as code, "label": list() as label}:
            return Code(code=code, label=Label(tuple((language, text) for language, text in label)))
        case {"seen": [str() as indicator, int() as year, value, status, qualifier, confidentiality]}:
            return Observation(
                country="",
                year=year,
                indicator=indicator,
                value=None if value is None else Decimal(value),
                mark=Mark("", 1, 1),
                vintage=year,
                source="",
                status=Status[status],
                qualifier=Qualifier[qualifier],
                confidentiality=Confidentiality[confidentiality],
            )
        case {"number": str() as number}:
            return Decimal(number)
        case None | str() | bool() | int():
            return plain
    raise TypeError(plain)


class KeptSearches:
    """The findings in a country's editions, kept in a folder. They depend on the program, the settings and the
    catalogue, on the country's files up to the year of the edition, the names of all its files, and what else the
    edition sees. A `memory` needs no file."""

    def __init__(
        self, folder: Path | None, program: str, sources: Sources, country: str, memory: Memory | None = None
    ) -> None:
        self.memory, self.country = memory or Memory(), country
        own, published = f"{DATA}/{country}/", f"{folder_of(country)}/"
        self.store = Store(folder and folder / SEARCHES, ENDING)
        self.store.clear()
        self.sources = sources.only(
            lambda path: path in COMMON or (path.startswith(own) and not path.startswith(published))
        )
        self._all = "\n".join((program, country, *self.sources))

    def find(self, year: int, sees: str) -> SearchedEdition | None:
        digest = self._digest(year, sees)
        searched_edition: SearchedEdition | None = self.memory.find(digest)
        if searched_edition:
            return searched_edition
        try:
            plain = read_kept(self.store, digest)
            problems = tuple(
                (str(item["rule"]), replace(read_as(Problem, item), message=read_as(str, from_plain(item["told"]))))
                for item in plain["problems"]
            )
            searched_edition = SearchedEdition(problems, tuple(map(str, plain["unread"])))
        except UNREADABLE:
            return None
        self.memory.keep(digest, searched_edition)
        return searched_edition

    def add(self, year: int, sees: str, searched: SearchedEdition) -> None:
        digest = self._digest(year, sees)
        problems = [
            plain_record(item) | {"rule": code, "told": to_plain(item.message)} for code, item in searched.problems
        ]
        self.memory.keep(digest, searched)
        self.store.keep(digest, json.dumps({"problems": problems, "unread": searched.unread}).encode())

    def _digest(self, year: int, sees: str) -> str:
        read = inputs_of(self.sources, Job(self.country, year, ""))
        files = "".join(f"{path} {file.sha256}\n" for path, file in read.items())
        return checksum(f"{self._all}\n{year}\n{files}{sees}")
