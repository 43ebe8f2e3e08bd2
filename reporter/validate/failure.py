"""What a checker finds of a PDF, as a value; and what cannot be looked at."""

from dataclasses import dataclass

from reporter.errors import ReporterError


class UnreadableError(ReporterError):
    """A file that a checker cannot look at: no PDF, damaged, encrypted, without tags."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a file breaks: whose rule, its name, how often, what it asks for, and the first place."""

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
    """What a checker made of a file: its name and version, the profile, how many rules that has, and what is wrong."""

    checker: str
    version: str
    profile: str
    rules: int
    failures: tuple[Failure, ...] = ()

    def plain(self) -> dict[str, str | int]:
        """The same for a file, in numbers of rules."""
        failed = len({each.rule for each in self.failures})
        told: dict[str, str | int] = {"checker": self.checker, "version": self.version, "profile": self.profile}
        return told | {"rules": self.rules, "passed": self.rules - failed, "failed": failed}
