"""Compare the printed table of all figures with the CSV.

Every number, in any language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporter.roundtrip.stated import VALUE, YEAR, Figures, Line, MalformedFileError, Name, parse_number, value_text

# The marks of notes, where they cannot be told from the number by how they stand.
MARKS = re.compile(r"\(\d+\)")
# A number with whatever a language separates its digits by; flags that follow are letters.
NUMBER = re.compile(r"[≥>≈]?\s*([−-]?\d[\d\s.,'’\u00a0\u202f\u2009]*)")
BOUNDS = tuple("≥>≈")
PARTED = re.compile(r"[^\d−-]+")
# A status without a value that gives a line to the table: the value exists and may not be published.
HIDDEN = "suppressed"

Series = Mapping[int, Line]
Group = list[tuple[Name, Series]]
Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """The printed table that figures should make.

    `lines` has, for each indicator, its own line and its parts by breakdown; `place` is where the figures come from.
    """

    years: frozenset[int]
    lines: Sequence[tuple[Group, Sequence[Group]]]
    place: str


def expected_table(figures: Figures) -> ExpectedTable:
    """Derive the printed table from figures.

    It has the indicators of which a value is known or suppressed, each followed by its parts.
    """
    indicators: dict[str, dict[Name, Series]] = {}
    for name, line in figures.series().items():
        indicators.setdefault(name[0], {})[name] = line
    shown = {code: own for code, own in indicators.items() if any(map(_has_line, own.values()))}
    years = frozenset(year for own in shown.values() for series in own.values() for year in series)
    return ExpectedTable(years, [_lines(code, own) for code, own in shown.items()], figures.place)


def _lines(indicator: str, own: Mapping[Name, Series]) -> tuple[Group, Sequence[Group]]:
    groups: dict[str, Group] = {}
    for name, series in own.items():
        if name[2] and _has_line(series):
            groups.setdefault(name[1], []).append((name, series))
    whole = (indicator, "", "")
    return [(whole, own.get(whole, {}))], list(groups.values())


def table_differences(table: ExpectedTable, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Find where the printed table differs from the expected one.

    Labels differ with the language, so lines are known by their order: indicators as in the CSV, and below each its
    parts, breakdown by breakdown. Raises MalformedFileError when the years do not stand above the columns.
    """
    years = _years(rows)
    yield from (f"the table of all figures has no column for {year}" for year in sorted(table.years - set(years)))
    if broken := [number for number, row in enumerate(rows) if len(row) != len(rows[0])]:
        yield f"line {broken[0]} of the table of all figures has not as many cells as its head"
    place, lines = 0, [row[1:] for row in rows[1:]]
    for whole, breakdowns in table.lines:
        for group in (whole, *_in_order(breakdowns, lines, place + 1, years)):
            yield from _wrong(group, lines, place, years, table.place)
            place += len(group)
    if place != len(lines):
        yield f"the table of all figures has {len(lines)} lines, and {table.place} gives {place}"


def printed_cells(table: ExpectedTable, rows: Sequence[Sequence[str]]) -> Iterator[tuple[Name, int, str]]:
    """What the printed table says of each figure and year.

    Its lines are known by their order, as in `table_differences`. Raises MalformedFileError without years above them.
    """
    years = _years(rows)
    place, lines = 0, [row[1:] for row in rows[1:]]
    for whole, breakdowns in table.lines:
        for group in (whole, *_in_order(breakdowns, lines, place + 1, years)):
            for line, (name, _) in enumerate(group, place):
                cells = lines[line] if line < len(lines) else ()
                yield from ((name, year, text) for year, text in zip(years, cells, strict=False))
            place += len(group)


def number_of(text: str) -> tuple[Decimal | None, bool]:
    """The number that a cell prints, and whether it stands there exactly.

    None where it prints none.
    """
    found = NUMBER.match(MARKS.sub("", text).strip())
    readings = list(_readings(found[1].strip())) if found else []
    return (readings[0] if readings else None), found is not None and found[0].lstrip()[:1] not in BOUNDS


def _years(rows: Sequence[Sequence[str]]) -> list[int]:
    heads = [cell.strip() for cell in rows[0][1:]] if rows else []
    years = [int(head) for head in heads if YEAR.fullmatch(head)]
    if not years or len(years) < len(heads) or years != sorted(set(years)):
        raise MalformedFileError("has no years above the table of all figures")
    return years


def _has_line(series: Series) -> bool:
    return any(line[VALUE] or line.get("status") == HIDDEN for line in series.values())


def _in_order(groups: Sequence[Group], lines: Lines, place: int, years: Sequence[int]) -> Iterator[Group]:
    """Put the breakdowns in the order that the table seems to have.

    The one that fits best comes next.
    """
    left = list(groups)
    while left:
        best = (
            min(left, key=lambda group: sum(1 for _ in _wrong(group, lines, place, years, ""))) if left[1:] else left[0]
        )
        left.remove(best)
        yield best
        place += len(best)


def _wrong(group: Group, lines: Lines, place: int, years: Sequence[int], source: str) -> Iterator[str]:
    """Find wrong cells in a group of lines that begins at `place`."""
    for line, (name, series) in enumerate(group, place):
        cells = lines[line] if line < len(lines) else ()
        for column, year in enumerate(years):
            known = parse_number(series[year][VALUE]) if year in series else None
            printed = cells[column] if column < len(cells) else ""
            if not _prints(printed, known):
                address = f"{name[0]}.{name[2]}" if name[2] else name[0]
                shown, expected = printed.strip()[:40], value_text(None if known is None else f"{known:f}")
                yield f"{address} {year} is printed as {shown!r}, and {expected} in {source}"


def _prints(printed: str, expected: Decimal | None) -> bool:
    """True if a cell prints this number, or no number for None."""
    text = MARKS.sub("", printed).strip()
    found = NUMBER.match(text)
    if expected is None or found is None:
        return expected is None and not _has_digits(text)
    return not _has_digits(text[found.end() :]) and expected in _readings(found[1].strip())


def _has_digits(text: str) -> bool:
    return any(each.isnumeric() for each in text)


def _readings(text: str) -> Iterator[Decimal]:
    """The numbers that a printed text can mean.

    All its separators may be of thousands, or the last one of decimals.
    """
    groups = [each for each in PARTED.split(text.replace("−", "-")) if each]
    if not groups:
        return
    if all(len(each) == 3 for each in groups[1:]):
        yield Decimal("".join(groups))
    if len(groups) > 1 and all(len(each) == 3 for each in groups[1:-1]):
        yield Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
