"""Answer remarks of reviewers, or dismiss them, with a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporter.data.errors import UsageError
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.received import read_remarks, remarks_place
from reporter.data.records import ReceivedRemarks, ReviewRemark
from reporter.data.write.applying import Writer
from reporter.data.write.written_steps import Step, step_to, write_or_refuse

# What is decided of a remark, in the order of its record.
ANSWER, DISMISSED, BY, DECIDED = "answer", "dismissed", "by", "decided"


@dataclass(frozen=True, slots=True)
class FiledRemark:
    """A remark, and the Word file that it came in."""

    received: ReceivedRemarks
    remark: ReviewRemark


def filed_remarks(sources: Sources, country: str, year: int) -> tuple[FiledRemark, ...]:
    found = (FiledRemark(came, each) for came in read_remarks(sources, country, (year,)) for each in came.remarks)
    return tuple(sorted(found, key=lambda each: int(each.remark.number) if each.remark.number.isdigit() else 0))


def remark_numbered(found: Sequence[FiledRemark], number: str) -> FiledRemark:
    """The remark of a number; raises UsageError where there is none."""
    wanted = next((each for each in found if each.remark.number == number), None)
    if wanted is None:
        known = ", ".join(each.remark.number for each in found if each.remark.is_open)
        raise UsageError(f"there is no remark {number}", hint=f"open are {known}" if known else "none is open")
    return wanted


def deciding_remark(filed: FiledRemark, kind: str, words: str, by: tuple[str, str]) -> list[Step]:
    """The steps that answer a remark, or dismiss it. `by` are the person and the day.

    Raises UsageError without words."""
    words = " ".join(words.split())
    if not any(map(str.isalnum, words)):
        raise UsageError(f"what becomes of remark {filed.remark.number} is not said", hint="say it in a few words")
    other = DISMISSED if kind == ANSWER else ANSWER
    return _steps(filed, {kind: words, other: None, BY: by[0], DECIDED: by[1]})


def reopening_remark(filed: FiledRemark) -> list[Step]:
    return _steps(filed, dict.fromkeys((ANSWER, DISMISSED, BY, DECIDED)))


def decide_remarks(workspace: Workspace, steps: Iterable[Step], writer: Writer) -> None:
    """Write what was decided, all or nothing; raises ReporterError."""
    write_or_refuse(workspace, writer, list(steps), "look at the remarks again")


def _steps(filed: FiledRemark, values: dict[str, str | None]) -> list[Step]:
    file, remark = remarks_place(filed.received).path, ("remarks", filed.remark.number)
    return [step_to(file, (*remark, name), words) for name, words in values.items()]
