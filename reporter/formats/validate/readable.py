"""Check that a file can be opened, and say why not. The checkers themselves would tell of their parsers."""

from dataclasses import dataclass
from pathlib import Path

import pikepdf

from reporter.data.errors import ReporterError
from reporter.data.files.file_type import PACKAGE, PDF, kind_of


class UnreadableError(ReporterError):
    """A file that a checker cannot read. It is no PDF, damaged, encrypted or without tags."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a file breaks, how often and where first. `checker` is whose rule it is, `message` what it asks for
    or what is wrong."""

    checker: str
    rule: str
    count: int
    message: str
    place: str = ""

    def __str__(self) -> str:
        text = f"{self.checker} {self.rule}: {self.message}" + (f" ({self.count} times)" if self.count > 1 else "")
        return f"{text}\n  first at: {self.place}" if self.place else text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a checker found in a file, by one profile. `rules` is how many rules the profile has."""

    checker: str
    version: str
    profile: str
    rules: int
    failures: tuple[Failure, ...] = ()

    def plain(self) -> dict[str, str | int]:
        failed = len({each.rule for each in self.failures})
        values: dict[str, str | int] = {"checker": self.checker, "version": self.version, "profile": self.profile}
        return values | {"rules": self.rules, "passed": self.rules - failed, "failed": failed}


DAMAGED, AGAIN = "the file is damaged", "make or copy it anew"


def require_pdf(path: Path) -> None:
    """Raise UnreadableError unless the file is a whole PDF without password. It says what another file is."""
    kind = kind_of(path.read_bytes())
    if kind != PDF:
        hint = f"run: reporter verify {path}" if kind == PACKAGE else "name a PDF, such as those under build/"
        raise UnreadableError(f"this is no PDF, but {kind}", hint=hint)
    try:
        # Recovery would find a PDF in whatever holds parts of one.
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False):
            return
    except pikepdf.PasswordError:
        raise UnreadableError("the file is locked by a password", hint="save it without one") from None
    except pikepdf.PdfError:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None
