"""Read the lines of a file as Eurostat gives it. That is SDMX-CSV, or TSV, also packed. What its columns mean is found
out where the tables of the catalogue are at hand."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator

from reporter.errors import FileError, Finding, Mark, Severity
from reporter.files.kind import TEXT, kind_of
from reporter.load.yaml_tree import ReadError, decode

PACKED = b"\x1f\x8b"
# The largest table of this domain has some thousand rows; what swells to more than this is none of them.
LARGEST_UNPACKED = 50_000_000
# In each line of such a file there are more than three columns, be they dimensions or years.
FEWEST_COLUMNS = 3
SEPARATORS = ("\t", ",", ";")
# How Eurostat's pages call what is asked for.
DOWNLOAD = "download it again from the data browser of Eurostat as SDMX-CSV or TSV"
TIME_COLUMN = "TIME_PERIOD"
WIDE = "\\"

Lines = list[tuple[int, list[str]]]


def eurostat_lines(content: bytes, shown: str) -> Lines:
    """The fields of each line, with its number. Raises FileError for what is no such file: a workbook, a page that says
    that something went wrong, half a file."""
    raw = _unpacked(content, shown) if content.startswith(PACKED) else content
    kind = kind_of(raw)
    if kind != TEXT:
        raise refused_eurostat(Mark(shown), "not-text", f"this is {kind}, not a table", DOWNLOAD)
    try:
        text = decode(raw, shown)
    except ReadError as problem:
        found = problem.finding
        raise refused_eurostat(found.mark, found.code, found.message, DOWNLOAD) from None
    lines = text.splitlines(keepends=True)
    head = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=lambda sign: _columns(head, sign))
    if _columns(head, separator) < (1 if WIDE in head else FEWEST_COLUMNS):
        message = "no columns of a table of Eurostat were found in the first line"
        raise refused_eurostat(Mark(shown), "wrong-columns", message, f"they end with {TIME_COLUMN} and the values")
    return list(_fields(lines, separator, shown))


def refused_eurostat(mark: Mark, code: str, message: str, hint: str) -> FileError:
    """Nothing can be taken of a file: its place, and the remedy."""
    return FileError((Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint),))


def _columns(head: str, separator: str) -> int:
    """How many columns a first line has by a separator. In TSV the dimensions stand in the first column, joined by
    commas: only what stands behind it counts."""
    wide, _, years = head.partition(WIDE)
    return years.count(separator) if WIDE in head else wide.count(separator)


def _fields(lines: list[str], separator: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for fields in reader:
            if any(fields):
                yield reader.line_num, [field.strip() for field in fields]
    except csv.Error as problem:
        place = Mark(shown, max(reader.line_num, 1))
        raise refused_eurostat(place, "not-csv", f"not valid CSV: {problem}", DOWNLOAD) from None


def _unpacked(content: bytes, shown: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            found = packed.read(LARGEST_UNPACKED + 1)
    except (EOFError, OSError, zlib.error):
        message = "the packed file (gzip) is damaged or not whole"
        raise refused_eurostat(Mark(shown), "damaged", message, "download it again; the download broke off") from None
    if len(found) > LARGEST_UNPACKED:
        message = f"unpacked it is larger than {LARGEST_UNPACKED // 1_000_000} MB"
        raise refused_eurostat(Mark(shown), "too-large", message, "no table of trafficking is: name another file")
    return found
