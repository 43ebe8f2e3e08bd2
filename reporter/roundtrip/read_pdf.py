"""Read all figures from a PDF.

From the file attached to it, and from the table that it prints.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object
from pikepdf.settings import set_qpdf_limits

from reporter.marked import texts
from reporter.roundtrip.stated import YEAR, MalformedFileError

PLACE = "table-time_table"
OBSERVATIONS = re.compile(r"(?!.*-figure-).*-observations\.csv")
# No stream of a PDF is inflated further; what is compressed otherwise than we do is not inflated at all.
MOST_STREAM = 16 << 20
MALFORMED = (
    ArithmeticError,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    RecursionError,
    NotImplementedError,
)
# The tags that a table can lie in; nothing else is looked into.
AROUND = frozenset(("/Document", "/Part", "/Art", "/Sect", "/Div", "/NonStruct"))
GROUPS = frozenset(("/THead", "/TBody", "/TFoot"))
# Made once, because making a name takes ten times as long as looking it up.
ROLE, KIDS, PAGE, NUMBER = Name.S, Name.K, Name.Pg, Name.MCID
Rows = list[list[str]]
Spot = tuple[int, int]


def read_pdf(content: bytes, *, table: bool) -> tuple[bytes | None, Rows]:
    """Read the attached observations and the printed table.

    None when no such file is attached; the rows are empty without `table`. Raises MalformedFileError for what is no
    PDF with tags, or would fill the memory.
    """
    with opened(content, "PDF with tags") as pdf:
        return _attached(pdf), _table(pdf) if table else []


def attached_names(content: bytes) -> tuple[str, ...]:
    """The names of the files attached to a PDF.

    Raises MalformedFileError for what is no PDF.
    """
    with opened(content) as pdf:
        return tuple(file.filename or name for name, file in pdf.attachments.items())


def attached_files(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files attached to a PDF, with their names.

    Raises MalformedFileError for what is no PDF, or would fill the memory.
    """
    with opened(content) as pdf:
        return tuple(
            (file.filename or name, _limited_stream(file.get_file().obj).read_bytes())
            for name, file in pdf.attachments.items()
        )


@contextmanager
def opened(content: bytes, kind: str = "PDF") -> Iterator[pikepdf.Pdf]:
    """A PDF of somebody else, within limits.

    Raises MalformedFileError when it cannot be read.
    """
    try:
        with _limited(), pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            yield pdf
    except (pikepdf.PikepdfError, *MALFORMED) as problem:
        raise MalformedFileError(f"is no {kind}: {problem}") from None


@contextmanager
def _limited() -> Iterator[None]:
    """Limit the memory of qpdf while a foreign file is read.

    The limits hold for the whole process.
    """
    most = MOST_STREAM
    before = set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, run_length_max_memory=most, tiff_max_memory=most
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)  # type: ignore[arg-type]


def _attached(pdf: pikepdf.Pdf) -> bytes | None:
    for name, file in pdf.attachments.items():
        if OBSERVATIONS.fullmatch(name):
            content: bytes = _limited_stream(file.get_file().obj).read_bytes()
            return content
    return None


def _limited_stream(stream: Any) -> Any:
    """Return a stream to which the limits of qpdf apply.

    Raises MalformedFileError for one that is compressed in another way.
    """
    packed = stream.get(Name.Filter)
    if packed is not None and list(map(str, packed if isinstance(packed, Array) else [packed])) != ["/FlateDecode"]:
        raise MalformedFileError("has a stream that is compressed in an unusual way")
    return stream


