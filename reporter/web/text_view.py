"""A section of the narrative as shown, with another text beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from reporter.check.sections import OF_TWO_YEARS
from reporter.context import Context
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.edition.resources import locale_lookup
from reporter.languages.alignment import likeness, words_of
from reporter.model import Observation, Passage, vintage
from reporter.prose.evaluation import Printer
from reporter.prose.passages import chosen, has_words, section_texts
from reporter.sections.chapters import anchor
from reporter.start.new_year import text_file
from reporter.web.frame import YearPage
from reporter.web.live_edition import Wanted, field_address
from reporter.web.preview import PreviewedParagraph, PreviewMaker
from reporter.web.section_state import (
    NarrativeFile,
    SectionState,
    ShownHeadline,
    TextPart,
    block_under,
    headed_parts,
    headless,
    narrative_file,
    part_titles,
    text_parts,
)

Paragraphs = tuple[PreviewedParagraph, ...]
# How many of either text stand in a row, and what that costs besides what differs in it. One that stands alone costs
# more than two of which every second word is another.
STEPS = (((1, 1), 0.0), ((1, 2), 0.25), ((2, 1), 0.25), ((1, 0), 0.6), ((0, 1), 0.6))
# What words have in common weighs more than that they are as many; of another language there are few.
COMMON, AS_MANY = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """Paragraphs of a text, and those of another that say the same."""

    own: Paragraphs
    beside: Paragraphs

    @property
    def is_same(self) -> bool:
        return bool(self.own) and _plain(self.own) == _plain(self.beside)


def paragraph_rows(own: Sequence[PreviewedParagraph], beside: Sequence[PreviewedParagraph]) -> Iterator[ParagraphRow]:
    # What the best way to each pair of places costs, and the step that it ends with.
    ways: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for n in range(len(own) + 1):
        for m in range(len(beside) + 1):
            found = [
                (ways[n - a, m - b][0] + cost + _distance(tuple(own[n - a : n]), tuple(beside[m - b : m])), (a, b))
                for (a, b), cost in STEPS
                if a <= n and b <= m
            ]
            if found:
                ways[n, m] = min(found)
    rows, (n, m) = list[ParagraphRow](), (len(own), len(beside))
    while n or m:
        a, b = ways[n, m][1]
        rows.append(ParagraphRow(tuple(own[n - a : n]), tuple(beside[m - b : m])))
        n, m = n - a, m - b
    return reversed(rows)


def _distance(own: Paragraphs, beside: Paragraphs) -> float:
    """How much differs between them: 0 where nothing does, at most 1."""
    if not (own and beside):
        return 0.0
    mine, theirs = _plain(own), _plain(beside)
    sizes = words_of(mine).total(), words_of(theirs).total()
    return 1 - COMMON * likeness(mine, theirs) - AS_MANY * min(sizes) / max(sizes) if all(sizes) else 1.0


def _plain(paragraphs: Paragraphs) -> str:
    return " ".join(f"{each.title} {each.words}".strip() for each in paragraphs)


@dataclass(frozen=True, eq=False)
class TextPage:
    """The page of a section that somebody asks for. `besides` may stand beside it: the year before, and the other
    languages; `beside` is the one of them that does."""

    page: YearPage
    language: str
    states: tuple[SectionState, ...]
    here: SectionState
    besides: tuple[str, ...]
    beside: str

    @property
    def year(self) -> int:
        return self.page.state.year

    @property
    def side(self) -> tuple[int, str]:
        """The year and the language of the text that stands beside."""
        year = self.beside.isdecimal()
        return (int(self.beside), self.language) if year else (self.year, self.beside or self.language)

    @property
    def address(self) -> str:
        return address_of(self.page, self.language, self.here.part.code)

    @cached_property
    def file(self) -> NarrativeFile:
        sources, state = self.page.reading.sources, self.page.state
        path = narrative_file(state.country.code, self.year, self.language)
        if path in sources:
            return NarrativeFile(path)
        speaker = locale_lookup(sources)(self.language)
        return NarrativeFile(path, text_file(state.dataset, state.country.code, self.year, speaker).decode())

    @property
    def parts(self) -> tuple[TextPart, ...]:
        if self.here.part.made:
            return ()
        spoken, sources = self.here.spoken.get(self.language), self.file.laid_over(self.page.reading.sources)
        return text_parts(sources, self.file.path, self.here.part.code, spoken)

    @property
    def over(self) -> tuple[TextPart, ...]:
        sources = self.file.laid_over(self.page.reading.sources)
        return headed_parts(sources, self.file.path, self.here.over, self.page.state.data.passages)

    def earlier_headline(self, name: str) -> str:
        earlier = max((each for each in self.page.state.years if each < self.year), default=0)
        found = headline_of(self.page.state.data.passages, name, earlier, self.language)
        return found.headline.markdown if found and found.headline else ""

    @cached_property
    def context(self) -> Context:
        return Context(self.page.vintage, self.page.locale)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.page.state.country.code, self.year, self.language)


def address_of(page: YearPage, language: str, section: str = "") -> str:
    state = page.state
    return f"/{state.country.code}/{state.year}/text/{language}{f'/{section}' if section else ''}"


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a section, as it is shown. What can be written, what is printed, what stands beside. It has words
    of the year `of`."""

    part: TextPart
    number: int
    title: str
    headline: str
    of: int
    rows: tuple[ParagraphRow, ...]
    beside_headline: str


