"""Read the public CSV of UNODC's Global Report on Trafficking in Persons. Columns are found by name."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reporter.data.errors import FileError, Finding, Mark, error_at, nearest
from reporter.data.files.file_type import read_outside
from reporter.data.read.table_lines import TOP, separator_by, table_lines
from reporter.data.records import ExternalCell, ExternalValue, Publication

# Names of columns in the file of UNODC; countries are ISO 3166-1 alpha-3.
COUNTRY, YEAR, VALUE, UNIT = "Iso3_code", "Year", "txtVALUE", "Unit of measurement"
AXES = ("Indicator", "Dimension", "Category", "Sex", "Age")
NEEDED = (COUNTRY, *AXES, YEAR, VALUE)
# The only unit that counts people or cases; rates would be other figures.
COUNTS = "Counts"
# No count has more digits; Python refuses to read some thousands.
LONGEST = 9
REFERENCE_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
MOST_LISTED, MOST_NAMED = 20, 8
REMEDY = "download the file again from UNODC, or save it as CSV, UTF-8"


def read_glotip(path: Path, filename: str, country: str) -> Publication:
    """Read a country's rows (three letters). Raises UsageError for a missing file, FileError for a different one."""
    return glotip_rows(read_outside(path, filename, "the CSV file of the publication"), filename, country)


def glotip_rows(content: bytes, filename: str, country: str) -> Publication:
    """The rows of a country in the bytes of the file. Raises FileError if it is not such a CSV."""
    lines = list(table_lines(content, filename, REMEDY, separator_by({column.lower() for column in NEEDED})))
    place, names = _header(lines, filename)
    findings: list[Finding] = []
    rows: list[ExternalValue] = []
    others: set[str] = set()
    for number, fields in (line for line in lines if line[0] > place and any(line[1])):
        row, mark = dict(zip(names, fields, strict=False)), Mark(filename, number)
        if row.get(COUNTRY, "") != country:
            others.add(row.get(COUNTRY, ""))
        elif any(fields[len(names) :]):
            message = f"the row has {len(fields)} fields, but the header {len(names)}"
            findings.append(error_at(mark, "bad-row", message, "put names with a comma in quotation marks"))
        elif VALUE not in row:
            hint = "correct it, or download the file again"
            findings.append(error_at(mark, "bad-row", f"the row ends before {VALUE}", hint))
        else:
            rows += _row(row, mark, findings)
    if findings:
        raise FileError(tuple(findings[:MOST_LISTED]))
    if not rows:
        named = sorted(filter(None, others))
        more = ", …" if len(named) > MOST_NAMED else ""
        hint = (
            f"it contains: {', '.join(named[:MOST_NAMED])}{more}" if named else "the file has no rows below its header"
        )
        raise FileError.at(Mark(filename), "other-country", f"the file has no row for {country}", hint)
    stamps = [fields[0] for number, fields in lines if number < place and fields and fields[0]]
    publisher, stamped = (*stamps, "", "")[:2]
    return Publication(filename, publisher, stamped, tuple(rows))


def _header(lines: Sequence[tuple[int, list[str]]], filename: str) -> tuple[int, list[str]]:
    number, fields = max(lines[:TOP], key=lambda line: len({*line[1]} & {*NEEDED}), default=(1, []))
    missing = [name for name in NEEDED if name not in fields]
    if not missing:
        return number, fields
    if len(missing) == len(NEEDED):
        hint = f"the header of a GLOTIP file starts with {COUNTRY},Country,Region"
        raise FileError.at(Mark(filename), "wrong-columns", "no header of a GLOTIP file was found", hint)
    hint = nearest(missing[0], filter(None, fields))
    raise FileError.at(Mark(filename, number), "wrong-columns", f"column {missing[0]!r} is missing", hint)


def _row(row: dict[str, str], mark: Mark, findings: list[Finding]) -> Iterator[ExternalValue]:
    if row.get(UNIT, COUNTS) != COUNTS or not row.get(VALUE):
        return
    year, written = row.get(YEAR, ""), row[VALUE]
    bound, masked = written.removeprefix("<").strip(), written.startswith("<")
    is_count = bound.isascii() and bound.isdecimal() and len(bound) <= LONGEST
    empty = next((axis for axis in AXES if not row.get(axis)), "")
    if not REFERENCE_YEAR.fullmatch(year):
        findings.append(error_at(mark, "bad-row", f"{YEAR} is {year!r}", "write four digits, such as 2020"))
    elif not is_count or (masked and int(bound) == 0):
        hint = "write a whole number or a mask such as <5"
        findings.append(error_at(mark, "bad-row", f"{VALUE} is {written[:40]!r}", hint))
    elif empty:
        findings.append(error_at(mark, "bad-row", f"{empty} is empty", "write Total where there is no breakdown"))
    else:
        cell, number = ExternalCell(*(row[axis] for axis in AXES)), int(bound)
        yield ExternalValue(cell, int(year), None if masked else number, number if masked else None, mark)
