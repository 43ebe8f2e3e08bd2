"""Rules for the files of the narrative. Headings, Markdown that may not be, expressions that cannot be read."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reporter.charts import CHARTS, make_chart
from reporter.check.rule import CheckedEdition, Problem
from reporter.context import Context
from reporter.document.outline import BLOCKS, block_names, is_chart, parts, with_charts
from reporter.document.outline import SECTIONS as OUTLINE
from reporter.errors import Finding, Mark, nearest
from reporter.files.sources import SETTINGS
from reporter.i18n import load_locale
from reporter.model import Passage
from reporter.model.country import FIGURE, OVER, TABLE
from reporter.model.label import ENGLISH
from reporter.prose.markdown import problems

SECTIONS = frozenset(part.code for part in parts())
TABLES = tuple(name for name in BLOCKS if name not in CHARTS)
# Charts that need the year before beside them are not made by a rule.
OF_TWO_YEARS = frozenset(block_names(tuple(each for each in OUTLINE if each.code == "compared")))
# Parsing takes a millisecond a page; a passage without any of these signs holds nothing that could be refused.
SUSPECT = re.compile(r"<(?!(?:https?://[^\s<>]*|[\w.+-]+@[\w.-]+)>)|\[|^ {0,3}#(?!# [^*_`{\\&]*$)|^[ \t|:=-]+$", re.M)


def unknown_section(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        passage = parsed.passage
        name = passage.section
        if not passage.part and name not in SECTIONS and not _is_over(name, edition):
            known = (*SECTIONS, *(f"{FIGURE}{each}" for each in CHARTS), *(f"{TABLE}{each}" for each in TABLES))
            what = "chart or table" if name.startswith(OVER) else "section"
            meant = f"{FIGURE}{name}" if name in CHARTS else name
            message = f"no {what} is called {name.removeprefix(FIGURE).removeprefix(TABLE)!r}"
            yield Problem(message, _heading(passage), nearest(meant, known))


def text_over_chart(edition: CheckedEdition) -> Iterator[Problem]:
    """Text below the headline of a chart or table. It is not printed there."""
    for passage in (each.passage for each in edition.new_passages):
        if _is_over(passage.section, edition) and (passage.part or passage.carries or passage.markdown.strip()):
            message = f"over {passage.section} only a headline is printed, and no text below it"
            hint = f"write it behind the colon, # {passage.section}: …, or in the section of the chart"
            yield Problem(message, _heading(passage), hint)


def chart_not_made(edition: CheckedEdition) -> Iterator[Problem]:
    shown, context = shown_blocks(edition), Context(edition.known, load_locale(ENGLISH))
    # Its headline may stand in several languages.
    is_made = cache(lambda name: make_chart(name, context) is not None)
    for passage in (each.passage for each in edition.new_passages):
        name = passage.section.removeprefix(FIGURE)
        if name == passage.section or not (passage.headline and is_chart(name, edition.known.catalogue)):
            continue
        if name not in shown:
            message = f"no section shows the chart {name}: its headline is not printed"
            hint = f"take the heading out, or choose the chart under charts: in {SETTINGS}"
            yield Problem(message, _heading(passage), hint)
        elif name not in OF_TWO_YEARS and not is_made(name):
            message = f"the chart {name} has nothing to show in {edition.year}: its headline is not printed"
            yield Problem(message, _heading(passage), "keep the heading for a year that has it, or take it out")


def shown_blocks(edition: CheckedEdition) -> tuple[str, ...]:
    return block_names(with_charts(OUTLINE, edition.known.settings.charts))


def is_shown(name: str, edition: CheckedEdition) -> bool:
    """Return whether a profile shows what a heading is of. That is a section, a chart or a table."""
    return name in SECTIONS or (name.startswith(OVER) and name.partition("-")[2] in shown_blocks(edition))


def _is_over(name: str, edition: CheckedEdition) -> bool:
    chart, table = name.removeprefix(FIGURE), name.removeprefix(TABLE)
    return (chart != name and is_chart(chart, edition.known.catalogue)) or (table != name and table in TABLES)


def _heading(passage: Passage) -> Mark:
    """The line of a heading. It stands above a section, and is the first line of a part."""
    return Mark(passage.mark.path, passage.mark.line - (not passage.part), 1)


def raw_html(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        passage = parsed.passage
        if SUSPECT.search(passage.markdown):
            yield from _as_problems(problems(passage.markdown, passage.mark))


def bad_expression(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        yield from _as_problems(parsed.findings)


def _as_problems(findings: Iterable[Finding]) -> Iterator[Problem]:
    return (Problem(each.message, each.mark, each.hint) for each in findings)
