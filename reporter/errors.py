"""Where and how things go wrong: places, findings, and the one exception that stops the program."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum, StrEnum

# The file of a year, or its text; a file with another ending is nobody's.
OF_A_YEAR = re.compile(r"(?:.*/)?([12]\d{3})\.(?:yaml|md)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file of the workspace: path relative to it, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a finding weighs: an error blocks the build unless it is accepted."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in the data: what is wrong, where, and what to do about it.

    `figure` is the address of the figure concerned (`persons.prosecuted`), `year` its reference
    year; together with `code` they are what an `accepted:` entry names. `title` is what its rule finds,
    in a line that can be translated.
    """

    severity: Severity
    code: str
    message: str
    mark: Mark
    hint: str = ""
    figure: str = ""
    year: int | None = None
    accepted: str = ""
    title: str = ""

    @property
    def since(self) -> int:
        """The earliest edition that prints what it is about: not before its year, nor before its file; 0 for all."""
        found = OF_A_YEAR.fullmatch(self.mark.path)
        return max(self.year or 0, int(found[1]) if found else 0)

    def plain(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "path": self.mark.path,
            "line": self.mark.line,
            "column": self.mark.column,
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "figure": self.figure,
            "year": self.year,
            "accepted": self.accepted,
        }

    def __str__(self) -> str:
        text = f"{self.mark}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, or the first few when none is near."""
    words = sorted(known)
    near = get_close_matches(word, words, 1, 0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(words[:8])}{', …' if len(words) > 8 else ''}" if words else "none is known"


class ExitCode(IntEnum):
    """What the program tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FAULT = 3


class ReporterError(Exception):
    """A reason to stop: one message, perhaps a place and a remedy, and the exit code to leave with."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, *, hint: str = "", mark: Mark | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.mark = mark

    def __str__(self) -> str:
        text = f"{self.mark}: {self.message}" if self.mark else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class UsageError(ReporterError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class LetterError(ReporterError):
    """Pages have characters that no font of the theme has: the system would put in a font of its own."""

    def __init__(self, letters: str) -> None:
        named = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in letters)
        super().__init__(f"no font of the theme has {named}", hint="choose a theme whose fonts have them")
        self.letters = letters


class DataError(ReporterError):
    """The files cannot be read as a dataset; carries every finding, in file order."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        count = len(findings)
        super().__init__(f"{count} error{'s' if count != 1 else ''} in the data")
        self.findings = findings

    @property
    def closing(self) -> str:
        """How many there are, and what did not happen because of them."""
        return f"{self}; nothing was written"


class FileError(DataError):
    """A file that the command line names is not what it must be; carries every finding, in its order."""

    exit_code = ExitCode.USAGE

    @property
    def closing(self) -> str:
        """How many there are in which file, and what did not happen because of them."""
        return f"{str(self).removesuffix('the data')}{self.findings[0].mark.path}; nothing was compared"
