"""Rules for a narrative in several languages.

What one language has and another lacks, or has only of an earlier year.
"""

from collections.abc import Iterator

from reporter.check.prose_text import ParsedPassage
from reporter.check.rule import CheckedEdition, Problem, prose_problem

Section = dict[str, ParsedPassage]


def translation_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A section that one language has and another lacks.

    Both are languages of the workspace. The edition prints the text that there is.
    """
    for code, written in _sections(edition):
        for language in edition.known.settings.languages:
            if language not in written:
                other = _newest(written)
                hint = f"write # {code} in text/{language}/{other.passage.year}.md; until then its {language} edition "
                hint += f"prints the text in {other.passage.language}, and says so"
                message = f"section {code} is not written in {language}"
                yield prose_problem(other, other.passage.mark, message, hint)


def translation_behind(edition: CheckedEdition) -> Iterator[Problem]:
    """A section whose text in one language is older."""
    for code, written in _sections(edition):
        newest = _newest(written)
        year, first = newest.passage.year, newest.passage.language
        for language, parsed in written.items():
            if parsed.passage.year < year:
                message = f"section {code} is of {parsed.passage.year} in {language}, of {year} in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the text in {first}"
                yield prose_problem(parsed, parsed.passage.mark, message, hint, year)


def _sections(edition: CheckedEdition) -> Iterator[tuple[str, Section]]:
    """The texts of each section, by language.

    Only languages in which the workspace publishes.
    """
    found: dict[str, Section] = {}
    for parsed in edition.latest:
        if parsed.passage.language in edition.known.settings.languages and parsed.passage.markdown.strip():
            found.setdefault(parsed.passage.section, {})[parsed.passage.language] = parsed
    yield from found.items()


def _newest(written: Section) -> ParsedPassage:
    return max(written.values(), key=lambda parsed: parsed.passage.year)
