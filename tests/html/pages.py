"""A small document with one block of each kind, as HTML."""

from dataclasses import replace
from decimal import Decimal

from reporter.data.records import EditionStatus
from reporter.report.document.document import Block, Cell, Column, Document, Edition, Entry, Figure, Row, Section, Table
from reporter.report.document.plot import Bar, Columns, Panels, Shade, Squares
from reporter.text.tree import Note

COLUMNS = Panels((Columns("Cases", ("2019", "2020"), (Bar(Decimal(3), "3"), Bar(Decimal(5), "5", Shade.NOW))),))


LONG = "A sentence that says something about the year and is as long as one. "


EDITION = Edition(
    "EL", "Greece", 2020, 2019, "en", EditionStatus.FINAL, "Trafficking", "Country profile 2020", "Trends",
    "2020", "LT-2020", "Rapporteur", "Ministry", "", "",
)  # fmt: skip


def table(code: str = "cases", number: int = 1, **changes: object) -> Table:
    rows = (
        Row("By stage", (), heading=True),
        Row("Opened <new>", (Cell("3"), Cell("5", marks=("b", "(1)")))),
        Row("of them labour", (Cell(":"), Cell("0")), level=1),
    )
    columns = (Column("2019"), Column("2020", current=True))
    made = Table(
        code, number, "Cases", "Number", "Stage", columns, rows, "Police", ((":", "not available"), ("(1)", "Late"))
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def figure(code: str = "cases", plot: Panels | Squares = COLUMNS) -> Figure:
    return Figure(
        code, 4, "Cases rose", "Number", plot, 'Cases: 3 in 2019, "5" in 2020', "Police", table(f"data-{code}")
    )


def document(*blocks: Block, sections: tuple[Section, ...] = (), notes: tuple[Note, ...] = ()) -> Document:
    chapter = Section("justice", "5", "Investigation & prosecution", 1, blocks, sections)
    return Document(EDITION, (Entry("Publisher", ("Ministry",)),), (chapter,), notes)
