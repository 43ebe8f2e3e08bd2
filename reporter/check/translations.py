"""Narrative in several languages: what one has and another lacks, or has only of an earlier year."""

from collections.abc import Iterator

from reporter.check.prose_text import Reading
from reporter.check.rule import Case, Problem

Section = dict[str, Reading]


def translation_missing(case: Case) -> Iterator[Problem]:
    """A section that one language of the workspace has and another lacks; the edition prints the one there is."""
    for code, written in _sections(case):
        for language in case.known.settings.languages:
            if language not in written:
                other = _newest(written)
                hint = f"write # {code} in text/{language}/{other.passage.year}.md; until then its {language} edition "
                hint += f"prints the text in {other.passage.language}, and says so"
                message = f"section {code} is not written in {language}"
                yield Problem(
                    message=message, mark=other.passage.mark, hint=hint, figure=other.name, year=other.passage.year
                )


def translation_behind(case: Case) -> Iterator[Problem]:
    """A section whose text in one language is of an earlier year than in another."""
    for code, written in _sections(case):
        newest = _newest(written)
        year, first = newest.passage.year, newest.passage.language
        for language, reading in written.items():
            if reading.passage.year < year:
                message = f"section {code} is of {reading.passage.year} in {language}, of {year} in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the text in {first}"
                yield Problem(message=message, mark=reading.passage.mark, hint=hint, figure=reading.name, year=year)


def _sections(case: Case) -> Iterator[tuple[str, Section]]:
    """The texts of each section by language, of the languages that the workspace publishes in."""
    found: dict[str, Section] = {}
    for reading in case.readings:
        if reading.passage.language in case.known.settings.languages and reading.passage.markdown.strip():
            found.setdefault(reading.passage.section, {})[reading.passage.language] = reading
    yield from found.items()


def _newest(written: Section) -> Reading:
    return max(written.values(), key=lambda reading: reading.passage.year)
