"""A section of the narrative as shown, with another text next to it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from itertools import zip_longest

from reporter.check.texts import OF_TWO_YEARS
from reporter.data.errors import Finding, Severity, WordedError, waiting_texts
from reporter.data.files.sources import DATA, Sources
from reporter.data.i18n import N_
from reporter.data.languages.sentences import equal_words
from reporter.data.outline import CHAPTERS, SECTIONS, Part, is_chart, parts, with_charts
from reporter.data.read.text import CARRY, LINE, heading_lines, replace_comments
from reporter.data.read.yaml_tree import Keys, decode
from reporter.data.records import Catalogue, ChartChoice, Observation, Passage, vintage
from reporter.data.records.country import FIGURE, OVER, TABLE
from reporter.data.write.amendment import Amendment, slice_digest, text_at
from reporter.editions.all_findings import STOPS_PUBLIC
from reporter.editions.checked import OF_TEXT, edition_findings, passage_at
from reporter.editions.job import Job
from reporter.editions.resources import locale_lookup
from reporter.editions.start.new_year import text_file
from reporter.editions.state import context_of
from reporter.report.charts import make_chart
from reporter.report.context import Context
from reporter.report.document.document import Figure, Table
from reporter.report.sections.blocks import TABLES
from reporter.report.sections.chapters import anchor
from reporter.text.evaluation import Printer
from reporter.text.markdown import SectionText, chosen, has_words, section_texts
from reporter.workbench.server.frame import YearPage
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.texts.live_edition import Wanted, field_address
from reporter.workbench.texts.preview import PreviewedParagraph, PreviewMaker

ORDER = tuple(part.code for part in parts(SECTIONS))
# In a file, headlines of charts and tables follow all sections.
ORDER_OVER = tuple(f"{kind}{name}" for part in parts(SECTIONS) for name in part.blocks for kind in OVER)
# A heading with the lines above it, the mark that the rest is kept, and the text below.
SLICE = re.compile(
    r"(?P<above>(?:<!--.*?-->\s*)*)(?P<heading>#{1,2}[ \t]+[^\r\n]*)(?P<gap>\s*?(?:\r\n|\r|\n|\Z)\s*)"
    r"(?P<carry>[^\w\r\n]*(?i:carry\s*:\s*rest)[^\w\r\n]*(?:[\r\n]\s*|\Z))?(?P<body>.*)",
    re.S,
)
TITLED = re.compile(r"##[ \t]+(?P<title>.*?)[ \t]+\{#\w+\}[ \t]*")
PART_CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class TextPart:
    """The beginning of a section, or a part of it. `path` is its place in the file of the year, `written` its text
    there, empty for none. `passage` is the text printed: of its year, or carried over from an earlier one."""

    path: Keys
    written: str
    passage: Passage | None

    @property
    def code(self) -> str:
        """The code of the part, empty for the beginning."""
        return self.path[1] if len(self.path) > 1 else ""

    @property
    def digest(self) -> str:
        return slice_digest(self.written)

    @property
    def head(self) -> str:
        match = SLICE.fullmatch(self.written)
        if match is None:
            return ""
        titled = TITLED.fullmatch(match["heading"])
        return titled["title"] if titled else match["heading"].partition(":")[2].strip(" \t#")

    @property
    def body(self) -> str:
        """The text below the heading; a comment alone is none."""
        match = SLICE.fullmatch(self.written)
        body = match["body"].rstrip() if match else ""
        return "\n".join(LINE.split(body)) if replace_comments(body, lambda _: "").strip() else ""

    def is_carried(self, year: int) -> bool:
        return self.passage is not None and self.passage.year < year and has_words(self.passage)

    def with_words(self, head: str, body: str) -> str:
        """The file's text with other words. Unchanged lines stay as typed, including blank ones."""
        head, body = " ".join(head.split()), "\n".join(LINE.split(body)).strip()
        match = SLICE.fullmatch(self.written)
        if not (head or body):
            raise WordedError(N_("The text is empty."), N_("Write a text, or remove this one."))
        if match is None:
            return f"{_heading(self.path, head)}\n\n{body}"
        heading = match["heading"] if head == self.head else _heading(self.path, head)
        # The rest of the printed section stays, whatever is typed here.
        carry = match["carry"] or ""
        gap = f"{match['gap']}{carry}" if self.body and body else f"\n{carry.strip()}\n\n" if carry else "\n\n"
        return f"{match['above']}{heading}{gap}{body}"


