"""Write the paragraphs of a Word file and count what is numbered. ECMA-376 prescribes the order of elements."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import chain, groupby, repeat, zip_longest

from reporter.data.i18n import Locale
from reporter.data.i18n.territories import likely_region
from reporter.data.records import Observation
from reporter.data.records.label import altered, language_of
from reporter.data.theme.tokens import Theme
from reporter.formats.word.anchors import OF_CELL, OF_PARAGRAPH, OF_VALUE, alike, value_key, value_of, word_runs
from reporter.report.document.document import Document, Figure, Proposals, Ranking, Table
from reporter.report.document.note_lines import as_sentence
from reporter.text.tree import (
    Call,
    Group,
    Inline,
    Link,
    Marked,
    Paragraph,
    Remarks,
    Run,
    Text,
    TextBlock,
    Words,
    anchor,
    paragraphs,
)

# XML 1.0 allows no other characters (2.2); they were typed by mistake.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EMU = 36000  # of a millimetre
TWIPS = 1440 / 25.4  # of a millimetre
# The start and end of landscape pages.
LYING, UPRIGHT = "<!--lying-->", "<!--upright-->"
# In mm: a page of A4 and its margins.
PAGE = (210.0, 297.0)
MARGINS = {"top": 23.0, "right": 25.0, "bottom": 20.0, "left": 25.0, "header": 11.0, "footer": 10.0, "gutter": 0.0}
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True)
class RunLook:
    """The look of a run: character `style`, `colour` in hex digits, `size` in half points, `spaced` after letters."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    colour: str = ""
    size: int = 0
    underlined: bool = False
    raised: bool = False
    language: str = ""
    spaced: int = 0


def xml_text(words: str) -> str:
    return escape(FORBIDDEN.sub("", words))


def run_xml(words: str, look: RunLook) -> str:
    """A run of letters; line breaks are kept."""
    lines = FORBIDDEN.sub("", words).replace("\r", "").split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return f"<w:r>{look_xml(look)}{inside}</w:r>"


def look_xml(look: RunLook) -> str:
    parts = (
        f'<w:rStyle w:val="{look.style}"/>' if look.style else "",
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        "<w:strike/>" if look.struck else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour else "",
        f'<w:spacing w:val="{look.spaced}"/>' if look.spaced else "",
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "",
        '<w:u w:val="single"/>' if look.underlined else "",
        '<w:vertAlign w:val="superscript"/>' if look.raised else "",
        f'<w:lang w:val="{look.language}"/>' if look.language else "",
    )
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def field_xml(instruction: str, result: str, look: RunLook) -> str:
    properties = look_xml(look)
    signs = [f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {xml_text(instruction)} </w:instrText></w:r>'
    return f"{signs[0]}{code}{signs[1]}{run_xml(result, look)}{signs[2]}"


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """The look of a paragraph beyond its style: `keep_next` to; `opens` a page; `number` of its list and `level`
    in it; indents `left` and `hanging` in mm; space `before` and `after` in points; None for the style's own."""

    style: str = ""
    keep_next: bool = False
    opens: bool = False
    number: int = 0
    level: int = 0
    left: float | None = None
    hanging: float = 0.0
    tab: float = 0.0
    align: str = ""
    before: float | None = None
    after: float | None = None


def paragraph_xml(inside: str, look: ParagraphLook, section: str = "") -> str:
    """A paragraph around some runs; `section` ends a section of pages."""
    spacing = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("before", look.before), ("after", look.after))
        if points is not None
    )
    hanging = f' w:hanging="{twips(look.hanging)}"' if look.hanging else ""
    parts = (
        f'<w:pStyle w:val="{look.style}"/>' if look.style else "",
        "<w:keepNext/>" if look.keep_next else "",
        "<w:pageBreakBefore/>" if look.opens else "",
        f'<w:numPr><w:ilvl w:val="{look.level}"/><w:numId w:val="{look.number}"/></w:numPr>' if look.number else "",
        f'<w:tabs><w:tab w:val="left" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        f'<w:ind w:left="{twips(look.left)}"{hanging}/>' if look.left is not None else "",
        f'<w:jc w:val="{look.align}"/>' if look.align else "",
        section,
    )
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{inside}</w:p>"


