"""Find what a PDF or a workbook would run, load or send. PDF/A forbids it; but not every reader of a package has
veraPDF."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from reporter.roundtrip.machine import UNREADABLE
from reporter.roundtrip.read_pdf import opened
from reporter.roundtrip.stated import MalformedFileError

# What each part may have (ISO 32000-2).
ROOT = frozenset(("AF", "Lang", "MarkInfo", "Metadata", "Names", "Outlines", "OutputIntents", "PageLabels", "Pages"))
ROOT |= {"StructTreeRoot", "Type", "ViewerPreferences"}
SIGNED = frozenset(("AcroForm", "DSS", "Extensions", "Version"))
NAMES = frozenset(("Dests", "EmbeddedFiles"))
TREE = frozenset(("IDTree", "K", "ParentTree", "ParentTreeNextKey", "Type"))
PAGE = frozenset(("Annots", "BleedBox", "Contents", "MediaBox", "Parent", "Resources", "StructParents", "Tabs"))
PAGE |= {"TrimBox", "Type"}
RESOURCES = frozenset(("ColorSpace", "ExtGState", "Font", "Pattern", "Shading", "XObject"))
STATE = frozenset(("CA", "ca", "Type", "SMask", "BM", "AIS"))
DRAWN = frozenset(("Form", "Image"))
LINK = frozenset(("A", "BS", "Border", "Contents", "Dest", "F", "Rect", "StructParent", "Subtype", "Type"))
FIELD = frozenset(("F", "FT", "P", "Rect", "Subtype", "T", "TU", "Type", "V"))
FIELDS = frozenset(("Fields", "SigFlags"))
ADDRESS = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
END = re.compile(rb"startxref\s+\d+\s+%%EOF")


def form_flaws(content: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    """Say what a PDF has besides what ours have. What its objects are not, as a PDF has them, raises what pikepdf
    raises."""
    fields = list(pdf.Root.get(Name.AcroForm, Dictionary()).get(Name.Fields, Array()))
    yield from _ends(content, is_signed=any(Name.V in each for each in fields))
    yield from _further("in its catalogue", pdf.Root, ROOT | SIGNED)
    yield from _further("among its names", pdf.Root.get(Name.Names, Dictionary()), NAMES)
    yield from _further("in its tags", pdf.Root.get(Name.StructTreeRoot, Dictionary()), TREE)
    yield from _further("in its form", pdf.Root.get(Name.AcroForm, Dictionary()), FIELDS)
    for number, page in enumerate(pdf.pages, 1):
        yield from _page(f"on page {number}", page.obj)
    for each in fields:
        yield from _field("in its form", each)
    holding = sum(isinstance(each, Dictionary) and Name.EF in each for each in pdf.objects)
    if holding != len(pdf.attachments):
        yield "has files attached that its list of attachments does not have"


def _ends(content: bytes, *, is_signed: bool) -> Iterator[str]:
    """Say that something was written before or after a file. A signature is written after it, and tells what it
    covers."""
    ends = [found.end() for found in END.finditer(content)]
    if not content.startswith(b"%PDF-"):
        yield "does not begin as a PDF does"
    if not ends or content[ends[-1] :].strip() or (len(ends) > 1 and not is_signed):
        yield "has something written after its end"


def _further(place: str, known: Any, allowed: Iterable[str]) -> Iterator[str]:
    yield from (_strange(place, name) for name in sorted(name[1:] for name in known) if name not in allowed)


def _strange(place: str, name: str) -> str:
    return f"has {place} what no PDF of ours has: {name[:40]}"


def _page(place: str, page: Any) -> Iterator[str]:
    yield from _further(place, page, PAGE)
    if not isinstance(page.get(Name.Contents, Stream), Stream):
        yield f"is drawn {place} in several streams, and a page of ours in one"
    resources = page.get(Name.Resources, Dictionary())
    yield from _further(place, resources, RESOURCES)
    for state in resources.get(Name.ExtGState, Dictionary()).values():
        yield from _further(place, state, STATE)
    for drawn in resources.get(Name.XObject, Dictionary()).values():
        if (kind := str(drawn.get(Name.Subtype))[1:]) not in DRAWN:
            yield _strange(place, kind)
    for each in page.get(Name.Annots, Array()):
        if each.get(Name.Subtype) == Name.Link:
            yield from _further(f"in a link {place}", each, LINK)
            yield from _action(place, each.get(Name.A))
        elif each.get(Name.Subtype) == Name.Widget:
            yield from _field(place, each)
        else:
            yield _strange(place, f"an annotation {str(each.get(Name.Subtype))[1:]}")


def _action(place: str, action: Any) -> Iterator[str]:
    if action is None:
        return
    if action.get(Name.S) != Name.URI or not ADDRESS.match(str(action.get(Name.URI, ""))):
        yield _strange(place, f"a link that does {str(action.get(Name.S))[1:]} {action.get(Name.URI, '')!s}")
    yield from _further(f"in a link {place}", action, ("S", "Type", "URI"))


def _field(place: str, field: Any) -> Iterator[str]:
    yield from _further(f"in a field {place}", field, FIELD)
    if field.get(Name.FT) != Name.Sig or any(map(float, field.get(Name.Rect, ()))):
        yield _strange(place, "a field of a form")


# Actions, and what holds them (ISO 32000-2, 12.6); a link within the file or to a page of the web is none of them.
ACTIVE = re.compile(
    rb"/(AA|JS|JavaScript|Launch|SubmitForm|ImportData|ResetForm|GoToR|GoToE|Hide|Rendition|RichMedia(?:Execute)?|Movie"
    rb"|Sound|XFA|SetOCGState|GoTo3DView|Thread)(?![A-Za-z0-9_.+-])"
)
# A layer, words that are read instead of those shown, roles that mean other ones, a file beside this one.
STRANGE = re.compile(rb"/(ActualText|OC|OCGs|OCProperties|RoleMap|FS)(?![A-Za-z0-9_.+-])")
STRING = re.compile(rb"\((?:\\.|[^\\)])*\)", re.S)
# The parts that a workbook of ours has.
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(workbook|sharedStrings|styles)\.xml|xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml"
)
SHEETS, SHEET = "xl/workbook.xml", re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATIONS, ELSEWHERE, MOST = ".rels", b"TargetMode", 1 << 20


def pdf_flaws(content: bytes) -> Iterator[str]:
    """What a PDF has that no PDF of ours has. Raises MalformedFileError for what is no PDF."""
    found: dict[str, None] = {}
    with opened(content) as pdf:
        for each in pdf.objects:
            inside = each.stream_dict if isinstance(each, pikepdf.Stream) else each
            words = STRING.sub(b"", inside.unparse(resolved=True))
            found |= {f"an action: {name[1].decode()}": None for name in ACTIVE.finditer(words)}
            found |= {name[1].decode(): None for name in STRANGE.finditer(words)}
        flaws = [*form_flaws(content, pdf)]
    yield from (f"has what no PDF of ours has: {name}" for name in found)
    yield from flaws


def workbook_flaws(content: bytes) -> Iterator[str]:
    """What a workbook has besides tables. It is macros, embedded files, links to other files, hidden sheets. Raises
    MalformedFileError for what is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                if not PARTS.fullmatch(name):
                    yield f"has a part that no workbook of ours has: {name[:60]}"
                elif name.endswith(RELATIONS) and ELSEWHERE in book.open(name).read(MOST):
                    yield f"leads to another file: {name}"
                elif name == SHEETS:
                    hidden = (each for each in SHEET.findall(book.open(name).read(MOST)) if b"state=" in each)
                    yield from (f"has a sheet that is hidden: {each[:60].decode(errors='replace')}" for each in hidden)
    except UNREADABLE as problem:
        raise MalformedFileError(f"is no workbook: {problem}") from None
