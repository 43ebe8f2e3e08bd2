"""The agencies that a country's figures come from."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.calendar import in_force
from reporter.model.label import Label
from reporter.model.statement import About, Day, Form, Key, LanguageCode, Name, SourceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who answers which figures, in which language, by when. An answer is an indicator with all its breakdowns, one
    breakdown of it (`victims.identified by form`), or the counts of an activity (`activities.CODE`). Nothing of it is
    in any report or package."""

    code: Key[Name]
    name: Annotated[Label, About("The agency, as its form names it")]
    language: Annotated[LanguageCode, About("The language of its form, one of those of the reports")]
    answers: Annotated[
        tuple[str, ...], About("What it answers: investigations.opened, victims.identified by form, activities.CODE")
    ]
    due: Annotated[Day, About("Month and day of the year after by which it answers, such as 03-01")]
    address: Annotated[str, Form.ADDRESS, About("The mail address to which its form goes; it stays in this file")] = ""
    source: Annotated[
        SourceCode, About("Code of the source of its figures; left out: that of the file of the year")
    ] = ""
    since: Annotated[int | None, About("The first year that it answers; left out: every year")] = None
    until: Annotated[int | None, About("The last year that it answers; left out: still")] = None
    mark: Mark

    def answers_in(self, year: int) -> bool:
        return in_force(self.since, self.until, year)

    def due_on(self, year: int) -> str:
        """The day by which it answers for a year, in ISO form."""
        return f"{year + 1}-{self.due}"
