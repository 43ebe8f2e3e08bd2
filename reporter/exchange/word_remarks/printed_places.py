"""Match the paragraphs of a Word file with the edition it was made of, and with the files that contain their words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from reporter.check.prose_text import parse_passage
from reporter.data.errors import DataError, Mark, UsageError
from reporter.data.files.sources import Sources, known_countries
from reporter.data.i18n import N_
from reporter.data.languages.sentences import BLANK, likeness, plain_text, sentence_breaks, words_of
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import read_scope
from reporter.data.records import Audience, Dataset, Observation, Vintage, vintage
from reporter.editions.job import Job, select
from reporter.editions.making.composed import documents_of
from reporter.editions.public.public_files import written_place
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.formats.word.anchors import OF_PARAGRAPH, WordAnchor, in_reading_order, word_anchors
from reporter.formats.word.read_review import ReviewedCell, ReviewedFile, ReviewedParagraph
from reporter.report.document.content import texts
from reporter.report.document.document import Cell, Document, Figure, Row, Section, Table
from reporter.text.markdown import effective_passages
from reporter.text.tree import SIGN

# The country, year and language given by the user, where the Word file does not state them.
Named = tuple[str, int, str]
NOT_NAMED: Named = ("", 0, "")
WHICH = "name the edition: --country LT --year 2020 --lang en"
# Marks of a draft in its texts.
FLAG = re.compile(rf"[ \u00a0]?{SIGN}(?:\u00a0[^\W\d]+)*\u00a0?\d+")
# Shorter texts of a file match others by chance.
LEAST_WORDS = 2
LEAST_OF_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class DocumentSpot:
    """A text of the document: paragraph, title, caption or note. `section` is the code of its section, `title` its
    number and title. Running text has an `anchor`, a cell its table, row and column (`of_cell`)."""

    section: str
    title: str
    text: str
    anchor: WordAnchor | None = None
    is_title: bool = False
    of_cell: str = ""


@dataclass(frozen=True, slots=True)
class SpottedTable:
    """A table of the document, and its section."""

    section: str
    title: str
    table: Table


@dataclass(frozen=True, eq=False)
class Recomposed:
    """An edition composed again, with the places of its texts. `dataset` and `vintage` are made of all files, to which
    line numbers refer; `written_place` finds a line of the document in the files. It `is_same` when nothing changed
    since the Word file was made."""

    country: str
    year: int
    language: str
    dataset: Dataset
    vintage: Vintage
    spots: tuple[DocumentSpot, ...]
    anchors: Mapping[int, DocumentSpot]
    tables: tuple[SpottedTable, ...]
    is_same: bool
    written_place: Callable[[Mark], Mark]

    def observation(self, observation: Observation) -> Observation:
        return self.vintage.observation(observation.address, observation.year) or observation


def recomposed(sources: Sources, properties: Mapping[str, str], named: Named = NOT_NAMED) -> Recomposed:
    """Compose the edition of a Word file; `named` overrides what it states. Raises UsageError where there is none."""
    country, year, language = named
    stated = properties.get("reporter-year", "")
    country = country or properties.get("reporter-country", "")
    year = year or (int(stated) if re.fullmatch(r"[12]\d{3}", stated, re.ASCII) else 0)
    language = language or properties.get("reporter-language", "")
    languages = read_scope(sources).languages
    countries = known_countries(sources)
    country = country or (countries[0] if len(countries) == 1 else "")
    language = language or (languages[0] if len(languages) == 1 else "")
    if not (country and year and language):
        raise UsageError("the file does not state its edition", hint=WHICH)
    language = select(sources, country, year, language).languages[0]
    audience = next((option for option in Audience if option == properties.get("reporter-audience")), Audience.PUBLIC)
    job = Job(country, year, language, audience=audience)
    state = edition_state(sources, job)
    documents = tuple(documents_of(state.checked, job, locale_of(sources, language), anyway=True).values())
    by_volume = [tuple(_spots(document, word_anchors(document))) for document in documents]
    dataset = load_dataset(sources, (country,)).dataset
    if dataset.country(country) is None:
        raise DataError(())
    return Recomposed(
        country=country,
        year=year,
        language=language,
        dataset=dataset,
        vintage=vintage(dataset, country, year),
        spots=tuple(spot for volume in by_volume for spot in volume),
        anchors={spot.anchor.number: spot for spot in by_volume[0] if spot.anchor},
        tables=tuple(
            SpottedTable(section.code, _title(section), block.table if isinstance(block, Figure) else block)
            for document in documents
            for section in in_reading_order(document)
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
        own = [anchor for anchor in anchors if anchor.section == code]
        yield from (DocumentSpot(code, title, anchor.text, anchor) for anchor in own)
        anchor_texts = {"", *(anchor.text for anchor in own)}
        # A Word file prints no table of a chart: it is in the annex.
        printed = (
            (block.caption, block.unit_line, block.plot, block.alt, block.source_note, block.notes, block.under)
            if isinstance(block, Figure)
            else block
            for block in section.blocks
        )
        plain = dict.fromkeys(text for part in printed for text in texts(part))
        yield from (DocumentSpot(code, title, text) for text in plain if text.strip() not in anchor_texts)
    head = document.edition
    rest: Iterable[object] = (
        (head.country_name, head.title, head.subtitle, head.tagline, head.about, head.rapporteur, head.publisher),
        document.notes,
        document.imprint,
        document.contact,
        document.colophon,
        document.of_pdf,
    )
    for group in rest:
        yield from (DocumentSpot("", "", text) for text in dict.fromkeys(texts(group)) if text.strip())


def _title(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A printed sentence and its place in a file (None if generated). It begins at `start` in its paragraph."""

    text: str
    start: int
    mark: Mark | None = None


