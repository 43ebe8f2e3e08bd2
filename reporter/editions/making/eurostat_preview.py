"""Preview of Eurostat's tables next to the published ones. The export's own functions provide rows and values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from reporter.data.files.as_json import pick
from reporter.data.i18n import Locale
from reporter.data.read.eurostat_tables import PublishedCell, PublishedTables
from reporter.data.records import Audience, Confidentiality, Dataflow, Holds, Vintage
from reporter.data.records.label import ENGLISH
from reporter.editions.job import spans
from reporter.formats.export.sdmx import DataflowRow, Tables, measured_values, reason_text
from reporter.formats.export.tidy import table_text
from reporter.report.document.document import Cell, Column, Row, Table

# The status of a published cell. Any other status means withheld, whatever the code.
FREE = (Confidentiality.FREE.value, "")
NO_NUMBER = ":"
# The keys of a cell in JSON, each with the attribute path of its value.
CELL = (
    *("year", "value", "flags", "confidentiality", "origin=row.filled.origin.value"),
    *("indicator=row.indicator", "figure=row.figure", "reason"),
)
HEADS_OF_CELL = tuple(entry.partition("=")[0] for entry in CELL)
HEADS_OF_PUBLISHED = ("published_value", "published_flags", "published_confidentiality", "published_in")
PREVIEW_HEADS = ("table", "key", *HEADS_OF_CELL, "beside", *HEADS_OF_PUBLISHED)
MOST_FURTHER = 12


class BesidePublished(StrEnum):
    """How a cell to be sent compares with the published one."""

    NOWHERE = "not compared"
    SAME = "the same"
    OTHER_FLAGS = "other flags"
    DIFFERS = "differs"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"
    WITHHELD_HERE = "withheld here, published there"
    WITHHELD_THERE = "withheld there"


# Printed before a published cell that differs; the list below explains each sign.
SIGNS = {
    BesidePublished.SAME: "=",
    BesidePublished.OTHER_FLAGS: "≈",
    BesidePublished.DIFFERS: "≠",
    BesidePublished.ONLY_HERE: "−",
    BesidePublished.ONLY_THERE: "+",
    BesidePublished.WITHHELD_HERE: "≠",
    BesidePublished.WITHHELD_THERE: "≠",
}
# Summed up in one line, because there may be many and the table shows them.
TOGETHER = {
    BesidePublished.ONLY_HERE: "only here, nothing published",
    BesidePublished.WITHHELD_HERE: "withheld here (c), published there as a number, so known to its readers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCell:
    """A cell to be sent, and the published one. `value`, `flags` and the rest are as in the table, empty for none;
    `reason` explains them. `published` is None if there is none, or if it would disclose what is withheld here."""

    row: DataflowRow
    value: str
    flags: str
    confidentiality: str
    reason: str
    outcome: BesidePublished = BesidePublished.NOWHERE
    published: PublishedCell | None = None

    @property
    def year(self) -> int:
        return self.row.year

    @property
    def is_withheld(self) -> bool:
        return self.confidentiality not in FREE

    @property
    def text(self) -> str:
        """The cell as in a table, such as `12 b`."""
        return _text(self.value, self.flags, withheld=self.is_withheld)

    @property
    def there(self) -> str:
        """The published cell as in a table."""
        there = self.published
        return _text(_number(there), there.flags, withheld=there.confidentiality not in FREE) if there else NO_NUMBER

    @property
    def sign(self) -> str:
        """The line below the cell: the published cell, if it differs."""
        sign = SIGNS[self.outcome]
        if self.outcome is BesidePublished.SAME:
            return sign
        return f"{sign} number" if self.outcome is BesidePublished.WITHHELD_HERE else f"{sign} {self.there}"


@dataclass(frozen=True, kw_only=True)
class PreviewTable:
    """A preview of a Eurostat table, its cells by row and year. `file` and `updated` are those of the publication;
    `further` are published cells without a row here."""

    dataflow: Dataflow
    rows: Mapping[tuple[str, ...], tuple[PreviewCell, ...]]
    file: str = ""
    updated: str = ""
    further: tuple[PublishedCell, ...] = ()

    @cached_property
    def divided(self) -> tuple[int, ...]:
        """The places of the dimensions whose code differs between rows."""
        kinds = {Holds.BREAKDOWN, Holds.FIGURES} if len(self.dataflow.figures) > 1 else {Holds.BREAKDOWN}
        return tuple(place for place, component in enumerate(self.dataflow.components) if component.holds in kinds)

    def codes(self, key: tuple[str, ...]) -> str:
        return " ".join(key[place] for place in self.divided)

    @property
    def cells(self) -> list[PreviewCell]:
        return [cell for cells in self.rows.values() for cell in cells]


def previews(
    vintage: Vintage,
    tables: Tables,
    locale: Locale,
    published: Iterable[PublishedTables] = (),
    audience: Audience = Audience.PUBLIC,
) -> tuple[PreviewTable, ...]:
    """Compare each table with the published one: of several files, that updated last; of equal ones, the last."""
    files = {code: file for file in sorted(published, key=lambda item: item.updated) for code in file.tables}
    preview_tables = []
    for dataflow, rows in tables:
        laid: dict[tuple[str, ...], list[PreviewCell]] = {}
        for row in rows:
            value, flags, status = measured_values(vintage, row)
            reason = reason_text(vintage, row, locale)
            cell = PreviewCell(row=row, value=value, flags=flags, confidentiality=status, reason=reason)
            laid.setdefault(row.key, []).append(cell)
        table = PreviewTable(dataflow=dataflow, rows={key: tuple(cells) for key, cells in laid.items()})
        file = files.get(dataflow.code)
        preview_tables.append(_compared_table(table, file, audience) if file else table)
    return tuple(preview_tables)


def from_memory(dataflow: Dataflow) -> tuple[str, ...]:
    """Parts of a table's description that were not checked against Eurostat's own."""
    parts = [] if dataflow.verified else ["its name"]
    parts += [] if dataflow.order_verified else ["the order of its dimensions"]
    unseen = [component.code for component in dataflow.components if not component.verified]
    return (*parts, *([f"the codes of {', '.join(unseen)}"] if unseen else []))


def _compared_table(table: PreviewTable, file: PublishedTables, audience: Audience) -> PreviewTable:
    cell_by_key = {(cell.key, cell.year): cell for cell in file.cells if cell.table == table.dataflow.code}
    rows = {
        key: tuple(_compared(cell, cell_by_key.pop((key, cell.year), None), audience) for cell in cells)
        for key, cells in table.rows.items()
    }
    further = tuple(sorted(cell_by_key.values(), key=lambda cell: (cell.key, cell.year)))
    return replace(table, rows=rows, file=file.name, updated=file.updated, further=further)


def _compared(cell: PreviewCell, there: PublishedCell | None, audience: Audience) -> PreviewCell:
    if there and cell.is_withheld and there.value is not None and audience is Audience.PUBLIC:
        # The published number would reveal the figure withheld here.
        return replace(cell, outcome=BesidePublished.WITHHELD_HERE)
    return replace(cell, outcome=relation_of(cell.value, cell.flags, cell.confidentiality, there), published=there)


def relation_of(value: str, flags: str, confidentiality: str, there: PublishedCell | None) -> BesidePublished:
    """How the content to be sent in a cell compares with the published cell."""
    withheld, number = confidentiality not in FREE, _number(there)
    if there is None:
        return BesidePublished.ONLY_HERE if value or withheld or flags else BesidePublished.SAME
    if not number and there.confidentiality not in FREE:
        return BesidePublished.SAME if withheld and not value else BesidePublished.WITHHELD_THERE
    if number == value:
        return BesidePublished.SAME if set(there.flags) == set(flags) else BesidePublished.OTHER_FLAGS
    if not value:
        return BesidePublished.ONLY_THERE
    return BesidePublished.DIFFERS if number else BesidePublished.ONLY_HERE


def _number(there: PublishedCell | None) -> str:
    return "" if there is None or there.value is None else f"{there.value:f}"


def _text(value: str, flags: str, *, withheld: bool) -> str:
    """A cell as on Eurostat's pages: a number with its flags, c, or a colon."""
    number = value or ("c" if withheld else NO_NUMBER)
    return f"{number} {flags}{'c' if value and withheld else ''}".rstrip()


