"""Whether a revision of a PDF is nothing but its objects. What stands between them, no reader looks at unless it
repairs the file, and then it may be taken for the document."""

import re

from pyhanko.pdf_utils.generic import Reference, read_object
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType

END = re.compile(rb"\s*startxref\s+(\d+)\s+%%EOF(?:\r\n|\r|\n)?")
HEAD = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\s*")
TAIL = re.compile(rb"\s*endobj\s*")
BLANK, SPACE = re.compile(rb"\s*"), b"\0\t\n\f\r "
COVERED = re.compile(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")
ENDING = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")


def end_of_pdf(content: bytes) -> int:
    """Where a PDF ends: behind its last mark of an end."""
    return max((found.end() for found in ENDING.finditer(content)), default=len(content))


def end_of_signed(content: bytes) -> int:
    """Where the bytes end that the last signature says it covers."""
    found = [int(each[1]) + int(each[2]) for each in COVERED.finditer(content)]
    return max((each for each in found if each <= len(content)), default=len(content))


def end_of_revision(reader: PdfFileReader, number: int) -> int:
    """Where a revision ends, or -1 where it does not end rightly."""
    section = reader.xrefs.get_xref_container_info(number)
    if section.xref_section_type is XRefSectionType.STREAM:
        place = _end_of_object(reader, section.declared_startxref)
    else:
        # The trailer follows the table.
        place = _end_of_value(reader, section.end_location, Reference(0, 0, reader))
    found = END.match(_content(reader), place) if place >= 0 else None
    return found.end() if found and int(found[1]) == section.declared_startxref else -1


def is_tiled(reader: PdfFileReader, number: int, begin: int, end: int) -> bool:
    """True if objects, their table and its end fill a revision. They stand without a gap, and each once."""
    section = reader.xrefs.get_xref_container_info(number)
    places = sorted(place for _, place in reader.xrefs.get_xref_data(number).standard_xrefs.values())
    if section.xref_section_type not in (XRefSectionType.STANDARD, XRefSectionType.STREAM) or min(begin, end) < 0:
        return False
    at = begin
    for place in (each for each in places if each != section.declared_startxref):
        if place < at or _content(reader)[at:place].strip(SPACE):
            return False
        at = _end_of_object(reader, place)
        if at < 0:
            return False
    return at <= section.declared_startxref and not _content(reader)[at : section.declared_startxref].strip(SPACE)


def _end_of_object(reader: PdfFileReader, place: int) -> int:
    """Where the object at a place ends, or -1."""
    content = _content(reader)
    head = HEAD.match(content, place)
    if not head:
        return -1
    tail = TAIL.match(content, _end_of_value(reader, head.end(), Reference(int(head[1]), int(head[2]), reader)))
    return tail.end() if tail else -1


def _end_of_value(reader: PdfFileReader, place: int, holder: Reference) -> int:
    space = BLANK.match(_content(reader), place)
    reader.stream.seek(space.end() if space else place)
    read_object(reader.stream, holder)
    return int(reader.stream.tell())


def _content(reader: PdfFileReader) -> bytes:
    content: bytes = reader.stream.getvalue()
    return content
