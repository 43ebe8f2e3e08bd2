"""Write the sections of a volume: numbers, headlines, narrative, footnotes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from string import ascii_uppercase

from reporter.context import Context
from reporter.document.document import Block, Figure, Section, Table, Text
from reporter.document.flags import Flags
from reporter.document.outline import Outline, Outlines, Part, Volume, is_side_by_side, parts
from reporter.document.printed import in_block
from reporter.i18n import Locale
from reporter.model import Vintage
from reporter.model.label import language_of
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import Narrative, NoteBook
from reporter.prose.narrative import compose as compose_text
from reporter.prose.passages import effective_passages, untranslated
from reporter.sections.full_page import with_full_page
from reporter.sections.headed import anchor, anchors, written_over
from reporter.sections.imprint import VOLUMES
from reporter.sections.material import SectionMaterial
from reporter.sections.openings import automatic_headline, automatic_lead, text_of
from reporter.sections.proposals import beside

PROPOSALS = "proposals"


class SectionWriter:
    """Writes sections: chapter numbers, headlines, narrative, footnotes."""

    def __init__(
        self,
        material: SectionMaterial,
        blocks: Mapping[str, tuple[Block, ...]],
        outlines: Outlines,
        volume: Volume,
        flags: Flags,
    ) -> None:
        self.context, self.blocks, self.outline = material.context, blocks, outlines[volume]
        self.vintage, self.locale = self.context.vintage, self.context.locale
        self.notebook = NoteBook(self.locale.text("Note {n}"), self.locale.language)
        elsewhere = {
            name: VOLUMES[other] for other, outline in outlines.items() for name in anchors(_blocks_of(outline, blocks))
        }
        here = anchors(_blocks_of(self.outline, blocks))
        elsewhere = {name: title for name, title in elsewhere.items() if name not in here}
        # The codes of the parts of the narrative, by those of their sections.
        self.codes: dict[str, str] = {}
        self.printer = Printer(
            vintage=self.vintage, locale=self.locale, anchors=anchors(blocks), flags=flags, elsewhere=elsewhere
        )
        own = {} if is_side_by_side(outlines) else here
        self.headlines, self.findings = written_over(own, self.printer, self.notebook)
        # The headlines of chapters and charts so far: the same finding never stands over two of them.
        self.told = set(map(text_of, self.headlines.values()))

    def chapters(self) -> Iterator[Section]:
        """Yield the chapters of the volume that say something."""
        numbers, letters = iter(range(1, 100)), iter(ascii_uppercase)
        for part in self.outline:
            if not has_content(part, self.blocks, self.vintage, self.locale):
                continue
            number = next(letters) if part.annex else str(next(numbers)) if part.numbered else ""
            self.notebook.open_chapter()
            yield with_full_page(self._section(part, number, 1))

    def _section(self, part: Part, number: str, level: int) -> Section:
        narrative = self._narrative(part)
        headline, lead = self._opening(part, level, narrative)
        intro = (*lead, *self._remark(narrative), *(text for title, text in narrative.parts if not title))
        blocks = tuple(self._headed(block) for name in part.blocks for block in self.blocks[name])
        numbers = iter(range(1, 100))
        titled = [(title, text) for title, text in narrative.parts if title]
        coded = (code for (title, _), code in zip(narrative.parts, narrative.codes, strict=False) if title)
        self.codes |= {f"{part.code}-{n}": code for n, code in enumerate(coded, 1)}
        below = [self._titled(part, n, each, number, level) for n, each in zip(numbers, titled, strict=False)]
        inner = [each for each in part.parts if has_content(each, self.blocks, self.vintage, self.locale)]
        start = len(below) + 1
        below += [
            self._section(each, f"{number}.{n}" if number else "", level + 1) for n, each in enumerate(inner, start)
        ]
        title = title_of(part, self.context)
        made = Section(
            code=part.code,
            number=number,
            title=title,
            level=level,
            blocks=(*intro, *blocks),
            sections=tuple(below),
            headline=headline,
            opens_page=part.opens_page,
            front=part.front,
        )
        if part.code != PROPOSALS:
            return made
        titles = {each.code: self.locale.text(each.title) for each in part.walk()}
        return beside(made, titles, self.codes, self.vintage, self.locale)

    def _opening(self, part: Part, level: int, narrative: Narrative) -> tuple[Text | None, tuple[Text, ...]]:
        """The headline and the lead of a chapter. Made where they are not written; sections below a chapter have only
        what is written."""
        if level > 1 or part.annex:
            return narrative.headline, ()
        inside = (block for each in part.walk() for name in each.blocks for block in self.blocks[name])
        headline = narrative.headline or automatic_headline(part, self.context, self.told)
        self.told |= {text_of(headline)} if headline else set()
        opens = any(not title for title, _ in narrative.parts) or isinstance(next(inside, None), Text)
        lead = None if opens else automatic_lead(part, self.context)
        return headline, (lead,) if lead else ()

    def _headed(self, block: Block) -> Block:
        """Put a headline over a chart or table. It is what somebody wrote, else what the chart finds, where that stands
        nowhere else."""
        if not isinstance(block, (Figure, Table)):
            return block
        if written := self.headlines.get(anchor(block)):
            return replace(block, headline=written)
        found = text_of(block.headline) if block.headline else ""
        if found in self.told:
            return replace(block, headline=None)
        self.told |= {found} - {""}
        return block

    def _titled(self, part: Part, n: int, each: tuple[str, Text], number: str, level: int) -> Section:
        title, text = each
        own = f"{number}.{n}" if number else ""
        return Section(
            code=f"{part.code}-{n}",
            number=own,
            title=title,
            level=level + 1,
            blocks=(text,),
            language=text.language,
        )

    def _narrative(self, part: Part) -> Narrative:
        passages = effective_passages(self.vintage, part.code, self.locale.language)
        if not passages:
            return Narrative(())
        blocks = (block for each in part.walk() for name in each.blocks for block in self.blocks[name])
        noted = tuple(block for block in blocks if isinstance(block, (Figure, Table)))
        language = passages[0].language
        # A note stands below, or where a figure without it says.
        shown = (seen for block in noted for _, seen in in_block(block))
        beside = {text for block in noted for _, text in block.notes}
        beside |= {note.text(language) for seen in shown for note in self.vintage.notes(seen)}
        foreign = language != self.locale.language
        printer = replace(self.printer, locale=self.locale.speak(language)) if foreign else self.printer
        narrative = compose_text(passages, printer, self.notebook, beside)
        self.findings += narrative.findings
        return narrative.in_language(language) if foreign else narrative

    def _remark(self, narrative: Narrative) -> tuple[Text, ...]:
        language = next((text.language for _, text in narrative.parts), "")
        if not language:
            return ()
        words = untranslated(language, self.locale)
        return (Text(f'<p class="remark">{escape(words)}</p>', language=language_of(words)),)


def title_of(part: Part, context: Context) -> str:
    """The title of a section, which may be another one without sides."""
    return context.text(part.alone if part.alone and context.sides is None else part.title)


def has_content(part: Part, blocks: Mapping[str, tuple[Block, ...]], vintage: Vintage, locale: Locale) -> bool:
    """Return whether a section has a narrative or a block. Its own or one of the sections below it."""
    return any(
        effective_passages(vintage, each.code, locale.language) or any(blocks[name] for name in each.blocks)
        for each in part.walk()
    )


def _blocks_of(outline: Outline, blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    return {name: blocks[name] for part in parts(outline) for name in part.blocks}