def sentence_at(spot: DocumentSpot, start: int, issue: Recomposed) -> SourceSentence:
    breaks = list(sentence_breaks(FLAG.sub(lambda match: BLANK * len(match[0]), spot.text)))
    begin = max((after for _, after in breaks if after <= start), default=0)
    # Text right behind its full stop belongs to the sentence.
    end = min((stop for stop, after in breaks if after > start and stop > begin), default=len(spot.text))
    words = FLAG.sub("", spot.text[begin:end]).strip()
    written = [mark for at, mark in spot.anchor.written if at <= begin] if spot.anchor else []
    mark = issue.written_place(written[-1]) if written else _in_narrative(words, issue) or _in_files(spot, words, issue)
    return SourceSentence(words, begin, mark)


def _in_narrative(words: str, edition: Recomposed) -> Mark | None:
    """Where a title or a note of exactly these words is written."""
    plain_words = plain_text(words)
    for section in dict.fromkeys(entry.section for entry in edition.vintage.data.passages):
        for passage in effective_passages(edition.vintage, section, edition.language):
            parsed = parse_passage(passage)
            for part in (*parsed.headings(), *parsed.footnotes):
                if plain_text(part.text) == plain_words:
                    return part.at(0)
    return None


def _in_files(spot: DocumentSpot, words: str, edition: Recomposed) -> Mark | None:
    """The file that contains a text printed there; of equal ones that of the year, or of the last one before."""
    text, sentence = plain_text(spot.text).rstrip("."), plain_text(words).rstrip(".")
    candidates = []
    for wording in (entry for entry in edition.dataset.wordings if entry.year <= edition.year):
        own = (written for language, written in wording.label.texts if language == edition.language)
        for phrase in (plain_text(written).rstrip(".") for written in own):
            count = words_of(phrase).total()
            is_part = phrase in text and count >= max(LEAST_WORDS, LEAST_OF_SENTENCE * words_of(sentence).total())
            is_whole = sentence in phrase and words_of(sentence).total() >= LEAST_WORDS
            if phrase == text or (spot.anchor is None and (is_part or is_whole)):
                candidates.append(((phrase in (text, sentence), phrase in text, count, wording.year), wording.mark))
    return max(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


# A paragraph below the first share matches no text of the document; one nearly as close to another text is reported as
# doubtful.
LEAST, CLEARLY, LEAST_ANCHORED = 0.6, 0.08, 0.4
# Shorter texts occur in many paragraphs by chance.
LEAST_INSIDE = 5
# No real paragraph is longer.
LONGEST_PARAGRAPH = 20_000
CONTENTS = re.compile(r"toc|contents|turinys|table ?of", re.I)
# The most words in the number of a section, figure or table.
MOST_BEFORE, DIGIT = 2, re.compile(r"\d|^[A-Z]$", re.ASCII)
NUMBER = re.compile(rf"{OF_PARAGRAPH}(\d{{1,6}})", re.ASCII)
NO_CELL = ReviewedCell(-1, -1, -1)
NOWHERE = N_("these words are not in the edition; the reviewer or another person may have written them")
TWICE = N_("these words occur at several places in the edition")
LOST = N_("the comment refers to no words of the file")
UNREAD = N_("its table is not in the current edition")


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """A paragraph of a Word file and its place in the edition; in a table `observation` is that of its cell,
    `printed` its words. `doubt` is why the place is unknown; `section` and `title` are then the heading's."""

    paragraph: ReviewedParagraph
    spot: DocumentSpot | None = None
    observation: Observation | None = None
    printed: str = ""
    doubt: str = ""
    section: str = ""
    title: str = ""


@dataclass(slots=True)
class _Placer:
    """Places paragraphs in reading order, keeping track of the section."""

    edition: Recomposed
    exact: Mapping[str, Sequence[DocumentSpot]]
    section: str = ""
    title: str = ""
    tables: dict[int, SpottedTable | None] = field(default_factory=dict)

    def place(
        self, paragraph: ReviewedParagraph, of_table: Sequence[ReviewedParagraph], *, wanted: bool
    ) -> PlacedParagraph:
        """Place a paragraph if it is wanted; of others only titles are looked at."""
        text = plain_text(paragraph.original[:LONGEST_PARAGRAPH])
        # Texts of exactly these words, or of those behind a number such as "3.1", "Figure 2" or "2 paveikslas".
        parts = text.split(" ", MOST_BEFORE)
        rests = (" ".join(parts[n:]) for n in range(1, len(parts)) if DIGIT.search(" ".join(parts[:n])))
        spots = next(filter(None, (self.exact.get(phrase) for phrase in (text, *rests))), ())
        headings = (
            [] if paragraph.cell or CONTENTS.match(paragraph.style) else [spot for spot in spots if spot.is_title]
        )
        if len(headings) == 1 and paragraph.part == "body":
            self.section, self.title = headings[0].section, headings[0].title
        if not wanted:
            return PlacedParagraph(paragraph)
        if paragraph.cell:
            return self._in_table(paragraph, of_table)
        return self._paragraph_at(paragraph, *self._spot(paragraph, text, spots))

    def _spot(
        self, paragraph: ReviewedParagraph, text: str, spots: Sequence[DocumentSpot]
    ) -> tuple[DocumentSpot | None, str]:
        numbers = [int(match[1]) for name, *_ in paragraph.bookmarks if (match := NUMBER.fullmatch(name))]
        anchor = self.edition.anchors.get(numbers[0]) if numbers else None
        if anchor and (anchor in spots or (self.edition.is_same and likeness(text, anchor.text) >= LEAST_ANCHORED)):
            return anchor, ""
        if spots:
            return self._one_of(spots)
        ranked = sorted(((likeness(text, spot.text), n) for n, spot in enumerate(self.edition.spots)), reverse=True)[:8]
        if near := [(share, self.edition.spots[n]) for share, n in ranked if share >= LEAST]:
            return self._one_of([spot for share, spot in near if share > near[0][0] - CLEARLY])
        # Notes and sources share one paragraph, below what they belong to.
        inside = [spot for spot in self.edition.spots if words_of(spot.text).total() >= LEAST_INSIDE]
        if not (inside := [spot for spot in inside if plain_text(spot.text) in text]):
            return None, NOWHERE if text else ""
        longest = max(len(spot.text) for spot in inside)
        return self._one_of([spot for spot in inside if len(spot.text) == longest])

    def _one_of(self, spots: Sequence[DocumentSpot]) -> tuple[DocumentSpot | None, str]:
        here = [spot for spot in spots if spot.section == self.section]
        if len(spots) == 1 or len(here) == 1:
            return (here or list(spots))[0], ""
        return (spots[0], "") if len({(spot.section, spot.text) for spot in here or spots}) == 1 else (None, TWICE)

    def _paragraph_at(self, paragraph: ReviewedParagraph, spot: DocumentSpot | None, doubt: str) -> PlacedParagraph:
        section, title = (spot.section, spot.title) if spot and spot.section else (self.section, self.title)
        return PlacedParagraph(paragraph, spot, doubt=doubt, section=section, title=title)

    def _in_table(self, paragraph: ReviewedParagraph, of_table: Sequence[ReviewedParagraph]) -> PlacedParagraph:
        cell = paragraph.cell or NO_CELL
        if cell.table not in self.tables:
            self.tables[cell.table] = _table_like(of_table, self.edition.tables, self.section)
        spotted_table = self.tables[cell.table]
        if spotted_table is None:
            return self._labelled(paragraph, of_table)
        row = _row_of(spotted_table, cell)
        place = cell.column - 1
        printed = row.cells[place] if row and 0 <= place < len(row.cells) else None
        return self._of_cell(paragraph, spotted_table, (cell.stub, cell.head), printed)

    def _labelled(self, paragraph: ReviewedParagraph, of_table: Sequence[ReviewedParagraph]) -> PlacedParagraph:
        """Place a cell whose table is not printed as such: by the labels next to it, or by its words alone."""
        text, cell = plain_text(paragraph.original), paragraph.cell or NO_CELL
        cell_texts = [plain_text(neighbour.original) for neighbour in of_table]
        here = [candidate for candidate in self.edition.tables if candidate.section == self.section]
        shares = [sum(_begins(cell_texts, row) for row in candidate.table.rows) for candidate in here]
        best = [candidate for candidate, share in zip(here, shares, strict=True) if share == max(shares) > 0]
        row_texts = [plain_text(entry.original) for entry in of_table if entry.cell and entry.cell.row == cell.row]
        rows = [(candidate, row) for candidate in best for row in candidate.table.rows if _begins(row_texts, row)]
        if len(rows) != 1:
            spots = self.exact.get(text, ())
            return self._paragraph_at(paragraph, *(self._one_of(spots) if spots else (None, UNREAD)))
        ((spotted_table, row),) = rows
        columns = spotted_table.table.columns
        same = [
            (column, entry) for column, entry in zip(columns, row.cells, strict=False) if plain_text(entry.text) == text
        ]
        same = [pair for pair in same if pair[0].current] or same
        column, printed = same[0] if len(same) == 1 else (None, None)
        return self._of_cell(paragraph, spotted_table, (row.label, column.label if column else ""), printed)

    def _of_cell(
        self, paragraph: ReviewedParagraph, spotted_table: SpottedTable, heads: tuple[str, str], printed: Cell | None
    ) -> PlacedParagraph:
        caption = f"{spotted_table.table.caption}: {', '.join(filter(None, heads))}"
        spot = DocumentSpot(spotted_table.section, spotted_table.title, paragraph.original, of_cell=caption)
        value = printed.observation if printed else None
        text = printed.text if printed else ""
        return PlacedParagraph(paragraph, spot, value, text, section=spotted_table.section, title=spotted_table.title)


def placed_paragraphs(file: ReviewedFile, edition: Recomposed, wanted: set[int]) -> Mapping[int, PlacedParagraph]:
    exact: dict[str, list[DocumentSpot]] = defaultdict(list)
    for spot in edition.spots:
        exact[plain_text(spot.text)].append(spot)
    tables: dict[int, list[ReviewedParagraph]] = defaultdict(list)
    for paragraph in file.paragraphs:
        if paragraph.cell:
            tables[paragraph.cell.table].append(paragraph)
    placer = _Placer(edition, exact)
    place_by_number = {}
    for paragraph in file.paragraphs:
        own = tables[paragraph.cell.table] if paragraph.cell else ()
        placed = placer.place(paragraph, own, wanted=paragraph.number in wanted)
        if paragraph.number in wanted:
            place_by_number[paragraph.number] = placed
    return place_by_number


def _table_like(
    cells: Sequence[ReviewedParagraph], tables: Sequence[SpottedTable], section: str
) -> SpottedTable | None:
    """The only table with the most matching cells, at least half of them."""
    mine = {(entry.cell.row, entry.cell.column): plain_text(entry.original) for entry in cells if entry.cell}
    shares: list[int] = []
    for table in (spotted_table.table for spotted_table in tables):
        # The headings are the first row; marks behind a text do not count.
        rows = [(table.stub, *(column.label for column in table.columns))]
        rows += [(row.label, *(cell.text for cell in row.cells)) for row in table.rows]
        theirs = {(n, m): plain_text(text) for n, row in enumerate(rows) for m, text in enumerate(row)}
        pairs = ((text, theirs.get(at, "")) for at, text in mine.items())
        shares.append(sum(1 for text, own in pairs if own and text.startswith(own)))
    most = max(shares, default=0)
    if most * 2 < len(mine):
        return None
    best = [spotted_table for spotted_table, share in zip(tables, shares, strict=True) if share == most]
    here = [spotted_table for spotted_table in best if spotted_table.section == section] or best
    return here[0] if len(here) == 1 else None


def _begins(words: Sequence[str], row: Row) -> bool:
    label = plain_text(row.label)
    return bool(label) and any(text.startswith(label) for text in words)


def _row_of(spotted: SpottedTable, cell: ReviewedCell) -> Row | None:
    rows, stub = spotted.table.rows, plain_text(cell.stub)
    by_number = rows[cell.row - 1] if 0 < cell.row <= len(rows) else None
    if by_number and stub.startswith(plain_text(by_number.label)):
        return by_number
    same = [row for row in rows if plain_text(row.label) and stub.startswith(plain_text(row.label))]
    return same[0] if len(same) == 1 else None
