"""Findings, their places in files, and the exceptions that stop the program."""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from functools import partial
from unicodedata import name

# The file or text of a year; a file with another ending is never read.
OF_A_YEAR = re.compile(r"(?:.*/)?([12]\d{3})\.(?:yaml|md)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a workspace file: `path` is relative to the workspace, line and column are counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


# The values a finding is based on: year (0 is every year), address and value as a file writes it, in this order.
Values = tuple[tuple[int, str, str], ...]
EVERY_YEAR = "always"
# A key of a figure and a word to add to it: `incomplete` and `form`, for `incomplete: [form]`.
Remedy = tuple[str, str]
NO_REMEDY: Remedy = ("", "")
# Between a message and its hint, on a terminal.
HINT = "\n  hint: "
# Not a key: the text is to be written in the language that the word names.
LANGUAGE = "language"


class Severity(StrEnum):
    """The weight of a finding: an error blocks the build unless it is accepted."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Notes about a draft; in a final edition they are errors.
TO_ANSWER = frozenset({"unanswered", "in-brackets", "undecided-text"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in the data with its place and a hint. `figure` is the address of the figure concerned
    (`persons.prosecuted`) and `year` its reference year. An `accepted:` entry identifies a finding by `code`, `figure`,
    `year`, and the `values` and `words` it is based on. `title` is the rule's finding in one translatable line.
    `undecided` names a text of an earlier year that awaits a decision in the edition of `year` alone. A `private`
    finding depends on a withheld number: it is shown on screen, but written to no page or file. `remedy` is what to
    write at the figure to resolve the finding. `country` is set for a finding about one country in a file shared by
    all."""

    severity: Severity
    code: str
    message: str
    mark: Mark
    hint: str = ""
    figure: str = ""
    year: int | None = None
    accepted: str = ""
    title: str = ""
    undecided: str = ""
    values: Values = ()
    words: str = ""
    private: bool = False
    remedy: Remedy = NO_REMEDY
    country: str = ""

    @property
    def since(self) -> int:
        """The earliest edition that prints this: the later of its year and its file's year; 0 if it has neither."""
        match = OF_A_YEAR.fullmatch(self.mark.path)
        return max(self.year or 0, int(match[1]) if match else 0)

    @property
    def is_acceptable(self) -> bool:
        """Whether it can be accepted with a reason: not a note, not without a figure to print it at, not twice."""
        return bool(self.figure) and self.severity is not Severity.NOTE and not self.accepted

    @property
    def asks(self) -> bool:
        """Whether there is something to do; other notes need no action."""
        return not self.accepted and (self.severity is not Severity.NOTE or self.code in TO_ANSWER)

    @property
    def stops(self) -> bool:
        return self.severity is Severity.ERROR and not self.accepted

    @property
    def foundation(self) -> tuple[str, ...]:
        """The lines of an `accepted:` entry that state the values and words it is based on."""
        years = (
            f"{year}: {{{', '.join(f'{address}: {value}' for address, value in of_year.items())}}}"
            for year, of_year in values_by_year(self.values).items()
        )
        values = (f"values: {{{', '.join(years)}}}",) if self.values else ()
        return (*values, f"words: {json.dumps(self.words, ensure_ascii=False)}") if self.words else values

    def plain(self) -> dict[str, object]:
        untold = ("mark", "title", "private", "remedy", "country")
        fields = asdict(self) | {"values": values_by_year(self.values)}
        return asdict(self.mark) | {name: value for name, value in fields.items() if name not in untold}

    def __str__(self) -> str:
        text = f"{self.mark}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}{HINT}{self.hint}" if self.hint else text


def error_at(mark: Mark, code: str, message: str, hint: str = "") -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint)


def counted(findings: Iterable[Finding]) -> Counter[str]:
    return Counter("accepted" if finding.accepted else finding.severity.value for finding in findings)


