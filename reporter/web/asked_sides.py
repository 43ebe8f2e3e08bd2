"""The sides that an address of a comparison names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from reporter.comparison import Manner
from reporter.document.outline import Volume
from reporter.edition.compared_jobs import compared_countries, compared_editions, compared_years
from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import Job, outlines_of
from reporter.edition.program import program_digest
from reporter.errors import WordedError
from reporter.files.sources import Sources, known_countries, known_years
from reporter.model import Annexes
from reporter.web.desk import Reading

KIND, SIDES, OF, LANGUAGE, VOLUME = "kind", "sides", "of", "lang", "volume"
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskedSides:
    """What is to be compared: of which kind, and with what chosen. `year` is that of editions and of countries. Where
    an address leaves something out it is what is asked most: the two latest years."""

    country: str
    manner: Manner
    sides: tuple[str, ...]
    year: int
    language: str
    volume: Volume = Volume.MAIN

    @property
    def query(self) -> str:
        """The part of an address that says all this."""
        named = {KIND: self.manner.value, SIDES: ",".join(self.sides), LANGUAGE: self.language}
        named |= {} if self.manner is Manner.YEARS else {OF: str(self.year)}
        return urlencode(named | ({VOLUME: self.volume.value} if self.volume else {}), safe=",")

    def job(self, sources: Sources) -> Job:
        """The job that compares them. Raises ReporterError with the remedy when that cannot be."""
        if self.manner is Manner.COUNTRIES:
            found = compared_countries(sources, self.sides, self.year)
        elif self.manner is Manner.EDITIONS:
            found = compared_editions(sources, self.country, self.year, _numbers(self.sides))
        else:
            found = compared_years(sources, self.country, _numbers(self.sides))
        job = replace(found, language=self.language)
        return replace(job, volume=self.volume) if self.volume in outlines_of(job, Annexes.SHORT) else job


def asked_sides(
    sources: Sources, country: str, named: Mapping[str, Sequence[str]], languages: tuple[str, ...], spoken: str
) -> AskedSides:
    """The sides that the fields of an address name. `languages` are those of the workspace, of which the one that is
    `spoken` is taken unless another is named."""
    kind = _first(named, KIND)
    manner = Manner(kind) if kind in tuple(Manner) else Manner.YEARS
    language = next((each for each in (_first(named, LANGUAGE), spoken) if each in languages), languages[0])
    volume = _first(named, VOLUME)
    sides = tuple(each for words in named.get(SIDES, ()) for each in words.split(",") if each)
    year = int(_first(named, OF)) if YEAR.fullmatch(_first(named, OF)) else 0
    asked = AskedSides(
        country=country,
        manner=manner,
        sides=sides,
        year=year or _usual_year(sources, country, manner),
        language=language,
        volume=Volume(volume) if volume in tuple(Volume) else Volume.MAIN,
    )
    # A form that was sent without a choice says so; an address that speaks of no sides has the usual ones.
    return asked if SIDES in named or _first(named, OF) else replace(asked, sides=_usual_sides(sources, asked))


@lru_cache(maxsize=32)
def files_of(reading: Reading, job: Job) -> tuple[Sources, str]:
    """The files of a job, and the digest of all behind it."""
    files = edition_files(reading.sources, job)
    return files, digest_of(files, job, program_digest())


def _first(named: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(named.get(field, ())), "")


def _numbers(sides: Sequence[str]) -> list[int]:
    strange = next((each for each in sides if not YEAR.fullmatch(each)), None)
    if strange is not None:
        raise WordedError("{word} is no year", "choose years from the list", word=strange)
    return [int(each) for each in sides]


def _usual_year(sources: Sources, country: str, manner: Manner) -> int:
    """The year that most want to see. Of editions it is the latest one that two know; of countries the latest one that
    two have."""
    years = known_years(sources, country)
    if manner is Manner.EDITIONS:
        return years[max(len(years) - 2, 0)] if years else 0
    others = [set(known_years(sources, each)) for each in known_countries(sources) if each != country]
    shared = [year for year in years if any(year in other for other in others)]
    return max(shared or years or (0,))


def _usual_sides(sources: Sources, asked: AskedSides) -> tuple[str, ...]:
    if asked.manner is Manner.COUNTRIES:
        found = [each for each in known_countries(sources) if asked.year in known_years(sources, each)]
        return tuple(sorted(found, key=lambda each: each != asked.country))
    return tuple(map(str, known_years(sources, asked.country)[-2:]))