def page_setting(heads: str, *, lying: bool = False, titled: bool = False) -> str:
    """The setting of A4 pages, landscape if `lying`, with `heads` and feet, own ones on the first page if `titled`."""
    sizes = (PAGE[1], PAGE[0]) if lying else PAGE
    turned = ' w:orient="landscape"' if lying else ""
    margins = "".join(f' w:{name}="{twips(margin)}"' for name, margin in MARGINS.items())
    return (
        f'<w:sectPr>{heads}<w:pgSz w:w="{twips(sizes[0])}" w:h="{twips(sizes[1])}"{turned}/>'
        f"<w:pgMar{margins}/>{'<w:titlePg/>' if titled else ''}</w:sectPr>"
    )


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)


def picture_xml(relation: str, number: int, name: str, alt: str, size: tuple[float, float]) -> str:
    """An inline picture of a width and height in mm."""
    across, down = (round(length * EMU) for length in size)
    named = f'id="{number}" name="{xml_text(name)}"'
    extent = f'cx="{across}" cy="{down}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr {named} descr="{xml_text(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PICTURE}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {named} descr="{xml_text(alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


# In mm: the text width in portrait and landscape, and the padding of a cell.
MEASURE, ACROSS, ASIDE = 160.0, 247.0, 3.4
# The approximate widths of letters in em: capitals, wide, narrow, others; and the factor of bold. They are those of a
# wide typeface, which may replace ours on other machines: no number may break there.
CAPITAL, WIDE, NARROW, OTHER, BOLD = 0.72, 0.95, 0.38, 0.63, 1.1
# The sizes of letters in tables, in points, the largest first.
SIZES = (9.0, 8.0, 7.0)
POINT = 25.4 / 72
# The most lines of a cell, about, if there is room.
MOST_LINES = 2.2
# In letters: the most that a column of words wants, and the most that it needs at least.
MOST_LETTERS, MOST_LEAST = 48, 20
# A table of up to this many rows stays on one page; of a longer one the first and last rows stay together.
MOST_KEPT, TOGETHER = 16, 2


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: its paragraphs as XML, the columns it spans, its colour, and its height in mm if words read upwards."""

    xml: str
    span: int = 1
    fill: str = ""
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of cells; a head repeats on each page, and `whole` ones stay on one page."""

    cells: tuple[WordCell, ...]
    head: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a table fits a page: letters in points, widths in mm, and whether it needs a landscape page (`across`)."""

    size: float
    widths: tuple[float, ...]
    across: bool = False


def fitted(columns: Sequence[Sequence[str]], heads: Sequence[str], fixed: dict[int, float] | None = None) -> Fitted:
    """How columns fit the page; `columns` are the words of their cells, labels first; `fixed` are given widths."""
    for measure, sizes in ((MEASURE, SIZES), (ACROSS, SIZES)):
        for size in sizes:
            least = _widths(columns, heads, size, fixed or {}, whole=False)
            if sum(least) <= measure:
                wanted = _widths(columns, heads, size, fixed or {}, whole=True)
                asked = [max(pair) for pair in zip(least, wanted, strict=True)]
                room, more = measure - sum(least), sum(asked) - sum(least)
                part = min(room / more, 1.0) if more else 0.0
                widths = tuple(low + (high - low) * part for low, high in zip(least, asked, strict=True))
                return Fitted(size, widths, across=measure == ACROSS)
    share = ACROSS / sum(least)
    return Fitted(SIZES[-1], tuple(width * share for width in least), across=True)


def _widths(
    columns: Sequence[Sequence[str]], heads: Sequence[str], size: float, fixed: dict[int, float], *, whole: bool
) -> list[float]:
    """The widths of columns that fit their longest word or, with `whole`, their cells."""
    widths = []
    for n, (cells, head) in enumerate(zip(columns, heads, strict=True)):
        if n in fixed:
            widths.append(fixed[n])
            continue
        lengths = [_ems(cell) if whole else max(_longest(cell), _ems(cell) / MOST_LINES) for cell in cells]
        letters = min(max(lengths, default=0.0), (MOST_LETTERS if whole else MOST_LEAST) * OTHER)
        # A head breaks at its blanks, so that columns of numbers are close together.
        widths.append(max(letters * size * POINT + ASIDE, longest_word(head, size)))
    return widths


def _ems(words: str) -> float:
    return sum(
        CAPITAL if sign.isupper() else WIDE if sign in "mw%→" else NARROW if sign in "fijlrt.,:;'()" else OTHER
        for sign in words
    )


def longest_word(words: str, size: float) -> float:
    """The width in mm of a column that fits the longest word in bold letters of a size in points."""
    return _longest(words) * BOLD * size * POINT + ASIDE


def _longest(words: str) -> float:
    """The width of the longest word; words joined by a no-break space are one."""
    return max((_ems(word) for word in words.replace("-", "- ").replace("/", "/ ").split(" ")), default=0.0)


def table_xml(rows: Iterable[WordRow], widths: Sequence[float], title: str, *, row_heads: bool = True) -> str:
    """A table with the widths of its columns in mm and the description `title`."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    flags = "06A0" if row_heads else "0620"
    look = f'w:firstRow="1" w:lastRow="0" w:firstColumn="{int(row_heads)}" w:lastColumn="0" w:noHBand="1"'
    title = f'<w:tblCaption w:val="{xml_text(title)}"/>' if title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{flags}" {look} w:noVBand="1"/>'
        f"{title}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(row, widths) for row in rows)}</w:tbl>"
    )