# for machines


def plain_preview(table: PreviewTable) -> Mapping[str, object]:
    flow = table.dataflow
    return {
        "table": flow.code,
        "label": flow.label.text(ENGLISH),
        "dimensions": [component.code for component in flow.components],
        "from_memory": from_memory(flow),
        "published_in": table.file or None,
        "published": table.updated or None,
        "rows": [
            {"key": key, "cells": [_plain(cell, compared=bool(table.file)) for cell in cells]}
            for key, cells in table.rows.items()
        ],
        "only_published": [pick(item, "key", "year") | _plain_published(item) for item in table.further],
    }


def preview_table_rows(table: PreviewTable) -> Iterator[tuple[object, ...]]:
    for cell in table.cells:
        there = cell.published
        published = (_number(there), there.flags, there.confidentiality) if there else ("", "", "")
        place = f"{table.file}, {there.place}" if there else table.file
        values = (*pick(cell, *CELL).values(), cell.outcome.value, *published, place)
        yield table.dataflow.code, ".".join(cell.row.key), *("" if value is None else value for value in values)


def _plain(cell: PreviewCell, *, compared: bool) -> dict[str, object]:
    there = _plain_published(cell.published) if cell.published else None
    values = pick(cell, *CELL) | {"value": cell.value or None}
    return values | ({"beside": cell.outcome, "published": there} if compared else {})


