"""Keep what a check found, while nothing that it read has changed. Imports nothing heavy: to show it again costs no
reading of data."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from reporter.errors import Finding, Mark, ReporterError, Severity
from reporter.files.checksum import checksum, checksum_of
from reporter.files.memory import Memory
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import remove_oldest, write_whole

# Of so many questions, such as a country and a year, the last answers are kept.
MOST_KEPT = 64
FOLDER, ENDING, SEARCHES = "findings", ".json", "editions"
# What a file raises that is damaged, or holds something else.
UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The findings that a check shows, and the languages of the workspace."""

    findings: tuple[Finding, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """The kept answers to a question asked of a snapshot. They lie in a `folder`, and a `memory` of a program that
    stays knows more. `program` is what `check_digest` says. An answer depends on these, on the names of all files and
    on what stands in those that were read for it: a snapshot knows which."""

    folder: Path
    program: str
    sources: Sources
    question: str
    memory: Memory | None = None

    @property
    def path(self) -> Path:
        return self.folder / f"{checksum(self.question)}{ENDING}"

    def recall(self, part: str, make: Callable[[Sources], Iterable[Finding]]) -> tuple[Finding, ...]:
        kept = replace(self, sources=self.sources.unread(), question=part)
        answer = kept.find()
        if answer is None:
            answer = CheckAnswer(tuple(make(kept.sources)), ())
            kept.keep(answer)
        return answer.findings

    def find(self) -> CheckAnswer | None:
        """The answer, or None if none is kept or anything has changed. A file that is damaged, or of another program,
        counts as none."""
        try:
            known = open_kept(self.path)
            if any(known.get(name) != value for name, value in self._state().items()):
                return None
            if any(self.sources[path].sha256 != sha256 for path, sha256 in known["read"].items()):
                return None
            languages = tuple(_text(each) for each in known["languages"])
            return CheckAnswer(tuple(map(_finding, known["findings"])), languages)
        except UNREADABLE:
            return None

    def keep(self, answer: CheckAnswer) -> None:
        """Keep an answer; when it cannot be written, nothing is lost."""
        read = {path: each.sha256 for path, each in self.sources.items() if each.is_read}
        findings = [plain_record(each) for each in answer.findings]
        with suppress(ReporterError, OSError):
            write_kept(self.path, self._state() | {"read": read, "languages": answer.languages, "findings": findings})
            remove_oldest(self.folder, f"*{ENDING}", MOST_KEPT)

    def _state(self) -> dict[str, object]:
        names = checksum_of(f"{path}\n" for path in self.sources)
        return {"question": self.question, "program": self.program, "names": names}


def findings_of(workspace: Workspace) -> Path:
    """The folder of answers. Below it lies what was found in single editions."""
    return workspace.cache / FOLDER


def write_kept(path: Path, content: Mapping[str, object]) -> None:
    """Write what is kept, behind its checksum. Raises ReporterError when it cannot be written."""
    text = json.dumps(content)
    write_whole(path, f"{checksum(text)}\n{text}".encode())


def open_kept(path: Path) -> dict[str, Any]:
    """What is kept in a file, nothing without one. Raises one of UNREADABLE when it is damaged."""
    if not path.is_file():
        return {}
    said, _, text = path.read_text(encoding="utf-8").partition("\n")
    if said != checksum(text):
        raise ValueError(path)
    found: dict[str, Any] = json.loads(text)
    return found


def plain_record(record: Any) -> dict[str, object]:  # noqa: ANN401 - a finding, or a problem of a room that loads late
    plain = {each.name: getattr(record, each.name) for each in fields(record)}
    return plain | {"mark": (record.mark.path, record.mark.line, record.mark.column)}


def common_parts(plain: dict[str, Any]) -> dict[str, Any]:
    """What a finding and the problem it tells of have in common. Raises one of UNREADABLE for what is neither."""
    (path, line, column), year = plain["mark"], plain["year"]
    values = tuple((_number(of), _text(address), _text(value)) for of, address, value in plain["values"])
    texts = {name: _text(plain[name]) for name in ("message", "hint", "figure", "undecided", "words")}
    mark = Mark(_text(path), _number(line), _number(column))
    return {**texts, "mark": mark, "year": None if year is None else _number(year), "values": values}


def _finding(plain: dict[str, Any]) -> Finding:
    return Finding(
        **common_parts(plain),
        severity=Severity(plain["severity"]),
        code=_text(plain["code"]),
        accepted=_text(plain["accepted"]),
        title=_text(plain["title"]),
        private=plain["private"] is True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
