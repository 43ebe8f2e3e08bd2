"""Files that are made on demand, PDFs above all. They are made in a process of its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlencode

from reporter.comparison import Manner
from reporter.document.outline import Volume
from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import Job, compared_countries, compared_editions, compared_years, outlines_of, profiles
from reporter.edition.kept_searches import FOLDER
from reporter.edition.program import program_digest
from reporter.edition.state import EditionState, beside_published
from reporter.errors import WordedError
from reporter.files.sources import Sources, known_countries, known_years
from reporter.files.store import Memory
from reporter.files.workspace import Workspace
from reporter.model import Annexes, Audience
from reporter.produce.drawing import Drawing
from reporter.produce.formats import make_part, maker_of
from reporter.produce.order import PAPER, Order
from reporter.produce.run import Beside, produce, produce_section
from reporter.web.desk import Reading
from reporter.web.live_edition import Wanted
from reporter.web.workshop import Task

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


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file as it was made, with its name."""

    name: str
    content: bytes
    pages: int | None = None


def file_task(workspace: Workspace, reading: Reading, job: Job, form: str = "pdf", section: str = "") -> Task:
    files, digest = files_of(reading, job)
    order = Order(job=job, files=files, digest=digest, formats=(form,))
    digest = "-".join(filter(None, (digest, form, section, job.audience)))
    return Task(thing=(job, form, section), digest=digest, work=make_file, given=(workspace.cache, order, section))


def audience_query(audience: Audience) -> str:
    """What an address says of an audience: nothing of the public."""
    return "" if audience is Audience.PUBLIC else f"?for={audience}"


def asked_audience(query: Mapping[str, str]) -> Audience:
    return Audience.RESTRICTED if query.get("for") == Audience.RESTRICTED else Audience.PUBLIC


def paper_address(wanted: Wanted, section: str) -> str:
    """Where the pages of a section are shown on paper. The PDF has the pages of the whole part in which it stands, and
    opens at the section. A viewer that does not know the title of a PDF shows the last name of its address."""
    name = f"{wanted.country}-{wanted.year}-{wanted.language}-{section}.pdf"
    here = f"/{wanted.country}/{wanted.year}/paper/{wanted.language}/{section}/{name}"
    return f"{here}{audience_query(wanted.audience)}#nameddest=section-{section}"


def profile_of(reading: Reading, wanted: Wanted) -> Job:
    return profiles(reading.sources, wanted.country, wanted.year, (wanted.language,), wanted.audience)[0]


@cache
def _drawing() -> Drawing:
    return Drawing()


@cache
def _memory() -> Memory:
    return Memory()


def make_file(cache: Path, order: Order, section: str) -> MadeFile:
    """Make a file in memory, as `reporter build` and `compare` make it. What is slow is kept in the folder `cache`. Of
    a `section` its pages alone, also where findings stop the whole. Raises ReporterError when it cannot be made."""
    job = order.job if order.job.manner else beside_published(order.files, order.job)
    order = replace(order, job=job)
    state = EditionState(job.edition, order.files, folder=cache / FOLDER, memory=_memory())
    (form,) = order.formats
    if form == PAPER:
        from reporter.pdf.paper import require_paper

        require_paper()
    beside = Beside(cache, _drawing())
    if section:
        return MadeFile(f"{job.name}-{section}.{form}", produce_section(order, state, section, make_part, beside))
    made = produce(order, state, {form: maker_of(form)}, beside, lambda _: None).files[form]
    return MadeFile(f"{job.name}.{form}", made.content, made.pages)
