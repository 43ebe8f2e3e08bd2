"""Where the sections of a year's narrative stand, in one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reporter.charts import is_chart, make_chart
from reporter.context import Context
from reporter.document.document import Figure, Table
from reporter.document.outline import CHAPTERS, Part, parts, with_charts
from reporter.edit.amendment import text_at
from reporter.edition.checked import OF_TEXT, concerning
from reporter.errors import Finding, Severity
from reporter.files.sources import Sources
from reporter.load.yaml_tree import decode
from reporter.model import Catalogue, ChartChoice, Passage
from reporter.model.country import FIGURE, TABLE
from reporter.prose.passages import SectionText, chosen, has_words, section_texts
from reporter.sections.blocks import TABLES
from reporter.sections.material import SectionMaterial
from reporter.web.chapter_places import passage_at
from reporter.web.desk import Reading
from reporter.web.text_parts import TextPart


@dataclass(frozen=True, slots=True)
class ShownHeadline:
    """A place over a chart or table, and what stands there. The `block` is the chart or table, None where the year has
    none. What is `printed` and `beside` is HTML; `earlier` says that last year's can be taken over."""

    part: TextPart
    number: int
    block: Figure | Table | None
    printed: str
    beside: str
    earlier: bool
    found: tuple[Finding, ...]


def headline_names(part: Part, choice: ChartChoice, catalogue: Catalogue) -> tuple[str, ...]:
    """The headings over the charts and tables of a section. They are in their order; the charts are those that the
    workspace chose."""
    chosen = next((each for each in parts(with_charts(CHAPTERS, choice)) if each.code == part.code), part)
    return tuple(_names(chosen, catalogue))


def _names(part: Part, catalogue: Catalogue) -> Iterator[str]:
    for name in part.blocks:
        if is_chart(name, catalogue):
            yield f"{FIGURE}{name}"
        elif name in TABLES:
            yield f"{TABLE}{name}"


def headed_parts(
    sources: Sources, file: str, names: tuple[str, ...], passages: tuple[Passage, ...]
) -> tuple[TextPart, ...]:
    source = sources.get(file)
    text = decode(source.content, file) if source else ""
    written = {each.section: each for each in passages if each.mark.path == file and not each.part}
    return tuple(TextPart((name,), text_at(text, (name,)), written.get(name)) for name in names)


def block_under(name: str, context: Context) -> Figure | Table | None:
    kind, _, code = name.partition("-")
    if f"{kind}-" == FIGURE:
        return make_chart(code, context)
    return TABLES[code](SectionMaterial(context))


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
    """A section of the narrative, with what is found in it. `spoken` is what each language has of it, `printed` what
    the edition takes; `over` are the headings of its charts and tables. `findings` are those of all languages, by the
    text in which they stand."""

    part: Part
    is_below: bool
    spoken: Mapping[str, SectionText]
    printed: SectionText | None
    over: tuple[str, ...]
    findings: tuple[tuple[Passage, Finding], ...]
    mark: SectionMark

    @property
    def undecided(self) -> frozenset[str]:
        return frozenset(each.undecided for _, each in self.findings if each.undecided)

    @property
    def untrue(self) -> tuple[tuple[Passage, Finding], ...]:
        return tuple((where, each) for where, each in self.findings if is_untrue(each))

    def found_in(self, passage: Passage) -> tuple[Finding, ...]:
        """The errors and warnings in one of its texts, the errors first."""
        found = (each for where, each in self.findings if where == passage and not each.undecided)
        return tuple(sorted(found, key=lambda each: (list(Severity).index(each.severity), each.mark)))


@lru_cache(maxsize=16)
def section_states(reading: Reading, country: str, year: int, language: str) -> tuple[SectionState, ...]:
    checked = reading.checked
    data = checked.dataset.country(country) if checked else None
    if checked is None or data is None:
        return ()
    known = tuple(each for each in data.passages if each.is_of(year))
    texts, found = section_texts(known), _found(concerning(checked, year), known)
    settings, catalogue = checked.dataset.settings, checked.dataset.catalogue_of(country)
    return tuple(
        SectionState(
            part=part,
            is_below=part is not chapter,
            spoken=(spoken := texts.get(part.code, {})),
            printed=(printed := chosen(spoken, language, settings.languages)),
            over=over,
            findings=(inside := tuple(each for name in (part.code, *over) for each in found.get(name, ()))),
            mark=next(_marks(part, printed, inside, year)),
        )
        for chapter in CHAPTERS
        for part in chapter.walk()
        # Of what is made from the data alone, charts and tables may have a headline.
        if (over := headline_names(part, settings.charts, catalogue)) or not part.made
    )


def is_untrue(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and not finding.undecided


Found = tuple[tuple[Passage, Finding], ...]


def _found(findings: tuple[Finding, ...], passages: tuple[Passage, ...]) -> Mapping[str, Found]:
    """What is found in the texts of each section. What asks for nothing is left out."""
    by_section: dict[str, Found] = {}
    for each in findings:
        asks = each.undecided or each.severity is not Severity.NOTE
        if asks and not each.accepted and OF_TEXT.match(each.mark.path):
            where = passage_at(each, passages)
            if where:
                by_section[where.section] = (*by_section.get(where.section, ()), (where, each))
    return by_section


def _marks(part: Part, printed: SectionText | None, found: Found, year: int) -> Iterator[SectionMark]:
    inside = printed.passages if printed else ()
    if any(is_untrue(each) and (where in inside or where.section != part.code) for where, each in found):
        yield SectionMark.ERROR
    if any(each.undecided for _, each in found):
        yield SectionMark.UNDECIDED
    if not any(map(has_words, inside)):
        # A chapter need not have a text of its own above its sections, and what a year ended has none.
        yield SectionMark.NONE if part.parts or part.made or inside else SectionMark.UNWRITTEN
    yield SectionMark.ANEW if any(each.year == year and has_words(each) for each in inside) else SectionMark.HOLDS