def _plain_published(there: PublishedCell) -> dict[str, object]:
    return {"value": _number(there) or None, **pick(there, "flags", "confidentiality", "place")}


# for people


def preview_text(table: PreviewTable, width: int, *, quiet: bool) -> str:
    """A table in lines that fit a terminal: years, sources, and differences."""
    flow = table.dataflow
    some = next(iter(table.rows), ("",) * len(flow.components))
    fixed = (f"{component.code} {some[n]}" for n, component in enumerate(flow.components) if n not in table.divided)
    notes = [*_rests_on(table), *([] if quiet else _reasons(table)), *(_differences(table) if table.file else ())]
    rows = []
    for key, cells in table.rows.items():
        rows.append(Row(table.codes(key), tuple(Cell(cell.text) for cell in cells)))
        if table.file and any(cell.outcome is not BesidePublished.SAME for cell in cells):
            rows.append(Row("published", tuple(Cell(cell.sign) for cell in cells), level=1))
    stamp = f"published {table.updated}: {table.file}" if table.updated else f"published: {table.file}"
    return table_text(
        Table(
            code=flow.code,
            number=0,
            caption=f"{flow.code}: {flow.label.text(ENGLISH)}",
            unit_line=", ".join(fixed),
            stub=" ".join(flow.components[place].code for place in table.divided),
            columns=tuple(Column(str(year)) for year in dict.fromkeys(cell.year for cell in table.cells)),
            rows=tuple(rows),
            source_note=stamp if table.file else "",
            notes=tuple(("", note) for note in notes),
        ),
        width,
    )


def _rests_on(table: PreviewTable) -> Iterator[str]:
    """Parts from memory, and which indicator fills each kind of persons in which years."""
    if memory := from_memory(table.dataflow):
        yield f"From memory, not yet checked against Eurostat's own list: {'; '.join(memory)}"
    years: dict[str, dict[str, set[int]]] = {}
    for cell in table.cells:
        if cell.value or cell.is_withheld:
            years.setdefault(cell.row.person, {}).setdefault(cell.row.indicator, set()).add(cell.year)
    for person, filled in years.items():
        yield f"{person}: {'; '.join(f'{indicator} {spans(cell_years)}' for indicator, cell_years in filled.items())}"


def _reasons(table: PreviewTable) -> Iterator[str]:
    """Why cells have no number: each reason once, with years and rows."""
    groups: dict[str, dict[tuple[int, ...], list[str]]] = {}
    for key, cells in table.rows.items():
        empty = sorted((cell.reason, cell.year) for cell in cells if not cell.value)
        for reason, same in groupby(empty, key=lambda pair: pair[0]):
            groups.setdefault(reason, {}).setdefault(tuple(year for _, year in same), []).append(table.codes(key))
    for reason, where in groups.items():
        descriptions = (
            f"{spans(years)} {'every row' if len(rows) == len(table.rows) else ', '.join(rows)}"
            for years, rows in where.items()
        )
        yield f"Without a number: {reason}: {'; '.join(descriptions)}"


def _differences(table: PreviewTable) -> Iterator[str]:
    same = sum(cell.outcome is BesidePublished.SAME and cell.text != NO_NUMBER for cell in table.cells)
    differing = [cell for cell in table.cells if cell.outcome is not BesidePublished.SAME]
    yield f"Compared with the published table: {same} the same, {len(differing)} different"
    yield from (_difference(table.codes(cell.row.key), cell) for cell in differing if cell.outcome not in TOGETHER)
    for relation, words in TOGETHER.items():
        years: dict[str, list[int]] = {}
        for different_cell in differing:
            if different_cell.outcome is relation:
                years.setdefault(table.codes(different_cell.row.key), []).append(different_cell.year)
        if years:
            where = "; ".join(f"{codes} {spans(cell_years)}" for codes, cell_years in years.items())
            yield f"{SIGNS[relation]} {words}: {where}"
    if table.further:
        named = [f"{'.'.join(item.key)} {item.year}" for item in table.further[:MOST_FURTHER]]
        more = f" and {len(table.further) - MOST_FURTHER} more" if len(table.further) > MOST_FURTHER else ""
        yield f"Published in cells that are not sent ({len(table.further)}): {', '.join(named)}{more}"


def _difference(codes: str, cell: PreviewCell) -> str:
    here, there = cell.text, cell.there
    place = f" ({cell.published.place})" if cell.published else ""
    words = {
        BesidePublished.WITHHELD_THERE: f"{here} here, withheld there{place}",
        BesidePublished.ONLY_THERE: f"{there} published{place}, nothing here",
        BesidePublished.OTHER_FLAGS: f"the same number, other flags: {here} here, {there} there{place}",
    }
    return f"{SIGNS[cell.outcome]} {codes} {cell.year}: {words.get(cell.outcome, f'{here} here, {there} there{place}')}"
