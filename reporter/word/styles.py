"""Styles, lists and typefaces of a Word file, as XML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.theme.tokens import Theme
from reporter.word.runs_xml import twips, xml_text
from reporter.word.word_writing import INDENT

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
    """The typeface, and what stands in where it is missing."""
    return (
        f'<w:fonts {W}><w:font w:name="{xml_text(family)}"><w:altName w:val="{FALLBACK}"/><w:panose1 w:val="{PANOSE}"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
