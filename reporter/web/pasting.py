"""A pasted column, laid beside the fields that it would fill."""

from dataclasses import dataclass

from reporter.edit.figure_fields import typed_value
from reporter.errors import ReporterError
from reporter.web.figure_sheet import FieldRow, FigureSheet


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line of the column: where it goes, and as what. `value` is empty where it is not written; `problem` says why.
    `row` is None below the last field."""

    number: int
    text: str
    row: FieldRow | None
    value: str = ""
    problem: ReporterError | None = None


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """The lines that were pasted, the first of them into `first`."""

    first: FieldRow
    text: str
    lines: tuple[PastedLine, ...]

    @property
    def written(self) -> tuple[PastedLine, ...]:
        return tuple(each for each in self.lines if each.row and each.value)

    def at(self, address: str) -> PastedLine | None:
        return next((each for each in self.lines if each.row and each.row.field.address == address), None)


def pasted_column(sheet: FigureSheet, first: FieldRow, text: str) -> PastedColumn:
    """Lay a column beside the fields, from one of them down. An empty line leaves its field alone."""
    rows = sheet.rows[sheet.rows.index(first) :]
    # Spreadsheets end the last line too.
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    beside = [*rows, *[None] * len(lines)]
    made = (_line(number, each, row) for number, (each, row) in enumerate(zip(lines, beside, strict=False), 1))
    return PastedColumn(first, text, tuple(made))


def _line(number: int, text: str, row: FieldRow | None) -> PastedLine:
    if not text.strip() or row is None:
        return PastedLine(number, text.strip(), row)
    try:
        return PastedLine(number, text.strip(), row, typed_value(text))
    except ReporterError as problem:
        return PastedLine(number, text.strip(), row, problem=problem)
