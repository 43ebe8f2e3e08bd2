"""A document as a Word file, the same on every machine."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from string import Template

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.document import DocumentPart
from docx.shared import Emu

from reporter.data.files.sources import TEMPLATES
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import Locale
from reporter.data.theme.tokens import Theme
from reporter.formats.word.anchors import OF_CELL
from reporter.formats.word.body import body_xml, statuses
from reporter.formats.word.word_xml import (
    EMU,
    FIRST_NUMBERED,
    MEASURE,
    ParagraphLook,
    RunLook,
    Writing,
    field_xml,
    paragraph_xml,
    twips,
    xml_text,
)
from reporter.report.document.document import Document, Edition

NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
CUSTOM_XML = f"{OFFICE}/relationships/customXml"
CUSTOM_RELATION = f"{OFFICE}/relationships/custom-properties"
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
# The parts of the file from templates, with the colours and typeface of the theme.
STANDING = {
    "styles": CONTENT_TYPE.WML_STYLES,
    "numbering": CONTENT_TYPE.WML_NUMBERING,
    "fontTable": CONTENT_TYPE.WML_FONT_TABLE,
    "settings": CONTENT_TYPE.WML_SETTINGS,
}
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The first date that a ZIP can have, and the code of a system without permissions.
DAY, ANY_SYSTEM = (1980, 1, 1, 0, 0, 0), 0
# In mm: no picture is higher, so that its caption and source stay on its page.
HIGHEST = 205.0
# A custom property is one of the user's (ECMA-376 part 1, 22.3).
NOTHING: Mapping[str, str] = {}
USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def to_word(
    document: Document,
    theme: Theme,
    locale: Locale,
    pictures: Mapping[str, bytes],
    day: str,
    known_by: Mapping[str, str] = NOTHING,
) -> bytes:
    """Make the Word file of a document, dated `day`. `pictures` are its drawings as PNG by name; `known_by` are the
    properties by which it is recognised when it comes back."""
    word_file = docx.Document()
    part = word_file.part
    for rels in (part.rels, part.package.rels):
        for name, relation in list(rels.items()):
            if not relation.reltype.endswith(("/officeDocument", "/core-properties", "/theme")):
                del rels[name]

    def to_address(address: str) -> str:
        return str(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def to_picture(name: str) -> tuple[str, tuple[float, float]]:
        relation, image = part.get_or_add_image(io.BytesIO(pictures[name]))
        width, height = Emu(image.width) / EMU, Emu(image.height) / EMU
        share = min(1.0, MEASURE / width, HIGHEST / height)
        return relation, (round(width * share, 2), round(height * share, 2))

    writing = Writing(document, locale, theme, to_address, to_picture)
    content = body_xml(writing, _page_ends(part, writing))
    part.element.replace(part.element.body, parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>"))
    values = {name: colour.removeprefix("#") for name, colour in theme.colours.items()}
    values |= {"language": writing.tag(), "family": xml_text(theme.family), "lists": _lists(writing.starts)}
    for path, kind in STANDING.items():
        _add(part, f"/word/{path}.xml", kind, path, _template(path).substitute(values))
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = f"<w:footnotes {NAMESPACES}>{lines}{''.join(writing.notes)}</w:footnotes>"
    _add(part, "/word/footnotes.xml", NOTES, "footnotes", notes)
    # The figure in each cell by its bookmark, as custom data.
    cells = (f'<figure cell="{OF_CELL}{n}" at="{xml_text(key)}"/>' for n, key in enumerate(writing.cells, 1))
    figures = f'{DECLARED}<figures xmlns="urn:reporter:figures">{"".join(cells)}</figures>'.encode()
    part.relate_to(FilePart(PackURI("/customXml/item1.xml"), "application/xml", figures, part.package), CUSTOM_XML)
    _tell(part, writing, day, known_by)
    file = io.BytesIO()
    word_file.save(file)
    return _reproducible(file.getvalue())


def _reproducible(content: bytes) -> bytes:
    """The same ZIP without time and system, so that the same document is always the same bytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w") as target:
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, DAY)
            entry.create_system, entry.compress_type = ANY_SYSTEM, zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(info), compresslevel=9)
    return output.getvalue()


@cache
def _template(name: str) -> Template:
    text = (packaged_folder(TEMPLATES) / "word" / f"{name}.xml").read_text("utf-8")
    return Template("".join(map(str.strip, text.splitlines())))


