"""The tables of an edition as a spreadsheet workbook: one sheet each, with real numbers; same input, same bytes."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reporter.data.i18n import BOUNDS, N_, NP_, Locale
from reporter.data.records import Audience, is_given
from reporter.formats.export.observations import number, observed_columns
from reporter.formats.export.tidy import AUDIENCE
from reporter.report.context import Context
from reporter.report.document.document import Cell, Edition, Entry, Table

# Text is never read as a formula, a link or a number: what a data file contains must never be executed.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The longest text that a cell of Excel can contain.
LONGEST = 32_767
HEAD_ROW = 3
# RELATIVE: a change with its percentage, such as −16 (−7%). DECIMALS: of a printed percentage; three digits are
# thousands.
RELATIVE = re.compile(r"\s\([^()\"]*%\)$")
DECIMALS = re.compile(r"[.,](\d{1,2})(?!\d)")
TITLE: dict[str, object] = {"bold": True, "font_size": 14}
NUMBERS = frozenset(("year", "value", "vintage"))
STUB_WIDTH, TEXT_WIDTH, NUMBER_WIDTH, MARKS_WIDTH = 44, 30, 10, 6


class Book:
    """A workbook being written. Each format is created once; `usual` applies to all."""

    def __init__(self, target: io.BytesIO, **usual: object) -> None:
        self.book, self.usual = Workbook(target, OPTIONS), {"valign": "top", **usual}
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**self.usual, **properties})
        return self.formats[key]

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: object) -> None:
        sheet.write_string(row, column, text[:LONGEST], self.format(**properties))


class _Tables(Book):
    """The workbook of an edition; a `restricted` one says so on every sheet."""

    def __init__(self, target: io.BytesIO, restricted: str) -> None:
        super().__init__(target)
        self.restricted = restricted

    def sheet(self, name: str) -> Worksheet:
        sheet = super().sheet(name)
        sheet.fit_to_pages(1, 0)
        if self.restricted:
            # In a header, && prints one ampersand; a single one starts a code.
            sheet.set_header(f"&C&B{self.restricted.replace('&', '&&')}")
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: object) -> None:
        if text:
            super().text(sheet, row, column, text, **properties)

    def head(self, sheet: Worksheet, title: str, below: str) -> None:
        for row, text, style in ((0, title, TITLE), (1, below, {"italic": True}), (2, self.restricted, {"bold": True})):
            self.text(sheet, row, 0, text, **style)


def workbook(
    edition: Edition,
    facts: Iterable[Entry],
    tables: Sequence[Table],
    observations: Iterable[tuple[str, ...]],
    context: Context,
) -> bytes:
    """Write a workbook as bytes: contents, all observations, then the tables numbered as in the profile."""
    target, locale, audience = io.BytesIO(), context.locale, context.audience
    book = _Tables(target, edition.restricted)
    names = [locale.text("Table {n}", n=table.number) for table in tables]
    everything = locale.text(N_("All figures"))
    book.book.set_properties(
        {
            "title": _title(edition, locale),
            "subject": edition.subtitle,
            "author": edition.rapporteur,
            "company": edition.publisher,
            "comments": edition.restriction,
            "created": datetime.fromisoformat(context.vintage.edition.day),
        }
    )
    book.book.set_custom_property("Language", locale.language)
    book.book.set_custom_property("Audience", audience.value)
    captions = [locale.text("All figures of the edition and of earlier years, one value per line")]
    captions += [table.caption for table in tables]
    _contents(book, edition, facts, dict(zip((everything, *names), captions, strict=True)), locale)
    heads = (*observed_columns(context.vintage.catalogue), AUDIENCE)
    _observations(book, book.sheet(everything), heads, observations, audience)
    for name, table in zip(names, tables, strict=True):
        _table(book, book.sheet(name), table, locale)
    book.book.close()
    return target.getvalue()


def _title(edition: Edition, locale: Locale) -> str:
    title = locale.put("{}: {}, {}", edition.title, edition.country_name, edition.span)
    for words in filter(None, (edition.unpublished, edition.restricted)):
        title = locale.put("{} ({})", title, words)
    return title


def _contents(
    book: _Tables, edition: Edition, facts: Iterable[Entry], captions: Mapping[str, str], locale: Locale
) -> None:
    sheet = book.sheet(locale.text("Contents"))
    sheet.set_column(0, 0, TEXT_WIDTH)
    sheet.set_column(1, 1, 100)
    book.head(sheet, _title(edition, locale), edition.subtitle)
    row = HEAD_ROW
    for fact in facts:
        book.text(sheet, row, 0, fact.title, bold=True)
        book.text(sheet, row, 1, locale.joined("; ", filter(None, (*fact.lines, fact.url))), text_wrap=True)
        row += 1
    for name, words in captions.items():
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", book.format(font_color="#1F4E9E", underline=1), name)
        book.text(sheet, row, 1, words, text_wrap=True)


def _observations(
    book: _Tables, sheet: Worksheet, heads: Sequence[str], lines: Iterable[tuple[str, ...]], audience: Audience
) -> None:
    for column, head in enumerate(heads):
        book.text(sheet, 0, column, head, bold=True, bottom=1, align="right" if head in NUMBERS else "left")
    last = 0
    for last, line in enumerate(lines, 1):
        for column, (head, text) in enumerate(zip(heads, (*line, audience.value), strict=True)):
            value = number(text) if head in NUMBERS else None
            if value is None:
                book.text(sheet, last, column, text)
            else:
                sheet.write_number(last, column, value, book.format())
    sheet.set_column(0, 0, STUB_WIDTH)
    sheet.set_column(1, len(heads) - 1, 14)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(heads) - 1)
    sheet.repeat_rows(0)


def _table(book: _Tables, sheet: Worksheet, original: Table, locale: Locale) -> None:
    table = original.undrawn()
    # A column with marks in any cell is followed by a column for them.
    marked = [any(len(row.cells) > n and row.cells[n].marks for row in table.rows) for n in range(len(table.columns))]
    places = [1 + n + sum(marked[:n]) for n in range(len(marked))]
    label = locale.text(NP_("above a table", "Table {n}"), n=table.number)
    book.head(sheet, locale.put("{}\u2003{}", label, table.caption), table.unit_line)
    book.text(sheet, HEAD_ROW, 0, table.stub, bold=True, bottom=1, text_wrap=True)
    sheet.set_column(0, 0, STUB_WIDTH)
    for place, column, is_marked in zip(places, table.columns, marked, strict=True):
        align = "left" if column.text else "right"
        book.text(sheet, HEAD_ROW, place, column.label, bold=True, bottom=1, text_wrap=True, align=align)
        sheet.set_column(place, place, TEXT_WIDTH if column.text else NUMBER_WIDTH)
        if is_marked:
            sheet.set_column(place + 1, place + 1, MARKS_WIDTH)
            sheet.write_blank(HEAD_ROW, place + 1, None, book.format(bottom=1))
    for line, row in enumerate(table.rows, HEAD_ROW + 1):
        book.text(sheet, line, 0, row.label, bold=row.heading, indent=2 * row.level, align="left", text_wrap=True)
        for place, column, cell in zip(places, table.columns, row.cells, strict=False):
            if column.text:
                book.text(sheet, line, place, cell.text, text_wrap=True)
            else:
                _cell(book, sheet, line, place, cell)
            book.text(sheet, line, place + 1, " ".join(cell.marks), font_size=9)
    below = [locale.put("{} {}", locale.text("Source:"), table.source_note)] if table.source_note else []
    below += [locale.put("{} {}", mark, text).strip() for mark, text in table.notes]
    for line, text in enumerate(below, HEAD_ROW + len(table.rows) + 2):
        book.text(sheet, line, 0, text, font_size=9)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)


def _cell(book: _Tables, sheet: Worksheet, line: int, place: int, cell: Cell) -> None:
    """Write a cell as a real number if it is one, a bound's sign in its format; everything else as printed."""
    observation = cell.observation
    exact = cell.value if observation is None else observation.value if is_given(observation) else None
    value = None if exact is None else number(f"{exact:f}")
    if value is None:
        book.text(sheet, line, place, cell.text, align="right")
        return
    bound = BOUNDS[observation.qualifier] if observation else ""
    sign = f'"{bound} "' if bound else ""
    whole = "#,##0" if isinstance(value, int) else "#,##0.######"
    if relative := RELATIVE.search(cell.text):
        whole = f'{whole}"{relative[0]}"'
    elif "%" in cell.text:
        # The value is a share of 1; the format shows it with the decimals that are printed.
        decimals = DECIMALS.search(cell.text)
        whole = f"0.{'0' * len(decimals[1])}%" if decimals else "0%"
        whole = f'+{whole};"−"{whole};{whole}' if cell.text[:1] in ("+", "−") else whole
    sheet.write_number(line, place, value, book.format(num_format=sign + whole, align="right"))
