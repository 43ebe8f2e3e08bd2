"""Keep what rules found in each edition of a country."""

from contextlib import suppress
from dataclasses import replace
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
from reporter.edition.kept_messages import from_plain, to_plain
from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.files.memory import Memory
from reporter.files.published import folder_of
from reporter.files.sources import DATA, Sources
from reporter.files.writing import remove_oldest


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
        """What was found in an edition, if nothing of that has changed."""
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
