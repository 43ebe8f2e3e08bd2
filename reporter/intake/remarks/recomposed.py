"""The document again that a Word file was made of."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reporter.disclosure.public import written_place
from reporter.document.document import Document, Figure, Section, Table
from reporter.document.printed import texts
from reporter.edition.job import Job, check_language, years_of
from reporter.edition.resources import locale_of
from reporter.edition.state import edition_state
from reporter.errors import DataError, Mark, UsageError
from reporter.files.sources import Sources, known_countries
from reporter.load.dataset import load_dataset
from reporter.load.yaml_tree import read_languages
from reporter.model import Audience, CountryData, Dataset, Observation, Vintage, vintage
from reporter.produce.composed import documents_of
from reporter.word.anchors import WordAnchor, in_reading_order, word_anchors

PROPERTY = "reporter-"
COUNTRY, YEAR, LANGUAGE, AUDIENCE, STATE = (
    f"{PROPERTY}{each}" for each in ("country", "year", "language", "audience", "state")
)
# The country, year and language that somebody names, where the Word file does not.
Named = tuple[str, int, str]
NOT_NAMED: Named = ("", 0, "")
WHICH = "say which edition it is: --country LT --year 2020 --lang en"


@dataclass(frozen=True, slots=True)
class DocumentSpot:
    """A text of the document: paragraph, title, caption or note. `section` is the code of its section and `title` its
    number and title. An `anchor` has a paragraph of running text, `of_cell` are the table, row and column of what
    stands in a cell."""

    section: str
    title: str
    text: str
    anchor: WordAnchor | None = None
    is_title: bool = False
    of_cell: str = ""


@dataclass(frozen=True, slots=True)
class SpottedTable:
    """A table of the document, and the section that it stands in."""

    section: str
    title: str
    table: Table


@dataclass(frozen=True, eq=False)
class Recomposed:
    """An edition composed again, with where its texts stand. `dataset` and `vintage` are made of all files, of which
    lines are told; the document is that of its `audience`, and `written_place` finds a line of it in the files. It
    `is_same` when nothing changed since the Word file was made."""

    country: str
    year: int
    language: str
    audience: Audience
    dataset: Dataset
    vintage: Vintage
    spots: tuple[DocumentSpot, ...]
    anchors: Mapping[int, DocumentSpot]
    tables: tuple[SpottedTable, ...]
    is_same: bool
    written_place: Callable[[Mark], Mark]

    @property
    def data(self) -> CountryData:
        return self.vintage.data

    def observation(self, seen: Observation) -> Observation:
        return self.vintage.observation(seen.address, seen.year) or seen


def recomposed(sources: Sources, properties: Mapping[str, str], named: Named = NOT_NAMED) -> Recomposed:
    """Compose the edition that a Word file was made of. What is `named` goes before what the file says. Raises
    UsageError where neither says which, or it is not here."""
    country, year, language = named
    stated = properties.get(YEAR, "")
    country = country or properties.get(COUNTRY, "")
    year = year or (int(stated) if re.fullmatch(r"[12]\d{3}", stated, re.ASCII) else 0)
    language = language or properties.get(LANGUAGE, "")
    languages = read_languages(sources)
    countries = known_countries(sources)
    country = country or (countries[0] if len(countries) == 1 else "")
    language = language or (languages[0] if len(languages) == 1 else "")
    if not (country and year and language):
        raise UsageError("the file does not say which edition it was made of", hint=WHICH)
    check_language(language)
    years_of(sources, country, year)
    audience = next((each for each in Audience if each == properties.get(AUDIENCE)), Audience.PUBLIC)
    job = Job(country, year, language, audience=audience)
    state = edition_state(sources, job)
    volumes = documents_of(state.checked, job, locale_of(sources, language), anyway=True)
    documents = tuple(volumes.values())
    by_volume = [tuple(_spots(each, word_anchors(each))) for each in documents]
    dataset = load_dataset(sources, (country,)).dataset
    if dataset.country(country) is None:
        raise DataError(())
    return Recomposed(
        country=country,
        year=year,
        language=language,
        audience=audience,
        dataset=dataset,
        vintage=vintage(dataset, country, year),
        spots=tuple(spot for each in by_volume for spot in each),
        anchors={each.anchor.number: each for each in by_volume[0] if each.anchor},
        tables=tuple(table for each in documents for table in _tables(each)),
        is_same=properties.get(STATE, "") == state.checksum,
        written_place=partial(written_place, sources, state.inputs),
    )


def title_of_section(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


def _spots(document: Document, anchors: Sequence[WordAnchor]) -> Iterator[DocumentSpot]:
    for section in in_reading_order(document):
        code, title = section.code, title_of_section(section)
        yield DocumentSpot(code, title, section.title, is_title=True)
        own = [each for each in anchors if each.section == code]
        yield from (DocumentSpot(code, title, each.text, each) for each in own)
        known = {each.text for each in own}
        plain = (text for block in section.blocks for text in texts(_printed(block)))
        yield from (
            DocumentSpot(code, title, text) for text in dict.fromkeys(plain) if text.strip() not in {*known, ""}
        )
    told = document.edition
    cover = (told.country_name, told.title, told.subtitle, told.tagline, told.about, told.rapporteur, told.publisher)
    rest: Iterable[object] = (
        cover,
        document.notes,
        document.imprint,
        document.contact,
        document.colophon,
        document.of_pdf,
    )
    for each in rest:
        yield from (DocumentSpot("", "", text) for text in dict.fromkeys(texts(each)) if text.strip())


def _tables(document: Document) -> Iterator[SpottedTable]:
    for section in in_reading_order(document):
        for block in section.blocks:
            if isinstance(block, Table):
                yield SpottedTable(section.code, title_of_section(section), block)
            elif isinstance(block, Figure):
                yield SpottedTable(section.code, title_of_section(section), block.table)


def _printed(block: object) -> object:
    """What a Word file prints of a block; the table of a chart is in the annex."""
    if isinstance(block, Figure):
        return block.caption, block.unit_line, block.plot, block.alt, block.source_note, block.notes, block.under
    return block
