"""Read the files, texts and tables of an untrusted PDF within limits."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from struct import Struct
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, parse_content_stream
from pikepdf.settings import set_qpdf_limits

from reporter.data.records.catalogue import OF_CELL
from reporter.editions.audit.read_figures import VALUE, YEAR, FigureName, Figures, MalformedFileError
from reporter.formats.export.tidy import WORKED_OUT

# The largest inflated size of a stream; streams with a compression that we do not use are not inflated at all.
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
# A text by its page and the number of its piece, None for untagged text.
Texts = dict[tuple[int, int | None], str]


def attached_files(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files attached to a PDF, with names. Raises MalformedFileError if not a PDF or too large for the memory."""
    with opened(content) as pdf:
        return tuple(
            (file.filename or name, limited_stream(file.get_file().obj).read_bytes())
            for name, file in pdf.attachments.items()
        )


@contextmanager
def opened(content: bytes, kind: str = "PDF") -> Iterator[pikepdf.Pdf]:
    """Open an untrusted PDF within limits. Raises MalformedFileError when it cannot be read."""
    try:
        with _limited(), pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            yield pdf
    except (pikepdf.PikepdfError, *MALFORMED) as problem:
        raise MalformedFileError(f"is no {kind}: {problem}") from None


@contextmanager
def _limited() -> Iterator[None]:
    """Limit the memory of qpdf while reading an untrusted file. The limits apply to the whole process."""
    most = MOST_STREAM
    before = set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, run_length_max_memory=most, tiff_max_memory=most
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)  # type: ignore[arg-type]


def limited_stream(stream: Any) -> Any:
    """A stream to which the limits of qpdf apply. Raises MalformedFileError for another compression."""
    packed = stream.get(Name.Filter)
    if packed is not None and list(map(str, packed if isinstance(packed, Array) else [packed])) != ["/FlateDecode"]:
        raise MalformedFileError("has a stream that is compressed in an unusual way")
    return stream


def page_texts(content: bytes) -> list[str]:
    """The text of each page, in drawing order. Raises MalformedFileError if not a PDF or too large for the memory."""
    with opened(content) as pdf:
        texts = [""] * len(pdf.pages)
        for (number, _), text in _texts(pdf).items():
            texts[number] += f"{text}\n"
    return texts


def read_tables(content: bytes, joint: str = "") -> list[list[list[str]]]:
    """The tables of a tagged PDF: the text of each cell by row, with a `joint` where a line ends or the typeface
    changes. Raises MalformedFileError if it is not a tagged PDF, repeats a text, or would fill the memory."""
    with opened(content, "PDF with tags") as pdf:
        reader = _TagReader({page.obj.objgen: number for number, page in enumerate(pdf.pages)}, _texts(pdf), joint)
        root = pdf.Root.StructTreeRoot.K
        for tag in root if isinstance(root, Array) else [root]:
            reader.read(tag, 0, [])
    return reader.tables


def _texts(pdf: pikepdf.Pdf) -> Texts:
    text_by_place: Texts = {}
    fonts: Fonts = {}
    for number, page in enumerate(pdf.pages):
        contents = page.obj.get(Name.Contents, Array())
        resources = page.obj.get(Name.Resources, Dictionary())
        page_fonts = [font for _, font in resources.get(Name.Font, Dictionary()).items()]
        forms = [xobject for _, xobject in resources.get(Name.XObject, Dictionary()).items()]
        for stream in (
            *(contents if isinstance(contents, Array) else [contents]),
            *(font[Name.ToUnicode] for font in page_fonts if Name.ToUnicode in font),
            *(form for form in forms if form.get(Name.Subtype) == Name.Form),
        ):
            limited_stream(stream)
        try:
            for piece, text in shown_texts(page, fonts):
                text_by_place[number, piece] = text_by_place.get((number, piece), "") + text
        except pikepdf.PdfError as problem:
            raise MalformedFileError(f"page {number + 1} cannot be read: {problem}") from None
    return text_by_place


