"""Observations laid out as tables: cells, flags, marks, notes and sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import filterfalse

from reporter.data.i18n import N_, NOTHING_WORDS, WITHHELD, WITHHELD_WORDS, Locale
from reporter.data.records import Confidentiality, Flag, Observation, Source, Status, Vintage, is_given, is_hidden
from reporter.figures.analysis.arithmetic import off_series
from reporter.report.document.document import Cell, Column, Row, Table

FLAG_WORDS = {
    Flag.BREAK: N_("break in the series"),
    Flag.DEFINITION_DIFFERS: N_("definition differs"),
    Flag.ESTIMATED: N_("estimated"),
    Flag.FORECAST: N_("forecast"),
    Flag.IMPUTED: N_("imputed"),
    Flag.MISSING: N_("data cannot exist"),
    Flag.NOT_SIGNIFICANT: N_("not significant"),
    Flag.PROVISIONAL: N_("provisional"),
    Flag.LOW_RELIABILITY: N_("low reliability"),
}
# Marks a value that is not comparable with its series, and a change that is not stated.
UNLIKE = "≠"
# Marks in a table of dots what is there.
GIVEN = "●"
SIGN_WORDS = {
    **NOTHING_WORDS,
    "≥": N_("at least"),
    ">": N_("over"),
    "≈": N_("about"),
    UNLIKE: N_("not comparable, or in doubt"),
}


@dataclass(frozen=True, slots=True)
class TextValue:
    """A value with a text of its own, such as its unit."""

    text: str
    observation: Observation


@dataclass(frozen=True, slots=True)
class TextWithNote:
    """A text with a note of its own below the table."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class CalculatedValue:
    """A calculated number with the text to print: +3, 36%."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """A number calculated from one value, printed with its flags and notes."""

    value: Decimal
    text: str
    observation: Observation
    vintage: Vintage


@dataclass(frozen=True, slots=True)
class ValueOfEdition:
    """A value with the notes of another edition or country. If not `noted`, another table has the notes; flags stay."""

    observation: Observation | None
    vintage: Vintage
    noted: bool = True


# A Decimal is calculated from observations, such as the rest of a total.
Content = (
    Observation | TextValue | TextWithNote | CalculatedValue | DerivedValue | ValueOfEdition | Decimal | str | None
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row before layout. `label` is in the stub; `cells` have an observation, a text or nothing for each column."""

    label: str
    cells: Sequence[Content] = ()
    level: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TableHeader:
    code: str
    caption: str
    unit_line: str
    stub: str
    columns: tuple[Column, ...]


@dataclass(slots=True)
class _Marks:
    """The note marks of a table, one for each text."""

    texts: list[str] = field(default_factory=list)

    def mark(self, text: str) -> str:
        if text not in self.texts:
            self.texts.append(text)
        return f"({self.texts.index(text) + 1})"


def tabulate(
    heads: TableHeader, lines: Iterable[Line], vintage: Vintage, locale: Locale, sources: Iterable[str] = ()
) -> Table:
    """Lay lines out as a table with values, flags, notes and sources, including the codes of `sources` for words."""
    marks = _Marks()
    rows = tuple(
        Row(line.label, tuple(_cell(item, marks, vintage, locale) for item in line.cells), line.level, line.heading)
        for line in lines
    )
    cells = [cell for row in rows for cell in row.cells]
    return Table(
        code=heads.code,
        number=0,
        caption=heads.caption,
        unit_line=heads.unit_line,
        stub=heads.stub,
        columns=heads.columns,
        rows=rows,
        source_note=source_note((cell.observation for cell in cells), vintage, locale, sources),
        notes=(*_signs(cells, locale), *[(f"({number})", text) for number, text in enumerate(marks.texts, 1)]),
    )


def without_notes(table: Table) -> Table:
    """Remove the notes and their marks from a table; flags stay."""
    rows = (
        replace(
            row, cells=tuple(replace(cell, marks=tuple(filterfalse(is_note_mark, cell.marks))) for cell in row.cells)
        )
        for row in table.rows
    )
    signs = tuple((mark, text) for mark, text in table.notes if not is_note_mark(mark))
    return replace(table, rows=tuple(rows), notes=signs)