def _table(pdf: pikepdf.Pdf) -> Rows:
    """Read the table of all figures.

    The first one with years in its head at or after the page to which the list of tables leads, whatever the language.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    first, found, root = _page_of(pdf, pages), [], pdf.Root.StructTreeRoot.K
    for tag in _tables(root[0] if isinstance(root, Array) else root):
        page, _ = next(_spots(tag, pages, 0), (-1, 0))
        if page < first:
            break
        found.append([*_rows(tag)])
    for rows in reversed(found):
        if any(YEAR.fullmatch(head.strip()) for head in _cells(pdf, rows[:1], pages)[0][1:]):
            return _cells(pdf, rows, pages)
    raise MalformedFileError("has no table of all figures")


def _cells(pdf: pikepdf.Pdf, rows: list[Any], pages: dict[tuple[int, int], int]) -> Rows:
    cells = [[list(_spots(cell, pages, 0)) for cell in _kids(row)] for row in rows] or [[]]
    said = _marked_texts(pdf, (spot for row in cells for cell in row for spot in cell))
    return [["".join(said.get(spot, "") for spot in cell) for cell in row] for row in cells]


def _page_of(pdf: pikepdf.Pdf, pages: dict[tuple[int, int], int]) -> int:
    names = pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    for name, place in _pairs(names) if names is not None else ():
        if str(name) == PLACE:
            target: Any = place.get(Name.D) if isinstance(place, Dictionary) else place
            return pages[target[0].objgen]
    raise MalformedFileError("has no table of all figures")


def _pairs(tree: Object) -> Iterator[tuple[Object, Any]]:
    flat = list(tree.get(Name.Names, Array()))
    yield from zip(flat[::2], flat[1::2], strict=False)
    for kid in tree.get(Name.Kids, Array()):
        yield from _pairs(kid)


def _tables(tag: Any) -> Iterator[Any]:
    """Yield the tables of a document from the last to the first.

    The one that is looked for stands near the end.
    """
    for kid in reversed(_kids(tag)):
        role = str(kid[ROLE])
        if role == "/Table":
            yield kid
        elif role in AROUND:
            yield from _tables(kid)


def _rows(tag: Any) -> Iterator[Any]:
    for kid in _kids(tag):
        role = str(kid[ROLE])
        if role == "/TR":
            yield kid
        elif role in GROUPS:
            yield from _rows(kid)


def _kids(tag: Any) -> list[Any]:
    """The tags directly in a tag."""
    return [kid for kid in _all(tag) if isinstance(kid, Dictionary) and ROLE in kid]


def _all(tag: Any) -> list[Any]:
    if KIDS not in tag:
        return []
    found = tag[KIDS]
    return list(found) if isinstance(found, Array) else [found]


def _spots(tag: Any, pages: dict[tuple[int, int], int], page: int) -> Iterator[Spot]:
    """Yield page and number of the marked content in a tag.

    In reading order; pages are counted from 0.
    """
    own = pages[tag[PAGE].objgen] if PAGE in tag else page
    for kid in _all(tag):
        if isinstance(kid, int):
            yield own, int(kid)
        elif ROLE in kid:
            yield from _spots(kid, pages, own)
        elif NUMBER in kid:
            yield (pages[kid[PAGE].objgen] if PAGE in kid else own), int(kid[NUMBER])


def _marked_texts(pdf: pikepdf.Pdf, spots: Iterable[Spot]) -> dict[Spot, str]:
    """Read the text of pieces of marked content.

    Nothing else on their pages is decoded.
    """
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for number, piece in spots:
        wanted[number].add(piece)
    fonts: dict[tuple[int, int], Any] = {}
    found: dict[Spot, str] = {}
    for number, numbers in wanted.items():
        page = pdf.pages[number]
        try:
            _check(page)
            told = texts(page, fonts, numbers)
        except pikepdf.PdfError as problem:
            raise MalformedFileError(f"page {number + 1} cannot be read: {problem}") from None
        found |= {(number, piece): text for piece, text in told.items()}
    return found


def _check(page: pikepdf.Page) -> None:
    """Raise MalformedFileError if a page or font inflates without limit."""
    contents = page.obj.get(Name.Contents, Array())
    fonts = page.obj.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    words = [font[Name.ToUnicode] for _, font in fonts.items() if Name.ToUnicode in font]
    for stream in (*(contents if isinstance(contents, Array) else [contents]), *words):
        _limited_stream(stream)
