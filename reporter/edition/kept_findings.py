"""Keep what a check found, while nothing that it read has changed.

Imports nothing heavy: to show it again costs no reading of data.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from reporter.errors import Finding, Mark, ReporterError, Severity
from reporter.files.checksum import checksum, checksum_of
from reporter.files.sources import Sources
from reporter.files.writing import remove, write_whole

# Of so many questions, such as a country and a year, the last answers are kept.
MOST_KEPT = 64
ENDING = ".json"
TEXTS = frozenset(each.name for each in fields(Finding) if each.type is str)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The findings that a check shows, and the languages of the workspace.

    It is `secret` if one of them depends on a withheld number: it is told on screen, and kept in no file.
    """

    findings: tuple[Finding, ...]
    languages: tuple[str, ...]
    secret: bool = False


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """The kept answers to a question asked of a snapshot.

    They lie in a `folder`. `program` is what `check_digest` says. An answer depends on these, on the names of all files
    and on what stands in those that were read for it: a snapshot knows which.
    """

    folder: Path
    program: str
    sources: Sources
    question: str

    @property
    def path(self) -> Path:
        """The file of the answer."""
        return self.folder / f"{checksum(self.question)}{ENDING}"

    def find(self) -> CheckAnswer | None:
        """The answer, or None if none is kept or anything has changed.

        A file that is damaged, or of another program, counts as none.
        """
        try:
            known = _opened(self.path) if self.path.is_file() else {}
            if any(known.get(name) != value for name, value in self._state().items()):
                return None
            if any(self.sources[path].sha256 != sha256 for path, sha256 in known["read"].items()):
                return None
            languages = tuple(_text(each) for each in known["languages"])
            return CheckAnswer(tuple(map(_finding, known["findings"])), languages)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None

    def keep(self, answer: CheckAnswer) -> None:
        """Keep an answer; when it cannot be written, nothing is lost."""
        if answer.secret:
            remove(self.path)
            return
        read = {path: each.sha256 for path, each in self.sources.items() if each.is_read}
        findings = [asdict(each) for each in answer.findings]
        text = json.dumps({**self._state(), "read": read, "languages": answer.languages, "findings": findings})
        with suppress(ReporterError, OSError):
            write_whole(self.path, f"{checksum(text)}\n{text}".encode())
            answers = sorted(self.folder.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)
            for path in answers[:-MOST_KEPT]:
                remove(path)

    def _state(self) -> dict[str, str]:
        """What must be as it was, besides what was read."""
        names = checksum_of(f"{path}\n" for path in self.sources)
        return {"question": self.question, "program": self.program, "names": names}


def _opened(path: Path) -> dict[str, Any]:
    """What a file holds; raises ValueError when it is damaged."""
    said, _, text = path.read_text(encoding="utf-8").partition("\n")
    if said != checksum(text):
        raise ValueError(path)
    found: dict[str, Any] = json.loads(text)
    return found


def _finding(plain: dict[str, Any]) -> Finding:
    """A finding from plain values.

    Raises TypeError, ValueError or KeyError for what is none.
    """
    texts = {name: _text(plain[name]) for name in TEXTS}
    mark, year, private = plain["mark"], plain["year"], plain["private"]
    values = tuple((_number(year), _text(address), _text(value)) for year, address, value in plain["values"])
    return Finding(
        **texts,
        severity=Severity(plain["severity"]),
        mark=Mark(_text(mark["path"]), _number(mark["line"]), _number(mark["column"])),
        year=None if year is None else _number(year),
        values=values,
        private=private is True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