def _row(row: WordRow, widths: Sequence[float]) -> str:
    head = "<w:tblHeader/>" if row.head else ""
    whole = "<w:cantSplit/>" if row.whole or row.head else ""
    height = max(cell.up for cell in row.cells)
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else ""
    properties = f"<w:trPr>{whole}{high}{head}</w:trPr>" if whole or head else ""
    foot = '<w:vAlign w:val="bottom"/>' if row.head else ""
    cells, at = [], 0
    for cell in row.cells:
        width = twips(sum(widths[at : at + cell.span]))
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
        fill += '<w:textDirection w:val="btLr"/>' if cell.up else ""
        inside = cell.xml or paragraph_xml("", ParagraphLook("TableText"))
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{fill}{foot}</w:tcPr>{inside}</w:tc>')
        at += cell.span
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def kept_rows(heads: Sequence[bool]) -> tuple[bool, ...]:
    """Which rows stay with the next on a page: all of a short table, else the first, group heads, the last but one."""
    count = len(heads)
    if count <= MOST_KEPT:
        return tuple(n < count - 1 for n in range(count))
    return tuple(n < TOGETHER or head or n == count - 2 for n, head in enumerate(heads))


# The lists of the file: bulleted, and numbered; each numbered list has its own number.
DOTTED, FIRST_NUMBERED = 1, 2
LINKS = ("https://", "http://", "mailto:", "tel:")
# The indent of a list, in mm.
INDENT = 6.0
PLAIN, AS_STYLED = ParagraphLook("BodyText"), RunLook()
# The style of the number by which a footnote is called; text in this style is no word.
CALLED = RunLook("FootnoteReference")
# The gap between the numbers of two notes, in twentieths of a point.
APART = 40


