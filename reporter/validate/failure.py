"""The findings of a checker, and the error for unreadable files."""

from dataclasses import dataclass

from reporter.errors import ReporterError


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
        """Plain values for a file, with numbers of rules passed and failed."""
        failed = len({each.rule for each in self.failures})
        values: dict[str, str | int] = {"checker": self.checker, "version": self.version, "profile": self.profile}
        return values | {"rules": self.rules, "passed": self.rules - failed, "failed": failed}
