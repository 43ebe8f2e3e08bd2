"""Compose a document from an edition. Blocks are built and numbered first, so that the narrative can refer to them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from reporter.context import Context
from reporter.document.document import Block, Document, Edition, Entry, Figure, Table
from reporter.document.flags import Flags
from reporter.document.of_countries import Ranking
from reporter.document.outline import (
    PROFILE,
    Outline,
    Outlines,
    Volume,
    block_names,
    is_side_by_side,
    parts,
    with_charts,
)
from reporter.document.texts import texts
from reporter.errors import Finding
from reporter.i18n import Locale
from reporter.model import Annexes, Vintage
from reporter.prose.passages import effective_passages
from reporter.sections.blocks import build_block
from reporter.sections.chapters import SectionWriter, has_content, title_of
from reporter.sections.imprint import (
    Production,
    beside_of,
    colophon_of,
    companions_of,
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
from reporter.sections.quality import findings_of_editions, known_findings
from reporter.tables.tabulate import main_sources, without_notes

NO_FLAGS = Flags()
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
    """Compose the profile of one edition, or a comparison, in its volumes. `findings` are those of the check,
    `production` is what the colophon says. A `context` brings what is laid side by side: for a chapter of the profile,
    or for a document of its own with its `outlines`. `flags` are what a draft marks in its texts."""
    shown = context or Context(vintage, locale)
    material = SectionMaterial(shown, findings_of_editions(findings, shown.vintages, locale.language))
    edition = edition_of(shown)
    if is_side_by_side(outlines):
        edition = comparison_of(edition, shown.sides, locale) if shown.sides else edition
    else:
        outlines = {volume: with_charts(each, vintage.settings.charts) for volume, each in outlines.items()}
    outline = _whole(outlines)
    made = _build(material, outline)
    fronts = {volume: _front(volume, edition, shown, production) for volume in outlines}
    said = _said(made, material, outline, tuple(fronts.values()))
    built = _explained(made, said, material, outline)
    numbered = _number(built, locale)
    blocks = in_one_place(numbered, outlines, material)
    volumes, unprintable = dict[Volume, Document](), list[Finding]()
    for volume, front in fronts.items():
        writer = SectionWriter(material, blocks, outlines, volume, flags)
        volumes[volume] = Document(
            **front._asdict(),
            sections=tuple(writer.chapters()),
            notes=tuple(writer.notebook.notes),
            contact=contact(main, locale) if (main := vintage.country.main_contact) else None,
            sheets=_sheets(built, numbered),
            remark=untranslated_words(said, locale),
            main_sources=main_sources(shown.vintages, locale),
            companions=tuple(companions_of(production, volume, locale)) if production else (),
        )
        unprintable += writer.findings
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
    """The sheets of an edition whose document nobody needs. Its narrative is not read: what of it cannot be printed is
    no matter, nor is a year that is left out."""
    vintage, locale = context.vintage, context.locale
    material = SectionMaterial(context, known_findings(findings, vintage, locale.language))
    edition = edition_of(context)
    front = (edition, imprint_of(edition, (vintage,), locale))
    outline = with_charts(_whole(PROFILE[vintage.settings.annexes]), vintage.settings.charts)
    made = _build(material, outline)
    blocks = _explained(made, _said(made, material, outline, front), material, outline)
    return _sheets(blocks, _number(blocks, locale))


def _sheets(blocks: Mapping[str, tuple[Block, ...]], numbered: Mapping[str, tuple[Block, ...]]) -> tuple[Table, ...]:
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
    vintage, locale = material.context.vintage, material.context.locale
    titles = (title_of(part, material.context) for part in parts(outline) if has_content(part, blocks, vintage, locale))
    return (*texts(front), *titles, *texts(tuple(blocks.values())))


def _explained(
    blocks: Mapping[str, tuple[Block, ...]], said: Iterable[str], material: SectionMaterial, outline: Outline
) -> dict[str, tuple[Block, ...]]:
    """Add the list of abbreviations to the blocks. Those that the program says, and those that the narrative uses."""
    vintage, language = material.context.vintage, material.context.locale.language
    passages = (each for part in parts(outline) for each in effective_passages(vintage, part.code, language))
    words = (*said, *(each.markdown for each in passages))
    return dict(blocks) | {ABBREVIATIONS: build_block(ABBREVIATIONS, replace(material, words="\n".join(words)))}


def _number(blocks: Mapping[str, tuple[Block, ...]], locale: Locale) -> dict[str, tuple[Block, ...]]:
    """Number figures and tables in reading order. The tables behind the charts are numbered too."""
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
    """The data of a chart as a table of the annex. Its notes stand under the chart and are not printed twice."""
    if isinstance(figure, Ranking):
        return figure.table
    caption = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
    see = (("", locale.text("See Figure {n}", n=figure.number)),) if figure.notes else ()
    bare = without_notes(figure.table)
    return replace(bare, caption=caption, notes=(*bare.notes, *see))


def _numbered(block: Block, kind: type[Figure] | type[Table], numbers: Iterator[int]) -> Block:
    return replace(block, number=next(numbers)) if isinstance(block, kind) else block
