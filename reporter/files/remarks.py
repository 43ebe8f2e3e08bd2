"""Where it is written what reviewers said of an edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.files.received import RECEIVED
from reporter.files.sources import DATA, Sources

REMARKS = "remarks"
# The year, the language, and the number of the Word file.
REMARKS_FILE = re.compile(
    rf"{DATA}/([A-Z]{{2}})/{RECEIVED}/{REMARKS}/([12]\d{{3}})-([a-z]{{2,3}})-([1-9]\d{{0,2}})\.yaml", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class RemarksPlace:
    country: str
    year: int
    language: str
    number: int

    @property
    def path(self) -> str:
        return f"{DATA}/{self.country}/{RECEIVED}/{REMARKS}/{self.year}-{self.language}-{self.number}.yaml"


def remarks_places(sources: Sources, country: str) -> Iterator[RemarksPlace]:
    for path in sources:
        if (found := REMARKS_FILE.fullmatch(path)) and found[1] == country:
            yield RemarksPlace(found[1], int(found[2]), found[3], int(found[4]))
