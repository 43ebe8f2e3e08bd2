"""Figures as CSV, one value a line: RFC 4180, the same head in every file of a kind, numbers without separators."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from reporter.document.document import Cell, Row, Table
from reporter.model import Confidentiality, Observation, Status, is_given

WORKED_OUT = "worked out"
HEADS = (
    "row",
    "column",
    "value",
    "text",
    "flags",
    "within",
    "status",
    "qualifier",
    "confidentiality",
    "indicator",
    "dimension",
    "code",
    "year",
)


def table_csv(table: Table) -> str:
    """A table as CSV, one cell a line: stub and head, number and words as printed, flags, what the row belongs to.

    What `status` calls worked out is no observation: a number that follows from others of the table.
    """
    return as_csv(HEADS, (line for place in _rows(table) for line in _cells(table, *place)))


def as_csv(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Lines below their head, with the line ends and quotes of RFC 4180."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(lines)
    return target.getvalue()


def value_of(seen: Observation) -> str:
    """The number with a point and without separators; empty when there is none or it may not be published."""
    return f"{seen.value:f}" if is_given(seen) else ""


def flags_of(seen: Observation) -> str:
    """Eurostat's letters in alphabetical order."""
    return "".join(sorted(flag.value for flag in seen.flags))


def status_of(seen: Observation) -> str:
    """Why there is no number, or that there is one; a value that may not be published is suppressed."""
    return (Status.SUPPRESSED if _is_withheld(seen) else seen.status).value


def qualifier_of(seen: Observation) -> str:
    """How exact the number is; nothing when there is none."""
    return seen.qualifier.value if is_given(seen) else ""


def value_fields(seen: Observation) -> tuple[str, str, str, str, str]:
    """Value, flags, status, qualifier and confidentiality."""
    return value_of(seen), flags_of(seen), status_of(seen), qualifier_of(seen), seen.confidentiality.value


def _is_withheld(seen: Observation) -> bool:
    return seen.value is not None and seen.confidentiality is not Confidentiality.FREE


def _rows(table: Table) -> Iterator[tuple[Row, str, str]]:
    """Each row with cells, its label (a blank one repeats that above), and the row or heading it belongs to."""
    label = heading = parent = ""
    for row in table.rows:
        label = row.label or label
        if row.heading and not row.cells:
            heading = parent = row.label
            continue
        if not row.level:
            parent = label
        yield row, label, parent if row.level else heading


def _cells(table: Table, row: Row, label: str, within: str) -> Iterator[Sequence[str]]:
    for column, cell in zip(table.columns, row.cells, strict=False):
        value, *known = _known(cell)
        flags, *rest = known
        yield (label, column.label, value, cell.text, flags, within, *rest)


def _known(cell: Cell) -> tuple[str, ...]:
    """Value, flags, status, qualifier, confidentiality and address of a cell; nothing of one that holds words."""
    seen = cell.observation
    if seen is None:
        worked = cell.value is not None
        return (f"{cell.value:f}" if worked else "", "", WORKED_OUT if worked else "", *[""] * 6)
    return (*value_fields(seen), seen.figure, seen.dimension, seen.code, str(seen.year or ""))
