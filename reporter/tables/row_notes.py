"""Notes of a table of years, called at its rows. Figures keep to their columns, and a row has one note that goes
through its years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse

from reporter.document.document import Row, Table
from reporter.i18n import Locale
from reporter.tables.tabulate import is_note_mark

# The years of each row, by its place in the table.
Places = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Called:
    """The texts that one mark calls, each with its places."""

    mark: str
    texts: Sequence[tuple[str, Places]]


def noted_by_rows(table: Table, locale: Locale, elsewhere: Mapping[str, str] | None = None) -> Table:
    """Call the notes of a table of years at its rows. Each text is told once. Those of one row are one note, the
    earliest year first; one that several rows share is a note by itself. A text that stands `elsewhere` gives way to
    the words beside it there, or is left out. Flags stay with their figures."""
    moved = elsewhere or {}
    texts = {mark: text for mark, text in table.notes if is_note_mark(mark) and moved.get(text, text)}
    places = _places(table, texts)
    called = tuple(_called(places))
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, marks=tuple(filterfalse(is_note_mark, cell.marks))) for cell in row.cells),
            marks=tuple(each.mark for each in called if any(place in found for _, found in each.texts)),
        )
        for place, row in enumerate(table.rows)
    )
    notes = [note for note in table.notes if not is_note_mark(note[0])]
    for each in called:
        for text, found in each.texts:
            words = locale.put("{}: {}", _where(found, table.rows, locale), moved.get(text, text))
            notes.append((each.mark, words))
    return replace(table, rows=rows, notes=tuple(notes))


def _places(table: Table, texts: Mapping[str, str]) -> dict[str, dict[int, list[int]]]:
    places: dict[str, dict[int, list[int]]] = {}
    for place, row in enumerate(table.rows):
        for column, cell in zip(table.columns, row.cells, strict=True):
            for text in filter(None, (texts.get(mark, "") for mark in cell.marks)):
                places.setdefault(text, {}).setdefault(place, []).append(int(column.label))
    return places


def _called(places: Mapping[str, Places]) -> Iterator[_Called]:
    groups: dict[tuple[int, str], list[tuple[str, Places]]] = {}
    for text, found in places.items():
        shared = text if len(found) > 1 else ""
        groups.setdefault((min(found), shared), []).append((text, found))
    for number, (_, texts) in enumerate(sorted(groups.items(), key=lambda group: (group[0][0], bool(group[0][1]))), 1):
        yield _Called(f"({number})", sorted(texts, key=lambda pair: min(map(min, pair[1].values()))))


def _where(found: Places, rows: Sequence[Row], locale: Locale) -> str:
    if len({tuple(years) for years in found.values()}) == 1:
        return locale.years(next(iter(found.values())))
    named = (locale.put("{}, {}", rows[place].label, locale.years(years)) for place, years in found.items())
    return locale.joined("; ", named)
