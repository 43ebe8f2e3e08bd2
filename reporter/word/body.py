"""The body of a Word file, from first to last page."""

import re
from itertools import groupby

from reporter.document.document import Entry, Section
from reporter.document.note_lines import ADDRESS, shown_address
from reporter.model import EditionStatus
from reporter.word.runs_xml import LYING, UPRIGHT, ParagraphLook, RunLook, page_setting, paragraph_xml
from reporter.word.tables import BOLD
from reporter.word.word_blocks import block_xml, entry, lines_of
from reporter.word.word_writing import Writing

# Where a part of the body begins that lies on its side, or stands.
TURNS = re.compile(f"({LYING}|{UPRIGHT})")
PARAGRAPH, PROPERTIES, ROWS, TABLE = "<w:p><w:pPr>", "</w:pPr>", "<w:tbl>", "</w:tbl>"
# How far the lines of the imprint stand from the margin, in mm.
ASIDE = 46.0
# How deep the contents go.
DEEPEST = 2
# How far a heading's words stand from its number, in mm, by its level.
NUMBERED = {1: 11.0, 2: 11.0, 3: 13.0}


def body_xml(writing: Writing, heads: str) -> str:
    """The body of the file. `heads` name what stands at head and foot of pages."""
    document = writing.document
    front = [chapter for chapter in document.sections if chapter.front]
    rest = [chapter for chapter in document.sections if not chapter.front]
    made = [_cover(writing), _imprint(writing)]
    made += [section_xml(writing, chapter) for chapter in front]
    made.append(_contents(writing, rest))
    # The others follow each other: whoever comments needs no page for each of them.
    made += [section_xml(writing, chapter, opens=not n) for n, chapter in enumerate(rest)]
    made.append(_back(writing))
    return _paged("".join(made), heads)


def section_xml(writing: Writing, section: Section, *, opens: bool = False) -> str:
    """A section with its heading, its finding, its blocks and sections. It may open a page."""
    made = [_heading(writing, section, opens=opens)]
    if section.headline:
        made.append(paragraph_xml(writing.headline(section.headline), ParagraphLook("Finding", kept=True)))
    for block in section.blocks:
        xml = block_xml(writing, block, section)
        if made[-1].endswith(TABLE) and xml.startswith(ROWS):
            # Word would make one table of two that nothing parts.
            made.append(writing.line(getattr(block, "caption", ""), "TableTitle"))
        made.append(xml)
    made += [section_xml(writing, below) for below in section.sections]
    return "".join(made)


def _heading(writing: Writing, section: Section, *, opens: bool) -> str:
    level = min(section.level, 3)
    annex = level == 1 and section.number.isalpha()
    number = writing.locale.text("Annex {letter}", letter=section.number) if annex else section.number
    title = writing.words(section.title, language=section.language)
    indent = 0.0 if annex or not number else NUMBERED[level]
    told = (
        writing.words(f"{number}\u2002") if annex else writing.words(number) + "<w:r><w:tab/></w:r>" if number else ""
    )
    named = writing.place(f"section-{section.code}", told + title)
    look = ParagraphLook(
        "FrontHeading" if section.front else f"Heading{level}",
        kept=True,
        opens=opens,
        before=0 if opens else None,
        left=indent or None,
        hanging=indent,
        tab=indent,
    )
    return paragraph_xml(named, look)


def _contents(writing: Writing, chapters: list[Section]) -> str:
    """The contents as a field, filled in. Page numbers only Word could know, so there are none."""
    listed = [each for chapter in chapters for each in chapter.walk() if each.level <= DEEPEST]
    made = [writing.line(writing.locale.text("Contents"), "FrontHeading", kept=True)]
    code = f'TOC \\o "1-{DEEPEST}" \\n \\h \\z'
    for n, section in enumerate(listed):
        number = writing.words(section.number) + "<w:r><w:tab/></w:r>" if section.number else ""
        runs = number + writing.words(section.title, language=section.language)
        runs = writing.link(f"#section-{section.code}", runs)
        if not n:
            instruction = (
                f'<w:r><w:instrText xml:space="preserve"> {code.replace(chr(34), "&quot;")} </w:instrText></w:r>'
            )
            runs = f"{_mark('begin')}{instruction}{_mark('separate')}{runs}"
        if n == len(listed) - 1:
            runs += _mark("end")
        made.append(paragraph_xml(runs, ParagraphLook(f"TOC{section.level}", kept=n < len(listed) - 1)))
    return "".join(made)


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def statuses(writing: Writing) -> tuple[str, ...]:
    """What every page says: restricted, a draft, changed since it was published."""
    edition = writing.document.edition
    standing = ""
    if edition.status is EditionStatus.DRAFT:
        standing = writing.locale.text("Draft, not for publication")
    elif edition.unpublished:
        standing = edition.unpublished
    elif edition.status is EditionStatus.PROVISIONAL:
        standing = writing.locale.text("Provisional figures")
    return tuple(filter(None, (edition.restricted, standing)))