OPERATORS = "q Q BDC BMC EMC Tf Tj TJ ' \" Do"
# The pairs of a ToUnicode CMap (ISO 32000-1 9.10.3).
MAPPED = re.compile(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
CODE = Struct(">H")
# Created once, because creating a name takes longer than looking it up.
MCID = Name.MCID
DEEPEST = 8
Glyphs = Mapping[int, str]
Fonts = dict[tuple[int, int], Glyphs]
# A text that a page draws, and the number of its marked content (MCID), or None.
ShownText = tuple[int | None, str]


def shown_texts(page: Page, fonts: Fonts) -> Iterator[ShownText]:
    """Read all texts of a page in drawing order. A piece of marked content starts with its replacement text, mostly
    none. Texts of forms (ISO 32000-1 8.10) belong to what they are drawn in. `fonts` caches fonts across pages."""
    yield from _stream_texts(page, page.obj, fonts, None, 0)


def _stream_texts(stream: Any, holder: Object, fonts: Fonts, outer: int | None, depth: int) -> Iterator[ShownText]:
    """The texts of a stream; its `holder` has the resources."""
    resources = holder.get(Name.Resources, Dictionary())
    page_fonts = resources.get(Name.Font, Dictionary())
    # For each open mark the number of the innermost piece that has one.
    open_marks: list[int | None] = []
    font: Any = None
    saved_fonts: list[Any] = []
    for instruction in parse_content_stream(stream, OPERATORS):
        operands = instruction.operands
        number = open_marks[-1] if open_marks else outer
        match str(instruction.operator):
            case "BDC" | "BMC":
                # Its properties: ISO 32000-1, 14.6.2.
                properties: Any = operands[1] if len(operands) == 2 and isinstance(operands[1], Dictionary) else {}
                open_marks.append(int(properties[MCID]) if MCID in properties and not depth else number)
                # The replacement text of the piece: ISO 32000-1, 14.9.4.
                yield open_marks[-1], str(properties.get(Name.ActualText, ""))
            case "EMC":
                open_marks.pop()
            case "q":
                saved_fonts.append(font)
            case "Q":
                font = saved_fonts.pop()
            case "Tf":
                font = operands[0]
            case "Do":
                form = resources.get(Name.XObject, Dictionary()).get(str(operands[0]))
                if depth < DEEPEST and form is not None and form.get(Name.Subtype) == Name.Form:
                    yield from _stream_texts(form, form, fonts, number, depth + 1)
            case _:
                operand, glyphs = operands[-1], _glyphs(page_fonts[str(font)], fonts)
                texts = operand if isinstance(operand, Array) else [operand]
                parts = [bytes(part) for part in texts if isinstance(part, Object)]
                # Two bytes are a letter; half a letter at the end is ignored.
                codes = b"".join(part[: len(part) & ~1] for part in parts)
                yield number, "".join([glyphs.get(code, "\ufffd") for (code,) in CODE.iter_unpack(codes)])


def _glyphs(font: Object, fonts: Fonts) -> Glyphs:
    if font.objgen not in fonts:
        mapping = font.get(Name.ToUnicode)
        pairs = MAPPED.findall(mapping.read_bytes().decode("latin-1") if mapping is not None else "")
        fonts[font.objgen] = {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}
    return fonts[font.objgen]


class _TagReader:
    """Collects tables from the tags. Notes in a cell are not part of its text."""

    def __init__(self, pages: dict[tuple[int, int], int], texts: Texts, joint: str) -> None:
        self.pages, self.texts, self.joint = pages, texts, joint
        self.used: set[tuple[int, int]] = set()
        self.tables: list[list[list[str]]] = []

    def read(self, tag: Any, page: int, cell: list[str]) -> None:
        """Read a tag on a page and add its texts to a cell."""
        role = str(tag[Name.S])
        page = self.pages[tag[Name.Pg].objgen] if Name.Pg in tag else page
        if role == "/Table":
            self.tables.append([])
        elif role == "/TR" and self.tables:
            self.tables[-1].append([])
        own = [] if role in ("/TH", "/TD", "/Note") else cell
        kids = tag.get(Name.K, ())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and Name.S in kid:
                self.read(kid, page, own)
            elif isinstance(kid, int) or Name.MCID in kid:
                spot = (page, kid) if isinstance(kid, int) else (page, int(kid[Name.MCID]))
                if not isinstance(kid, int) and Name.Pg in kid:
                    spot = (self.pages[kid[Name.Pg].objgen], spot[1])
                if spot in self.used:
                    raise MalformedFileError(f"page {spot[0] + 1} has a text that is read twice")
                self.used.add(spot)
                own.append(self.texts.get(spot, ""))
        if role in ("/TH", "/TD") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append(self.joint.join(own).strip(f"{self.joint} \n\t"))


THINGS = ("activities.", "law.")
# The marks of notes, if their position does not separate them from the number.
MARKS = re.compile(r"\(\d+\)")
# A number with the digit separators of any language; flags that follow are letters.
NUMBER = re.compile(r"[≥>≈]?\s*([−-]?\d[\d\s.,'’\u00a0\u202f\u2009]*)")
BOUNDS = tuple("≥>≈")
PARTED = re.compile(r"[^\d−-]+")
# A status without a value, but with a line in the table: the value exists and may not be published.
HIDDEN = "suppressed"

Lines = Sequence[Sequence[str]]


def printed_cells(content: bytes, figures: Figures) -> Iterator[tuple[FigureName, int, str]]:
    """The table of a PDF: the printed text by figure and year. Its lines are in the order of `figures`. Raises
    MalformedFileError without such a table."""
    if expected := _expected(figures):
        years, lines = _table(content)
        for name, cells in zip(expected, lines, strict=False):
            yield from ((name, year, text) for year, text in zip(years, cells, strict=False))


def _expected(figures: Figures) -> list[FigureName]:
    """The figures with a line in the table of all years, in its order: each total, its plain breakdowns, and the named
    countries and crosses. The table has none of `THINGS`."""
    names: dict[FigureName, bool] = {}
    for name, line in figures.items():
        if name[3] and not name[0].startswith(THINGS):
            # A series of zeros that follow from other parts has no line.
            is_stated = line.get("status") != WORKED_OUT and bool(line[VALUE] or line.get("status") == HIDDEN)
            names[name[:3]] = names.get(name[:3], False) or is_stated
    places = {code: place for place, code in enumerate(dict.fromkeys(code for code, _, _ in names))}
    stated = [name for name, is_stated in names.items() if is_stated]
    # A total has a line where one of its parts has.
    totals = ((code, "", "") for code, _, _ in stated)

    def rank(name: FigureName) -> tuple[int, bool, bool]:
        return places[name[0]], bool(name[2]), OF_CELL in name[2] or name[2] != name[2].lower()

    return sorted(dict.fromkeys((*totals, *stated)), key=rank)


def _table(content: bytes) -> tuple[list[int], Lines]:
    """The years of the table and its lines: the largest table whose column heads are all years."""
    best: tuple[list[int], Lines] = [], []
    for rows in filter(None, read_tables(content)):
        # A heading between the lines has no further cell.
        heads, *lines = [row[1:] for row in rows if len(row) > 1] or [[]]
        if heads and all(map(YEAR.fullmatch, heads)) and len(lines) > len(best[1]):
            best = [int(head) for head in heads], lines
    if not best[0]:
        raise MalformedFileError("has no table of all figures")
    return best


def number_of(text: str) -> tuple[Decimal | None, bool]:
    """The number printed in a cell, None without one, and whether it is exact."""
    match = NUMBER.match(MARKS.sub("", text).strip())
    readings = list(_readings(match[1].strip())) if match else []
    return (readings[0] if readings else None), match is not None and match[0].lstrip()[:1] not in BOUNDS


def _readings(text: str) -> Iterator[Decimal]:
    """The possible meanings of a printed number: all separators for thousands, or the last one for decimals."""
    groups = [group for group in PARTED.split(text.replace("−", "-")) if group]
    if not groups:
        return
    if all(len(group) == 3 for group in groups[1:]):
        yield Decimal("".join(groups))
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:-1]):
        yield Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
