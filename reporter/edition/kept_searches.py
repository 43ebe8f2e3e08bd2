"""Keep what rules found in each edition of a country."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporter.check.rule import Problem
from reporter.check.searched import SearchedEdition
from reporter.edition.inputs import COMMON, inputs_of
from reporter.edition.job import Job
from reporter.edition.kept_findings import (
    ENDING,
    MOST_KEPT,
    SEARCHES,
    UNREADABLE,
    common_parts,
    open_kept,
    plain_record,
    write_kept,
)
from reporter.errors import Mark, ReporterError
from reporter.files.checksum import checksum
from reporter.files.memory import Memory
from reporter.files.published import folder_of
from reporter.files.sources import DATA, Sources
from reporter.files.writing import remove_oldest
from reporter.model import Activity, Confidentiality, Label, Observation, Qualifier, Status
from reporter.model.catalogue import Code
from reporter.model.telling import At, Told, tell


def to_plain(part: object) -> object:
    """A message, or a part of one, as plain values. Raises TypeError for what is none."""
    match part:
        case Told():
            return {"frame": part.frame, "parts": {name: to_plain(each) for name, each in part.parts.items()}}
        case tuple():
            return [to_plain(each) for each in part]
        case At():
            return {"at": part.address}
        case Activity(code=code, title=label) | Code(code=code, label=label):
            return {"code": code, "label": [list(pair) for pair in label.texts]}
        case Observation():
            said = [part.status.name, part.qualifier.name, part.confidentiality.name]
            return {"seen": [part.indicator, part.year, None if part.value is None else str(part.value), *said]}
        case Decimal():
            return {"number": str(part)}
        case None | str() | bool() | int():
            return part
    raise TypeError(part)


def from_plain(plain: object) -> object:
    """The message, or its part, that was written down. Of an activity or a record of the catalogue comes a code with
    its label. Raises ValueError, TypeError or LookupError for anything else."""
    match plain:
        case {"frame": str() as frame, "parts": dict() as parts}:
            return tell(frame, **{name: from_plain(each) for name, each in parts.items()})
        case list():
            return tuple(map(from_plain, plain))
        case {"at": str() as address}:
            return At(address)
        case {"code": str() as code, "label": list() as label}:
            return Code(code=code, label=Label(tuple((language, text) for language, text in label)))
        case {"seen": [str() as indicator, int() as year, value, status, qualifier, confidentiality]}:
            return Observation(
                country="",
                year=year,
                indicator=indicator,
                value=None if value is None else Decimal(value),
                mark=Mark("", 1, 1),
                vintage=year,
                source="",
                status=Status[status],
                qualifier=Qualifier[qualifier],
                confidentiality=Confidentiality[confidentiality],
            )
        case {"number": str() as number}:
            return Decimal(number)
        case None | str() | bool() | int():
            return plain
    raise TypeError(plain)


class KeptSearches:
    """What was found in a country's editions, kept in a folder. It was `asked` for by an edition, or by a check of all.
    It depends on the program, on the settings and the catalogue, on the files of the country up to the year of the
    edition, on the names of all of them, and on what the edition sees besides. A `memory` knows it without a file,
    whoever asked."""

    def __init__(
        self,
        folder: Path,
        program: str,
        sources: Sources,
        country: str,
        asked: str = "all",
        memory: Memory | None = None,
    ) -> None:
        self.memory = memory or Memory()
        own, published = f"{DATA}/{country}/", f"{folder_of(country)}/"
        self.path, self.country = folder / SEARCHES / f"{country}-{asked}{ENDING}", country
        self.sources = sources.only(
            lambda each: each in COMMON or (each.startswith(own) and not each.startswith(published))
        )
        self._all = "\n".join((program, country, *self.sources))
        self._kept: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        with suppress(*UNREADABLE):
            self._kept = dict(open_kept(self.path))

    def find(self, year: int, sees: str) -> SearchedEdition | None:
        digest = self._digest(year, sees)
        known: tuple[SearchedEdition, dict[str, object]] | None = self.memory.find(digest)
        if known:
            self._now[digest] = known[1]
            return known[0]
        try:
            plain = self._kept[digest]
            problems = tuple((str(each["rule"]), _problem(each)) for each in plain["problems"])
            searched = SearchedEdition(problems, tuple(map(str, plain["unread"])))
        except UNREADABLE:
            return None
        self._know(digest, searched, plain)
        return searched

    def add(self, year: int, sees: str, searched: SearchedEdition) -> None:
        problems = [
            plain_record(each) | {"rule": code, "told": to_plain(each.message)} for code, each in searched.problems
        ]
        self._know(self._digest(year, sees), searched, {"problems": problems, "unread": searched.unread})

    def _know(self, digest: str, searched: SearchedEdition, plain: dict[str, object]) -> None:
        self._now[digest] = plain
        self.memory.keep(digest, (searched, plain))

    def write(self) -> None:
        if self._now.keys() != self._kept.keys():
            with suppress(ReporterError):
                write_kept(self.path, self._now)
                remove_oldest(self.path.parent, f"*{ENDING}", MOST_KEPT)

    def _digest(self, year: int, sees: str) -> str:
        read = inputs_of(self.sources, Job(self.country, year, ""))
        files = "".join(f"{path} {each.sha256}\n" for path, each in read.items())
        return checksum(f"{self._all}\n{year}\n{files}{sees}")


def _problem(plain: dict[str, Any]) -> Problem:
    message = from_plain(plain["told"])
    if not isinstance(message, str):
        raise TypeError(message)
    return replace(Problem(**common_parts(plain)), message=message)
