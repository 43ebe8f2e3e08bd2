"""What a verification finds, as values."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import ReporterError


class Verdict(StrEnum):
    """How a check ends: it may also be impossible here, or have nothing to look at."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with a package: the file of it that is concerned, and what is wrong."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{printable(self.file)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found: its name, its verdict, what it saw in lines for people, and every defect."""

    check: str
    verdict: Verdict
    seen: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()


def result_of(check: str, seen: tuple[str, ...], defects: tuple[Defect, ...]) -> Result:
    """The result of a check that could be made."""
    return Result(check, Verdict.FAILED if defects else Verdict.PASSED, seen, defects)


def printable(text: str) -> str:
    """A text from outside without what could steer a terminal."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


class PackageError(ReporterError):
    """A file is not a package that may be opened; carries every reason."""

    def __init__(self, name: str, defects: tuple[Defect, ...]) -> None:
        super().__init__(
            "\n".join(map(str, defects)),
            hint=f"do not unpack {name}: ask the sender for it again, and how its checksum reads",
        )
        self.defects = defects