def waiting_texts(findings: Iterable[Finding]) -> frozenset[str]:
    """The texts of earlier years that an edition would print again without a decision (no warnings)."""
    asked = (finding for finding in findings if finding.severity is not Severity.WARNING and not finding.accepted)
    return frozenset(finding.undecided for finding in asked) - {""}


def unanswered_warnings(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """The warnings without an answer. A decision on a carried-over text also answers the warnings about its words."""
    answered = waiting_texts(findings)
    open_ones = (finding for finding in findings if finding.severity is Severity.WARNING and not finding.accepted)
    return tuple(finding for finding in open_ones if finding.undecided not in answered)


def values_by_year(values: Values) -> dict[str, dict[str, str]]:
    figures_by_year: dict[str, dict[str, str]] = {}
    for year, address, value in values:
        figures_by_year.setdefault(str(year) if year else EVERY_YEAR, {})[address] = value
    return figures_by_year


def nearest(word: str, choices: Iterable[str]) -> str:
    """A hint with the most similar known word, or the first few known words if none is similar."""
    words = sorted(choices)
    # Case is ignored.
    lowered = {choice.lower(): choice for choice in words}
    if near := get_close_matches(word.lower(), lowered, 1, 0.6):
        odd = next((letter for letter in word if letter.isalpha() and not name(letter, "").startswith("LATIN")), "")
        if odd and near[0].isascii():
            return f"write {lowered[near[0]]!r}: the letter {odd!r} in it is not Latin"
        return f"did you mean {lowered[near[0]]!r}?"
    return f"known: {', '.join(words[:8])}{', …' if len(words) > 8 else ''}" if words else "there are none"


def one_line(text: str) -> str:
    """Text from outside as one line that is safe to print on a terminal."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


class ExitCode(IntEnum):
    """The exit codes of the program."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FAULT = 3
    UNPROVEN = 4


class ReporterError(Exception):
    """A reason to stop the program: one message, perhaps a place and a hint, and the exit code."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, *, hint: str = "", mark: Mark | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., "ReporterError"], tuple[object, ...], dict[str, object]]:
        # For other processes: unpickling calls `__init__` with `args`, which lack hint and place.
        return partial(type(self).__new__, type(self)), self.args, self.__dict__

    def __str__(self) -> str:
        text = f"{self.mark}: {self.message}" if self.mark else self.message
        return f"{text}{HINT}{self.hint}" if self.hint else text


class UsageError(ReporterError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class WordedError(UsageError):
    """A request that cannot be met, in translatable words: `values` fill the places in `words` and `remedy`."""

    def __init__(self, words: str, remedy: str, /, **values: object) -> None:
        plain = {name: " and ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}
        super().__init__(words.format(**plain), hint=remedy.format(**plain))
        self.words, self.remedy, self.values = words, remedy, values


class NoPaperError(ReporterError):
    """This machine cannot lay out PDF pages; everything else can be made."""


class LetterError(ReporterError):
    """No font of the theme has some characters of the pages, so that the system would substitute a font of its own."""

    def __init__(self, letters: str) -> None:
        named = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in letters)
        super().__init__(f"no font of the theme has {named}", hint="choose a theme whose fonts have them")
        self.letters = letters


class DataError(ReporterError):
    """The files cannot be read as a dataset. `findings` are in file order."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        count = len(findings)
        super().__init__(f"{count} error{'s' if count != 1 else ''} in the data")
        self.findings = findings

    @property
    def closing(self) -> str:
        """The last line of output: the number of errors, and what was not done."""
        return f"{self}; nothing was written"


class FileError(DataError):
    """A file named on the command line is not as expected; `undone` says what was not done with it."""

    exit_code = ExitCode.USAGE

    def __init__(self, findings: tuple[Finding, ...], undone: str = "nothing was compared") -> None:
        super().__init__(findings)
        self.undone = undone

    @classmethod
    def at(cls, mark: Mark, code: str, message: str, hint: str) -> "FileError":
        return cls((error_at(mark, code, message, hint),))

    @property
    def closing(self) -> str:
        return f"{str(self).removesuffix('the data')}{self.findings[0].mark.path}; {self.undone}"
