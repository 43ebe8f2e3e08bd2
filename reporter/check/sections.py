"""Rules for the files of the narrative.

Headings, Markdown that may not be, expressions that cannot be read, texts grown old.
"""

import re
from collections.abc import Iterable, Iterator

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.document.outline import parts
from reporter.errors import Finding, Mark, nearest
from reporter.prose.markdown import problems

SECTIONS = frozenset(part.code for part in parts())
# Parsing takes a millisecond a page; a passage without any of these signs holds nothing that could be refused.
SUSPECT = re.compile(r"<(?!(?:https?://[^\s<>]*|[\w.+-]+@[\w.-]+)>)|\[|^ {0,3}#(?!# [^*_`{\\&]*$)|^[ \t|:=-]+$", re.M)
OLD = 3


def unknown_section(edition: CheckedEdition) -> Iterator[Problem]:
    """A heading that is the code of no section."""
    for parsed in edition.new_passages:
        passage = parsed.passage
        if passage.section not in SECTIONS:
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


def carried_over(edition: CheckedEdition) -> Iterator[Problem]:
    """A text of an earlier year in the latest edition."""
    for parsed, age in _carried(edition):
        if age < OLD:
            message = f"section {parsed.passage.section} is carried over from {parsed.passage.year}"
            yield _aged(edition, parsed, message, "nothing to do")


def stale_text(edition: CheckedEdition) -> Iterator[Problem]:
    """A text of three or more years ago in the latest edition."""
    for parsed, age in _carried(edition):
        if age >= OLD:
            message = f"section {parsed.passage.section} is {age} years old, carried over into {edition.year}"
            yield _aged(edition, parsed, message, "accept it with a reason")


def _carried(edition: CheckedEdition) -> Iterator[tuple[ParsedPassage, int]]:
    for parsed in edition.passages if edition.is_latest else ():
        if parsed.passage.year < edition.year and parsed.passage.markdown.strip():
            yield parsed, edition.year - parsed.passage.year


def _aged(edition: CheckedEdition, parsed: ParsedPassage, message: str, remedy: str) -> Problem:
    hint = f"if it still holds, {remedy}; else write the section in the text of {edition.year}"
    title = parsed.passage.headline.markdown if parsed.passage.headline else ""
    printed = (edition.known.observation(each.address, each.year or edition.year) for each in parsed.expressions)
    words = f"{message}: {title} {parsed.passage.markdown}"
    return prose_problem(parsed, parsed.passage.mark, message, hint, edition.year, values=printed, words=words)


def _as_problems(findings: Iterable[Finding]) -> Iterator[Problem]:
    return (Problem(each.message, each.mark, each.hint) for each in findings)
