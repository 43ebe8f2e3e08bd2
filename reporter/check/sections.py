"""Narrative as files: headings, Markdown that may not be, expressions that cannot be read, texts grown old."""

import re
from collections.abc import Iterable, Iterator

from reporter.check.prose_text import Reading
from reporter.check.rule import Case, Problem
from reporter.document.outline import parts
from reporter.errors import Finding, Mark, nearest
from reporter.prose.markdown import problems

SECTIONS = frozenset(part.code for part in parts())
# Parsing takes a millisecond a page; a passage without any of these signs holds nothing that could be refused.
SUSPECT = re.compile(r"<(?!(?:https?://[^\s<>]*|[\w.+-]+@[\w.-]+)>)|\[|^ {0,3}#(?!# [^*_`{\\&]*$)|^[ \t|:=-]+$", re.M)
OLD = 3


def unknown_section(case: Case) -> Iterator[Problem]:
    """A heading that is the code of no section."""
    for reading in case.written:
        passage = reading.passage
        if passage.section not in SECTIONS:
            place = Mark(passage.mark.path, passage.mark.line - 1, 1)
            yield Problem(f"no section is called {passage.section!r}", place, nearest(passage.section, SECTIONS))


def raw_html(case: Case) -> Iterator[Problem]:
    """HTML, images and headings that text may not contain."""
    for reading in case.written:
        passage = reading.passage
        if SUSPECT.search(passage.markdown):
            yield from _as_problems(problems(passage.markdown, passage.mark))


def bad_expression(case: Case) -> Iterator[Problem]:
    """Expressions that are none of the allowed forms."""
    for reading in case.written:
        yield from _as_problems(reading.findings)


def carried_over(case: Case) -> Iterator[Problem]:
    """A text of an earlier year in the latest edition."""
    for reading, age in _carried(case):
        if age < OLD:
            message = f"section {reading.passage.section} is carried over from {reading.passage.year}"
            yield _aged(case, reading, message, "nothing to do")


def stale_text(case: Case) -> Iterator[Problem]:
    """A text of three or more years ago in the latest edition."""
    for reading, age in _carried(case):
        if age >= OLD:
            message = f"section {reading.passage.section} is {age} years old, carried over into {case.year}"
            yield _aged(case, reading, message, "accept it with a reason")


def _carried(case: Case) -> Iterator[tuple[Reading, int]]:
    for reading in case.readings if case.latest else ():
        if reading.passage.year < case.year and reading.passage.markdown.strip():
            yield reading, case.year - reading.passage.year


def _aged(case: Case, reading: Reading, message: str, remedy: str) -> Problem:
    hint = f"if it still holds, {remedy}; else write the section in the text of {case.year}"
    return Problem(message=message, mark=reading.passage.mark, hint=hint, figure=reading.name, year=case.year)


def _as_problems(findings: Iterable[Finding]) -> Iterator[Problem]:
    return (Problem(each.message, each.mark, each.hint) for each in findings)
