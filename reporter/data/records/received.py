"""What was received: answers in agencies' workbooks by cell, and reviewers' remarks in a Word file. An imported
publication is recorded as an agency's answers."""

from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark
from reporter.data.records.statement import About, Date, Elsewhere, Explained, Key, Name, PlainWords, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnswer:
    """An agency's answer about a figure, and its place."""

    figure: Key[str]
    value: Annotated[str, About("The value as written in the file of a year")]
    cell: Annotated[PlainWords, About("The sheet and the cell of the workbook, or the line of a publication")]
    remark: Annotated[PlainWords, About("The agency's remark on it")] = ""
    source: Annotated[PlainWords, About("The source named by the agency")] = ""
    definition: Annotated[str, About("Code of the definition used by a publication; default: the usual one")] = ""
    reason: Annotated[
        PlainWords, About("Why the file of the year has another value; leave out until decided", "kept")
    ] = ""
    by: Annotated[PlainWords, About("Who decided so")] = ""
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A workbook that an agency sent for a year. `number` distinguishes several of one agency; the first is 1."""

    country: Elsewhere[str]
    agency: Elsewhere[str]
    year: Elsewhere[int]
    number: Elsewhere[int]
    file: Annotated[PlainWords, About("The original name of the workbook")]
    sha256: Annotated[Sha256, About("Its SHA-256")]
    received: Annotated[Date, About("The day on which it was received")]
    answers: Annotated[tuple[ReceivedAnswer, ...], About("What it says, by figure")] = ()
    mark: Mark

    def answer(self, figure: str) -> ReceivedAnswer | None:
        return next((answer for answer in self.answers if answer.figure == figure), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A questionnaire made for an agency, and when a reminder was sent."""

    agency: Annotated[Name, About("The agency, by its code")]
    year: Annotated[int, About("The year for which it is asked")]
    day: Annotated[Date, About("The day on which the questionnaire was made")]
    sha256: Annotated[Sha256, About("The SHA-256 of the workbook")]
    reminded: Annotated[tuple[Date, ...], About("The days of reminders")] = ()
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgencies:
    """Which agencies of a country were asked, and when."""

    asked: Annotated[tuple[Asked, ...], About("The questionnaires, in the order in which they were made")] = ()
    mark: Mark


class RemarkKind(Explained):
    """What a reviewer did."""

    COMMENT = "comment", "commented on some words"
    CHANGE = "change", "changed words, which are never adopted automatically"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWords:
    """A reviewer's replacement of words. For a printed value it names the figure and its place."""

    old: Annotated[PlainWords, About("The words as printed, if any")] = ""
    new: Annotated[PlainWords, About("The words that replace them; left out if they were deleted")] = ""
    figure: Annotated[str, About("The address of the figure printed there")] = ""
    year: Annotated[int, About("The reference year of the figure")] = 0
    source: Annotated[str, About("The code of the figure's source")] = ""
    at: Annotated[PlainWords, About("The file and line of the figure")] = ""
    moved: Annotated[bool, About("Whether the words were moved from or to another place")] = False
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkReply:
    """A reply to a comment in the Word file."""

    author: Annotated[PlainWords, About("Who answered, as stated in the Word file")] = ""
    day: Annotated[Date, About("The day of the answer")] = ""
    text: Annotated[PlainWords, About("The words of the answer")] = ""
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRemark:
    """A comment, or one author's changes in a sentence. A remark is open if neither answered nor dismissed, nor
    resolved in the Word file. `doubt` says why its place is not known."""

    number: Key[str]
    kind: Annotated[RemarkKind, About("What the reviewer did")]
    author: Annotated[PlainWords, About("The author, as stated in the Word file")] = ""
    day: Annotated[Date, About("The day on which it was done")] = ""
    section: Annotated[str, About("The section, by its code")] = ""
    title: Annotated[PlainWords, About("The number and title of the section")] = ""
    file: Annotated[str, About("The file of the sentence; left out if the program wrote the sentence")] = ""
    line: Annotated[int, About("The line on which the sentence starts")] = 0
    sentence: Annotated[PlainWords, About("The sentence as it was printed")] = ""
    words: Annotated[PlainWords, About("The words that the comment is about")] = ""
    text: Annotated[PlainWords, About("The words of the comment")] = ""
    figure: Annotated[str, About("The address of the figure printed by the words")] = ""
    of: Annotated[int, About("The reference year of that figure")] = 0
    changes: Annotated[tuple[ChangedWords, ...], About("What was changed in the sentence")] = ()
    replies: Annotated[tuple[RemarkReply, ...], About("What others answered in the Word file")] = ()
    resolved: Annotated[bool, About("Whether it is marked as resolved in the Word file")] = False
    doubt: Annotated[PlainWords, About("Why its place is not known")] = ""
    answer: Annotated[PlainWords, About("What was done about it")] = ""
    dismissed: Annotated[PlainWords, About("Why nothing was done about it")] = ""
    by: Annotated[PlainWords, About("Who answered or dismissed it")] = ""
    decided: Annotated[Date, About("The day on which that was decided")] = ""
    mark: Mark

    @property
    def is_open(self) -> bool:
        return not (self.answer or self.dismissed or self.resolved)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRemarks:
    """What was new in one Word file."""

    country: Elsewhere[str]
    year: Elsewhere[int]
    language: Elsewhere[str]
    number: Elsewhere[int]
    file: Annotated[PlainWords, About("The original name of the Word file")]
    sha256: Annotated[Sha256, About("Its SHA-256")]
    received: Annotated[Date, About("The day on which it was received")]
    remarks: Annotated[tuple[ReviewRemark, ...], About("What it says, by number")] = ()
    mark: Mark