def text_parts(sources: Sources, file: str, section: str, spoken: SectionText | None) -> tuple[TextPart, ...]:
    """The beginning and parts of a section, printed ones first. Without parts it is one whole, to type some into."""
    source = sources.get(file)
    text = decode(source.content, file) if source else ""
    own = [heading.part for heading in heading_lines(text) if heading.section == section]
    printed = {passage.part: passage for passage in (spoken.passages if spoken else ())}
    codes = dict.fromkeys(("", *printed, *own))
    whole = not any(own)
    return tuple(
        TextPart(path, text_at(text, path), printed.get(code))
        for code in codes
        for path in [(section,) if whole and not code else (section, code)]
    )


def rewritten_text(parts: tuple[TextPart, ...], part: TextPart) -> tuple[Keys, str]:
    """The place and words of an earlier year's text to rewrite. The rest stays carried over. Raises ReporterError."""
    passage = part.passage
    if passage is None:
        raise WordedError(N_("No earlier text is printed here."), N_("Write a new one."))
    if passage.part:
        title, _, rest = passage.markdown.partition("\n")
        return new_part(parts, passage.part, title.removeprefix("## "), rest)
    others = any(other_part.passage and has_words(other_part.passage) for other_part in parts if other_part is not part)
    headline = passage.headline.markdown if passage.headline else ""
    body = f"{CARRY}\n\n{passage.markdown.strip()}" if others else passage.markdown.strip()
    gap = "\n" if others else "\n\n"
    return part.path, f"{_heading(part.path[:1], headline)}{gap}{body}"


def new_part(parts: tuple[TextPart, ...], code: str, title: str, body: str) -> tuple[Keys, str]:
    """The place and words of a new part; in a section still empty its heading keeps the rest. Raises ReporterError."""
    title, body = " ".join(title.split()), "\n".join(LINE.split(body)).strip()
    if not (PART_CODE.fullmatch(code) and title and body):
        raise WordedError(
            N_("A part needs a title, a code and a text."),
            N_("The code may contain only lower-case letters, digits and _, such as {code}."),
            code="school_lessons",
        )
    section = parts[0].path[0]
    words = f"{_heading((section, code), title)}\n\n{body}"
    beginning = parts[0]
    if len(beginning.path) > 1 or beginning.body or beginning.head:
        return (section, code), words
    carries = any(part.passage and has_words(part.passage) for part in parts)
    carry_line = f"{CARRY}\n" if carries else ""
    return (section,), f"# {section}\n{carry_line}\n{words}"


@dataclass(frozen=True, slots=True)
class NarrativeFile:
    """A file of texts, or its initial content, `whole`."""

    path: str
    whole: str = ""

    def laid_over(self, sources: Sources) -> Sources:
        return sources.overlay({self.path: self.whole.encode()}) if self.whole else sources


def amendment_of(
    file: NarrativeFile, path: Keys, words: str | None, digest: str, parts: tuple[TextPart, ...]
) -> Amendment:
    """The amendment of a narrative. A section has its place in the outline, a part in its section."""
    order = tuple(part.code for part in parts) if len(path) > 1 else (*ORDER, *ORDER_OVER)
    return Amendment(file.path, path, words, digest=digest, order=order, whole=file.whole)


def place_of(parts: tuple[TextPart, ...], path: Keys) -> TextPart:
    """The part at a path, empty where there is none."""
    return next((part for part in parts if part.path == path), TextPart(path, "", None))


def _heading(path: Keys, head: str) -> str:
    if len(path) > 1 and path[1]:
        return f"## {head or path[1]} {{#{path[1]}}}"
    return f"# {path[0]}: {head}" if head else f"# {path[0]}"


def headless(part: TextPart, passage: Passage) -> Passage:
    if not part.code:
        return passage
    title, _, rest = passage.markdown.partition("\n")
    mark = replace(passage.mark, line=passage.mark.line + 1)
    return replace(passage, markdown=rest, mark=mark) if title.startswith("## ") else passage


def part_titles(parts: tuple[TextPart, ...]) -> Iterator[tuple[TextPart, str]]:
    """Each part with its title, empty for the beginning."""
    for part in parts:
        printed = part.passage.markdown.partition("\n")[0].removeprefix("## ") if part.code and part.passage else ""
        yield part, part.head if part.code and part.head else printed