def _cover(writing: Writing) -> str:
    """The title page: who publishes what of which country and years."""
    edition = writing.document.edition
    alert = RunLook(bold=True, colour=writing.colour("alert"))
    made = [
        writing.line(edition.compiled or edition.rapporteur, "Issuer", BOLD),
        writing.line(edition.publisher, "Issuer"),
        writing.line(edition.title, "Kicker"),
        writing.line(edition.country_name, "Title"),
        writing.line(edition.tagline, "Subtitle"),
        writing.line(edition.subtitle, "Series"),
    ]
    made += [writing.line(words, "Status", alert) for words in statuses(writing)]
    if edition.corrigendum and not edition.unpublished:
        made.append(writing.line(edition.corrigendum, "Status", alert))
    made.append(writing.line(edition.restriction, "BodyText"))
    for head, words in _facts(writing):
        made.append(writing.line(head, "EntryName", kept=True) + writing.line(words, "EntryLine", after=6))
    purpose = writing.locale.text("This Word file is for reading and commenting. What is published is the PDF.")
    made.append(writing.line(purpose, "Below", before=18))
    return "".join(made)


def _facts(writing: Writing) -> list[tuple[str, str]]:
    """The facts about the edition: its years, its legal basis, its figures."""
    edition = writing.document.edition
    found = [(writing.locale.text("Reporting period"), edition.span)]
    if edition.legal_basis:
        found.append((writing.locale.text("Legal basis"), edition.legal_basis))
    head = writing.locale.text("Edition")
    if edition.unpublished:
        found.append((head, edition.unpublished))
    elif edition.status is EditionStatus.FINAL:
        final = writing.locale.text("Final figures")
        words = (
            writing.locale.text("{words}, {date}", words=final, date=edition.published) if edition.published else final
        )
        found.append((head, words))
    elif edition.published:
        found.append((head, edition.published))
    return found


def _imprint(writing: Writing) -> str:
    document = writing.document
    if not document.imprint:
        return ""
    made = [writing.line(writing.locale.text("Imprint"), "FrontHeading", opens=True, kept=True)]
    made.append(writing.line(document.remark, "BodyText"))
    return "".join((*made, *(_imprinted(writing, each) for each in document.imprint)))


def _imprinted(writing: Writing, each: Entry) -> str:
    """An entry of the imprint: its lines beside its name."""
    lines = lines_of(writing, each)
    name = writing.words(each.title, RunLook(bold=True)) + "<w:r><w:tab/></w:r>"
    looks = [ParagraphLook("EntryLine", left=ASIDE, hanging=ASIDE, tab=ASIDE, before=3)]
    looks += [ParagraphLook("EntryLine", left=ASIDE)] * (len(lines) - 1)
    first = name + (lines[0] if lines else "")
    return "".join(paragraph_xml(runs, look) for runs, look in zip((first, *lines[1:]), looks, strict=True))


def _back(writing: Writing) -> str:
    """The end: the contact, how it was made, where it is found."""
    document, edition = writing.document, writing.document.edition
    made = []
    if document.contact:
        made += [
            writing.line(writing.locale.text("Contact"), "FrontHeading", kept=True),
            entry(writing, document.contact),
        ]
    made += [
        paragraph_xml(
            writing.words(each.title, BOLD)
            + writing.words(" ")
            + writing.words("; ").join(writing.words(line) for line in each.lines),
            ParagraphLook("Below"),
        )
        for each in document.colophon
    ]
    if ADDRESS.match(edition.found_at):
        head = writing.words(writing.locale.text("This profile on the web"), BOLD) + writing.words(" ")
        address = writing.link(edition.found_at, writing.words(shown_address(edition.found_at), RunLook("Hyperlink")))
        made.append(paragraph_xml(head + address, ParagraphLook("Below")))
    return "".join(made)


def _paged(body: str, heads: str) -> str:
    """The body divided into pages that stand and pages that lie. The setting of pages stands in the last paragraph that
    they hold."""
    parts, lies = list[tuple[bool, str]](), False
    for piece in TURNS.split(body):
        if piece in (LYING, UPRIGHT):
            lies = piece == LYING
        elif piece:
            parts.append((lies, piece))
    groups = [(lying, "".join(xml for _, xml in group)) for lying, group in groupby(parts, lambda part: part[0])]
    made = []
    for n, (lying, xml) in enumerate(groups):
        setting = page_setting(heads if not n else "", lying=lying, titled=not n)
        made.append(xml + setting if n == len(groups) - 1 else _ended(xml, setting))
    return "".join(made)


def _ended(xml: str, setting: str) -> str:
    if xml.endswith(TABLE):
        return xml + paragraph_xml("", ParagraphLook("Below"), setting)
    at = xml.index(PROPERTIES, xml.rindex(PARAGRAPH))
    return xml[:at] + setting + xml[at:]
