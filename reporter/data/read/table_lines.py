"""Read the lines of an external table: CSV or a spreadsheet program's variant, TSV, perhaps compressed by gzip."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence

from reporter.data.errors import FileError, Mark
from reporter.data.files.file_type import TEXT, kind_of
from reporter.data.read.yaml_tree import ReadError, decode

SEPARATORS = (",", ";", "\t")
PACKED, UTF_16 = b"\x1f\x8b", (b"\xff\xfe", b"\xfe\xff")
# No table on trafficking is as large; more would exhaust memory.
LARGEST = 50_000_000
# The column heads are in the first line, or below a few lines of text.
TOP = 20


def table_lines(
    content: bytes, filename: str, remedy: str, separator: Callable[[Sequence[str]], str]
) -> Iterator[tuple[int, list[str]]]:
    """The fields of each line, with the line number at which it starts. `separator` chooses the sign between fields
    from the first lines. Raises FileError for other files: a workbook, a web page with an error, an incomplete file."""
    text = table_text(content, filename, remedy)
    top = [line for line in text[:100_000].splitlines() if line.strip()][:TOP]
    # Lines are counted as in an editor, not by other line separators inside a text.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(top), strict=True)
    begins = 1
    try:
        for fields in reader:
            yield begins, [field.strip() for field in fields]
            begins = reader.line_num + 1
    except csv.Error as problem:
        hint = f"check for an extra quotation mark, here or above; or {remedy}"
        raise FileError.at(Mark(filename, begins), "not-csv", f"not valid CSV: {problem}", hint) from None


def separator_by(heads: Collection[str]) -> Callable[[Sequence[str]], str]:
    """Chooses the separator by which a line has most of the `heads` heads, in lower case."""

    def most(lines: Sequence[str], sign: str) -> int:
        return max(
            (len({*heads} & {part.strip(' "').lower() for part in line.split(sign)}) for line in lines), default=0
        )

    return lambda lines: max(SEPARATORS, key=lambda sign: most(lines, sign))


def table_text(content: bytes, label: str, remedy: str, wanted: str = TEXT) -> str:
    if content.startswith(PACKED):
        try:
            content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(LARGEST + 1)
        except (EOFError, OSError, zlib.error):
            message = "the compressed file (gzip) is damaged or incomplete"
            raise FileError.at(
                Mark(label), "damaged", message, "download it again; the download was interrupted"
            ) from None
    if len(content) > LARGEST:
        message = f"the file is larger than {LARGEST // 1_000_000} MB"
        raise FileError.at(Mark(label), "too-large", message, "no trafficking table is that large: name another file")
    if content.startswith(UTF_16):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            raise FileError.at(Mark(label), "not-utf-8", "text is neither UTF-8 nor UTF-16", remedy) from None
    kind = kind_of(content)
    if kind != wanted:
        raise FileError.at(Mark(label), "not-text", f"this is {kind}, not a table", remedy)
    try:
        return decode(content, label)
    except ReadError as problem:
        raise FileError((problem.finding,)) from None