@dataclass(frozen=True, slots=True)
class ShownHeadline:
    """The place of a headline over a chart or table (`block`, None where the year has none). `printed` and
    `earlier_html` are HTML; `earlier`: last year's can be used again."""

    part: TextPart
    number: int
    block: Figure | Table | None
    printed: str
    earlier_html: str
    earlier: bool
    findings: tuple[Finding, ...]


def headline_names(part: Part, choice: ChartChoice, catalogue: Catalogue) -> tuple[str, ...]:
    """The headings over the charts and tables of a section, in order, with the charts chosen in the workspace."""
    chosen = next((entry for entry in parts(with_charts(CHAPTERS, choice)) if entry.code == part.code), part)
    kinds = ((FIGURE if is_chart(name, catalogue) else TABLE if name in TABLES else "", name) for name in chosen.blocks)
    return tuple(f"{kind}{name}" for kind, name in kinds if kind)


class SectionMark(StrEnum):
    """What a section waits for, the gravest first."""

    ERROR = "error"
    UNDECIDED = "undecided"
    UNWRITTEN = "unwritten"
    HOLDS = "holds"
    ANEW = "anew"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class SectionState:
    """A section of the narrative with its findings. `spoken` is its text in each language, `printed` the text of the
    edition; `over` are the headlines of charts and tables. `findings` are of all languages, by text."""

    part: Part
    is_below: bool
    spoken: Mapping[str, SectionText]
    printed: SectionText | None
    over: tuple[str, ...]
    findings: tuple[tuple[Passage, Finding], ...]
    mark: SectionMark

    def found_in(self, passage: Passage) -> tuple[Finding, ...]:
        """A text's findings, without its pending decision."""
        inside = (finding for where, finding in self.findings if where == passage)
        findings = (finding for finding in inside if finding.severity is Severity.WARNING or not finding.undecided)
        return tuple(sorted(findings, key=lambda finding: (list(Severity).index(finding.severity), finding.mark)))


@lru_cache(maxsize=16)
def section_states(reading: Reading, country: str, year: int, language: str) -> tuple[SectionState, ...]:
    checked = reading.checked
    data = checked.dataset.country(country) if checked else None
    if checked is None or data is None:
        return ()
    passages = tuple(passage for passage in data.passages if passage.is_of(year))
    texts, pairs = section_texts(passages), _pairs(edition_findings(checked, reading.findings, country, year), passages)
    settings, catalogue = checked.dataset.settings, checked.dataset.catalogue_of(country)
    return tuple(
        SectionState(
            part=part,
            is_below=part is not chapter,
            spoken=(spoken := texts.get(part.code, {})),
            printed=(printed := chosen(spoken, language, settings.languages)),
            over=over,
            findings=(inside := tuple(pair for name in (part.code, *over) for pair in pairs.get(name, ()))),
            mark=next(_marks(part, printed, inside, year)),
        )
        for chapter in CHAPTERS
        for part in chapter.walk()
        # Charts and tables of generated sections may have a headline.
        if (over := headline_names(part, settings.charts, catalogue)) or not part.from_data
    )


