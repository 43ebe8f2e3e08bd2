"""Rules for the files of the narrative.

Headings, Markdown that may not be, expressions that cannot be read.
"""

import re
from collections.abc import Iterable, Iterator

from reporter.check.rule import CheckedEdition, Problem
from reporter.document.outline import parts
from reporter.errors import Finding, Mark, nearest
from reporter.prose.markdown import problems

SECTIONS = frozenset(part.code for part in parts())
# Parsing takes a millisecond a page; a passage without any of these signs holds nothing that could be refused.
SUSPECT = re.compile(r"<(?!(?:https?://[^\s<>]*|[\w.+-]+@[\w.-]+)>)|\[|^ {0,3}#(?!# [^*_`{\\&]*$)|^[ \t|:=-]+$", re.M)


def unknown_section(edition: CheckedEdition) -> Iterator[Problem]:
    """A heading that is the code of no section."""
    for parsed in edition.new_passages:
        passage = parsed.passage
        if not passage.part and passage.section not in SECTIONS:
            place = Mark(passage.mark.path, passage.mark.line - 1, 1)
            yield Problem(f"no section is called {passage.section!r}", place, nearest(passage.section, SECTIONS))


def raw_html(edition: CheckedEdition) -> Iterator[Problem]:
    """HTML, images and headings that text may not contain."""
    for parsed in edition.new_passages:
        passage = parsed.passage
        if SUSPECT.search(passage.markdown):
            yield from _as_problems(problems(passage.markdown, passage.mark))


def bad_expression(edition: CheckedEdition) -> Iterator[Problem]:
    """Expressions that are none of the allowed forms."""
    for parsed in edition.new_passages:
        yield from _as_problems(parsed.findings)


def _as_problems(findings: Iterable[Finding]) -> Iterator[Problem]:
    return (Problem(each.message, each.mark, each.hint) for each in findings)
