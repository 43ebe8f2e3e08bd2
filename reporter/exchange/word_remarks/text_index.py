"""The document again that a Word file was made of, and the sentence of a source from which printed words come."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reporter.check.prose_text import parse_passage
from reporter.data.errors import DataError, Mark, UsageError
from reporter.data.files.sources import Sources, known_countries
from reporter.data.languages.sentences import BLANK, plain_text, sentence_breaks, words_of
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import read_languages
from reporter.data.records import Audience, CountryData, Dataset, Observation, Vintage, vintage
from reporter.editions.job import Job, check_language, years_of
from reporter.editions.making.composed import documents_of
from reporter.editions.public.public_files import written_place
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.formats.word.anchors import WordAnchor, in_reading_order, word_anchors
from reporter.report.document.document import Document, Figure, Section, Table
from reporter.report.document.printed import texts
from reporter.text.flags import SIGN
from reporter.text.passages import effective_passages

# The country, year and language that somebody names, where the Word file does not.
Named = tuple[str, int, str]
NOT_NAMED: Named = ("", 0, "")
WHICH = "say which edition it is: --country LT --year 2020 --lang en"
# What a draft marks in its texts.
FLAG = re.compile(rf"[ \u00a0]?{SIGN}(?:\u00a0[^\W\d]+)*\u00a0?\d+")
# A text of a file with fewer words is found in others by chance.
LEAST_WORDS = 2
LEAST_OF_SENTENCE = 0.6


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
    stated = properties.get("reporter-year", "")
    country = country or properties.get("reporter-country", "")
    year = year or (int(stated) if re.fullmatch(r"[12]\d{3}", stated, re.ASCII) else 0)
    language = language or properties.get("reporter-language", "")
    languages = read_languages(sources)
    countries = known_countries(sources)
    country = country or (countries[0] if len(countries) == 1 else "")
    language = language or (languages[0] if len(languages) == 1 else "")
    if not (country and year and language):
        raise UsageError("the file does not say which edition it was made of", hint=WHICH)
    check_language(language)
    years_of(sources, country, year)
    audience = next((each for each in Audience if each == properties.get("reporter-audience")), Audience.PUBLIC)
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
        tables=tuple(
            SpottedTable(section.code, _title(section), block.table if isinstance(block, Figure) else block)
            for each in documents
            for section in in_reading_order(each)
            for block in section.blocks
            if isinstance(block, Table | Figure)
        ),
        is_same=properties.get("reporter-state", "") == state.checksum,
        written_place=partial(written_place, sources, state.inputs),
    )


def _spots(document: Document, anchors: Sequence[WordAnchor]) -> Iterator[DocumentSpot]:
    for section in in_reading_order(document):
        code, title = section.code, _title(section)
        yield DocumentSpot(code, title, section.title, is_title=True)
        own = [each for each in anchors if each.section == code]
        yield from (DocumentSpot(code, title, each.text, each) for each in own)
        known = {"", *(each.text for each in own)}
        # A Word file prints no table of a chart: it is in the annex.
        printed = (
            (each.caption, each.unit_line, each.plot, each.alt, each.source_note, each.notes, each.under)
            if isinstance(each, Figure)
            else each
            for each in section.blocks
        )
        plain = dict.fromkeys(text for each in printed for text in texts(each))
        yield from (DocumentSpot(code, title, text) for text in plain if text.strip() not in known)
    told = document.edition
    rest: Iterable[object] = (
        (told.country_name, told.title, told.subtitle, told.tagline, told.about, told.rapporteur, told.publisher),
        document.notes,
        document.imprint,
        document.contact,
        document.colophon,
        document.of_pdf,
    )
    for each in rest:
        yield from (DocumentSpot("", "", text) for text in dict.fromkeys(texts(each)) if text.strip())


def _title(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence as printed, and where it is written. It begins at `start` in its paragraph. `mark` is None where the
    program says it."""

    text: str
    start: int
    mark: Mark | None = None


def sentence_at(spot: DocumentSpot, start: int, made: Recomposed) -> SourceSentence:
    breaks = list(sentence_breaks(FLAG.sub(lambda found: BLANK * len(found[0]), spot.text)))
    begin = max((after for _, after in breaks if after <= start), default=0)
    # What is right behind its stop belongs to the sentence.
    end = min((stop for stop, after in breaks if after > start and stop > begin), default=len(spot.text))
    words = FLAG.sub("", spot.text[begin:end]).strip()
    written = [mark for at, mark in spot.anchor.written if at <= begin] if spot.anchor else []
    mark = made.written_place(written[-1]) if written else _in_narrative(words, made) or _in_files(spot, words, made)
    return SourceSentence(words, begin, mark)


def _in_narrative(words: str, made: Recomposed) -> Mark | None:
    """Where a title or a note is written that is just these words."""
    said = plain_text(words)
    for section in dict.fromkeys(each.section for each in made.data.passages):
        for passage in effective_passages(made.vintage, section, made.language):
            parsed = parse_passage(passage)
            for each in (*parsed.headings(), *parsed.footnotes):
                if plain_text(each.text) == said:
                    return each.at(0)
    return None


def _in_files(spot: DocumentSpot, words: str, made: Recomposed) -> Mark | None:
    """Where a file has a text that is printed there. Of equal ones it is that of the year, or of the last one
    before."""
    text, sentence = plain_text(spot.text).rstrip("."), plain_text(words).rstrip(".")
    found = []
    for each in made.dataset.wordings:
        for said in (
            (plain_text(text).rstrip(".") for spoken, text in each.label.texts if spoken == made.language)
            if each.year <= made.year
            else ()
        ):
            count = words_of(said).total()
            is_part = said in text and count >= max(LEAST_WORDS, LEAST_OF_SENTENCE * words_of(sentence).total())
            is_whole = sentence in said and words_of(sentence).total() >= LEAST_WORDS
            if said == text or (spot.anchor is None and (is_part or is_whole)):
                found.append(((said in (text, sentence), said in text, count, each.year), each.mark))
    return max(found, key=lambda each: each[0])[1] if found else None