@dataclass(slots=True)
class Writing:
    """The state of a document being written. `to_address` and `to_picture` relate addresses and drawings (in mm) to the
    file; `notes` are XML, `starts` first numbers of lists, `cells` keys of figures, paragraphs as in `anchors`."""

    document: Document
    locale: Locale
    theme: Theme
    to_address: Callable[[str], str]
    to_picture: Callable[[str], tuple[str, tuple[float, float]]]
    notes: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    bookmarks: int = 0
    drawings: int = 0
    numbered_notes: int = 0
    paragraphs: int = 0
    values: int = 0
    places: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {name: f"_r_{n}" for n, name in enumerate(_targets(self.document), 1)}

    def tag(self, language: str = "") -> str:
        """A language with its region, as Word names it: lt-LT."""
        code = language or self.document.edition.language
        if code == self.document.edition.language and self.document.edition.locale:
            return self.document.edition.locale.replace("_", "-")
        return f"{code}-{likely_region(code)}".rstrip("-")

    def colour(self, name: str) -> str:
        return self.theme.colours[name].removeprefix("#")

    def words(self, words: str, look: RunLook = AS_STYLED, language: str = "") -> str:
        word_language = language_of(words) or language
        return run_xml(words, replace(look, language=self.tag(word_language))) if words else ""

    def line(self, words: str, style: str, look: RunLook = AS_STYLED, **properties: object) -> str:
        """A paragraph of words; empty without any."""
        return self.paragraph(self.words(words, look), ParagraphLook(style, **properties))  # type: ignore[arg-type]

    def paragraph(self, runs: str, look: ParagraphLook) -> str:
        """A paragraph of runs; empty without any."""
        return paragraph_xml(runs, look) if runs else ""

    def bookmark(self, name: str, runs: str) -> str:
        self.bookmarks += 1
        opening = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
        return f'{opening}{runs}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def place(self, target: str, runs: str) -> str:
        return self.bookmark(self.places[target], runs) if target in self.places else runs

    def link(self, address: str, runs: str) -> str:
        if address.startswith("#"):
            name = self.places.get(address.removeprefix("#"))
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>' if name else runs
        if not address.startswith(LINKS):
            return runs
        return f'<w:hyperlink r:id="{self.to_address(address)}" w:history="1">{runs}</w:hyperlink>'

    def linked(self, address: str, words: str) -> str:
        return self.link(address, self.words(words, RunLook("Hyperlink")))

    def cell(self, observation: Observation, runs: str) -> str:
        self.cells.append(value_key(observation))
        return self.bookmark(f"{OF_CELL}{len(self.cells)}", runs)

    def caption(self, label: str, number: int, target: str, headline: Text | None, caption: str, unit: str) -> str:
        before, sign, after = label.partition(str(number))
        kind = "Figure" if target.startswith("figure-") else "Table"
        look = RunLook("CaptionLabel", language=self.tag(language_of(label)))
        counted = field_xml(f"SEQ {kind} \\* ARABIC \\r {number}", sign, look) if sign else ""
        label_runs = (run_xml(before, look) if before else "") + counted + (run_xml(after, look) if after else "")
        named = self.place(target, label_runs) + self.words("\u2002")
        if headline:
            words, below = self.headline(headline), [altered(caption, as_sentence), unit]
        else:
            words, below = self.words(caption), [unit]
        runs = self.words(" ").join(self.words(line) for line in below if line)
        head = paragraph_xml(named + words, ParagraphLook("Caption", keep_next=True))
        return head + self.paragraph(runs, ParagraphLook("Unit", keep_next=True))

    def picture(self, name: str, title: str, alt: str, *, counted: bool = True) -> str:
        """A drawing by its name; its title ends with its number in the file, unless it has one of its own."""
        self.drawings += 1
        relation, size = self.to_picture(name)
        return picture_xml(relation, self.drawings, f"{title} {self.drawings}" if counted else title, alt, size)

    def text(self, text: Text, look: ParagraphLook = PLAIN, run: RunLook = AS_STYLED) -> str:
        return "".join(self._blocks(text.nodes, text.language, repeat(look), run))

    def _blocks(
        self,
        nodes: Iterable[TextBlock | Inline],
        language: str,
        looks: Iterator[ParagraphLook],
        run: RunLook,
        depth: int = 0,
    ) -> Iterator[str]:
        """The paragraphs of a text, each with the next look; list items, and quotations elsewhere, have their own."""
        for node in nodes:
            if isinstance(node, Group) and node.tag in ("ul", "ol"):
                number = DOTTED
                if node.tag == "ol":
                    self.starts.append(node.start)
                    number = FIRST_NUMBERED + len(self.starts) - 1
                style = "ListBullet" if node.tag == "ul" else "ListNumber"
                first = ParagraphLook(style, number=number, level=depth)
                below = ParagraphLook("ListContinue", left=INDENT * (depth + 1))
                for item in node.inside:
                    inside = item.inside if isinstance(item, Group) else ()
                    yield from self._blocks(inside, language, chain((first,), repeat(below)), run, depth + 1)
            elif isinstance(node, Group):
                quoted = looks if depth else (replace(look, style="Quote") for look in looks)
                yield from self._blocks(node.inside, language, quoted, run, depth)
            elif isinstance(node, Paragraph) and (line := word_runs(node)):
                yield paragraph_xml(self.anchored(line, language, run), next(looks))

    def headline(self, text: Text, look: RunLook = AS_STYLED) -> str:
        lines = filter(None, map(word_runs, paragraphs(text.nodes)))
        return " ".join(self.anchored(line, text.language, look) for line in lines)

    def anchored(self, line: Iterable[Run], language: str, look: RunLook) -> str:
        self.paragraphs += 1
        name, done, parts = f"{OF_PARAGRAPH}{self.paragraphs}", set[int](), list[str]()
        for place, group in groupby(line, lambda run: id(value) if (value := value_of(run)) else 0):
            pieces = alike(group)
            # The numbers of two adjacent notes would be read as one.
            looks = (
                replace(look, spaced=APART if after and {type(run.leaf), type(after.leaf)} == {Call} else 0)
                for run, after in zip_longest(pieces, pieces[1:])
            )
            runs = "".join(self._run(run, language, run_look) for run, run_look in zip(pieces, looks, strict=True))
            # A value with the call of a note continues after it; its bookmark ends before.
            if place and place not in done:
                done.add(place)
                self.values += 1
                runs = self.bookmark(f"{OF_VALUE}{self.values}", runs)
            parts.append(runs)
        return self.bookmark(name, "".join(parts))

    def _run(self, run: Run, language: str, look: RunLook) -> str:
        if isinstance(run.leaf, Call):
            return self._call(run.leaf, run.leaf.language or language, look.spaced)
        links = [node for node in run.within if isinstance(node, Link)]
        tags = {node.tag for node in run.within if isinstance(node, Marked)}
        address = links[-1].address if links else ""
        codes = [run.leaf.language if isinstance(run.leaf, Words) else "", *(link.language for link in reversed(links))]
        run_look = replace(
            look,
            style="Hyperlink" if address.startswith(LINKS) else look.style,
            bold=look.bold or "strong" in tags,
            italic=look.italic or "em" in tags,
            colour=self.colour("accent") if address.startswith("#") else look.colour,
            language=self.tag(next(filter(None, codes), language)),
        )
        return self.link(address, run_xml(run.text, run_look))

    def _call(self, call: Call, language: str, spaced: int) -> str:
        """The call of a footnote, or a reference if it was called before."""
        name = f"_note_{call.number}"
        look = replace(CALLED, language=self.tag(language), spaced=spaced)
        if not call.first:
            return field_xml(f"NOTEREF {name} \\h", str(call.number), look)
        number = len(self.notes) + 1
        # Word counts for itself; a note whose number would differ gets ours as a sign.
        counted = call.number == self.numbered_notes + 1
        self.numbered_notes += counted
        sign = "" if counted else f"<w:t>{call.number}</w:t>"
        custom = "" if counted else ' w:customMarkFollows="1"'
        own = "<w:footnoteRef/>" if counted else sign
        words = self.words(f"\u00a0{call.text}", language=language)
        first = f"<w:r>{look_xml(look)}{own}</w:r>"
        note = paragraph_xml(first + words, ParagraphLook("FootnoteText"))
        self.notes.append(f'<w:footnote w:id="{number}">{note}</w:footnote>')
        reference = f'<w:r>{look_xml(look)}<w:footnoteReference{custom} w:id="{number}"/>{sign}</w:r>'
        return self.bookmark(name, reference)


def _targets(document: Document) -> Iterator[str]:
    for section in document.walk():
        yield f"section-{section.code}"
        for block in section.blocks:
            if isinstance(block, Ranking):
                yield f"table-{block.table.code}"
            if isinstance(block, Table):
                yield f"table-{block.code}"
            elif isinstance(block, Proposals):
                yield from (f"section-{row.code}" for row in block.rows if row.code)
            elif isinstance(block, Remarks):
                yield from (anchor(remark.number) for remark in block.remarks)
            elif isinstance(block, Figure):
                yield f"figure-{block.code}"