def is_untrue(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and not finding.undecided


Found = tuple[tuple[Passage, Finding], ...]


def _pairs(findings: tuple[Finding, ...], passages: tuple[Passage, ...]) -> Mapping[str, Found]:
    """The findings on the texts of each section, without those that require nothing."""
    by_section: dict[str, Found] = {}
    for finding in findings:
        if finding.asks and OF_TEXT.match(finding.mark.path) and (where := passage_at(finding, passages)):
            by_section[where.section] = (*by_section.get(where.section, ()), (where, finding))
    return by_section


def _marks(part: Part, printed: SectionText | None, pairs: Found, year: int) -> Iterator[SectionMark]:
    inside = printed.passages if printed else ()
    if any(is_untrue(finding) and (where in inside or where.section != part.code) for where, finding in pairs):
        yield SectionMark.ERROR
    if waiting_texts(finding for _, finding in pairs):
        yield SectionMark.UNDECIDED
    if not any(map(has_words, inside)):
        # A chapter needs no text above its sections, and one ended in this year has none.
        yield SectionMark.NONE if part.parts or part.from_data or part.optional or inside else SectionMark.UNWRITTEN
    yield SectionMark.ANEW if any(text.year == year and has_words(text) for text in inside) else SectionMark.HOLDS


# A paragraph of a text, that of the other text, and whether they say the same; None for none.
ParagraphRow = tuple[PreviewedParagraph | None, PreviewedParagraph | None, bool]


def paragraph_rows(own: Sequence[PreviewedParagraph], others: Sequence[PreviewedParagraph]) -> Iterator[ParagraphRow]:
    """Pair the paragraphs of two texts: by the same words, whatever the numbers, and between those by position."""

    def words(paragraph: PreviewedParagraph) -> str:
        return re.sub(r"[\d.,\s]+", " ", f"{paragraph.title} {paragraph.words}")

    here = there = 0
    for same in equal_words([*map(words, own)], [*map(words, others)]):
        yield from ((*pair, False) for pair in zip_longest(own[here : same.a], others[there : same.b]))
        here, there = same.a + same.size, same.b + same.size
        for mine, theirs in zip(own[same.a : here], others[same.b : there], strict=True):
            yield mine, theirs, mine.words == theirs.words


@dataclass(frozen=True, eq=False)
class TextPage:
    """The page of a section. `comparison` is the year or language chosen for comparison from `choices`."""

    page: YearPage
    language: str
    states: tuple[SectionState, ...]
    here: SectionState
    choices: tuple[str, ...]
    comparison: str

    @property
    def year(self) -> int:
        return self.page.state.year

    @property
    def side(self) -> tuple[int, str]:
        """The year and the language of the text shown for comparison."""
        year = self.comparison.isdecimal()
        return (int(self.comparison), self.language) if year else (self.year, self.comparison or self.language)

    @property
    def address(self) -> str:
        return address_of(self.page, self.language, self.here.part.code)

    @cached_property
    def file(self) -> NarrativeFile:
        sources, state = self.page.reading.sources, self.page.state
        path = f"{DATA}/{state.country.code}/text/{self.language}/{self.year}.md"
        if path in sources:
            return NarrativeFile(path)
        speaker = locale_lookup(sources)(self.language)
        return NarrativeFile(path, text_file(state.dataset, state.country.code, self.year, speaker).decode())

    @property
    def parts(self) -> tuple[TextPart, ...]:
        if self.here.part.from_data:
            return ()
        spoken, sources = self.here.spoken.get(self.language), self.file.laid_over(self.page.reading.sources)
        return text_parts(sources, self.file.path, self.here.part.code, spoken)

    @property
    def over(self) -> tuple[TextPart, ...]:
        file, passages = self.file.path, self.page.state.data.passages
        source = self.file.laid_over(self.page.reading.sources).get(file)
        text = decode(source.content, file) if source else ""
        written = {passage.section: passage for passage in passages if passage.mark.path == file and not passage.part}
        return tuple(TextPart((name,), text_at(text, (name,)), written.get(name)) for name in self.here.over)

    def earlier_headline(self, name: str) -> str:
        earlier = max((year for year in self.page.state.years if year < self.year), default=0)
        passage = headline_of(self.page.state.data.passages, name, earlier, self.language)
        return passage.headline.markdown if passage and passage.headline else ""

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.page.state.country.code, self.year, self.language)


