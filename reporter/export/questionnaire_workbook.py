"""Write the form of an agency as a workbook that a person fills in."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reporter.document.cell_signs import ANSWER, CODE, IDENTITY, LIST, REMARK, SOURCE, identity_of, name_of_cell
from reporter.document.questionnaire import AskedBlock, AskedLine, AskedTable, Questionnaire
from reporter.i18n import Locale
from reporter.i18n.answer_words import offered_words
from reporter.model.calendar import midnight

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LABELS, YEARS, ANSWERS, WORDS = 44, 9, 13, 34
# The rows of a sheet: title, definition, what columns hold (hidden), heads.
ROLES, HEADS = 2, 3
INK, PALE, RULE, FIELD, WANTED, WRONG = "#06183F", "#5B6675", "#C5CDD8", "#FFFBE6", "#FFE9A8", "#F6C9C9"
LONGEST_NAME, FORBIDDEN = 31, str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
# The first row of the list of words, which stands beside that of cells.
WORD_COLUMN = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: its sheet and row, and the columns beside it."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return str(xl_rowcol_to_cell(self.row, self.column))

    @property
    def absolute(self) -> str:
        return f"'{self.sheet}'!{xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)}"


def questionnaire_workbook(form: Questionnaire, locale: Locale, day: str) -> bytes:
    """Write a form as the bytes of a workbook, the same every time.

    `day` is that on which it is made, in ISO form.
    """
    target = io.BytesIO()
    writer = _QuestionnaireWriter(Workbook(target, OPTIONS), form, locale)
    writer.write(day)
    writer.book.close()
    return target.getvalue()


def sheet_names(form: Questionnaire, locale: Locale) -> tuple[str, ...]:
    """The names of the sheets of a form: what to do, the tables, what is missing."""
    found: list[str] = []
    for title in (locale.text("Please read"), *(each.title for each in form.tables), locale.text("Check")):
        plain = " ".join(title.translate(FORBIDDEN).split())[:LONGEST_NAME]
        name, number = plain, 2
        while name.casefold() in (each.casefold() for each in found):
            name, number = f"{plain[: LONGEST_NAME - 3]} {number}", number + 1
        found.append(name)
    return tuple(found)


class _QuestionnaireWriter:
    """A form on its way into a workbook."""

    def __init__(self, book: Workbook, form: Questionnaire, locale: Locale) -> None:
        self.book, self.form, self.locale = book, form, locale
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.places: dict[str, _Place] = {}
        self.intro, *self.names, self.check = sheet_names(form, locale)

    @cached_property
    def column(self) -> int:
        """The column of the answers, behind the earlier years."""
        return 1 + len(self.form.years)

    def format(self, **known: object) -> Format:
        """A format, each made once."""
        key = tuple(known.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", "font_color": INK, **known})
        return self.formats[key]

    def write(self, day: str) -> None:
        """Write all sheets, then what leads to their cells."""
        intro = self._sheet(self.intro)
        made = [self._table(self._sheet(name), table) for name, table in zip(self.names, self.form.tables, strict=True)]
        self._check(self._sheet(self.check), made)
        self._introduce(intro)
        self._anchor()
        title = self._title
        self.book.set_properties({"title": title, "author": self.form.asked_by, "created": midnight(day)})
        self.book.set_custom_property(IDENTITY, self._identity)

    @property
    def _identity(self) -> str:
        return identity_of(self.form.country, self.form.year, self.form.agency.code)

    @property
    def _title(self) -> str:
        name = self.form.agency.name.text(self.locale.language)
        return self.locale.put("{} {}: {}", self.form.country_name, self.form.year, name)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self._title.replace('&', '&&')}&R&P / &N")
        sheet.hide_gridlines(2)
        # No password: it keeps fingers off what is not to be filled in, and nobody out.
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "insert_rows": True, "select_locked_cells": True}
        )
        return sheet

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, **known: object) -> None:
        sheet.write_string(row, column, text, self.format(**known))

    # -- a table

    def _table(self, sheet: Worksheet, table: AskedTable) -> tuple[str, str]:
        """Write a table, and give the formulas that count what is missing and what is contradictory."""
        self._columns(sheet, table)
        row, missing, wrong = HEADS + 1, list[str](), list[str]()
        total = ""
        for block in table.blocks:
            if block.title:
                self._text(sheet, row, 0, block.title, bold=True, top=1, top_color=RULE)
                row += 1
            first = row
            for line in block.lines:
                self._line(sheet, row, line, is_total=not block.title)
                row += 1
            answers = f"{xl_rowcol_to_cell(first, self.column)}:{xl_rowcol_to_cell(row - 1, self.column)}"
            missing.append(f"SUMPRODUCT(--(LEN(TRIM({self._on(sheet, answers)}))=0))")
            if not block.title:
                total = xl_rowcol_to_cell(first, self.column)
            elif total:
                row, flaw = self._sum(sheet, row, block, total)
                wrong.append(flaw)
            row += 1
        sheet.freeze_panes(HEADS + 1, 1)
        sheet.repeat_rows(HEADS)
        return "+".join(missing), "+".join(wrong) or "0"

    def _on(self, sheet: Worksheet, cells: str) -> str:
        return f"'{sheet.get_name()}'!{cells}"

    def _columns(self, sheet: Worksheet, table: AskedTable) -> None:
        text, locale = self._text, self.locale
        text(sheet, 0, 0, table.title, bold=True, font_size=14)
        text(sheet, 1, 0, table.definition, italic=True)
        heads = ["", *map(str, self.form.years), str(self.form.year), locale.text("Remark"), locale.text("Source"), ""]
        roles = ["", *("" for _ in self.form.years), ANSWER, REMARK, SOURCE, CODE]
        widths = [LABELS, *(YEARS for _ in self.form.years), ANSWERS, WORDS, WORDS, YEARS]
        for column, (head, role, width) in enumerate(zip(heads, roles, widths, strict=True)):
            hidden = {"hidden": True} if role == CODE else {}
            sheet.set_column(column, column, width, None, hidden)
            align = "right" if 0 < column <= self.column else "left"
            text(sheet, HEADS, column, head, bold=True, bottom=1, align=align, text_wrap=True)
            text(sheet, ROLES, column, role)
        sheet.set_row(ROLES, None, None, {"hidden": True})

    def _line(self, sheet: Worksheet, row: int, line: AskedLine, *, is_total: bool) -> None:
        self._text(sheet, row, 0, line.label, indent=2 * line.level, bold=is_total, text_wrap=True)
        for column, value in enumerate(line.earlier, 1):
            self._text(sheet, row, column, value, align="right", font_color=PALE)
        place = self.places[line.address] = _Place(sheet.get_name(), row, self.column)
        number = "#,##0" if line.whole else "General"
        field = {"locked": False, "border": 1, "border_color": RULE, "bg_color": FIELD}
        sheet.write_blank(row, self.column, None, self.format(**field, num_format=number, align="right"))
        for column in (self.column + 1, self.column + 2):
            sheet.write_blank(row, column, None, self.format(**field, text_wrap=True))
        self._text(sheet, row, self.column + 3, line.address)
        sheet.data_validation(row, self.column, row, self.column, self._rule(place.cell, line))
        empty = {
            "type": "formula",
            "criteria": f"=LEN(TRIM({place.cell}))=0",
            "format": self.book.add_format({"bg_color": WANTED}),
        }
        sheet.conditional_format(row, self.column, row, self.column, empty)

    def _rule(self, cell: str, line: AskedLine) -> dict[str, object]:
        """What a cell takes: a number from zero on, or one of the words."""
        words = offered_words(self.locale)
        listed = f"'{LIST}'!${'ABCD'[WORD_COLUMN]}$2:${'ABCD'[WORD_COLUMN]}${len(words) + 1}"
        whole = f",INT({cell})={cell}" if line.whole else ""
        message = self.locale.text(
            "A whole number; 0 where there were none. Or a word: {words}.", words=self.locale.joined(", ", words)
        )
        return {
            "validate": "custom",
            "value": f"=OR(IF(ISNUMBER({cell}),AND({cell}>=0{whole}),FALSE),COUNTIF({listed},{cell})>0)",
            "ignore_blank": True,
            "error_title": self.locale.text("Neither number nor word"),
            "error_message": message[:255],
            "input_message": message[:255],
        }

    def _sum(self, sheet: Worksheet, row: int, block: AskedBlock, total: str) -> tuple[int, str]:
        """Write the sum of the parts as one types, and tell how often it contradicts the total."""
        whole = self._on(sheet, total)
        if not block.top:
            parts = [self._on(sheet, self.places[line.address].cell) for line in block.lines]
            return row, "+".join(f"IF(COUNT({each},{whole})=2,--({each}>{whole}),0)" for each in parts)
        cells = ",".join(self.places[each].cell for each in block.top)
        self._text(sheet, row, 0, self.locale.text("Sum of these lines"), italic=True, font_color=PALE)
        style = self.format(italic=True, align="right", font_color=PALE)
        sheet.write_formula(row, self.column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', style, "")
        red = {"type": "formula", "format": self.book.add_format({"bg_color": WRONG})}
        flaw = _contradicts(cells, total, len(block.top))
        sheet.conditional_format(row, self.column, row, self.column, red | {"criteria": f"={flaw}>0"})
        outside = ",".join(self._on(sheet, self.places[each].cell) for each in block.top)
        return row + 1, _contradicts(outside, whole, len(block.top))

    # -- what leads to the cells, and the sheets around

    def _anchor(self) -> None:
        listed = self.book.add_worksheet(LIST)
        listed.very_hidden()
        listed.write_string(0, 0, self._identity)
        for row, (address, place) in enumerate(self.places.items(), 1):
            listed.write_string(row, 0, address)
            listed.write_string(row, 1, place.sheet)
            listed.write_string(row, 2, place.cell)
            self.book.define_name(name_of_cell(address), f"={place.absolute}")
        for row, word in enumerate(offered_words(self.locale), 1):
            listed.write_string(row, WORD_COLUMN, word)

    def _introduce(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 100)
        self._text(sheet, 0, 0, self._title, bold=True, font_size=16)
        for row, text in enumerate(self._told(), 2):
            self._text(sheet, row, 0, text, text_wrap=True)
        self._text(sheet, 1, 0, self._identity, font_color=PALE)

    def _told(self) -> Iterator[str]:
        locale, words = self.locale, offered_words(self.locale)
        yield locale.text(
            "{office} asks you for the figures of {year}. Please answer by {day}.",
            office=self.form.asked_by,
            year=self.form.year,
            day=locale.date(self.form.agency.due_on(self.form.year)),
        )
        yield locale.text(
            "Fill in the yellow cells, one sheet after the other. Every cell has an answer, none stays empty."
        )
        yield locale.text("Write 0 where there were none. An empty cell is not a zero.")
        yield locale.text("Where there is no number, write a word: {words}.", words=locale.joined(", ", words))
        yield locale.text("Beside each answer is room for a remark and for where the number comes from.")
        yield locale.text("The sheet “{sheet}” says what is still missing, and what does not add up.", sheet=self.check)
        yield locale.text("You may add rows and columns, sort nothing, and send the file back as it is.")

    def _check(self, sheet: Worksheet, made: Sequence[tuple[str, str]]) -> None:
        locale, text = self.locale, self._text
        sheet.set_column(0, 0, LABELS)
        sheet.set_column(1, 3, 18)
        text(sheet, 0, 0, locale.text("What is missing, and what does not add up"), bold=True, font_size=14)
        heads = (locale.text("Table"), locale.text("Empty cells"), locale.text("Contradictions"), locale.text("State"))
        for column, head in enumerate(heads):
            text(sheet, 2, column, head, bold=True, bottom=1, align="right" if column in (1, 2) else "left")
        states = (locale.text("does not add up"), locale.text("cells are empty"), locale.text("complete"))
        for row, (table, (missing, wrong)) in enumerate(zip(self.form.tables, made, strict=True), 3):
            text(sheet, row, 0, table.title, text_wrap=True)
            sheet.write_formula(row, 1, f"={missing}", self.format(align="right"), len(table.lines))
            sheet.write_formula(row, 2, f"={wrong}", self.format(align="right"), 0)
            wrong_words, empty, complete = map(_quoted, states)
            state = f"=IF(C{row + 1}>0,{wrong_words},IF(B{row + 1}>0,{empty},{complete}))"
            sheet.write_formula(row, 3, state, self.format(bold=True), states[1])


def _contradicts(cells: str, total: str, count: int) -> str:
    """The formula that is 1 where parts are more than their total, or all of them are another number."""
    more, other = f"SUM({cells})>{total}", f"AND(COUNT({cells})={count},SUM({cells})<>{total})"
    return f"IF(ISNUMBER({total}),--OR({more},{other}),0)"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
