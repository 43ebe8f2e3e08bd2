"""Compare the tables of Eurostat with their origins and the CSV.

The tables with the list of their origins, and that list with the CSV of observations.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reporter.roundtrip.stated import STATUS, VALUE, Figures, Line, MalformedFileError, parse_number, value_text

HEADS = (
    "dataflow",
    "key",
    "year",
    "value",
    "origin",
    "figures",
    "flags",
    "confidentiality",
    "person",
    "indicator",
    "figure",
)
# Columns of a table in SDMX-CSV 1.0 as Eurostat has it; those of its dimensions stand between FRONT and BACK.
TIME, OBSERVED, FLAG, CONFIDENTIAL, FLOW = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS", "DATAFLOW"
FRONT, BACK = (FLOW, "LAST UPDATE"), (TIME, OBSERVED, FLAG, CONFIDENTIAL)
# What begins a table of Eurostat, whatever its file is called.
BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?[\"\s]*DATAFLOW\b[^\r\n]*\bOBS_VALUE\b", re.IGNORECASE)
JOINED, MISSING, BROKEN = " + ", ":", "b"
SUPPRESSED, EXACT, QUALIFIER = "suppressed", "exact", "qualifier"


class DataflowCell(NamedTuple):
    """A cell of a Eurostat table: dataflow, key and year.

    `key` are the codes of its dimensions, joined by dots.
    """

    dataflow: str
    key: str
    year: str

    def __str__(self) -> str:
        return " ".join(self)


class CellValue(NamedTuple):
    """What a cell holds: value, flags, status of confidentiality."""

    value: str
    flags: str
    confidentiality: str


Cells = Mapping[DataflowCell, CellValue]
Origins = tuple[Line, ...]


def is_table(begin: bytes) -> bool:
    """Return whether a file that begins so is a Eurostat table."""
    return bool(BEGINS.match(begin))


def origins_of(lines: Iterable[Line]) -> Origins:
    """Check a list of origins and return its lines.

    Raises MalformedFileError when it lacks a column or has a cell twice.
    """
    found = tuple(lines)
    if lacking := [each for each in HEADS if found and each not in found[0]]:
        raise MalformedFileError(f"has no column {lacking[0]!r}")
    twice = [cell for cell, count in Counter(map(_cell, found)).items() if count > 1]
    if twice:
        raise MalformedFileError(f"tells of {twice[0]} twice")
    return found


def list_differences(lines: Origins, others: Origins) -> Iterator[str]:
    """Find cells whose origin differs between two lists.

    The lists are in different languages, so words are not compared.
    """
    one, other = ({_cell(line): [line[each] for each in HEADS] for line in each} for each in (lines, others))
    for cell in {**one, **other}:
        if one.get(cell) != other.get(cell):
            yield f"{cell} is not the same in every list of origins"


def cells_of(lines: Sequence[Line]) -> Cells:
    """The content that the tables must have by the list."""
    return {
        _cell(line): CellValue(
            "" if line["value"] == MISSING else line["value"], line["flags"], line["confidentiality"]
        )
        for line in lines
    }


def wrong_origins(lines: Sequence[Line], figures: Figures) -> Iterator[str]:
    """Find where the list of origins contradicts the CSV.

    Each cell is compared with the figures it names, and all cells with one another.
    """
    known = {(f"{each[0]}.{each[2]}" if each[2] else each[0], each[3]): line for each, line in figures.lines.items()}
    place = figures.place
    for line in lines:
        used = [] if line["value"] == MISSING else _names(line)
        inherited = {flag for each in used for flag in _line(each, line, known).get("flags", "")}
        if not _follows(line, known):
            names = _names(line) or [each for each in (line["figure"] or line["indicator"],) if each]
            made = JOINED.join(f"{name} ({value_text(_number(name, line, known))})" for name in names) or "nothing"
            yield f"{_cell(line)} is {line['value']}, {line['origin']}, and made of {made} in {place}"
        elif lost := sorted(inherited - set(line["flags"])):
            yield f"{_cell(line)} has no flag {' '.join(lost)}, and its figures have it in {place}"
    yield from _mixed_origins(lines)
    yield from _missing_breaks(lines)
    told = {str(year) for series in figures.series().values() for year in series}
    for year in sorted(told - {line["year"] for line in lines}):
        yield f"{year} is missing, and {place} has figures of it"


def wrong_table(lines: Iterable[Line], cells: Cells) -> Iterator[str]:
    """Find cells of a table that contradict the list of origins.

    They are added, missing, or hold something else.
    """
    seen: set[DataflowCell] = set()
    for line in lines:
        cell, said = _parse_cell(line)
        if cell in seen:
            yield f"{cell} is there twice"
        elif cell not in cells:
            yield f"{cell} has no origin"
        else:
            yield from _differing(cell, said, cells[cell])
        seen.add(cell)
    flows = {cell.dataflow for cell in seen}
    yield from (f"{cell} is missing" for cell in cells if cell.dataflow in flows and cell not in seen)


def flow_of(line: Line) -> str:
    """The code of the dataflow in a line of a table."""
    return line.get(FLOW, "").partition(":")[2].partition("(")[0]


def _parse_cell(line: Line) -> tuple[DataflowCell, CellValue]:
    if lacking := [each for each in (*FRONT, *BACK) if each not in line]:
        raise MalformedFileError(f"has no column {lacking[0]!r}")
    key = ".".join(text for name, text in line.items() if name not in (*FRONT, *BACK))
    return DataflowCell(flow_of(line), key, line[TIME]), CellValue(line[OBSERVED], line[FLAG], line[CONFIDENTIAL])


def _differing(cell: DataflowCell, said: CellValue, expected: CellValue) -> Iterator[str]:
    if parse_number(said.value) != parse_number(expected.value):
        yield f"{cell} is {value_text(said.value)}, and {value_text(expected.value)} by its origins"
    elif said.flags != expected.flags or said.confidentiality != expected.confidentiality:
        shown, wanted = (f"{each.flags or ':'}, {each.confidentiality or ':'}" for each in (said, expected))
        yield f"{cell} has the flags and the confidentiality {shown}, and {wanted} by its origins"


Known = Mapping[tuple[str, str], Line]


def _follows(line: Line, known: Known) -> bool:
    """True if a cell follows from the figures that it names.

    A figure that is stated may not be ignored.
    """
    used, empty = _names(line), line["value"] == MISSING
    own = _number(line["figure"], line, known)
    belong = (line["indicator"], f"{line['indicator']}.")
    if any(each != belong[0] and not each.startswith(belong[1]) for each in (*used, line["figure"]) if each):
        return False
    match line["origin"]:
        case "stated":
            return not empty and used == [line["figure"]] and own is not None and own == parse_number(line["value"])
        case "derived":
            return not empty and own is None and _adds_up(line, used, known)
        case "confidential":
            hidden = (_line(each, line, known) for each in used)
            return (
                empty and bool(used) and all(not each.get(VALUE) and each.get(STATUS) == SUPPRESSED for each in hidden)
            )
        case "missing":
            return empty and own is None and _number(line["indicator"], line, known) is None
        case "not derivable":
            return empty and (own is None or _line(line["figure"], line, known).get(QUALIFIER, EXACT) != EXACT)
    return False


def _adds_up(line: Line, used: Sequence[str], known: Known) -> bool:
    """True if a cell is the sum of parts of one breakdown.

    The parts must be different ones. A cell of zero may also come from a total of zero.
    """
    values = [_number(each, line, known) for each in used]
    breakdowns = {_line(each, line, known).get("dimension", "") for each in used}
    given = [each for each in values if each is not None]
    whole = used != [line["indicator"]] and "" in breakdowns
    if not used or len(given) < len(used) or len(set(used)) < len(used) or len(breakdowns) > 1 or whole:
        return False
    return sum(given, Decimal(0)) == parse_number(line["value"]) and (breakdowns != {""} or not any(given))


def _line(address: str, line: Line, known: Known) -> Line:
    return known.get((address, line["year"]), {})


def _number(address: str, line: Line, known: Known) -> Decimal | None:
    return parse_number(_line(address, line, known).get(VALUE, ""))


def _names(line: Line) -> list[str]:
    return [each for each in line["figures"].split(JOINED) if each]


def _mixed_origins(lines: Iterable[Line]) -> Iterator[str]:
    """Find cells with another kind of origin than similar cells.

    In a table one indicator answers for a kind of persons in a year, and one code for a combination of codes.
    """
    indicators: defaultdict[tuple[str, ...], dict[DataflowCell, str]] = defaultdict(dict)
    codes: defaultdict[tuple[str, ...], dict[DataflowCell, str]] = defaultdict(dict)
    places: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for line in lines:
        cell, person, parts = _cell(line), line["person"], line["key"].split(".")
        places[cell.dataflow].append((person, parts))
        indicators[cell.dataflow, person, cell.year][cell] = line["indicator"]
        rest = ".".join(each for each in parts if each != person)
        figure = line["figure"].removeprefix(line["indicator"]) if line["figure"] else "no figure"
        if line["indicator"]:
            codes[cell.dataflow, rest][cell] = figure
    yield from (
        f"{flow}: the kinds of persons are not those of its keys"
        for flow in places
        if not _persons_are_keys(places[flow])
    )
    for group in (*indicators.values(), *codes.values()):
        usual = Counter(group.values()).most_common(1)[0][0]
        odd = {cell: answer for cell, answer in group.items() if answer != usual}
        yield from (
            f"{cell} answers to {_part(answer)}, and cells like it to {_part(usual)}" for cell, answer in odd.items()
        )


def _part(answer: str) -> str:
    return answer.strip(".") or "the whole"


def _persons_are_keys(cells: Sequence[tuple[str, list[str]]]) -> bool:
    """True if the kinds of persons are codes of one dimension.

    Or there is only one kind.
    """
    if len({person for person, _ in cells}) == 1:
        return True
    width = min(len(parts) for _, parts in cells)
    return any(all(parts[place] == person for person, parts in cells) for place in range(width))


def _missing_breaks(lines: Iterable[Line]) -> Iterator[str]:
    """Find numbers that lack a break flag where the indicator changes."""
    last: dict[tuple[str, str], str] = {}
    for line in sorted(lines, key=lambda each: each["year"]):
        if line["value"] != MISSING:
            before = last.get((line["dataflow"], line["key"]), line["indicator"])
            if before != line["indicator"] and BROKEN not in line["flags"]:
                yield f"{_cell(line)} has no flag {BROKEN}, and another indicator than the number before it"
            last[line["dataflow"], line["key"]] = line["indicator"]


def _cell(line: Line) -> DataflowCell:
    return DataflowCell(line["dataflow"], line["key"], line["year"])