def address_of(page: YearPage, language: str, section: str) -> str:
    return f"{page.base}/text/{language}/{section}"


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a section as shown: editable, printed and compared text, with words of the year `of`."""

    part: TextPart
    number: int
    title: str
    headline: str
    of: int
    rows: tuple[ParagraphRow, ...]
    beside_headline: str


def shown_parts(asked: TextPage, parts: tuple[TextPart, ...]) -> Iterator[ShownPart]:
    year, lead = asked.year, partial(_lead, asked)
    earlier = max((other_year for other_year in asked.page.state.years if other_year < year), default=None)
    now = printer_of(asked, asked.language, year)
    before = printer_of(asked, asked.language, earlier) if earlier else None
    state, (of, language), code = asked.page.state, asked.side, asked.here.part.code
    other = PreviewMaker(printer_of(asked, language, of), plain=True)
    passages = (candidate for candidate in state.data.passages if candidate.section == code and candidate.is_of(of))
    texts = section_texts(passages).get(code, {})
    chosen_text = chosen(texts, language, state.dataset.settings.languages) if of != year else texts.get(language)
    others = {other_passage.part: other_passage for other_passage in (chosen_text.printed if chosen_text else ())}
    for number, (part, title) in enumerate(part_titles(parts)):
        passage = part.passage if part.passage and has_words(part.passage) else None
        findings = asked.here.found_in(part.passage) if part.passage else ()
        # Text written for the year is not compared with another one.
        maker = PreviewMaker(now, before if part.is_carried(year) else None, lead=lead)
        own = tuple(maker.paragraphs(headless(part, passage), findings)) if passage else ()
        theirs = tuple(other.paragraphs(headless(part, others[part.code]))) if part.code in others else ()
        yield ShownPart(
            part=part,
            number=number,
            title=title,
            headline=maker.headline(passage) if passage else "",
            of=passage.year if passage else year,
            rows=tuple(paragraph_rows(own, theirs)),
            beside_headline=other.headline(others[part.code]) if part.code in others else "",
        )


def shown_headlines(asked: TextPage, first: int) -> Iterator[ShownHeadline]:
    """The places over its charts and tables, numbered from `first`; those without a chart only if written."""
    passages = asked.page.state.data.passages
    (year, language), now = asked.side, printer_of(asked, asked.language, asked.year)
    maker = PreviewMaker(now, lead=partial(_lead, asked))
    other = PreviewMaker(printer_of(asked, language, year), plain=True)
    blocks = dict(blocks_over(asked, asked.here.over, Context(now.vintage, now.locale)))
    for number, part in enumerate(asked.over, first):
        name, passage = part.path[0], part.passage
        block = blocks[name]
        if block is None and not part.head:
            continue
        theirs = headline_of(passages, name, year, language)
        yield ShownHeadline(
            part=part,
            number=number,
            block=block,
            printed=maker.headline(passage) if passage else "",
            earlier_html=other.headline(theirs) if theirs else "",
            earlier=not part.head and bool(asked.earlier_headline(name)),
            findings=asked.here.found_in(passage) if passage else (),
        )


def blocks_over(asked: TextPage, names: Iterable[str], context: Context) -> Iterator[tuple[str, Figure | Table | None]]:
    """The chart or table of each name, such as `figure-victims_year`; None where the year has none."""
    of_two = None
    for name in names:
        kind, _, code = name.partition("-")
        if code in OF_TWO_YEARS and of_two is None:
            job = Job(asked.page.state.country.code, asked.year, asked.language)
            of_two = context_of(asked.page.state.dataset, job, context.locale)
        here = of_two if of_two and code in OF_TWO_YEARS else context
        block = make_chart(code, here) if f"{kind}-" == FIGURE else TABLES[code](here)
        yield name, next(iter(block), None) if isinstance(block, tuple) else block


def headline_of(passages: tuple[Passage, ...], name: str, year: int, language: str) -> Passage | None:
    headlines = (text for text in passages if (text.section, text.year, text.language) == (name, year, language))
    return next((passage for passage in headlines if passage.headline), None)


def printer_of(asked: TextPage, language: str, year: int) -> Printer:
    page = asked.page
    speaker = page.shell.locales.get(language) or locale_lookup(page.reading.sources)(language)
    year_vintage = page.vintage if year == asked.year else vintage(page.state.dataset, page.state.country.code, year)
    # The numbers of charts are those of the last page made.
    edition = page.request.app.state.editions.last(asked.wanted).edition if year == asked.year else None
    blocks = (*edition.document.figures(), *edition.document.tables()) if edition else ()
    return Printer(vintage=year_vintage, locale=speaker, anchors={anchor(block): block.number for block in blocks})


def _lead(asked: TextPage, observation: Observation) -> tuple[str, str]:
    label = asked.page.locale.label_of(observation, asked.page.vintage.catalogue)
    return field_address(observation, asked.page.state.data), f"{label} {observation.year or ''}".strip()


NARRATIVE, MARK = ".md", ":::"


def doubled_paragraph(sources: Sources, finding: Finding) -> str:
    """A finding's paragraph in both blocks, ready to paste. Empty unless only the public edition is stopped."""
    stops = finding.severity is Severity.ERROR and finding.hint.startswith(STOPS_PUBLIC)
    if not (stops and finding.mark.path.endswith(NARRATIVE) and finding.mark.path in sources):
        return ""
    lines = LINE.split(decode(sources[finding.mark.path].content, finding.mark.path))
    first = last = finding.mark.line - 1
    while first and _is_words(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _is_words(lines[last + 1]):
        last += 1
    words = "\n".join(lines[first : last + 1])
    if MARK in words or not _is_words(lines[finding.mark.line - 1]):
        return ""
    return "\n".join((f"{MARK} restricted", words, MARK, f"{MARK} public", words, MARK))


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
