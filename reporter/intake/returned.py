"""A copy of a received workbook with comments, for its agency."""

import re
from collections.abc import Iterable
from io import BytesIO
from warnings import catch_warnings
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporter.intake.receiving import CellProblem

PROPERTIES, MODIFIED = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WRONG, ANSWERED = (PatternFill("solid", start_color=each) for each in ("FFF6C9C9", "FFFFFBE6"))
# In pixels, wide enough for a sentence.
WIDTH, LINE, LETTERS = 320, 20, 44
# Of the first sheet so much is looked at.
ROWS, COLUMNS = 500, 20


def with_comments(content: bytes, told: Iterable[CellProblem], author: str, day: str) -> bytes:
    """Lay what was found at the cells, as comments by `author`. All else stays as the agency filled it in. What belongs
    to no cell stands on the first sheet, below what is there."""
    with catch_warnings(action="ignore"):
        book = load_workbook(BytesIO(content))
    _take_out_earlier(book, author)
    by_cell: dict[str, list[str]] = {}
    for each in told:
        by_cell.setdefault(each.cell, []).append(each.words)
    for cell, words in by_cell.items():
        sheet, _, place = cell.rpartition("!")
        if cell and sheet in book.sheetnames:
            at = _first_of_joined(book[sheet], place)
            text = "\n".join([*words, *([at.comment.text] if at.comment else [])])
            at.comment = Comment(text, author, width=WIDTH, height=LINE * (2 + len(text) // LETTERS))
            at.fill = WRONG
        else:
            first = book.worksheets[0]
            known = {row[0] for row in first.iter_rows(1, min(ROWS, first.max_row), 1, 1, values_only=True)}
            for line in (each for each in words if each not in known):
                below = first.cell(
                    max(
                        (
                            number
                            for number, row in enumerate(first.iter_rows(1, min(ROWS, first.max_row), 1, COLUMNS), 1)
                            if any(each.value is not None for each in row)
                        ),
                        default=0,
                    )
                    + 1,
                    1,
                )
                below.value = line
                # However it begins, it is no formula.
                below.data_type = "s"
    saved, target = BytesIO(), BytesIO()
    book.save(saved)
    # What saves it writes the time of now, into the workbook and its archive.
    written = rf"\g<1>{day}T00:00:00Z".encode()
    with ZipFile(saved) as parts, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            content = parts.read(name)
            content = MODIFIED.sub(written, content) if name == PROPERTIES else content
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()


def _take_out_earlier(book: Workbook, author: str) -> None:
    """Take out what was said of an earlier copy. What the agency itself noted at a cell stays."""
    for sheet in book.worksheets:
        for cell in [each for each in sheet._cells.values() if each.comment]:
            marked = cell.fill.start_color.rgb == WRONG.start_color.rgb
            if isinstance(cell, Cell) and cell.comment and (marked or cell.comment.author == author):
                cell.comment = None
                if marked:
                    cell.fill = ANSWERED


def _first_of_joined(sheet: Worksheet, place: str) -> Cell:
    joined = next((each for each in sheet.merged_cells.ranges if place in each), None)
    found = sheet.cell(*((joined.min_row, joined.min_col) if joined else coordinate_to_tuple(place)))
    if not isinstance(found, Cell):
        raise TypeError(f"{place} stands for no cell")
    return found
