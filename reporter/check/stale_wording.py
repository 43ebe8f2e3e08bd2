"""Rule for paragraphs that stay the same while their figures change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporter.check.expressions import is_of_the_year, names_its_year
from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.model import Observation, Passage, is_given
from reporter.prose.claims import CLAIMS
from reporter.prose.expression import Expression

# A paragraph ends at an empty line, and where an item of a list begins.
END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The words of a paragraph, with its lines in the file."""

    words: str
    first: int
    last: int


def words_unchanged(edition: CheckedEdition) -> Iterator[Problem]:
    """A paragraph that prints other figures in the same words.

    It is carried over from the edition before, or copied from its text.
    """
    for parsed in edition.passages:
        # A claim prints words that the data must bear out; of a sentence that names its year another rule speaks.
        printing = [
            each
            for each in parsed.expressions
            if is_of_the_year(each) and each.filter not in CLAIMS and not names_its_year(edition, parsed, each)
        ]
        before = _before(edition, parsed.passage) if printing else None
        known = {each.words for each in _paragraphs(before)} if before else set()
        for paragraph in _paragraphs(parsed.passage) if known else ():
            if paragraph.words in known:
                inside = [each for each in printing if paragraph.first <= each.mark.line <= paragraph.last]
                yield from _changed(edition, parsed, inside)


def _changed(edition: CheckedEdition, parsed: ParsedPassage, expressions: list[Expression]) -> Iterator[Problem]:
    """Report the figures of a paragraph that changed, if any did."""
    found: dict[str, Expression] = {}
    told: dict[str, str] = {}
    values: list[Observation | None] = []
    for each in expressions:
        was, now = (_said(edition, each.address, year) for year in (edition.previous, edition.year))
        if was and now and was != now:
            found[each.address], told[each.address] = each, f"{each.address} was {was}, is {now}"
            values += [edition.known.observation(each.address, year) for year in (edition.previous, edition.year)]
    if not found:
        return
    named = ", ".join([*told.values()][:MOST_NAMED])
    more = ", …" if len(told) > MOST_NAMED else ""
    message = f"the words are those of {edition.previous}, the figures are not: {named}{more}"
    hint = f"read it again: if every word still holds, accept it with a reason; else write it anew for {edition.year}"
    mark = next(iter(found.values())).mark
    yield prose_problem(parsed, mark, message, hint, edition.year, values=values)


def _before(edition: CheckedEdition, passage: Passage) -> Passage | None:
    """The text that the edition before printed for the section."""
    found = [
        each
        for each in edition.data.passages
        if (each.section, each.language) == (passage.section, passage.language) and each.year <= edition.previous
    ]
    return max(found, key=lambda each: each.year, default=None)


def _paragraphs(passage: Passage) -> Iterator[_Paragraph]:
    """The headline and the paragraphs of a passage, without line breaks."""
    if passage.headline:
        line = passage.headline.mark.line
        yield _Paragraph(" ".join(passage.headline.markdown.split()), line, line)
    start, text = 0, passage.markdown
    for end in (*END.finditer(text), None):
        stop = end.start() if end else len(text)
        first = passage.mark.line + text.count("\n", 0, start)
        yield _Paragraph(" ".join(text[start:stop].split()), first, first + text.count("\n", start, stop))
        start = end.end() if end else stop


def _said(edition: CheckedEdition, address: str, year: int) -> str:
    """A value in words, or an empty text.

    Empty for a value that may not be published, and for lists: the names they print are words of their own.
    """
    seen = edition.known.observation(address, year)
    return f"{seen.qualifier} {seen.value}".removeprefix("exact ") if seen and is_given(seen) else ""
