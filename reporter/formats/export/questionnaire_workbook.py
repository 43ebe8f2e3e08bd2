"""Write the form of an agency as a workbook to fill in."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from reporter.data.i18n import Locale
from reporter.data.i18n.locale import explained_words, offered_words
from reporter.formats.export.workbook import Book
from reporter.report.document.questionnaire import (
    ANSWER,
    CODE,
    IDENTITY,
    LIST,
    REMARK,
    SOURCE,
    WORDS,
    AskedBlock,
    AskedLine,
    AskedTable,
    Questionnaire,
    identity_of,
)

# Together these widths fill a landscape A4 page without shrinking it.
LABELS, YEARS, ANSWERS, REMARKS, SOURCES = 44, 9, 14, 28, 24
OFFERED, EXPLAINED, COUNTED = 20, 104, 18
MARGIN, LINE_POINTS, ROWS_OF_PAGE = 0.5, 15, 44
# The rows of a sheet: title, definition, roles of columns (hidden), heads.
ROLES, HEADS = 2, 3
INK, PALE, RULE, FIELD, WANTED, WRONG = "#06183F", "#5B6675", "#C5CDD8", "#FFFBE6", "#FFE9A8", "#F6C9C9"
FREE: Mapping[str, object] = {"locked": False, "border": 1, "border_color": RULE, "bg_color": FIELD}
LONGEST_NAME, FORBIDDEN = 31, str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
# The column of the list with the words that cells accept.
WORD_COLUMN = 5
ALLOWED = ("format_columns", "format_rows", "insert_rows", "insert_columns", "select_locked_cells")
# The longest message that spreadsheets show at a cell.
LONGEST_MESSAGE = 255


@dataclass(frozen=True, slots=True)
class _Place:
    """The cell of a line's answer."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return str(xl_rowcol_to_cell(self.row, self.column))

    @property
    def outside(self) -> str:
        return f"'{self.sheet}'!{self.cell}"


def questionnaire_workbook(form: Questionnaire, locale: Locale, day: str) -> bytes:
    """Write a form as the bytes of a workbook, always the same; `day` is the ISO date of its creation."""
    target = io.BytesIO()
    writer = _QuestionnaireWriter(target, form, locale)
    writer.write(day)
    writer.book.close()
    return target.getvalue()


def sheet_names(form: Questionnaire, locale: Locale) -> tuple[str, ...]:
    """The sheets of a form: instructions, tables, missing answers."""
    names: list[str] = []
    for title in (locale.text("Please read"), *(table.title for table in form.tables), locale.text("Check")):
        plain = " ".join(title.translate(FORBIDDEN).split())[:LONGEST_NAME]
        name, number = plain, 2
        while name.casefold() in (other_name.casefold() for other_name in names):
            name, number = f"{plain[: LONGEST_NAME - 3]} {number}", number + 1
        names.append(name)
    return tuple(names)


