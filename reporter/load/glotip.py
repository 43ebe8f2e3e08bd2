"""Read the public CSV of UNODC's Global Report on Trafficking in Persons. Columns are found by their names."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reporter.errors import FileError, Finding, Mark, Severity, nearest
from reporter.files.outside import read_outside
from reporter.load.yaml_tree import ReadError, decode
from reporter.model import ExternalCell, ExternalValue, Publication

# Names of columns in the file that UNODC publishes; countries are of ISO 3166-1 alpha-3.
COUNTRY, YEAR, VALUE, UNIT = "Iso3_code", "Year", "txtVALUE", "Unit of measurement"
AXES = ("Indicator", "Dimension", "Category", "Sex", "Age")
NEEDED = (COUNTRY, *AXES, YEAR, VALUE)
# The only unit that counts people or cases; rates would be other figures.
COUNTS = "Counts"
# The header stands below two lines of stamp, and not far below.
HEAD = 20
# Of more digits no count is; some thousands of them Python does not even read.
LONGEST = 9
REFERENCE_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
MOST_TOLD = 20


def read_glotip(path: Path, shown: str, country: str) -> Publication:
    """Read the rows of a country, which is named by three letters. Raises UsageError when there is no such file, and
    FileError when it is not such a CSV."""
    return glotip_rows(read_outside(path, shown, "the CSV file of the publication"), shown, country)


def glotip_rows(content: bytes, shown: str, country: str) -> Publication:
    """The rows of a country in the bytes of the file. Raises FileError when they are not those of such a CSV."""
    lines = list(_lines(_text(content, shown), shown))
    place, names = _header(lines, shown)
    findings: list[Finding] = []
    rows: list[ExternalValue] = []
    others: set[str] = set()
    for number, fields in lines:
        if number > place and any(fields):
            row = dict(zip(names, fields, strict=False))
            if row.get(COUNTRY, "") == country:
                mark = Mark(shown, number)
                if any(fields[len(names) :]):
                    message = f"the row has {len(fields)} fields, and the head {len(names)}"
                    findings.append(_wrong(mark, message, "put a name that has a comma in quotation marks"))
                elif VALUE not in row:
                    findings.append(_wrong(mark, f"the row ends before {VALUE}", "write it anew, or get the file anew"))
                else:
                    rows += _row(row, mark, findings)
            else:
                others.add(row.get(COUNTRY, ""))
    if findings:
        raise FileError(tuple(findings[:MOST_TOLD]))
    if not rows:
        raise FileError((_nobody(shown, country, sorted(filter(None, others))),))
    stamps = [fields[0] for number, fields in lines if number < place and fields and fields[0]]
    publisher, stamped = (*stamps, "", "")[:2]
    return Publication(shown, publisher, stamped, tuple(rows))


def _text(raw: bytes, shown: str) -> str:
    if raw.startswith(b"PK"):
        raise _refused(Mark(shown), "not-text", "this is a workbook, not a CSV file", "save it as CSV, UTF-8")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(Mark(shown), "not-utf-8", "text is UTF-16, not UTF-8", "save the file as CSV UTF-8")
    try:
        return decode(raw, shown)
    except ReadError as problem:
        raise FileError((problem.finding,)) from None


def _lines(text: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for fields in reader:
            yield reader.line_num, [field.strip() for field in fields]
    except csv.Error as problem:
        place = Mark(shown, reader.line_num)
        raise _refused(place, "not-csv", f"not valid CSV: {problem}", "look for a quotation mark too many") from None


def _header(lines: Sequence[tuple[int, list[str]]], shown: str) -> tuple[int, list[str]]:
    number, fields = max(lines[:HEAD], key=lambda line: len({*line[1]} & {*NEEDED}), default=(1, []))
    missing = [name for name in NEEDED if name not in fields]
    if not missing:
        return number, fields
    first = [line for _, line in lines[:HEAD]]
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if any(COUNTRY in field and sign in field for line in first for field in line):
            message = f"columns are separated by {name}, not by commas"
            raise _refused(Mark(shown), "wrong-columns", message, "save the file as CSV with commas, as published")
    if len(missing) == len(NEEDED):
        hint = f"the header of a GLOTIP file begins with {COUNTRY},Country,Region"
        raise _refused(Mark(shown), "wrong-columns", "no header of a GLOTIP file was found", hint)
    message = f"column {missing[0]!r} is missing"
    raise _refused(Mark(shown, number), "wrong-columns", message, nearest(missing[0], filter(None, fields)))


def _row(row: dict[str, str], mark: Mark, findings: list[Finding]) -> Iterator[ExternalValue]:
    """The value of a row; nothing if empty or not a count."""
    if row.get(UNIT, COUNTS) != COUNTS or not row.get(VALUE):
        return
    year, written = row.get(YEAR, ""), row[VALUE]
    bound = written.removeprefix("<").strip()
    if not REFERENCE_YEAR.fullmatch(year):
        findings.append(_wrong(mark, f"{YEAR} is {year!r}", "write four digits, such as 2020"))
    elif not (bound.isascii() and bound.isdecimal() and (len(bound) <= LONGEST)) or (
        written.startswith("<") and int(bound) == 0
    ):
        findings.append(_wrong(mark, f"{VALUE} is {written[:40]!r}", "write a whole number or a mask such as <5"))
    elif not all(row.get(axis) for axis in AXES):
        axis = next(axis for axis in AXES if not row.get(axis))
        findings.append(_wrong(mark, f"{axis} is empty", "write Total where nothing is divided"))
    else:
        masked = written.startswith("<")
        cell = ExternalCell(*(row[axis] for axis in AXES))
        yield ExternalValue(
            cell=cell,
            year=int(year),
            value=None if masked else int(bound),
            below=int(bound) if masked else None,
            mark=mark,
        )


def _nobody(shown: str, country: str, others: Sequence[str]) -> Finding:
    named = ", ".join(others[:8]) + (", …" if len(others) > 8 else "")
    hint = f"it holds: {named}" if others else "the file has no rows below its header"
    return Finding(
        severity=Severity.ERROR,
        code="other-country",
        message=f"there is no row of {country} in the file",
        mark=Mark(shown),
        hint=hint,
    )


def _wrong(mark: Mark, message: str, hint: str) -> Finding:
    return Finding(severity=Severity.ERROR, code="bad-row", message=message, mark=mark, hint=hint)


def _refused(mark: Mark, code: str, message: str, hint: str) -> FileError:
    return FileError((Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint),))