def shown_parts(asked: TextPage, parts: tuple[TextPart, ...]) -> Iterator[ShownPart]:
    year, lead = asked.year, partial(_lead, asked)
    earlier = max((each for each in asked.page.state.years if each < year), default=None)
    now = printer_of(asked, asked.language, year)
    before = printer_of(asked, asked.language, earlier) if earlier else None
    state, (of, language), code = asked.page.state, asked.side, asked.here.part.code
    other = PreviewMaker(printer_of(asked, language, of), plain=True)
    known = (each for each in state.data.passages if each.section == code and each.is_of(of))
    texts = section_texts(known).get(code, {})
    chosen_text = chosen(texts, language, state.dataset.settings.languages) if of != year else texts.get(language)
    others = {each.part: each for each in (chosen_text.printed if chosen_text else ())}
    for number, (part, title) in enumerate(part_titles(parts)):
        passage = part.passage if part.passage and has_words(part.passage) else None
        found = asked.here.found_in(part.passage) if part.passage else ()
        # What was written for the year is not held against another one.
        maker = PreviewMaker(now, before if part.is_carried(year) else None, lead=lead)
        own = tuple(maker.paragraphs(headless(part, passage), found)) if passage else ()
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
    """The places over its charts and tables, numbered from a first one. One without a chart in this year is shown where
    something is written over it."""
    state, passages = asked.page.state, asked.page.state.data.passages
    (year, language), now = asked.side, printer_of(asked, asked.language, asked.year)
    maker = PreviewMaker(now, lead=partial(_lead, asked))
    other = PreviewMaker(printer_of(asked, language, year), plain=True)
    context = Context(now.vintage, now.locale)
    if any(name.partition("-")[2] in OF_TWO_YEARS for name in asked.here.over):
        context = context_of(state.dataset, Job(state.country.code, asked.year, asked.language), now.locale)
    for number, part in enumerate(asked.over, first):
        name, passage = part.path[0], part.passage
        block = block_under(name, context)
        if block is None and not part.head:
            continue
        theirs = headline_of(passages, name, year, language)
        yield ShownHeadline(
            part=part,
            number=number,
            block=block,
            printed=maker.headline(passage) if passage else "",
            beside=other.headline(theirs) if theirs else "",
            earlier=not part.head and bool(asked.earlier_headline(name)),
            found=asked.here.found_in(passage) if passage else (),
        )


def headline_of(passages: tuple[Passage, ...], name: str, year: int, language: str) -> Passage | None:
    known = (each for each in passages if (each.section, each.year, each.language) == (name, year, language))
    return next((each for each in known if each.headline), None)


def printer_of(asked: TextPage, language: str, year: int) -> Printer:
    page = asked.page
    speaker = page.shell.locales.get(language) or locale_lookup(page.reading.sources)(language)
    known = page.vintage if year == asked.year else vintage(page.state.dataset, page.state.country.code, year)
    # The numbers of charts are those of the page that was made last.
    made = page.request.app.state.editions.last(asked.wanted).edition if year == asked.year else None
    blocks = (*made.document.figures(), *made.document.tables()) if made else ()
    return Printer(vintage=known, locale=speaker, anchors={anchor(each): each.number for each in blocks})


def _lead(asked: TextPage, seen: Observation) -> tuple[str, str]:
    label = asked.page.locale.label_of(seen, asked.page.vintage.catalogue)
    return field_address(seen, asked.page.state.data), f"{label} {seen.year or ''}".strip()
