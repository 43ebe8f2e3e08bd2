"""Findings, their places, and the exception that stops the program."""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from functools import partial

# The file of a year, or its text; a file with another ending is nobody's.
OF_A_YEAR = re.compile(r"(?:.*/)?([12]\d{3})\.(?:yaml|md)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file of the workspace. `path` is relative to the workspace; line and column are counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


# The values that a finding rests on: year, address and value as a file writes it, in this order; 0 is every year.
Values = tuple[tuple[int, str, str], ...]
EVERY_YEAR = "always"
# A key of a figure and a word that is written there: `incomplete` and `form`, for `incomplete: [form]`.
Remedy = tuple[str, str]
NO_REMEDY: Remedy = ("", "")


class Severity(StrEnum):
    """The weight of a finding. An error blocks the build unless it is accepted."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Notes about a draft; what is left of them when it is final is an error.
TO_ANSWER = frozenset({"unanswered", "in-brackets", "undecided-text"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in the data with its place and a remedy. `figure` is the address of the figure concerned
    (`persons.prosecuted`), `year` its reference year, `values` and `words` what it rests on: together with `code` they
    are what an `accepted:` entry names. `title` is the finding of its rule, in a line that can be translated.
    `undecided` is a text of an earlier year that waits for a decision in the edition of `year`; no other edition is
    concerned. What is `private` depends on a withheld number: it is told on screen, and on no page and in no file.
    `remedy` is what can be written at the figure so that the finding goes. A finding in a file of all countries that is
    about one of them alone has its code as `country`."""

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
        """The earliest edition in which this finding is printed. The later one of its year and the year of its file; 0
        when it has neither and belongs to all."""
        found = OF_A_YEAR.fullmatch(self.mark.path)
        return max(self.year or 0, int(found[1]) if found else 0)

    @property
    def is_acceptable(self) -> bool:
        """Return whether somebody may answer for it, with a reason. Not for what asks for nothing, nor where nothing
        could be printed; nor again."""
        return bool(self.figure) and self.severity is not Severity.NOTE and not self.accepted

    @property
    def asks(self) -> bool:
        """Whether there is something to do; other notes ask for nothing."""
        return not self.accepted and (self.severity is not Severity.NOTE or self.code in TO_ANSWER)

    @property
    def stops(self) -> bool:
        return self.severity is Severity.ERROR and not self.accepted

    @property
    def foundation(self) -> tuple[str, ...]:
        """The lines of an `accepted:` entry that say what it rests on."""
        years = (
            f"{year}: {{{', '.join(f'{address}: {value}' for address, value in of_year.items())}}}"
            for year, of_year in values_by_year(self.values).items()
        )
        values = (f"values: {{{', '.join(years)}}}",) if self.values else ()
        return (*values, f"words: {json.dumps(self.words, ensure_ascii=False)}") if self.words else values

    def plain(self) -> dict[str, object]:
        untold = ("mark", "title", "private", "remedy", "country")
        known = asdict(self) | {"values": values_by_year(self.values)}
        return asdict(self.mark) | {name: value for name, value in known.items() if name not in untold}

    def __str__(self) -> str:
        text = f"{self.mark}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def error_at(mark: Mark, code: str, message: str, hint: str = "") -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint)


def counted(findings: Iterable[Finding]) -> Counter[str]:
    return Counter("accepted" if each.accepted else each.severity.value for each in findings)


def waiting_texts(findings: Iterable[Finding]) -> frozenset[str]:
    """The texts of earlier years that an edition prints again and that nobody has decided on. Words of an earlier year
    in a text of the year itself are a warning."""
    asked = (each for each in findings if each.severity is not Severity.WARNING and not each.accepted)
    return frozenset(each.undecided for each in asked) - {""}


def unanswered_warnings(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """The warnings that nobody answered. The decision on a text that waits answers what is found in its words, too."""
    answered = waiting_texts(findings)
    open_ones = (each for each in findings if each.severity is Severity.WARNING and not each.accepted)
    return tuple(each for each in open_ones if each.undecided not in answered)


def values_by_year(values: Values) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for year, address, value in values:
        found.setdefault(str(year) if year else EVERY_YEAR, {})[address] = value
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word. The first few known words when none is near."""
    words = sorted(known)
    # Capitals are no difference.
    lowered = {each.lower(): each for each in words}
    near = get_close_matches(word.lower(), lowered, 1, 0.6)
    if near:
        return f"did you mean {lowered[near[0]]!r}?"
    return f"known: {', '.join(words[:8])}{', …' if len(words) > 8 else ''}" if words else "none is known"


def one_line(text: str) -> str:
    """Words from outside as one line that a terminal prints as it is."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


class ExitCode(IntEnum):
    """The exit codes of the program."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    FAULT = 3
    UNPROVEN = 4


class ReporterError(Exception):
    """A reason to stop the program. One message, perhaps a place and a hint, and the exit code."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, message: str, *, hint: str = "", mark: Mark | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., "ReporterError"], tuple[object, ...], dict[str, object]]:
        # It comes back from another process; `__init__` takes what the arguments of an exception do not hold.
        return partial(type(self).__new__, type(self)), self.args, self.__dict__

    def __str__(self) -> str:
        text = f"{self.mark}: {self.message}" if self.mark else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class UsageError(ReporterError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class WordedError(UsageError):
    """What is asked for cannot be, in words that can be translated. In `words` and `remedy` stand `values`, of which
    some are several words."""

    def __init__(self, words: str, remedy: str, /, **values: object) -> None:
        plain = {name: " and ".join(each) if isinstance(each, tuple) else each for name, each in values.items()}
        super().__init__(words.format(**plain), hint=remedy.format(**plain))
        self.words, self.remedy, self.values = words, remedy, values


class NoPaperError(ReporterError):
    """This machine cannot lay out pages of paper. Everything but the PDF is made without."""


class LetterError(ReporterError):
    """No font of the theme has some characters of the pages. The system would use a font of its own for them."""

    def __init__(self, letters: str) -> None:
        named = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in letters)
        super().__init__(f"no font of the theme has {named}", hint="choose a theme whose fonts have them")
        self.letters = letters


class DataError(ReporterError):
    """The files cannot be read as a dataset. `findings` holds every finding, in file order."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        count = len(findings)
        super().__init__(f"{count} error{'s' if count != 1 else ''} in the data")
        self.findings = findings

    @property
    def closing(self) -> str:
        """The last line of output: how many errors, what was not done."""
        return f"{self}; nothing was written"


class FileError(DataError):
    """A file named on the command line is not as expected. `findings` holds every finding, in its order; `undone` says
    what was not done with it."""

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
