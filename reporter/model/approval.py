"""Approvals of editions by persons other than the one who publishes."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from reporter.errors import Mark, one_line
from reporter.model.statement import About, Date, PlainWords, Sha256

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one person approved: exactly these files. With the seal a change by hand shows."""

    number: Annotated[int, About("The number that was to be published: 0, or that of a corrigendum")]
    by: Annotated[str, About("Who approved it, as they called themselves")]
    date: Date
    sha256: Annotated[Sha256, About("The checksum of the list of files below, with all that is withheld")]
    public: Annotated[Sha256, About("The checksum of what the public may see of them; the imprint prints it")]
    warnings: Annotated[int, About("How many warnings were open; errors there were none")]
    accepted: Annotated[int, About("How many findings somebody had accepted, with a reason")]
    program: Annotated[str, About("The version of the program that showed it")]
    note: Annotated[PlainWords, About("What the person said to it; it leaves in no package")] = ""
    files: Annotated[tuple[tuple[str, Sha256], ...], About("What was approved; of the settings what pages depend on")]
    withdrawn: Annotated[Date, About("The day on which the person took it back")] = ""
    mark: Mark
    seal: Annotated[Sha256, About("The checksum of all the rest of the approval")] = ""

    def __str__(self) -> str:
        return f"approved by {self.by} on {self.date}"


def plain_name(name: str) -> str:
    return one_line(name)


def folded_name(name: str) -> tuple[str, ...]:
    """The words of a name, by which persons are told apart. Capitals, accents, punctuation and the order make no other
    person. Empty where no letter is in it."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return tuple(sorted(WORD.findall(letters)))
