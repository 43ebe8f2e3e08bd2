"""The questionnaires that were made for agencies."""

from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark
from reporter.model.statement import About, Date, Name, Sha256


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