def noted_by_rows(table: Table, locale: Locale, elsewhere: Mapping[str, str] | None = None) -> Table:
    """Move the note marks of a table of years from the cells to the row labels, so that figures stay aligned. Each text
    is printed once: those of one row form one note, the earliest year first; one shared by several rows is separate. A
    text in `elsewhere` is replaced by the reference given there, or left out if empty. Flags stay with their
    figures."""
    moved = elsewhere or {}
    texts = {mark: text for mark, text in table.notes if is_note_mark(mark) and moved.get(text, text)}
    # The years of each text, by the place of its row.
    places: dict[str, dict[int, list[int]]] = {}
    for place, row in enumerate(table.rows):
        for column, cell in zip(table.columns, row.cells, strict=bool(row.cells)):
            for text in filter(None, (texts.get(mark, "") for mark in cell.marks)):
                places.setdefault(text, {}).setdefault(place, []).append(int(column.label))
    groups: dict[tuple[int, bool, str], list[str]] = {}
    for text, years_by_place in places.items():
        shared = len(years_by_place) > 1
        groups.setdefault((min(years_by_place), shared, text if shared else ""), []).append(text)
    notes = [note for note in table.notes if not is_note_mark(note[0])]
    marks: dict[int, list[str]] = {}
    for number, (_, together) in enumerate(sorted(groups.items(), key=lambda group: group[0][:2]), 1):
        for text in sorted(together, key=lambda text: min(map(min, places[text].values()))):
            words = _where(places[text], table.rows, locale)
            notes.append((f"({number})", locale.put("{}: {}", words, moved.get(text, text))))
        for place in {place for text in together for place in places[text]}:
            marks.setdefault(place, []).append(f"({number})")
    rows = tuple(replace(row, marks=tuple(marks.get(place, ()))) for place, row in enumerate(without_notes(table).rows))
    return replace(table, rows=rows, notes=tuple(notes))


def _where(years_by_place: Mapping[int, Sequence[int]], rows: Sequence[Row], locale: Locale) -> str:
    if len({tuple(years) for years in years_by_place.values()}) == 1:
        return locale.years(next(iter(years_by_place.values())))
    named = (locale.put("{}, {}", rows[place].label, locale.years(years)) for place, years in years_by_place.items())
    return locale.joined("; ", named)


def signs_of(observation: Observation, vintage: Vintage) -> list[str]:
    """The marks of a value other than note marks: flags, and ≠ if not comparable with its series for another reason."""
    unflagged = Flag.DEFINITION_DIFFERS not in observation.flags and off_series(vintage, observation)
    return [*sorted(flag.value for flag in observation.flags), *([UNLIKE] if unflagged else [])]


def is_note_mark(mark: str) -> bool:
    """Whether a mark refers to a note, and is not a flag."""
    return mark.startswith("(")


def year_columns(vintage: Vintage) -> tuple[Column, ...]:
    """A column for each year; the edition's own is current."""
    return tuple(Column(str(year), current=year == vintage.year) for year in vintage.years)


def source_note(
    observations: Iterable[Observation | None], vintage: Vintage, locale: Locale, sources: Iterable[str] = ()
) -> str:
    """The sources of some observations, publisher and title, in the order of the catalogue; without any, the edition's
    own source. `sources` are codes of further ones. In a draft a source may be unanswered; sources that the catalogue
    lacks, which is an error, are given by their codes."""
    home = vintage.country.code
    used = {(value.source, value.country) for value in observations if value} | {(code, home) for code in sources}
    used = used or {(vintage.edition.source, home)}
    used_sources = {vintage.catalogue.source(*pair) for pair in used}
    named = _named((source for source in vintage.catalogue.sources if source in used_sources), locale)
    waits = locale.text("not answered yet") if any(code == Status.UNANSWERED for code, _ in used) else ""
    return locale.joined("; ", filter(None, (named, waits))) or locale.joined(", ", sorted(code for code, _ in used))


def _edition_sources(vintage: Vintage) -> tuple[Source, ...]:
    """Every source of an edition and its figures, revisions, lists, activities and law, in the catalogue's order."""
    data = vintage.data
    figures = (
        *data.observations,
        *(revision.now for revision in data.revisions),
        *(observation for thing in data.things for observation in thing.figures),
    )
    used = {observation.source for observation in figures} | {vintage.country.source, vintage.edition.source}
    used |= {activity.source for activity in data.activities} | {country_list.source for country_list in data.lists}
    return tuple(source for source in vintage.catalogue.sources if source.code in used)


def cited_sources(vintage: Vintage) -> tuple[Source, ...]:
    """Every source of an edition, and the publications that its figures are reconciled with."""
    used = {item.code for item in _edition_sources(vintage)} | {item.publication for item in vintage.data.differences}
    return tuple(source for source in vintage.catalogue.sources if source.code in used)


def edition_source_note(vintage: Vintage, locale: Locale) -> str:
    """The sources of an edition in words: publisher and title of each."""
    return _named(_edition_sources(vintage), locale)


