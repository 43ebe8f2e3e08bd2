"""The results of verifying a package."""

from dataclasses import dataclass, field
from enum import StrEnum

from reporter.data.errors import ReporterError


class Verdict(StrEnum):
    """The outcome of a check. ABSENT: nothing to check. UNCHECKED: not possible here. UNPROVEN: no defect, no proof."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    UNCHECKED = "not checked"
    UNPROVEN = "not proved"


@dataclass(frozen=True, slots=True)
class Defect:
    file: str
    message: str

    def __str__(self) -> str:
        return f"{printable(self.file)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a check; `details` are lines for people about what was checked."""

    check: str
    verdict: Verdict
    details: tuple[str, ...] = field(default=(), metadata={"key": "seen"})
    defects: tuple[Defect, ...] = ()


def result_of(check: str, details: tuple[str, ...], defects: tuple[Defect, ...]) -> Result:
    return Result(check, Verdict.FAILED if defects else Verdict.PASSED, details, defects)


def printable(text: str) -> str:
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


class PackageError(ReporterError):
    """A file is not a package that may be opened; `defects` has all reasons."""

    def __init__(self, name: str, defects: tuple[Defect, ...]) -> None:
        super().__init__(
            "\n".join(map(str, defects)),
            hint=f"do not unpack {name}: ask the sender to send it again, with its checksum",
        )
        self.defects = defects
