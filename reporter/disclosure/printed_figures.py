"""Read the printed table of all figures, in any language. Its labels differ with the language, so lines are known by
their order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reporter.disclosure.read_figures import VALUE, YEAR, Figures, Line, MalformedFileError, Name, parse_number
from reporter.disclosure.read_pdf import read_tables

THINGS = ("activities.", "law.")
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


def printed_cells(content: bytes, figures: Figures) -> Iterator[tuple[Name, int, str]]:
    """What the table in a PDF says of each figure and year. It has the indicators of which a value is known or
    suppressed, in the order of `figures`, each followed by its parts. Raises MalformedFileError when there is no such
    table."""
    expected = _expected(figures)
    if not expected:
        return
    years, lines = _table(content)
    place = 0
    for whole, breakdowns in expected:
        for group in (whole, *_in_order(breakdowns, lines, place + 1, years)):
            for line, (name, _) in enumerate(group, place):
                cells = lines[line] if line < len(lines) else ()
                yield from ((name, year, text) for year, text in zip(years, cells, strict=False))
            place += len(group)


def _expected(figures: Figures) -> list[tuple[Group, Sequence[Group]]]:
    """The yearly figures, in the order of the file. The table of all years has none of `THINGS`."""
    indicators: dict[str, dict[Name, dict[int, Line]]] = {}
    for name, line in figures.items():
        if name[3] and not name[0].startswith(THINGS):
            indicators.setdefault(name[0], {}).setdefault(name[:3], {})[int(name[3])] = line
    return [_lines(code, own) for code, own in indicators.items() if any(map(_has_line, own.values()))]


def _lines(indicator: str, own: Mapping[Name, Series]) -> tuple[Group, Sequence[Group]]:
    groups: dict[str, Group] = {}
    for name, series in own.items():
        if name[2] and _has_line(series):
            groups.setdefault(name[1], []).append((name, series))
    whole = (indicator, "", "")
    return [(whole, own.get(whole, {}))], list(groups.values())


def _table(content: bytes) -> tuple[list[int], Lines]:
    """The years above the table, and its lines below. It is the largest one that has only years there."""
    best: tuple[list[int], Lines] = [], []
    for rows in filter(None, read_tables(content)):
        heads, *lines = (row[1:] for row in rows)
        if heads and all(map(YEAR.fullmatch, heads)) and len(lines) > len(best[1]):
            best = [int(head) for head in heads], lines
    if not best[0]:
        raise MalformedFileError("has no table of all figures")
    return best


def number_of(text: str) -> tuple[Decimal | None, bool]:
    """The number that a cell prints, and whether it stands there exactly. None where it prints none."""
    found = NUMBER.match(MARKS.sub("", text).strip())
    readings = list(_readings(found[1].strip())) if found else []
    return (readings[0] if readings else None), found is not None and found[0].lstrip()[:1] not in BOUNDS


def _has_line(series: Series) -> bool:
    return any(line[VALUE] or line.get("status") == HIDDEN for line in series.values())


def _in_order(groups: Sequence[Group], lines: Lines, place: int, years: Sequence[int]) -> Iterator[Group]:
    """Put the breakdowns in the order that the table seems to have. The one that fits best comes next."""
    left = list(groups)
    while left:
        best = min(left, key=lambda group: _misfits(group, lines, place, years)) if left[1:] else left[0]
        left.remove(best)
        yield best
        place += len(best)


def _misfits(group: Group, lines: Lines, place: int, years: Sequence[int]) -> int:
    return sum(
        not _prints(printed, parse_number(series[year][VALUE]) if year in series else None)
        for (_, series), line in zip(group, lines[place:], strict=False)
        for year, printed in zip(years, line, strict=False)
    )


def _prints(printed: str, expected: Decimal | None) -> bool:
    text = MARKS.sub("", printed).strip()
    found = NUMBER.match(text)
    if expected is None or found is None:
        return expected is None and not _has_digits(text)
    return not _has_digits(text[found.end() :]) and expected in _readings(found[1].strip())


def _has_digits(text: str) -> bool:
    return any(each.isnumeric() for each in text)


def _readings(text: str) -> Iterator[Decimal]:
    """The numbers that a printed text can mean. All its separators may be of thousands, or the last one of decimals."""
    groups = [each for each in PARTED.split(text.replace("−", "-")) if each]
    if not groups:
        return
    if all(len(each) == 3 for each in groups[1:]):
        yield Decimal("".join(groups))
    if len(groups) > 1 and all(len(each) == 3 for each in groups[1:-1]):
        yield Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