def main_sources(vintages: Iterable[Vintage], locale: Locale) -> tuple[str, ...]:
    """The main source of each edition, which applies to all its figures unless they have another."""
    sources = (vintage.catalogue.source(vintage.edition.source, vintage.country.code) for vintage in vintages)
    return tuple(_named((source,), locale) for source in dict.fromkeys(filter(None, sources)))


def sources_note(vintages: Iterable[Vintage], locale: Locale) -> str:
    """The sources of several editions in words, each source once."""
    return _named(dict.fromkeys(source for vintage in vintages for source in _edition_sources(vintage)), locale)


def gathered_notes(
    labelled: Iterable[tuple[str, Observation | None]], vintage: Vintage, locale: Locale
) -> tuple[tuple[str, str], ...]:
    """The notes of observations as pairs of labels and text, one for each text: "Women, Girls"."""
    texts: dict[str, list[str]] = {}
    for label, observation in labelled:
        for text in _texts(observation, vintage, locale):
            labels = texts.setdefault(text, [])
            if label not in labels:
                labels.append(label)
    return tuple((locale.joined(", ", labels), text) for text, labels in texts.items())


def yearly_notes(
    named: Iterable[tuple[str, Observation]], vintage: Vintage, locale: Locale
) -> tuple[tuple[str, str], ...]:
    """The notes of series, the earliest first, one for each text with its places: "Men, 2016 and 2018"."""
    texts: dict[str, dict[str, list[int]]] = {}
    for name, observation in sorted(named, key=lambda pair: pair[1].year):
        for text in _texts(observation, vintage, locale):
            texts.setdefault(text, {}).setdefault(name, []).append(observation.year)
    notes = []
    for text, places in texts.items():
        dated = ((name, locale.years(years)) for name, years in places.items())
        labels = (locale.put("{}, {}", name, years) if name else years for name, years in dated)
        notes.append((locale.joined("; ", labels), text))
    return tuple(notes)


def _named(sources: Iterable[Source], locale: Locale) -> str:
    language = locale.language
    names = (locale.put("{}, {}", source.publisher.text(language), source.title.text(language)) for source in sources)
    return locale.joined("; ", names)


def _texts(observation: Observation | None, vintage: Vintage, locale: Locale) -> list[str]:
    if observation is None:
        return []
    return list(dict.fromkeys(note.text(locale.language) for note in vintage.notes(observation)))


def _cell(content: Content, marks: _Marks, vintage: Vintage, locale: Locale, *, noted: bool = True) -> Cell:
    if isinstance(content, str):
        return Cell(content)
    if isinstance(content, Decimal):
        content = CalculatedValue(content, locale.number(content))
    if isinstance(content, CalculatedValue):
        return Cell(content.text, value=content.value)
    if isinstance(content, ValueOfEdition):
        return _cell(content.observation, marks, content.vintage, locale, noted=content.noted)
    if isinstance(content, DerivedValue):
        return Cell(content.text, None, _cell(content.observation, marks, content.vintage, locale).marks, content.value)
    if isinstance(content, TextWithNote):
        return Cell(content.text, None, (marks.mark(content.note),))
    if isinstance(content, TextValue):
        return replace(_cell(content.observation, marks, vintage, locale), text=content.text)
    text = locale.value(content)
    flags = signs_of(content, vintage) if content else []
    if content is None or content.implied:
        return Cell(text, None, tuple(flags), content.value if content else None)
    # Restricted readers see the value and this mark; public files have a sign instead.
    flags += [WITHHELD] if is_given(content) and content.confidentiality is not Confidentiality.FREE else []
    notes = [marks.mark(note) for note in _texts(content, vintage, locale)] if noted else []
    return Cell(text, content, (*flags, *notes))


def _signs(cells: Sequence[Cell], locale: Locale) -> list[tuple[str, str]]:
    starts = {cell.text[:1] for cell in cells if not cell.text[:1].isalnum() or not is_given(cell.observation)}
    if not any(is_hidden(cell.observation) for cell in cells):
        # A word may begin with the letter that means confidential.
        starts.discard("c")
    flags = {mark for cell in cells for mark in cell.marks}
    words = SIGN_WORDS | ({WITHHELD: WITHHELD_WORDS} if WITHHELD in flags else {})
    signs = [(sign, locale.text(text)) for sign, text in words.items() if sign in starts or sign in flags]
    return signs + [(flag.value, locale.text(FLAG_WORDS[flag])) for flag in Flag if flag.value in flags]
