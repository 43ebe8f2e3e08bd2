"""Compare the files attached to a PDF with those of the package."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote_to_bytes

from reporter.model import Audience
from reporter.roundtrip.package_names import BEGINNING
from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.stated import MalformedFileError

OBSERVATIONS = re.compile(rf"{BEGINNING}-observations\.csv")
SOURCE = re.compile(rf"(?P<edition>[A-Z]{{2}}-\d{{4}})(?:-{Audience.RESTRICTED})?\.yaml")
CHART = re.compile(rf"{BEGINNING}-[a-z][a-z0-9_]*\.csv")
# What a PDF has as a table alone and a page offers to take along. Making the page again proves it.
TABLE = re.compile(rf"{BEGINNING}-table-[a-z][a-z0-9_]*\.csv")
# The data of a chart or table, as a page links to it.
LINK = re.compile(
    r'<a\b[^<>]*? href="data:text/csv;charset=utf-8,(?P<data>[^"<>]*)"[^<>]*? download="(?P<name>[^"<>]*)"'
)
UNATTACHED = "no file of all figures is attached"


def attached_observations(content: bytes) -> bytes:
    """The file of all figures that is attached to a PDF. Raises MalformedFileError unless there is exactly one."""
    found = [data for name, data in attached_files(content) if OBSERVATIONS.fullmatch(name)]
    if len(found) != 1:
        raise MalformedFileError("several files of all figures are attached" if found else UNATTACHED)
    return found[0]


def attachment_differences(content: bytes, sources: Mapping[str, bytes], page: bytes | None) -> Iterator[str]:
    """Find attached files that are not as in the package. `sources` are files of years by country and year, as
    LT-2020.yaml; `page` is the page in the language of the PDF. The file of all figures is compared elsewhere."""
    attached = attached_files(content)
    names = [name for name, _ in attached]
    yield from (f"{name[:60]} is attached twice" for name in dict.fromkeys(names) if names.count(name) > 1)
    linked = None if page is None else linked_data(page)
    for name, data in attached:
        if year := SOURCE.fullmatch(name):
            if data != sources.get(f"{year['edition']}.yaml", data):
                yield f"the file {name} attached is not the one in the sources of the package"
        elif OBSERVATIONS.fullmatch(name):
            continue
        elif not CHART.fullmatch(name):
            yield f"has {name[:60]!r} attached, which no PDF of ours has"
        elif linked is not None and name not in linked:
            yield f"has {name} attached, and the page has no such data"
        elif linked is not None and linked[name] != data:
            yield f"the file {name} attached differs from the data of the page: {_difference(data, linked[name])}"
    unattached = (name for name in linked or () if name not in names and not TABLE.fullmatch(name))
    yield from (f"{name} is not attached, and the page has such data" for name in unattached)


def linked_data(page: bytes) -> dict[str, bytes]:
    return {
        unescape(found["name"]): unquote_to_bytes(unescape(found["data"]))
        for found in LINK.finditer(page.decode(errors="replace"))
    }


def _difference(one: bytes, other: bytes) -> str:
    lines = zip(one.decode(errors="replace").splitlines(), other.decode(errors="replace").splitlines(), strict=False)
    for number, (line, expected) in enumerate(lines, 1):
        if line != expected:
            return f"line {number} is {line[:60]!r}, and {expected[:60]!r} on the page"
    return "one has more lines"