def _lists(starts: Sequence[int]) -> str:
    return "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level in range(9)
        )
        + "</w:num>"
        for n, start in enumerate(starts, FIRST_NUMBERED)
    )


def _add(part: DocumentPart, path: str, kind: str, relation: str, xml: str) -> str:
    """Add a part of the file; return the name of its relation."""
    added = FilePart(PackURI(path), kind, (DECLARED + xml).encode(), part.package)
    return str(part.relate_to(added, f"{OFFICE}/relationships/{relation}"))


def _page_ends(part: DocumentPart, writing: Writing) -> str:
    """The references to heads and feet of pages. The title page has no number, but the notices of all pages."""
    edition = writing.document.edition
    alert = RunLook(bold=True, colour=writing.colour("alert"))
    notices = "".join(writing.line(words, "Header", alert) for words in statuses(writing))
    name = writing.locale.text("{country} – {subtitle}", country=edition.country_name, subtitle=edition.subtitle)
    # The tab stop is the right margin.
    right = f'<w:tabs><w:tab w:val="right" w:pos="{twips(MEASURE)}"/></w:tabs>'
    line = writing.words(name) + "<w:r><w:tab/></w:r>" + writing.words(edition.title)
    head = paragraph_xml(line, ParagraphLook("Header")).replace("</w:pPr>", f"{right}</w:pPr>", 1)
    plain = RunLook(language=writing.tag())
    numbers = field_xml("PAGE", "1", plain) + writing.words("\u2009/\u2009") + field_xml("NUMPAGES", "1", plain)
    foot = paragraph_xml(numbers, ParagraphLook("Footer", align="right"))
    empty = paragraph_xml("", ParagraphLook("Header"))
    ends = (("hdr", "default", head + notices), ("hdr", "first", notices or empty), ("ftr", "default", foot))
    references = []
    for n, (tag, kind, inside) in enumerate((*ends, ("ftr", "first", empty)), 1):
        word, content = ("header", CONTENT_TYPE.WML_HEADER) if tag == "hdr" else ("footer", CONTENT_TYPE.WML_FOOTER)
        relation = _add(part, f"/word/{word}{n}.xml", content, word, f"<w:{tag} {NAMESPACES}>{inside}</w:{tag}>")
        references.append(f'<w:{word}Reference w:type="{kind}" r:id="{relation}"/>')
    return "".join(references)


def _tell(part: DocumentPart, writing: Writing, day: str, known_by: Mapping[str, str]) -> None:
    """Write the metadata of the file: title, author, day, and our own properties."""
    edition = writing.document.edition
    core = part.package.core_properties
    title = writing.locale.text(
        "{country}: {subtitle} – {title}", country=edition.country_name, subtitle=edition.subtitle, title=edition.title
    )
    for words in (edition.unpublished, edition.restricted):
        title = writing.locale.text("{title} ({words})", title=title, words=words) if words else title
    core.title, core.subject, core.language = str(title)[:255], str(edition.tagline)[:255], writing.tag()
    core.author = core.last_modified_by = str(edition.publisher or edition.rapporteur)[:255]
    core.comments = core.keywords = ""
    core.created = core.modified = datetime.fromisoformat(day)
    core.revision = 1
    package = part.package
    app = (
        f'<Properties xmlns="{OFFICE}/extended-properties"><Application>reporter</Application>'
        f"<Company>{xml_text(edition.publisher)}</Company></Properties>"
    )
    custom = "".join(
        f'<property fmtid="{USERS}" pid="{n}" name="{name}"><vt:lpwstr>{xml_text(value)}</vt:lpwstr></property>'
        for n, (name, value) in enumerate(known_by.items(), 2)
    )
    own = f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">{custom}</Properties>'
    for path, kind, relation, xml in (
        ("/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, app),
        ("/docProps/custom.xml", CUSTOM, CUSTOM_RELATION, own),
    ):
        package.relate_to(FilePart(PackURI(path), kind, (DECLARED + xml).encode(), package), relation)


# The names of the properties of a file, which Word and LibreOffice keep.
COUNTRY, YEAR, LANGUAGE = "reporter-country", "reporter-year", "reporter-language"
AUDIENCE, STATE = "reporter-audience", "reporter-state"


def properties_of(edition: Edition, audience: str, checksum: str) -> Mapping[str, str]:
    """The properties of an edition's file; `checksum` is that of its source files."""
    return {
        COUNTRY: edition.country,
        YEAR: str(edition.year),
        LANGUAGE: edition.language,
        AUDIENCE: str(audience),
        STATE: checksum,
    }