class _QuestionnaireWriter(Book):
    """Writes a form into a workbook."""

    def __init__(self, target: io.BytesIO, form: Questionnaire, locale: Locale) -> None:
        super().__init__(target, font_color=INK)
        self.form, self.locale = form, locale
        self.places: dict[str, _Place] = {}
        self.intro, *self.names, self.check = sheet_names(form, locale)
        # The answers follow the earlier years.
        self.column = 1 + len(form.years)
        self.identity = identity_of(form.country, form.year, form.agency.code)
        self.title = locale.put("{} {}: {}", form.country_name, form.year, form.agency.name.text(locale.language))

    def write(self, day: str) -> None:
        intro = self.sheet(self.intro)
        intro.fit_to_pages(1, 0)
        pairs = [
            (self._grid if table.grid else self._table)(self.sheet(name), table)
            for name, table in zip(self.names, self.form.tables, strict=True)
        ]
        self._check(self.sheet(self.check), pairs)
        self._introduce(intro)
        listed = self.book.add_worksheet(LIST)
        listed.very_hidden()
        listed.write_string(0, 0, self.identity)
        for row, word in enumerate(offered_words(self.locale), 1):
            listed.write_string(row, WORD_COLUMN, word)
        self.book.set_properties(
            {"title": self.title, "author": self.form.asked_by, "created": datetime.fromisoformat(day)}
        )
        self.book.set_custom_property(IDENTITY, self.identity)

    def sheet(self, name: str) -> Worksheet:
        sheet = super().sheet(name)
        sheet.set_margins(MARGIN, MARGIN, MARGIN, 2 * MARGIN)
        sheet.set_footer(f"&L{self.title.replace('&', '&&')}&R&P / &N")
        sheet.hide_gridlines(2)
        # Protected without a password: this prevents accidents and locks no one out.
        sheet.protect("", dict.fromkeys(ALLOWED, True))
        return sheet

    def _table(self, sheet: Worksheet, table: AskedTable) -> tuple[str, str]:
        """Write a table; return the formulas that count missing and wrong answers."""
        self._columns(sheet, table)
        row, missing, wrong = HEADS + 1, list[str](), list[str]()
        total = ""
        for block in table.blocks:
            if block.title:
                for column in range(self.column + 3):
                    self.text(sheet, row, column, "" if column else block.title, bold=True, top=1, top_color=RULE)
                row += 1
            first = row
            for line in block.lines:
                self._line(sheet, row, line, is_total=not block.title)
                row += 1
            answers = f"{xl_rowcol_to_cell(first, self.column)}:{xl_rowcol_to_cell(row - 1, self.column)}"
            if not any(line.country for line in block.lines):
                missing.append(_empty(sheet, answers))
            for line in block.lines:
                parts = [self.places[part.address].outside for part in block.lines if part.within == line.address]
                wrong += [_contradicts(parts, self.places[line.address].outside)] if parts else []
            if not block.title:
                total = block.lines[0].address
            elif total:
                row, flaw = self._sum(sheet, row, block, self.places[total])
                wrong.append(flaw)
            row += 1
        sheet.freeze_panes(HEADS + 1, 1)
        sheet.repeat_rows(0, HEADS)
        sheet.print_area(0, 0, row, self.column + 2)
        sheet.fit_to_pages(1, ceil(row / ROWS_OF_PAGE))
        return "+".join(missing), "+".join(wrong) or "0"

    def _grid(self, sheet: Worksheet, table: AskedTable) -> tuple[str, str]:
        """Write a cross; return the formulas that count missing and wrong answers."""
        if table.grid is None:
            return "0", "0"
        rows, columns, lines = table.grid.rows, table.grid.columns, iter(table.lines)
        self._grid_columns(sheet, table, columns)
        last, wrong = len(columns), list[str]()
        group = ""
        for number, row in enumerate(rows, HEADS + 1):
            # With several breakdowns in the rows, a line divides the codes of the first.
            above, group = group, row.address.rpartition(".")[0]
            top = int(group != above)
            self.text(sheet, number, 0, row.label, align="left", indent=2 * row.level, text_wrap=True, top=top)
            for column in range(1, last + 1):
                self._answer(sheet, number, column, next(lines))
            self._remark_cells(sheet, number, last + 1, row)
            whole = self.places.get(row.address)
            parts = [self.places[f"{row.address}.{code}"].outside for code in table.grid.top]
            wrong += [_contradicts(parts, whole.outside)] if whole and parts else []
        sheet.freeze_panes(HEADS + 1, 1)
        sheet.repeat_rows(0, HEADS)
        sheet.fit_to_pages(1, 0)
        cells = f"{xl_rowcol_to_cell(HEADS + 1, 1)}:{xl_rowcol_to_cell(HEADS + len(rows), last)}"
        return _empty(sheet, cells), "+".join(wrong) or "0"

    def _grid_columns(self, sheet: Worksheet, table: AskedTable, columns: Sequence[AskedLine]) -> None:
        self.text(sheet, 0, 0, table.title, bold=True, font_size=16)
        self.text(sheet, 1, 0, table.definition, italic=True)
        sheet.set_column(0, 0, LABELS)
        sheet.set_column(1, len(columns), ANSWERS)
        self.text(sheet, HEADS, 0, "", bottom=1)
        roles = (*(f"{ANSWER} {column.address}: {column.label}" for column in columns), REMARK, SOURCE, CODE, WORDS)
        heads = (*(column.label for column in columns), self.locale.text("Remark"), self.locale.text("Source"))
        for column, role in enumerate(roles, 1):
            self.text(sheet, ROLES, column, role)
            if role in (CODE, WORDS, REMARK, SOURCE):
                width = {REMARK: REMARKS, SOURCE: SOURCES}.get(role, YEARS)
                sheet.set_column(column, column, width, None, {"hidden": True} if role in (CODE, WORDS) else {})
        for column, head in enumerate(heads, 1):
            side = {"align": "right" if column <= len(columns) else "left", "valign": "bottom", "text_wrap": True}
            self.text(sheet, HEADS, column, head, bold=True, bottom=1, indent=1, **side)
        sheet.set_row(ROLES, None, None, {"hidden": True})
        sheet.set_row(HEADS, LINE_POINTS * max(ceil(len(head) / (0.75 * ANSWERS)) for head in heads))

    def _columns(self, sheet: Worksheet, table: AskedTable) -> None:
        heads = (
            *map(str, self.form.years),
            str(self.form.year),
            self.locale.text("Remark"),
            self.locale.text("Source"),
        )
        roles = (*("" for _ in self.form.years), ANSWER, REMARK, SOURCE, CODE, WORDS)
        widths = (*(YEARS for _ in self.form.years), ANSWERS, REMARKS, SOURCES, YEARS, YEARS)
        self.text(sheet, 0, 0, table.title, bold=True, font_size=16)
        if table.definition:
            sheet.merge_range(1, 0, 1, self.column + 2, table.definition, self.format(italic=True, text_wrap=True))
            wide = LABELS + sum(widths[:-2])
            sheet.set_row(1, LINE_POINTS * ceil(len(table.definition) / (0.9 * wide)) + LINE_POINTS // 2)
        sheet.set_column(0, 0, LABELS)
        self.text(sheet, HEADS, 0, "", bottom=1)
        for column, (role, width) in enumerate(zip(roles, widths, strict=True), 1):
            sheet.set_column(column, column, width, None, {"hidden": True} if role in (CODE, WORDS) else {})
            if role:
                self.text(sheet, ROLES, column, role)
        for column, head in enumerate(heads, 1):
            side: dict[str, object] = {"align": "right" if column <= self.column else "left", "indent": 1}
            color = PALE if column < self.column else INK
            self.text(sheet, HEADS, column, head, bold=True, bottom=1, font_color=color, **side)
        sheet.set_row(ROLES, None, None, {"hidden": True})

    def _line(self, sheet: Worksheet, row: int, line: AskedLine, *, is_total: bool) -> None:
        if line.country:
            sheet.write_blank(row, 0, None, self.format(**FREE, align="left", indent=2))
        else:
            self.text(sheet, row, 0, line.label, align="left", indent=2 * line.level, bold=is_total, text_wrap=True)
        for column, value in enumerate(line.earlier, 1):
            self.text(sheet, row, column, value, align="right", indent=1, font_color=PALE)
        self._answer(sheet, row, self.column, line)
        self._remark_cells(sheet, row, self.column + 1, line)

    def _answer(self, sheet: Worksheet, row: int, column: int, line: AskedLine) -> None:
        place = self.places[line.address] = _Place(sheet.get_name(), row, column)
        number = "#,##0" if line.whole else "General"
        answer = self.format(**FREE, num_format=number, align="right", indent=1, font_size=12)
        sheet.write_blank(row, column, None, answer)
        sheet.data_validation(row, column, row, column, self._rule(place.cell, line))
        if not line.country:
            self._color(sheet, place, f"LEN(TRIM({place.cell}))=0", WANTED)

    def _remark_cells(self, sheet: Worksheet, row: int, first: int, line: AskedLine) -> None:
        """Write the fields for a remark and a source, and the hidden code and words of a line."""
        for column in (first, first + 1):
            sheet.write_blank(row, column, None, self.format(**FREE, text_wrap=True, align="left", indent=1))
        self.text(sheet, row, first + 2, line.address)
        self.text(sheet, row, first + 3, line.label)

    def _color(self, sheet: Worksheet, place: _Place, where: str, color: str) -> None:
        options = {"type": "formula", "criteria": f"={where}", "format": self.book.add_format({"bg_color": color})}
        sheet.conditional_format(place.row, place.column, place.row, place.column, options)

    def _rule(self, cell: str, line: AskedLine) -> dict[str, object]:
        """The validation of a cell: a number of zero or more, or a word."""
        words = offered_words(self.locale)
        column = xl_col_to_name(WORD_COLUMN, col_abs=True)
        listed = f"'{LIST}'!{column}$2:{column}${len(words) + 1}"
        whole = f",INT({cell})={cell}" if line.whole else ""
        named = self.locale.joined(", ", words)
        message = (
            self.locale.text("A whole number (0 if there were none), or a word: {words}.", words=named)
            if line.whole
            else self.locale.text("A number (0 if there were none), or a word: {words}.", words=named)
        )
        return {
            "validate": "custom",
            "value": f"=OR(IF(ISNUMBER({cell}),AND({cell}>=0{whole}),FALSE),COUNTIF({listed},{cell})>0)",
            "ignore_blank": True,
            "error_title": self.locale.text("Neither a number nor a word")[:32],
            "error_message": message[:LONGEST_MESSAGE],
            "input_message": message[:LONGEST_MESSAGE],
        }

    def _sum(self, sheet: Worksheet, row: int, block: AskedBlock, total: _Place) -> tuple[int, str]:
        """Write the sum of parts; return the next row and the formula that counts contradictions with the total."""
        if not block.top:
            parts = [self.places[line.address].outside for line in block.lines]
            return row, "+".join(f"IF(COUNT({part},{total.outside})=2,--({part}>{total.outside}),0)" for part in parts)
        places = [self.places[address] for address in block.top]
        cells = ",".join(place.cell for place in places)
        self.text(sheet, row, 0, self.locale.text("Sum of these lines"), italic=True, font_color=PALE)
        style = self.format(italic=True, align="right", indent=1, font_color=PALE, num_format="#,##0")
        sheet.write_formula(row, self.column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', style, "")
        here = _Place(total.sheet, row, self.column)
        self._color(sheet, here, f"{_contradicts([place.cell for place in places], total.cell)}>0", WRONG)
        return row + 1, _contradicts([place.outside for place in places], total.outside)

    def _introduce(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, OFFERED)
        sheet.set_column(1, 1, EXPLAINED)
        self.text(sheet, 0, 0, self.title, bold=True, font_size=18)
        self.text(sheet, 1, 0, self.identity, font_color=PALE)
        row = 3
        for number, text in enumerate(self._instructions(), 1):
            self.text(sheet, row, 0, str(number), bold=True, font_size=12)
            self.text(sheet, row, 1, text, text_wrap=True, font_size=12)
            row += 1
        row += 1
        for column, head in enumerate((self.locale.text("Word"), self.locale.text("When you write it"))):
            self.text(sheet, row, column, head, bold=True, bottom=1)
        for below, pair in enumerate(explained_words(self.locale), row + 1):
            for column, text in enumerate(pair):
                self.text(sheet, below, column, text, bold=not column, text_wrap=True, font_size=12)

    def _instructions(self) -> Iterator[str]:
        locale = self.locale
        yield locale.text(
            "{office} asks you for the figures of {year}. Please answer by {day}.",
            office=self.form.asked_by,
            year=self.form.year,
            day=locale.date(self.form.agency.due_on(self.form.year)),
        )
        yield locale.text("Fill in the yellow cells, sheet by sheet. Leave no cell empty.")
        yield locale.text("Write 0 if there were none. An empty cell is not a zero.")
        yield locale.text("If there is no number, write one of the words below.")
        if self.form.years:
            yield locale.text("The grey numbers are your answers for earlier years. They cannot be changed here.")
        yield locale.text("Next to each answer you can write a remark and the source of the number.")
        yield locale.text("The sheet “{sheet}” shows what is missing and what does not add up.", sheet=self.check)
        yield locale.text("You can add rows and columns. Do not sort the sheets; return the file as .xlsx.")

    def _check(self, sheet: Worksheet, pairs: Sequence[tuple[str, str]]) -> None:
        locale, text = self.locale, self.text
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, LABELS + COUNTED)
        sheet.set_column(1, 2, COUNTED)
        sheet.set_column(3, 3, REMARKS)
        text(sheet, 0, 0, locale.text("What is missing and what does not add up"), bold=True, font_size=16)
        heads = (locale.text("Table"), locale.text("Empty cells"), locale.text("Contradictions"), locale.text("State"))
        for column, head in enumerate(heads):
            side: dict[str, object] = {"align": "right" if column in (1, 2) else "left", "indent": 1 if column else 0}
            text(sheet, 2, column, head, bold=True, bottom=1, **side)
        states = (locale.text("does not add up"), locale.text("cells are empty"), locale.text("complete"))
        wrong_words, empty, complete = ('"' + text.replace('"', '""') + '"' for text in states)
        for row, (table, name, (missing, wrong)) in enumerate(zip(self.form.tables, self.names, pairs, strict=True), 3):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.format(text_wrap=True, underline=1), table.title)
            sheet.write_formula(row, 1, f"={missing}", self.format(align="right", indent=1), len(table.lines))
            sheet.write_formula(row, 2, f"={wrong}", self.format(align="right", indent=1), 0)
            state = f"=IF(C{row + 1}>0,{wrong_words},IF(B{row + 1}>0,{empty},{complete}))"
            sheet.write_formula(row, 3, state, self.format(bold=True, align="left", indent=1), states[1])
            place = _Place(self.check, row, 2)
            self._color(sheet, place, f"{place.cell}>0", WRONG)
            self._color(sheet, _Place(self.check, row, 1), f"B{row + 1}>0", WANTED)


def _empty(sheet: Worksheet, cells: str) -> str:
    return f"SUMPRODUCT(--(LEN(TRIM('{sheet.get_name()}'!{cells}))=0))"


def _contradicts(parts: Sequence[str], total: str) -> str:
    """The formula that is 1 where the given parts exceed their total, or all are given and do not add up to it."""
    cells = ",".join(parts)
    more, other = f"SUM({cells})>{total}", f"AND(COUNT({cells})={len(parts)},SUM({cells})<>{total})"
    return f"IF(ISNUMBER({total}),--OR({more},{other}),0)"
