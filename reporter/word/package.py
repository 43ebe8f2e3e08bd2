"""A document as a Word file, alike on every machine."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.document import DocumentPart
from docx.shared import Emu

from reporter.document.document import Document, Edition
from reporter.i18n import Locale
from reporter.model.calendar import midnight
from reporter.theme.tokens import Theme
from reporter.word.anchors import OF_CELL
from reporter.word.body import body_xml, statuses
from reporter.word.runs_xml import EMU, MEASURE, ParagraphLook, RunLook, field_xml, paragraph_xml, twips, xml_text
from reporter.word.word_writing import INDENT, Writing

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# What Word takes where the house's typeface is not installed: one that every Word has, about as wide.
FALLBACK, PANOSE = "Calibri", "020B0503030403020204"
DOTS, LEVELS = ("\u2022", "\u2013", "\u00b7"), 9


NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)


@dataclass(frozen=True, slots=True)
class StyleLook:
    """A style of paragraphs or letters. `size` is in points, `before` and `after` too, `line` in hundredths; `rule`
    draws a line at its `left` or `top`."""

    code: str
    name: str
    based: str = "Normal"
    next: str = ""
    size: float = 0.0
    bold: bool = False
    colour: str = ""
    fill: str = ""
    rule: str = ""
    before: float | None = None
    after: float | None = None
    line: int = 0
    left: float = 0.0
    caps: bool = False
    level: int = -1
    own: bool = False
    kept: bool = False
    whole: bool = False
    tab: float = 0.0
    hanging: float = 0.0


HEADING = StyleLook("", "", next="BodyText", bold=True, colour="ink", line=100, kept=True, whole=True)
SMALL = StyleLook("", "", size=9, line=100, own=True)
BOX = StyleLook("Box", "Box", size=9.5, fill="tile", rule="left", before=0, after=0, line=104, left=2.5, own=True)
PARAGRAPHS = (
    StyleLook("BodyText", "Body Text", after=6, line=106),
    replace(HEADING, code="Heading1", name="heading 1", size=19, before=24, after=6, level=0),
    replace(HEADING, code="Heading2", name="heading 2", size=13.5, before=16, after=4, level=1),
    replace(HEADING, code="Heading3", name="heading 3", size=11, before=11, after=3, level=2),
    StyleLook("Title", "Title", size=34, bold=True, colour="ink", before=0, after=4, line=100),
    StyleLook("Subtitle", "Subtitle", size=14, colour="secondary", after=4),
    StyleLook("Kicker", "Kicker", size=11, colour="accent", caps=True, before=150, after=4, own=True),
    StyleLook("Series", "Series", size=14, bold=True, colour="ink", after=30, own=True),
    StyleLook("Issuer", "Issuer", size=10.5, after=0, own=True),
    StyleLook("Status", "Status", size=12, after=6, own=True),
    replace(HEADING, code="FrontHeading", name="Front Heading", size=16, before=18, after=6, own=True),
    StyleLook("Finding", "Finding", next="BodyText", size=12, colour="accent", after=6, line=106, own=True, whole=True),
    replace(SMALL, code="Label", name="Label", bold=True, colour="secondary", caps=True, before=8, after=2, kept=True),
    replace(HEADING, code="Caption", name="caption", next="Unit", size=11, before=12, after=1),
    replace(SMALL, code="Unit", name="Unit", colour="secondary", after=3, kept=True, whole=True),
    StyleLook("Picture", "Picture", before=2, after=3, line=100, own=True),
    StyleLook("Below", "Below", size=8.5, colour="secondary", before=2, after=2, line=104, own=True),
    replace(SMALL, code="TableText", name="Table Text", before=1, after=1),
    replace(SMALL, code="TableTitle", name="Table Title", bold=True, before=8, after=2, kept=True),
    BOX,
    replace(BOX, code="BoxTitle", name="Box Title", bold=True, colour="ink", before=8, kept=True),
    StyleLook("EntryName", "Entry Name", size=10, bold=True, before=2, after=0, line=100, own=True, kept=True),
    StyleLook("EntryLine", "Entry Line", size=9.5, after=0, line=100, own=True),
    StyleLook("Quote", "Quote", based="BodyText", colour="secondary", left=INDENT),
    StyleLook("ListBullet", "List Bullet", based="BodyText", after=2),
    StyleLook("ListNumber", "List Number", based="BodyText", after=2),
    StyleLook("ListContinue", "List Continue", based="BodyText", after=2, left=INDENT),
    StyleLook("TOC1", "toc 1", size=10, bold=True, before=4, after=0, line=100, tab=11, hanging=11, left=11),
    StyleLook("TOC2", "toc 2", size=9.5, after=0, line=100, tab=23, hanging=12, left=23),
    StyleLook("Header", "header", size=8.5, colour="secondary", after=0, line=100),
    StyleLook("Footer", "footer", size=8.5, colour="secondary", after=0, line=100),
    StyleLook("FootnoteText", "footnote text", size=8.5, after=2, line=100),
)  # fmt: skip


def styles_xml(theme: Theme, language: str) -> str:
    """All styles; the language is that of the document."""
    fonts = "".join(f' w:{kind}="{xml_text(theme.family)}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    said = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    letters = f'<w:rFonts{fonts}/>{_colour(theme, "text")}<w:sz w:val="21"/><w:szCs w:val="21"/>{said}'
    spacing = '<w:spacing w:after="0" w:line="252" w:lineRule="auto"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    accent = _colour(theme, "accent")
    runs = (
        _letters("Hyperlink", "Hyperlink", f'{accent}<w:u w:val="single"/>'),
        _letters("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _letters("CaptionLabel", "Caption Label", accent, own=True),
    )
    paragraphs = "".join(_style(theme, each) for each in PARAGRAPHS)
    return f"<w:styles {W}>{defaults}{NORMAL}{''.join(runs)}{paragraphs}{_tables(theme)}</w:styles>"


def _hex(theme: Theme, name: str) -> str:
    return theme.colours[name].removeprefix("#")


def _colour(theme: Theme, name: str) -> str:
    return f'<w:color w:val="{_hex(theme, name)}"/>'


def _letters(code: str, name: str, properties: str, *, own: bool = False) -> str:
    custom = ' w:customStyle="1"' if own else ""
    return (
        f'<w:style w:type="character"{custom} w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{properties}</w:rPr></w:style>'
    )


def _style(theme: Theme, look: StyleLook) -> str:
    custom = ' w:customStyle="1"' if look.own else ""
    following = f'<w:next w:val="{look.next}"/>' if look.next else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{look.code}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{look.based}"/>{following}<w:qFormat/>'
        f"<w:pPr>{_of_paragraph(theme, look)}</w:pPr><w:rPr>{_of_letters(theme, look)}</w:rPr></w:style>"
    )


def _of_paragraph(theme: Theme, look: StyleLook) -> str:
    spacing = [
        f'w:{name}="{round(each * 20)}"'
        for name, each in (("before", look.before), ("after", look.after))
        if each is not None
    ]
    spacing += [f'w:line="{round(look.line * 2.4)}" w:lineRule="auto"'] if look.line else []
    hanging = f' w:hanging="{twips(look.hanging)}"' if look.hanging else ""
    rule = f'<w:{look.rule} w:val="single" w:sz="18" w:space="7" w:color="{_hex(theme, "rule")}"/>'
    return "".join((
        "<w:keepNext/>" if look.kept else "",
        "<w:keepLines/>" if look.whole else "",
        "<w:widowControl/>",
        f"<w:pBdr>{rule}</w:pBdr>" if look.rule else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(theme, look.fill)}"/>' if look.fill else "",
        f'<w:tabs><w:tab w:val="left" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab else "",
        f"<w:spacing {' '.join(spacing)}/>" if spacing else "",
        f'<w:ind w:left="{twips(look.left)}"{hanging}/>' if look.left else "",
        f'<w:outlineLvl w:val="{look.level}"/>' if look.level >= 0 else "",
    ))  # fmt: skip


def _of_letters(theme: Theme, look: StyleLook) -> str:
    size = round(look.size * 2)
    return "".join(
        (
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:caps/>" if look.caps else "",
            _colour(theme, look.colour) if look.colour else "",
            '<w:spacing w:val="12"/>' if look.caps else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        )
    )


def _tables(theme: Theme) -> str:
    """The style of tables: a rule above and below, hairlines between."""
    ink, hair = _hex(theme, "ink"), _hex(theme, "hairline")

    def rule(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    borders = f"<w:tblBorders>{rule('top', 10, ink)}{rule('bottom', 8, ink)}{rule('insideH', 4, hair)}</w:tblBorders>"
    margins = "".join(f'<w:{side} w:w="{twips(1.3)}" w:type="dxa"/>' for side in ("left", "right"))
    first = f"<w:tcBorders>{rule('bottom', 6, ink)}</w:tcBorders>"
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{first}</w:tcPr></w:tblStylePr></w:style>'
    )


def numbering_xml(starts: Sequence[int]) -> str:
    """The lists: dots, then each list of numbers with its first one."""
    lists = [_list(0, "bullet", [DOTS[n % len(DOTS)] for n in range(LEVELS)])]
    lists.append(_list(1, "decimal", [f"%{n + 1}." for n in range(LEVELS)]))
    made = ['<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>']
    for n, start in enumerate(starts, 2):
        levels = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level in range(LEVELS)
        )
        made.append(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>{levels}</w:num>')
    return f"<w:numbering {W}>{''.join(lists)}{''.join(made)}</w:numbering>"


def _list(number: int, kind: str, texts: Sequence[str]) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(INDENT * (n + 1))}" w:hanging="{twips(INDENT * 0.75)}"/></w:pPr></w:lvl>'
        for n, text in enumerate(texts)
    )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def fonts_xml(family: str) -> str:
    return (
        f'<w:fonts {W}><w:font w:name="{xml_text(family)}"><w:altName w:val="{FALLBACK}"/><w:panose1 w:val="{PANOSE}"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
CUSTOM_XML = f"{OFFICE}/relationships/customXml"
CUSTOM_RELATION = f"{OFFICE}/relationships/custom-properties"
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The first day that a ZIP can name, and the system that set no permissions.
DAY, ANY_SYSTEM = (1980, 1, 1, 0, 0, 0), 0
# In mm: no picture is higher, so that its caption and source stay on its page.
HIGHEST = 205.0
# A property of our own is one of the user's (ECMA-376 part 1, 22.3).
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
    """Make the Word file of a document, whose edition is of a day. `pictures` are its drawings as PNG, by their names;
    `known_by` are the properties by which it is known when it comes back."""
    made = docx.Document()
    part = made.part
    _clear(part)

    def to_address(address: str) -> str:
        return str(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def to_picture(name: str) -> tuple[str, tuple[float, float]]:
        relation, image = part.get_or_add_image(io.BytesIO(pictures[name]))
        width, height = Emu(image.width) / EMU, Emu(image.height) / EMU
        share = min(1.0, MEASURE / width, HIGHEST / height)
        return relation, (round(width * share, 2), round(height * share, 2))

    writing = Writing(document, locale, theme, to_address, to_picture)
    content = body_xml(writing, _page_ends(part, writing))
    body = parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
    part.element.replace(part.element.body, body)
    _add(part, "/word/styles.xml", CONTENT_TYPE.WML_STYLES, "styles", styles_xml(theme, writing.tag()))
    _add(part, "/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, "numbering", numbering_xml(writing.starts))
    _add(part, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, "fontTable", fonts_xml(theme.family))
    _add(part, "/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, "settings", _settings(writing.tag()))
    _add(part, "/word/footnotes.xml", NOTES, "footnotes", _footnotes(writing))
    # Which figure the bookmark of each cell prints, as own data.
    cells = (f'<figure cell="{OF_CELL}{n}" at="{xml_text(key)}"/>' for n, key in enumerate(writing.cells, 1))
    figures = f'{DECLARED}<figures xmlns="urn:reporter:figures">{"".join(cells)}</figures>'.encode()
    part.relate_to(FilePart(PackURI("/customXml/item1.xml"), "application/xml", figures, part.package), CUSTOM_XML)
    _tell(part, writing, day, known_by)
    file = io.BytesIO()
    made.save(file)
    return _timeless(file.getvalue())


def _clear(part: DocumentPart) -> None:
    for rels in (part.rels, part.package.rels):
        for name, relation in list(rels.items()):
            if not relation.reltype.endswith(("/officeDocument", "/core-properties", "/theme")):
                del rels[name]


def _add(part: DocumentPart, path: str, kind: str, relation: str, xml: str) -> str:
    """Add a part of the file; returns the name of its relation."""
    added = FilePart(PackURI(path), kind, (DECLARED + xml).encode(), part.package)
    return str(part.relate_to(added, f"{OFFICE}/relationships/{relation}"))


def _page_ends(part: DocumentPart, writing: Writing) -> str:
    """The references to what stands at head and foot of pages. The title page has no numbers, but says as all others do
    who may read it."""
    edition = writing.document.edition
    alert = RunLook(bold=True, colour=writing.colour("alert"))
    said = "".join(writing.line(words, "Header", alert) for words in statuses(writing))
    name = writing.locale.text("{country} – {subtitle}", country=edition.country_name, subtitle=edition.subtitle)
    # The place of the tab is the right margin.
    right = f'<w:tabs><w:tab w:val="right" w:pos="{twips(MEASURE)}"/></w:tabs>'
    line = writing.words(name) + "<w:r><w:tab/></w:r>" + writing.words(edition.title)
    head = paragraph_xml(line, ParagraphLook("Header")).replace("</w:pPr>", f"{right}</w:pPr>", 1)
    plain = RunLook(language=writing.tag())
    numbers = field_xml("PAGE", "1", plain) + writing.words("\u2009/\u2009") + field_xml("NUMPAGES", "1", plain)
    foot = paragraph_xml(numbers, ParagraphLook("Footer", align="right"))
    empty = paragraph_xml("", ParagraphLook("Header"))
    ends = (("hdr", "default", head + said), ("hdr", "first", said or empty), ("ftr", "default", foot))
    made = []
    for n, (tag, kind, inside) in enumerate((*ends, ("ftr", "first", empty)), 1):
        word, content = ("header", CONTENT_TYPE.WML_HEADER) if tag == "hdr" else ("footer", CONTENT_TYPE.WML_FOOTER)
        xml = f"<w:{tag} {NAMESPACES}>{inside}</w:{tag}>"
        relation = _add(part, f"/word/{word}{n}.xml", content, word, xml)
        made.append(f'<w:{word}Reference w:type="{kind}" r:id="{relation}"/>')
    return "".join(made)


def _footnotes(writing: Writing) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return f"<w:footnotes {NAMESPACES}>{lines}{''.join(writing.notes)}</w:footnotes>"


def _settings(language: str) -> str:
    """How Word opens the file: what is changed in it is tracked."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:trackRevisions/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/></w:settings>'
    )


def _tell(part: DocumentPart, writing: Writing, day: str, known_by: Mapping[str, str]) -> None:
    """Write what the file says of itself. Title, author and day, and the properties of our own."""
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
    core.created = core.modified = midnight(day)
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


def _timeless(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.infolist():
            entry = zipfile.ZipInfo(each.filename, DAY)
            entry.create_system, entry.compress_type = ANY_SYSTEM, zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(each), compresslevel=9)
    return made.getvalue()


# The names of the properties of a file, which Word and LibreOffice keep.
COUNTRY, YEAR, LANGUAGE = "reporter-country", "reporter-year", "reporter-language"
AUDIENCE, STATE = "reporter-audience", "reporter-state"


def properties_of(edition: Edition, audience: str, checksum: str) -> Mapping[str, str]:
    """The properties of an edition's file. The `checksum` is that of the files that it is made from."""
    return {
        COUNTRY: edition.country,
        YEAR: str(edition.year),
        LANGUAGE: edition.language,
        AUDIENCE: str(audience),
        STATE: checksum,
    }
