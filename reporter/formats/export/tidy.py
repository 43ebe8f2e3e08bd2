"""Figures and comparisons as CSV (RFC 4180), one value per line, and tables as plain text for terminals. Files of one
kind share one head; numbers have no separators. Rows and rules of a comparison are those of its pages."""

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from reporter.data.errors import ReporterError
from reporter.data.records import Audience, Confidentiality, Flag, Observation, Status, is_given
from reporter.data.records.label import FORMULA
from reporter.figures.analysis.arithmetic import Change, Share
from reporter.figures.compare.figures import FigureRow, Manner, Side, Sides, rates
from reporter.figures.compare.ranking import is_ranked, rank_figure, rank_figures
from reporter.report.context import Context
from reporter.report.document.document import Cell, Document, Row, Table
from reporter.report.tables.comparison import rest_label
from reporter.report.tables.tabulate import UNLIKE
from reporter.text.change_sentences import relative_of

WORKED_OUT = "worked out"
# The status of an edition that changed after publication: neither final nor a corrigendum.
CHANGED = "changed after publication"
COMPARABLE = "comparable"
# The last column of every file of figures except the tables of Eurostat, whose columns are fixed.
AUDIENCE = "audience"
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
    COMPARABLE,
)
COUNTRY = "country"
# The number of columns that identify a line of a table.
NAMING = 4


def table_csv(table: Table, audience: Audience = Audience.PUBLIC) -> str:
    """Write a table as CSV, one cell per line: stub and head, number and words as printed, flags, parent row, and the
    country if there are several; numbers with the `status` "worked out" are no observations."""
    table = table.undrawn()
    countries = {cell.observation.country for row in table.rows for cell in row.cells if cell.observation}
    of_several = len(countries) > 1
    lines = (line if of_several else line[:-1] for place in _rows(table) for line in _cells(table, *place))
    return csv_for(audience, (*HEADS, COUNTRY) if of_several else HEADS, lines)


def page_tables(document: Document) -> dict[str, str]:
    """The data that a page offers for download, as CSV by code: of each figure, and of tables without a figure."""
    audience = Audience.RESTRICTED if document.edition.restricted else Audience.PUBLIC
    figures = document.figures()
    behind = {figure.table.code for figure in figures}
    table_by_code = {figure.code: figure.table for figure in figures}
    table_by_code |= {table.code: table for table in document.tables() if table.code not in behind}
    return {code: table_csv(table, audience) for code, table in table_by_code.items()}


