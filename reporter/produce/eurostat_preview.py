"""Eurostat's tables as they will read, beside what was published. The rows and values are those of the export, by the
same functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from reporter.export.sdmx import DataflowRow, Tables, measured_values, said_reason
from reporter.i18n import Locale
from reporter.load.eurostat_tables import PublishedCell, PublishedTables
from reporter.model import Audience, Confidentiality, Dataflow, Holds, Vintage
from reporter.model.label import ENGLISH

# Status of a cell that is published, and one for what somebody withholds, whatever the code.
FREE = (Confidentiality.FREE.value, "")
NO_NUMBER = ":"
PREVIEW_HEADS = (
    "table",
    "key",
    "year",
    "value",
    "flags",
    "confidentiality",
    "origin",
    "indicator",
    "figure",
    "reason",
    "beside",
    "published_value",
    "published_flags",
    "published_confidentiality",
    "published_in",
)


class BesidePublished(StrEnum):
    """How a cell that is sent stands to what was published."""

    NOWHERE = "not compared"
    SAME = "the same"
    OTHER_FLAGS = "other flags"
    DIFFERS = "differs"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"
    WITHHELD_HERE = "withheld here, published there"
    WITHHELD_THERE = "withheld there"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCell:
    """A cell that is sent, and what was published there. `value` and the rest are as the table has them, empty for
    nothing; `reason` says why. `published` is None where nothing was, or where it would tell what is withheld here."""

    year: int
    value: str
    flags: str
    confidentiality: str
    origin: str
    reason: str
    indicator: str
    figure: str
    beside: BesidePublished = BesidePublished.NOWHERE
    published: PublishedCell | None = None

    @property
    def shown(self) -> str:
        """The cell as a table has it, such as `12 b`."""
        return shown_cell(self.value, self.flags, withheld=self.confidentiality not in FREE)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of a table: its codes, and its years."""

    key: tuple[str, ...]
    codes: tuple[str, ...]
    cells: tuple[PreviewCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTable:
    """A table of Eurostat as it will read. `fixed` are the dimensions whose code is the same in every row, `divided`
    those that differ; `memory` says what of its description was not held against Eurostat's own. `file` and `updated`
    are of what was published, `further` are the cells published that no row here answers to."""

    dataflow: Dataflow
    fixed: tuple[tuple[str, str], ...]
    divided: tuple[str, ...]
    years: tuple[int, ...]
    rows: tuple[PreviewRow, ...]
    memory: tuple[str, ...]
    file: str = ""
    updated: str = ""
    further: tuple[PublishedCell, ...] = ()

    @property
    def filled_by(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """Which indicator fills each kind of persons in which years. Only where a number, or one that is withheld, is
        sent."""
        place = next((n for n, each in enumerate(self.dataflow.components) if each.holds is Holds.FIGURES), None)
        told = {
            (row.key, cell.year): (row.key[place] if place is not None else self.dataflow.figures[0][0], cell.indicator)
            for row in self.rows
            for cell in row.cells
            if cell.value or cell.confidentiality not in FREE
        }
        years: dict[tuple[str, str], set[int]] = {}
        for (_, year), who in told.items():
            years.setdefault(who, set()).add(year)
        return tuple((*who, tuple(sorted(found))) for who, found in years.items())

    @property
    def differing(self) -> Iterator[tuple[PreviewRow, PreviewCell]]:
        for row in self.rows:
            yield from (
                (row, cell) for cell in row.cells if cell.beside not in (BesidePublished.NOWHERE, BesidePublished.SAME)
            )


def shown_cell(value: str, flags: str, *, withheld: bool) -> str:
    """A cell as Eurostat's pages show it. It is a number with its flags, c, or a colon."""
    number = value or ("c" if withheld else NO_NUMBER)
    mark = "c" if value and withheld else ""
    return f"{number} {flags}{mark}".rstrip()


def previews(
    vintage: Vintage,
    tables: Tables,
    locale: Locale,
    published: Iterable[PublishedTables] = (),
    audience: Audience = Audience.PUBLIC,
) -> tuple[PreviewTable, ...]:
    """Lay each table out, beside what was published. Of several files that have a table the one that was updated last
    counts, of equal ones the last."""
    files = {code: file for file in sorted(published, key=lambda each: each.updated) for code in file.tables}
    made = (_preview(vintage, dataflow, rows, locale) for dataflow, rows in tables)
    return tuple(
        _beside(each, files[each.dataflow.code], audience) if each.dataflow.code in files else each for each in made
    )


def from_memory(dataflow: Dataflow) -> tuple[str, ...]:
    parts = [] if dataflow.verified else ["its name"]
    parts += [] if dataflow.order_verified else ["the order of its dimensions"]
    unseen = [each.code for each in dataflow.components if not each.verified]
    return (*parts, *([f"the codes of {', '.join(unseen)}"] if unseen else []))


def _preview(vintage: Vintage, dataflow: Dataflow, rows: Sequence[DataflowRow], locale: Locale) -> PreviewTable:
    fixed = [
        each
        for each in dataflow.components
        if not ((each.holds is Holds.FIGURES and len(dataflow.figures) > 1) or each.holds is Holds.BREAKDOWN)
    ]
    places = [number for number, each in enumerate(dataflow.components) if each not in fixed]
    laid: dict[tuple[str, ...], list[PreviewCell]] = {}
    for row in rows:
        value, flags, status = measured_values(vintage, row)
        laid.setdefault(row.key, []).append(PreviewCell(
            year=row.year, value=value, flags=flags, confidentiality=status, origin=row.filled.origin.value,
            reason=said_reason(vintage, row, locale), indicator=row.indicator, figure=row.figure,
        ))  # fmt: skip
    some = next(iter(laid), ("",) * len(dataflow.components))
    return PreviewTable(
        dataflow=dataflow,
        fixed=tuple((each.code, code) for each, code in zip(dataflow.components, some, strict=True) if each in fixed),
        divided=tuple(dataflow.components[place].code for place in places),
        years=tuple(dict.fromkeys(row.year for row in rows)),
        rows=tuple(PreviewRow(key, tuple(key[place] for place in places), tuple(cells)) for key, cells in laid.items()),
        memory=from_memory(dataflow),
    )


def _beside(table: PreviewTable, file: PublishedTables, audience: Audience) -> PreviewTable:
    code = table.dataflow.code
    known = {(each.key, each.year): each for each in file.cells if each.table == code}
    rows = tuple(
        replace(
            row, cells=tuple(_compared(each, known.pop((row.key, each.year), None), audience) for each in row.cells)
        )
        for row in table.rows
    )
    further = tuple(sorted(known.values(), key=lambda each: (each.key, each.year)))
    return replace(table, rows=rows, file=file.shown, updated=file.updated, further=further)


def _compared(cell: PreviewCell, there: PublishedCell | None, audience: Audience) -> PreviewCell:
    if there is None:
        nothing = not cell.value and cell.confidentiality in FREE and not cell.flags
        return replace(cell, beside=BesidePublished.SAME if nothing else BesidePublished.ONLY_HERE)
    withheld, hidden = cell.confidentiality not in FREE, there.value is None and there.confidentiality not in FREE
    value = "" if there.value is None else f"{there.value:f}"
    if withheld and there.value is not None and audience is Audience.PUBLIC:
        # Its number would stand beside the sign that says that nobody is to know it.
        return replace(cell, beside=BesidePublished.WITHHELD_HERE)
    if hidden:
        beside = BesidePublished.SAME if withheld and not cell.value else BesidePublished.WITHHELD_THERE
    elif value != cell.value:
        beside = (
            BesidePublished.ONLY_THERE
            if not cell.value
            else BesidePublished.ONLY_HERE
            if not value
            else BesidePublished.DIFFERS
        )
    else:
        beside = BesidePublished.SAME if set(there.flags) == set(cell.flags) else BesidePublished.OTHER_FLAGS
    return replace(cell, beside=beside, published=there)


def reasons(table: PreviewTable) -> Iterator[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """Why cells have no number: reason, codes of the row, and years."""
    for row in table.rows:
        empty = [each for each in row.cells if not each.value]
        for reason, cells in groupby(
            sorted(empty, key=lambda each: (each.reason, each.year)), lambda each: each.reason
        ):
            yield reason, row.codes, tuple(each.year for each in cells)


def plain_preview(table: PreviewTable) -> Mapping[str, object]:
    flow = table.dataflow
    return {
        "table": flow.code,
        "label": flow.label.text(ENGLISH),
        "dimensions": [each.code for each in flow.components],
        "from_memory": table.memory,
        "published_in": table.file or None,
        "published": table.updated or None,
        "rows": [
            {"key": row.key, "cells": [_plain_cell(each, compared=bool(table.file)) for each in row.cells]}
            for row in table.rows
        ],
        "only_published": [{"key": each.key, "year": each.year, **_plain_published(each)} for each in table.further],
    }


def preview_table_rows(table: PreviewTable) -> Iterator[tuple[object, ...]]:
    for row in table.rows:
        for cell in row.cells:
            told, there = _plain_cell(cell, compared=False), cell.published
            yield (
                table.dataflow.code,
                ".".join(row.key),
                *("" if each is None else each for each in told.values()),
                cell.beside.value,
                *(["" if each is None else each for each in _plain_published(there).values()] if there else [""] * 4)[
                    :3
                ],
                f"{table.file}, {there.place}" if there else table.file,
            )


def _plain_cell(cell: PreviewCell, *, compared: bool) -> dict[str, object]:
    told: dict[str, object] = {
        "year": cell.year,
        "value": cell.value or None,
        "flags": cell.flags,
        "confidentiality": cell.confidentiality,
        "origin": cell.origin,
        "indicator": cell.indicator,
        "figure": cell.figure,
        "reason": cell.reason,
    }
    there = _plain_published(cell.published) if cell.published else None
    return told | ({"beside": cell.beside.value, "published": there} if compared else {})


def _plain_published(there: PublishedCell) -> dict[str, object]:
    return {
        "value": None if there.value is None else f"{there.value:f}",
        "flags": there.flags,
        "confidentiality": there.confidentiality,
        "place": there.place,
    }
