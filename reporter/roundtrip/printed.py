"""The table of all figures as printed, held against the CSV of observations: every number, in any language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reporter.roundtrip.figures import VALUE, Figures, Line, Name, number, stated

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
# The marks of notes, where they cannot be told from the number by how they stand.
MARKS = re.compile(r"\(\d+\)")
# A number with whatever a language parts its digits by; flags that follow are letters.
NUMBER = re.compile(r"[≥≈]?\s*([−-]?\d[\d\s.,'’\u00a0\u202f\u2009]*)")
PARTED = re.compile(r"[^\d−-]+")
# Kinds of nothing by which the table has a line: something was said, and may not be told.
HIDDEN = "suppressed"

Series = Mapping[int, Line]


def differing(figures: Figures, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Where the printed table states another number than the CSV, lacks a line, or has one more.

    Labels differ with the language, so lines are known by their order: indicators as in the CSV, and below each its
    parts, breakdown by breakdown.
    """
    years = next((found for found in map(_years, rows) if found), ())
    lines = [list(row[-len(years) :]) for row in rows if years and len(row) > len(years) and not _years(row)]
    place = 0
    for total, breakdowns in _expected(figures).items():
        whole, parts = breakdowns
        place, wrong = _taken([(total, whole)], lines, place, years)
        yield from wrong
        for group in _in_order(parts, lines, place, years):
            place, wrong = _taken(group, lines, place, years)
            yield from wrong
    if place < len(lines):
        yield f"the table of all figures has {len(lines)} lines, and the CSV gives {place}"


Group = list[tuple[Name, Series]]


def _expected(figures: Figures) -> dict[Name, tuple[Series, list[Group]]]:
    """The lines that the table has: each indicator of which something is known, then its parts by breakdown."""
    found: dict[Name, tuple[Series, list[Group]]] = {}
    series = figures.series()
    for indicator in dict.fromkeys(name[0] for name in series):
        own = {name: line for name, line in series.items() if name[0] == indicator}
        if any(map(_is_told, own.values())):
            whole = next((line for name, line in own.items() if not name[2]), {})
            groups: dict[str, Group] = {}
            for name, line in own.items():
                if name[2] and _is_told(line):
                    groups.setdefault(name[1], []).append((name, line))
            found[(indicator, "", "")] = (whole, list(groups.values()))
    return found


def _is_told(series: Series) -> bool:
    return any(line[VALUE] or line.get("status") == HIDDEN for line in series.values())


def _in_order(groups: list[Group], lines: list[list[str]], place: int, years: Sequence[int]) -> Iterator[Group]:
    """The breakdowns in the order in which the table seems to have them: the one that fits best comes next."""
    left = list(groups)
    while left:
        best = min(left, key=lambda group: len(list(_taken(group, lines, place, years)[1])))
        left.remove(best)
        yield best
        place += len(best)


def _taken(group: Group, lines: list[list[str]], place: int, years: Sequence[int]) -> tuple[int, list[str]]:
    """The place after the lines of a group, and what is wrong with them."""
    wrong: list[str] = []
    for name, series in group:
        cells = lines[place] if place < len(lines) else []
        place += 1
        for column, year in enumerate(years):
            expected = number(series[year][VALUE]) if year in series else None
            printed = cells[column] if column < len(cells) else ""
            if not _says(printed, expected):
                address = f"{name[0]}.{name[2]}" if name[2] else name[0]
                wrong.append(
                    f"{address} {year} is printed as {printed.strip()[:40]!r}, and {_plain(expected)} in the CSV"
                )
    return place, wrong


def _plain(value: Decimal | None) -> str:
    return stated(None if value is None else f"{value:f}")


def _years(row: Sequence[str]) -> tuple[int, ...]:
    """The years of a row of heads; none for another row."""
    heads = [cell.strip() for cell in row[1:]]
    return tuple(map(int, heads)) if heads and all(YEAR.fullmatch(head) for head in heads) else ()


def _says(printed: str, expected: Decimal | None) -> bool:
    """Whether a cell prints this number, or none."""
    text = MARKS.sub("", printed).strip()
    found = NUMBER.match(text)
    if expected is None or found is None:
        return expected is None and not any(each.isdecimal() for each in text)
    return expected in _readings(found[1].strip())


def _readings(text: str) -> Iterator[Decimal]:
    """What a number can mean: with separators of thousands only, or with a separator of decimals at its end."""
    groups = [each for each in PARTED.split(text.replace("−", "-")) if each]
    if not groups:
        return
    if all(len(each) == 3 for each in groups[1:]):
        yield Decimal("".join(groups))
    if len(groups) > 1 and all(len(each) == 3 for each in groups[1:-1]):
        yield Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
