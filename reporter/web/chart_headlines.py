"""The headlines that somebody can write over charts and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.charts import is_chart, make_chart
from reporter.context import Context
from reporter.document.document import Figure, Table
from reporter.document.outline import CHAPTERS, Part, parts, with_charts
from reporter.edit.narrative_splices import text_at
from reporter.files.sources import Sources
from reporter.load.yaml_tree import decode
from reporter.model import Catalogue, ChartChoice, Passage
from reporter.model.country import FIGURE, TABLE
from reporter.sections.blocks import TABLES
from reporter.sections.material import SectionMaterial
from reporter.web.text_parts import TextPart


@dataclass(frozen=True, slots=True)
class ShownHeadline:
    """A place over a chart or table, and what stands there. `caption` names the chart, empty where the year has none;
    `instead` is what it finds by itself, which is printed where nobody writes. What is `printed` and `beside` is HTML;
    `earlier` says that last year's can be taken over."""

    part: TextPart
    path: str
    number: int
    is_chart: bool
    caption: str
    instead: str
    printed: str
    beside: str
    earlier: bool
    found: tuple[tuple[str, str, str], ...]


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
    """What the file of a year has over charts and tables."""
    source = sources.get(file)
    text = decode(source.content, file) if source else ""
    written = {each.section: each for each in passages if each.mark.path == file and not each.part}
    return tuple(TextPart((name,), text_at(text, (name,)), written.get(name)) for name in names)


def block_under(name: str, context: Context) -> Figure | Table | None:
    """The chart or table under a heading, if the year has it."""
    kind, _, code = name.partition("-")
    if f"{kind}-" == FIGURE:
        return make_chart(code, context)
    return TABLES[code](SectionMaterial(context))
