"""Tables as XML of a Word file. They have rules, no grid, and heads that repeat."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporter.word.runs_xml import ParagraphLook, paragraph_xml, twips, xml_text

# In mm: what a page has between its margins, upright and on its side, and beside the words of a cell.
MEASURE, ACROSS, ASIDE = 160.0, 247.0, 3.4
# Letters are about so wide, in em: capitals, wide and narrow ones, all others; bold ones a little more. They are those
# of a wide typeface, which a machine without ours may take instead: no number is to be broken there.
CAPITAL, WIDE, NARROW, OTHER, BOLD = 0.72, 0.95, 0.38, 0.63, 1.1
# The sizes of letters in tables, in points, the largest first.
SIZES = (9.0, 8.0, 7.0)
POINT = 25.4 / 72
# A cell has at most about so many lines, if there is room.
MOST_LINES = 2.2
# A column of words is no wider than so many letters, unless there is room.
MOST_LETTERS, MOST_LEAST = 48, 20
# A table of at most so many rows stays on one page; of a longer one the first and last rows stay together.
MOST_KEPT, TOGETHER = 16, 2


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: its paragraphs as XML, and what is known of them. `letters` are those of its words as they are printed,
    `span` is how many columns it takes, `align` is left or right."""

    xml: str
    letters: str = ""
    span: int = 1
    align: str = "left"
    fill: str = ""


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of cells; a head repeats on each page. `whole` ones stay on one page; `rule` draws a line over it that
    parts groups."""

    cells: tuple[WordCell, ...]
    head: bool = False
    group: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table with the widths of its columns in mm. `title` tells of it."""

    rows: tuple[WordRow, ...]
    widths: tuple[float, ...]
    title: str
    style: str = "Figures"
    row_heads: bool = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a table fits a page: letters in points, widths in mm. It lies `across` a page on its side where it is too
    wide for any other."""

    size: float
    widths: tuple[float, ...]
    across: bool = False


def fitted(columns: Sequence[Sequence[str]], heads: Sequence[str], fixed: dict[int, float] | None = None) -> Fitted:
    """How the columns of a table fit the page. `columns` are the words of their cells, of which the first column has
    labels; `fixed` are widths that are given."""
    for measure, sizes in ((MEASURE, SIZES), (ACROSS, SIZES)):
        for size in sizes:
            least = _widths(columns, heads, size, fixed or {}, whole=False)
            if sum(least) <= measure:
                wanted = _widths(columns, heads, size, fixed or {}, whole=True)
                return Fitted(size, _shared(least, wanted, measure), across=measure == ACROSS)
    share = ACROSS / sum(least)
    return Fitted(SIZES[-1], tuple(width * share for width in least), across=True)


def _widths(
    columns: Sequence[Sequence[str]], heads: Sequence[str], size: float, fixed: dict[int, float], *, whole: bool
) -> list[float]:
    """The widths of columns that hold their longest word, or `whole` cells."""
    made = []
    for n, (cells, head) in enumerate(zip(columns, heads, strict=True)):
        if n in fixed:
            made.append(fixed[n])
            continue
        lengths = [_ems(cell) if whole else max(_longest(cell), _ems(cell) / MOST_LINES) for cell in cells]
        letters = min(max(lengths, default=0.0), (MOST_LETTERS if whole else MOST_LEAST) * OTHER)
        # A head breaks at its blanks, so that numbers stand close together.
        made.append(max(letters, _longest(head) * BOLD) * size * POINT + ASIDE)
    return made


def _ems(words: str) -> float:
    return sum(
        CAPITAL if sign.isupper() else WIDE if sign in "mw%→" else NARROW if sign in "fijlrt.,:;'()" else OTHER
        for sign in words
    )


def _longest(words: str) -> float:
    """How wide the longest word is. Words that a no-break space joins are one."""
    return max((_ems(word) for word in words.replace("-", "- ").replace("/", "/ ").split(" ")), default=0.0)


def _shared(least: Sequence[float], wanted: Sequence[float], measure: float) -> tuple[float, ...]:
    """Widths between the least and the wanted ones. They fill no more than the measure."""
    asked = [max(pair) for pair in zip(least, wanted, strict=True)]
    room, more = measure - sum(least), sum(asked) - sum(least)
    part = min(room / more, 1.0) if more else 0.0
    return tuple(low + (high - low) * part for low, high in zip(least, asked, strict=True))


def table_xml(table: WordTable) -> str:
    total = sum(table.widths)
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in table.widths)
    flags = "06A0" if table.row_heads else "0620"
    look = f'w:firstRow="1" w:lastRow="0" w:firstColumn="{int(table.row_heads)}" w:lastColumn="0" w:noHBand="1"'
    title = f'<w:tblCaption w:val="{xml_text(table.title)}"/>' if table.title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{table.style}"/><w:tblW w:w="{twips(total)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{flags}" {look} w:noVBand="1"/>'
        f"{title}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(row, table.widths) for row in table.rows)}</w:tbl>"
    )


def _row(row: WordRow, widths: Sequence[float]) -> str:
    head = "<w:tblHeader/>" if row.head else ""
    whole = "<w:cantSplit/>" if row.whole or row.head else ""
    properties = f"<w:trPr>{whole}{head}</w:trPr>" if whole or head else ""
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[at : at + cell.span]), row))
        at += cell.span
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(cell: WordCell, width: float, row: WordRow) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    foot = '<w:vAlign w:val="bottom"/>' if row.head else ""
    inside = cell.xml or paragraph_xml("", ParagraphLook("TableText"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{fill}{foot}</w:tcPr>{inside}</w:tc>'


def kept_rows(count: int, heads: Iterable[bool]) -> tuple[bool, ...]:
    """Which rows stay with the next one on a page. All of a short table do; of a longer one its first rows, its heads
    of groups, and the last but one."""
    if count <= MOST_KEPT:
        return tuple(n < count - 1 for n in range(count))
    return tuple(n < TOGETHER or head or n == count - 2 for n, head in enumerate(heads))
