"""What came in: workbooks that agencies were asked for and sent, with what they said in which cell, and what reviewers
said of an edition in a Word file. What a publication says that was taken in is written down as an agency's answers."""

from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark
from reporter.data.records.statement import About, Date, Elsewhere, Explained, Key, Name, PlainWords, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnswer:
    """What an agency says of a figure, and where it says so."""

    figure: Key[str]
    value: Annotated[str, About("The value, as the file of the year would have it")]
    cell: Annotated[PlainWords, About("The sheet and the cell of the workbook, or the line of a publication")]
    remark: Annotated[PlainWords, About("What the agency remarked beside it")] = ""
    source: Annotated[PlainWords, About("Where the agency says that it comes from")] = ""
    definition: Annotated[
        str, About("Code of the definition that a publication counts by; left out: the usual one")
    ] = ""
    kept: Annotated[PlainWords, About("Why the file of the year says otherwise; left out: nobody decided yet")] = ""
    by: Annotated[PlainWords, About("Who decided so")] = ""
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A workbook that an agency sent for a year. `number` tells several of one agency apart, the first is 1."""

    country: Elsewhere[str]
    agency: Elsewhere[str]
    year: Elsewhere[int]
    number: Elsewhere[int]
    file: Annotated[PlainWords, About("The name of the workbook, as it came")]
    sha256: Annotated[Sha256, About("Its SHA-256")]
    received: Annotated[Date, About("The day on which it came")]
    answers: Annotated[tuple[ReceivedAnswer, ...], About("What it says, by figure")] = ()
    mark: Mark

    def answer(self, figure: str) -> ReceivedAnswer | None:
        return next((each for each in self.answers if each.figure == figure), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A questionnaire made for an agency, and when it was reminded."""

    agency: Annotated[Name, About("The agency, by its code")]
    year: Annotated[int, About("The year that it is asked for")]
    day: Annotated[Date, About("The day on which the questionnaire was made")]
    sha256: Annotated[Sha256, About("The SHA-256 of the workbook")]
    reminded: Annotated[tuple[Date, ...], About("The days on which a reminder was written")] = ()
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgencies:
    """Which agencies of a country were asked, and when."""

    asked: Annotated[tuple[Asked, ...], About("Each questionnaire, in the order in which they were made")] = ()
    mark: Mark


class RemarkKind(Explained):
    """What a reviewer did."""

    COMMENT = "comment", "said something of some words"
    CHANGE = "change", "changed words, which nobody takes over by himself"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWords:
    """Words that a reviewer put in the place of others. Of a printed value it is told which figure it is, and where
    that stands."""

    old: Annotated[PlainWords, About("The words as printed; left out: there were none")] = ""
    new: Annotated[PlainWords, About("The words in their place; left out: they were deleted")] = ""
    figure: Annotated[str, About("The figure that is printed there, by its address")] = ""
    year: Annotated[int, About("The reference year of the figure")] = 0
    source: Annotated[str, About("The source of the figure, by its code")] = ""
    at: Annotated[PlainWords, About("The file and the line in which the figure stands")] = ""
    moved: Annotated[bool, About("Whether the words stand elsewhere now, or stood there")] = False
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkReply:
    """What somebody answered to a comment, in the Word file."""

    author: Annotated[PlainWords, About("Who answered, as the Word file says")] = ""
    day: Annotated[Date, About("The day of the answer")] = ""
    text: Annotated[PlainWords, About("The words of the answer")] = ""
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRemark:
    """A comment, or what one author changed in a sentence. A remark is open that is neither answered nor dismissed, nor
    resolved in the Word file. `doubt` says why its place is not known."""

    number: Key[str]
    kind: Annotated[RemarkKind, About("What the reviewer did")]
    author: Annotated[PlainWords, About("Who did so, as the Word file says")] = ""
    day: Annotated[Date, About("The day on which it was done")] = ""
    section: Annotated[str, About("The section, by its code")] = ""
    title: Annotated[PlainWords, About("The number and title of the section")] = ""
    file: Annotated[str, About("The file in which the sentence stands; left out: the program says it")] = ""
    line: Annotated[int, About("The line on which the sentence begins")] = 0
    sentence: Annotated[PlainWords, About("The sentence as it was printed")] = ""
    words: Annotated[PlainWords, About("The words that the comment is about")] = ""
    text: Annotated[PlainWords, About("The words of the comment")] = ""
    figure: Annotated[str, About("The figure that the words print, by its address")] = ""
    of: Annotated[int, About("The reference year of that figure")] = 0
    changes: Annotated[tuple[ChangedWords, ...], About("What was changed in the sentence")] = ()
    replies: Annotated[tuple[RemarkReply, ...], About("What others answered in the Word file")] = ()
    resolved: Annotated[bool, About("Whether the Word file calls it resolved")] = False
    doubt: Annotated[PlainWords, About("Why it is not known where it belongs")] = ""
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
    """What one Word file brought that was not known before."""

    country: Elsewhere[str]
    year: Elsewhere[int]
    language: Elsewhere[str]
    number: Elsewhere[int]
    file: Annotated[PlainWords, About("The name of the Word file, as it came")]
    sha256: Annotated[Sha256, About("Its SHA-256")]
    received: Annotated[Date, About("The day on which it came")]
    remarks: Annotated[tuple[ReviewRemark, ...], About("What it says, by number")] = ()
    mark: Mark
