"""Compose a document from an edition.

Blocks are built and numbered first, so that the narrative can refer to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from string import ascii_uppercase
from typing import NamedTuple

from reporter.context import Context
from reporter.document.document import Block, Document, Edition, Entry, Figure, Section, Table, Text
from reporter.document.flags import Flags
from reporter.document.outline import (
    COMPARED,
    PROFILE,
    Outline,
    Outlines,
    Part,
    Volume,
    block_names,
    parts,
    with_charts,
)
from reporter.document.printed import in_block
from reporter.document.texts import texts
from reporter.errors import Finding
from reporter.i18n import Locale
from reporter.model import Annexes, Vintage
from reporter.model.label import language_of
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import Narrative, NoteBook
from reporter.prose.narrative import compose as compose_text
from reporter.prose.passages import effective_passages, untranslated
from reporter.sections.blocks import build_block
from reporter.sections.full_page import with_full_page
from reporter.sections.headed import anchor, anchors, written_over
from reporter.sections.imprint import (
    VOLUMES,
    Production,
    beside_of,
    colophon_of,
    comparison_of,
    edition_of,
    imprint_of,
    imprint_of_pdf,
    volume_of,
)
from reporter.sections.lines import untranslated_words
from reporter.sections.lists import contact
from reporter.sections.material import SectionMaterial
from reporter.sections.note_places import in_one_place
from reporter.sections.openings import automatic_headline, automatic_lead, text_of
from reporter.sections.proposals import beside
from reporter.sections.quality import findings_of_editions, known_findings
from reporter.tables.tabulate import main_sources, without_notes

NO_FLAGS = Flags()
PROPOSALS = "proposals"
CHART_DATA, ABBREVIATIONS = "chart_data", "abbreviations"
# Built last, when the charts are numbered and the words are known.
LATER = (CHART_DATA, ABBREVIATIONS)


@dataclass(frozen=True, slots=True)
class Composed:
    """The volumes of a document, and what could not be printed."""

    volumes: Mapping[Volume, Document]
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        """The main volume."""
        return self.volumes[Volume.MAIN]


def compose(
    vintage: Vintage,
    locale: Locale,
    findings: tuple[Finding, ...] = (),
    production: Production | None = None,
    *,
    outlines: Outlines = PROFILE[Annexes.FULL],
    context: Context | None = None,
    flags: Flags = NO_FLAGS,
) -> Composed:
    """Compose the profile of one edition, or a comparison, in its volumes.

    `findings` are those of the check, `production` is what the colophon says.

    A `context` brings what is laid side by side: for a chapter of the profile, or for a document of its own with its
    `outlines`. `flags` are what a draft marks in its texts.
    """
    shown = context or Context(vintage, locale)
    known = findings_of_editions(findings, shown.vintages, locale.language)
    material = SectionMaterial(shown, known)
    edition = edition_of(vintage, locale, material.context.erratum)
    if context and context.sides and outlines[Volume.MAIN] is COMPARED[Volume.MAIN]:
        edition = comparison_of(edition, context.sides, locale)
    if outlines[Volume.MAIN] is not COMPARED[Volume.MAIN]:
        outlines = {volume: with_charts(each, vintage.settings.charts) for volume, each in outlines.items()}
    outline = _whole(outlines)
    made = _build(material, outline)
    fronts = {volume: _front(volume, edition, shown, production) for volume in outlines}
    said = _said(made, material, outline, tuple(fronts.values()))
    built = _explained(made, said, material, outline)
    numbered = _number(built, locale)
    blocks = in_one_place(numbered, outlines, material)
    main = vintage.country.main_contact
    back = contact(main, locale) if main else None
    volumes: dict[Volume, Document] = {}
    unprintable: list[Finding] = []
    for volume, front in fronts.items():
        writer = _SectionWriter(material, blocks, outlines, volume, flags)
        sections = tuple(writer.chapters())
        unprintable += writer.findings
        volumes[volume] = Document(
            edition=front.edition,
            imprint=front.imprint,
            sections=sections,
            notes=tuple(writer.notebook.notes),
            contact=back,
            of_pdf=front.of_pdf,
            of_page=front.of_page,
            colophon=front.colophon,
            sheets=_sheets(built, numbered),
            remark=untranslated_words(said, locale),
            main_sources=main_sources(shown.vintages, locale),
        )
    return Composed(volumes, tuple(unprintable))


class Front(NamedTuple):
    """What stands before the chapters of a volume."""

    edition: Edition
    imprint: tuple[Entry, ...]
    of_pdf: tuple[Entry, ...] = ()
    of_page: tuple[Entry, ...] = ()
    colophon: tuple[Entry, ...] = ()


def _whole(outlines: Outlines) -> Outline:
    """The outlines of all volumes: a table has one number in them."""
    return tuple(part for outline in outlines.values() for part in outline)


def _front(volume: Volume, edition: Edition, context: Context, production: Production | None) -> Front:
    """Cover and imprint of a volume."""
    locale = context.locale
    own = volume_of(edition, volume, context.sides, locale)
    imprint = imprint_of(own, context.vintages, locale)
    if production is None:
        return Front(own, imprint)
    of_pdf = tuple(imprint_of_pdf(production, volume, locale))
    of_page = tuple(beside_of(production, volume, locale, "html"))
    colophon = tuple(colophon_of(production, locale))
    return Front(edition=own, imprint=imprint, of_pdf=of_pdf, of_page=of_page, colophon=colophon)


def tables_of(context: Context, findings: tuple[Finding, ...] = ()) -> tuple[Table, ...]:
    """The sheets of an edition whose document nobody needs.

    Its narrative is not read: what of it cannot be printed is no matter, nor is a year that is left out.
    """
    vintage, locale = context.vintage, context.locale
    material = SectionMaterial(context, known_findings(findings, vintage, locale.language))
    edition = edition_of(vintage, locale, context.erratum)
    front = (edition, imprint_of(edition, (vintage,), locale))
    outline = with_charts(_whole(PROFILE[vintage.settings.annexes]), vintage.settings.charts)
    made = _build(material, outline)
    blocks = _explained(made, _said(made, material, outline, front), material, outline)
    return _sheets(blocks, _number(blocks, locale))


def _sheets(blocks: Mapping[str, tuple[Block, ...]], numbered: Mapping[str, tuple[Block, ...]]) -> tuple[Table, ...]:
    """Every table with all of its notes, those behind the charts too."""
    charts = (each for made in blocks.values() for each in made if isinstance(each, Figure))
    noted = (
        replace(chart.table, number=table.number, caption=table.caption)
        for chart, table in zip(charts, _tables(numbered[CHART_DATA]), strict=True)
    )
    others = (each for name, made in numbered.items() if name != CHART_DATA for each in _tables(made))
    return tuple(sorted((*others, *noted), key=lambda table: table.number))


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    return (each for each in blocks if isinstance(each, Table))


def _build(material: SectionMaterial, outline: Outline) -> dict[str, tuple[Block, ...]]:
    names = dict.fromkeys(block_names(outline))
    return {name: () if name in LATER else build_block(name, material) for name in names}


def _said(
    blocks: Mapping[str, tuple[Block, ...]],
    material: SectionMaterial,
    outline: Outline,
    front: object,
) -> tuple[str, ...]:
    """What the program says at the front, in titles and in blocks."""
    vintage, locale = material.context.vintage, material.context.locale
    titles = (_title(part, material.context) for part in parts(outline) if _has_content(part, blocks, vintage, locale))
    return (*texts(front), *titles, *texts(tuple(blocks.values())))


def _explained(
    blocks: Mapping[str, tuple[Block, ...]], said: Iterable[str], material: SectionMaterial, outline: Outline
) -> dict[str, tuple[Block, ...]]:
    """Add the list of abbreviations to the blocks.

    Those that the program says, and those that the narrative uses.
    """
    vintage, language = material.context.vintage, material.context.locale.language
    passages = (each for part in parts(outline) for each in effective_passages(vintage, part.code, language))
    words = (*said, *(each.markdown for each in passages))
    return dict(blocks) | {ABBREVIATIONS: build_block(ABBREVIATIONS, replace(material, words="\n".join(words)))}


def _number(blocks: Mapping[str, tuple[Block, ...]], locale: Locale) -> dict[str, tuple[Block, ...]]:
    """Number figures and tables in reading order.

    The tables behind the charts are numbered too.
    """
    figures, tables = count(1), count(1)
    charted = {name: tuple(_numbered(each, Figure, figures) for each in made) for name, made in blocks.items()}
    charts = [each for made in charted.values() for each in made if isinstance(each, Figure)]
    charted[CHART_DATA] = tuple(_data_table(each, locale) for each in charts)
    numbered = {name: tuple(_numbered(each, Table, tables) for each in made) for name, made in charted.items()}
    data = {each.code: table for each, table in zip(charts, _tables(numbered[CHART_DATA]), strict=True)}
    return {
        name: tuple(replace(each, table=data[each.code]) if isinstance(each, Figure) else each for each in made)
        for name, made in numbered.items()
    }


def _data_table(figure: Figure, locale: Locale) -> Table:
    """The data of a chart as a table of the annex.

    Its notes stand under the chart and are not printed twice.
    """
    caption = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
    see = (("", locale.text("See Figure {n}", n=figure.number)),) if figure.notes else ()
    bare = without_notes(figure.table)
    return replace(bare, caption=caption, notes=(*bare.notes, *see))


def _numbered(block: Block, kind: type[Figure] | type[Table], numbers: Iterator[int]) -> Block:
    return replace(block, number=next(numbers)) if isinstance(block, kind) else block


class _SectionWriter:
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
        own = here if outlines[Volume.MAIN] is not COMPARED[Volume.MAIN] else {}
        self.headlines, self.findings = written_over(own, self.printer, self.notebook)
        # The headlines of chapters and charts so far: the same finding never stands over two of them.
        self.told = set(map(text_of, self.headlines.values()))

    def chapters(self) -> Iterator[Section]:
        numbers, letters = iter(range(1, 100)), iter(ascii_uppercase)
        for part in self.outline:
            if not _has_content(part, self.blocks, self.vintage, self.locale):
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
        inner = [each for each in part.parts if _has_content(each, self.blocks, self.vintage, self.locale)]
        start = len(below) + 1
        below += [
            self._section(each, f"{number}.{n}" if number else "", level + 1) for n, each in enumerate(inner, start)
        ]
        title = _title(part, self.context)
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
        """The headline and the lead of a chapter.

        Made where they are not written; sections below a chapter have only what is written.
        """
        if level > 1 or part.annex:
            return narrative.headline, ()
        inside = (block for each in part.walk() for name in each.blocks for block in self.blocks[name])
        headline = narrative.headline or automatic_headline(part, self.context, self.told)
        self.told |= {text_of(headline)} if headline else set()
        opens = any(not title for title, _ in narrative.parts) or isinstance(next(inside, None), Text)
        lead = None if opens else automatic_lead(part, self.context)
        return headline, (lead,) if lead else ()

    def _headed(self, block: Block) -> Block:
        """Put a headline over a chart or table.

        It is what somebody wrote, else what the chart finds, where that stands nowhere else.
        """
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
        """Say of a section in another language that it is untranslated."""
        language = next((text.language for _, text in narrative.parts), "")
        if not language:
            return ()
        words = untranslated(language, self.locale)
        return (Text(f'<p class="remark">{escape(words)}</p>', language=language_of(words)),)


def _title(part: Part, context: Context) -> str:
    """The title of a section, which may be another one without sides."""
    return context.text(part.alone if part.alone and context.sides is None else part.title)


def _has_content(part: Part, blocks: Mapping[str, tuple[Block, ...]], vintage: Vintage, locale: Locale) -> bool:
    """Return whether a section has a narrative or a block.

    Its own or one of the sections below it.
    """
    return any(
        effective_passages(vintage, each.code, locale.language) or any(blocks[name] for name in each.blocks)
        for each in part.walk()
    )


def _blocks_of(outline: Outline, blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    return {name: blocks[name] for part in parts(outline) for name in part.blocks}
