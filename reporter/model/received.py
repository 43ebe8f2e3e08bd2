"""Workbooks that agencies sent, and what they said in which cell. What a publication says that was taken in is written
down in the same way."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.statement import About, Date, Elsewhere, Key, PlainWords, Sha256


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