def csv_for(audience: Audience, heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    return as_csv((*heads, AUDIENCE), ((*line, audience.value) for line in lines))


def as_csv(heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Write lines below their head (RFC 4180); the only CSV writer. Raises ReporterError for a cell with a formula."""
    target = io.StringIO()
    # RFC 4180, 2 (1): each record ends with CRLF.
    writer = csv.writer(target, lineterminator="\r\n")
    for line in (heads, *lines):
        if cell := next((field for field in line if isinstance(field, str) and FORMULA.match(field)), ""):
            named = ", ".join(str(field) for field in line[:NAMING] if field not in ("", cell))
            raise ReporterError(
                f"a text begins as a formula does, which a spreadsheet would run: {cell[:40]!r} ({named})",
                hint="begin it with a word, in the file where it is written",
            )
        writer.writerow(line)
    return target.getvalue()


def value_of(observation: Observation) -> str:
    """The number as text, with a point and no separators; empty when missing or not for publication."""
    return f"{observation.value:f}" if is_given(observation) else ""


def comparable_of(observation: Observation, *, is_apart: bool) -> str:
    """Whether a value compares with the others of its series; empty without a value or a series."""
    is_in_series = is_given(observation) and observation.year and not observation.owner
    return "false" if is_apart else "true" if is_in_series else ""


def value_fields(observation: Observation) -> tuple[str, str, str, str, str]:
    """Value, flags, status, qualifier and confidentiality; not the rule by which it is withheld, which is telling."""
    is_masked = observation.confidentiality is Confidentiality.FREE and observation.status is Status.SUPPRESSED
    return (
        value_of(observation),
        "".join(sorted(flag.value for flag in observation.flags)),
        WORKED_OUT if observation.implied else observation.status.value,
        observation.qualifier.value if is_given(observation) else "",
        (Confidentiality.CONFIDENTIAL if is_masked else observation.confidentiality).value,
    )


def _rows(table: Table) -> Iterator[tuple[Row, str, str]]:
    """Each row that has cells, with its label (a blank one repeats that above) and its parent row or heading."""
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
        value, *fields = _cell_fields(cell)
        flags, *rest = fields
        yield (label, column.label, value, cell.text, flags, within, *rest)


def _cell_fields(cell: Cell) -> tuple[str, ...]:
    """Value, flags, status, qualifier, confidentiality, address, comparability, country; empty for a cell of words."""
    observation = cell.observation
    if observation is None:
        worked = cell.value is not None
        return (f"{cell.value:f}" if worked else "", "", WORKED_OUT if worked else "", *[""] * 8)
    is_apart = not {UNLIKE, Flag.DEFINITION_DIFFERS.value}.isdisjoint(cell.marks)
    address = (observation.figure, observation.dimension, observation.code, str(observation.year or ""))
    return (*value_fields(observation), *address, comparable_of(observation, is_apart=is_apart), observation.country)


# The stub gets at least this many characters; columns that would leave it less go into the next band.
STUB, GAP, INDENT = 26, 2, 2
RULE = "─"


def table_text(table: Table, width: int = 80) -> str:
    """Write a table in lines of at most `width` characters: caption, unit line, rows, notes, sources."""
    lines = [*textwrap.wrap(table.caption, width), *textwrap.wrap(table.unit_line, width), ""]
    # A column is as wide as its longest cell or word of its head.
    texts = [[_cell_text(row.cells[n]) for row in table.rows if len(row.cells) > n] for n in range(len(table.columns))]
    heads = (column.label.split() for column in table.columns)
    sizes = [max(map(len, [*words, *cells]), default=0) for words, cells in zip(heads, texts, strict=True)]
    for places in _bands(sizes, width - STUB):
        lines += [*_band(table, places, sizes, width), ""]
    for mark, text in table.notes:
        lines += textwrap.wrap(f"{mark} {text}" if mark else text, width, subsequent_indent=" " * (len(mark) + 1))
    return "\n".join([*lines, *textwrap.wrap(table.source_note, width)]) + "\n"


def _bands(sizes: Sequence[int], room: int) -> Iterator[tuple[int, ...]]:
    """Split the columns into bands that fit the width; each has at least one column."""
    band: list[int] = []
    for place, size in enumerate(sizes):
        if band and sum(sizes[n] + GAP for n in band) + size + GAP > room:
            yield tuple(band)
            band = []
        band.append(place)
    yield tuple(band)


def _band(table: Table, places: Sequence[int], sizes: Sequence[int], width: int) -> Iterator[str]:
    widths = [sizes[place] for place in places]
    stub = max(width - sum(size + GAP for size in widths), STUB // 2)
    heads = [textwrap.wrap(table.columns[place].label, sizes[place]) or [""] for place in places]
    deepest = max(map(len, heads), default=1)
    raised = [[""] * (deepest - len(head)) + head for head in heads]
    for line, words in zip_longest([""] * (deepest - 1) + [table.stub], zip(*raised, strict=True), fillvalue=()):
        yield _line(str(line), list(words), widths, stub)
    yield RULE * width
    for row in table.rows:
        yield from _row(row, places, widths, stub)


def _row(row: Row, places: Sequence[int], widths: Sequence[int], stub: int) -> Iterator[str]:
    indent = " " * INDENT * row.level
    *first, last = textwrap.wrap(row.label, stub, initial_indent=indent, subsequent_indent=indent + " ") or [""]
    yield from first
    yield _line(last, [_cell_text(row.cells[place]) for place in places if place < len(row.cells)], widths, stub)


def _line(label: str, cells: Sequence[str], widths: Sequence[int], stub: int) -> str:
    columns = "".join(" " * GAP + cell.rjust(size) for cell, size in zip(cells, widths, strict=False))
    return f"{label:<{stub}}{columns}".rstrip()


def _cell_text(cell: Cell) -> str:
    return cell.text + "".join(cell.marks)


COMPARED_HEADS = (
    "indicator", "dimension", "code", "label", "unit", "country", "year", "edition", "value", "flags", "status",
    "qualifier", "confidentiality", "source", "change", "relative", "obstacle", "file", "line", "share", "points",
    "mean", "mean_obstacle", "lowest", "lowest_year", "highest", "highest_year", "standing", "group", "rank", "rate",
    "apart",
)  # fmt: skip
# The fields after a value's place, empty where nothing is worked out; a remainder has no place in a range.
MORE, NO_PLACE = 8, ("",) * 4
NOT_STATED = "not_stated"


def comparison_csv(context: Context) -> str:
    """Write a comparison as CSV, one value per line. Raises ValueError when nothing is compared."""
    sides = context.sides
    if sides is None:
        raise ValueError("nothing is laid side by side")
    lines = (line for row in context.rows for line in _tidy(context, row, sides))
    return csv_for(context.audience, COMPARED_HEADS, lines)


def _tidy(context: Context, row: FigureRow, sides: Sides, whole: FigureRow | None = None) -> Iterator[Sequence[object]]:
    indicator, last = row.indicator, len(sides.sides) - 1
    label = indicator.label.text(context.locale.language)
    label = context.locale.put("{}, {}", label, context.code_label(row.dimension, row.code)) if row.code else label
    ranks = _ranks_by_side(row, sides, whole)
    for place, side in enumerate(sides.sides):
        observation = row.values[place]
        yield (
            *(indicator.code, row.dimension, row.code, label, indicator.unit.value),
            *_of_side(side),
            *((*value_fields(observation), observation.source) if observation else ("", "", "missing", "", "", "")),
            *_changed(context, row.changes[place - 1] if place and row.changes else None),
            *((observation.mark.path, observation.mark.line) if observation else ("", "")),
            *_shared(context, row, place),
            *(_series(row) if place == last else [""] * 6),
            _standing(side),
            *ranks[place],
        )
    for part in row.parts:
        yield from _tidy(context, part, sides, row)
    for dimension, rests in row.rests:
        figure = (indicator.code, dimension, NOT_STATED, rest_label(context, row, dimension), indicator.unit.value)
        for side, rest in zip(sides.sides, rests, strict=True):
            if rest:
                value = (f"{rest:f}", "", "worked out")
                yield *figure, *_of_side(side), *value, *[""] * (8 + MORE), _standing(side), *NO_PLACE


def _ranks_by_side(row: FigureRow, sides: Sides, whole: FigureRow | None) -> Sequence[tuple[object, ...]]:
    """Group, rank and rate or obstacle of each side; `whole` is the row of a part. Empty for few countries."""
    if not is_ranked(sides):
        return [NO_PLACE] * len(row.values)
    ranking = rank_figure(row, sides, whole) if whole else rank_figures((row,), sides)[0]
    values = () if whole else next((entry.values for entry in rates((row,), sides)), ())
    rated = {place: rate for place, rate in enumerate(values) if rate is not None}
    group = {item.side: (n, item.rank) for n, rank_group in enumerate(ranking.groups, 1) for item in rank_group.placed}
    reason = dict(ranking.outside)
    return [
        (*group.get(place, ("", "")), f"{rated[place]:f}" if place in rated else "", str(reason.get(place, "")))
        for place in range(len(row.values))
    ]


def _standing(side: Side) -> str:
    return CHANGED if side.edition.edition.changed else ""


def _of_side(side: Side) -> tuple[object, ...]:
    return (side.figures.country.code, side.year, side.edition.year)


def _changed(context: Context, change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ("", "", "")
    revised = context.sides is not None and context.sides.manner is Manner.EDITIONS
    relative = None if revised else relative_of(change, context.vintage.settings)
    return (_number(change.difference), _number(relative), change.obstacle.value if change.obstacle else "")


def _shared(context: Context, row: FigureRow, place: int) -> tuple[str, str]:
    """The share of a side and its change from the previous side, only where bases are large enough for a percentage."""

    def share(part: Share | None) -> Decimal | None:
        is_told = part and part.value is not None and context.vintage.settings.allows_percent(part.base)
        return part.value if part and is_told else None

    if not row.shares:
        return ("", "")
    both = [share(side_share) for side_share in row.shares[max(place - 1, 0) : place + 1]]
    is_told = place and row.points and row.changes[place - 1].obstacle is None and None not in both
    return _number(both[-1]), _number(row.points[place - 1]) if is_told else ""


def _series(row: FigureRow) -> Iterator[object]:
    """The mean of the years before and the extremes that the last side is compared with."""
    mean, extremes = row.mean, row.extremes
    yield _number(mean.value if mean else None)
    yield mean.obstacle.value if mean and mean.obstacle else ""
    for observation in (extremes.lowest, extremes.highest) if extremes else (None, None):
        yield from (value_of(observation), observation.year) if observation else ("", "")


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
