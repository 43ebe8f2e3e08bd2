"""Rules for a narrative in several languages.

What one language has and another lacks, or has only of an earlier year.
"""

from collections.abc import Iterator

from reporter.check.rule import CheckedEdition, Problem
from reporter.model import Passage
from reporter.prose.passages import SectionText

Section = dict[str, SectionText]


def translation_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A section that one language has and another lacks.

    Both are languages of the workspace. The edition prints the text that there is.
    """
    for code, written in _sections(edition):
        for language in edition.known.settings.languages:
            if language not in written:
                other = _newest(written)
                hint = f"write # {code} in text/{language}/{other.year}.md; until then its {language} edition "
                hint += f"prints the text in {other.language}, and says so"
                message = f"section {code} is not written in {language}"
                yield _problem(other.passages[0], message, hint, other.year)


def translation_behind(edition: CheckedEdition) -> Iterator[Problem]:
    """A section whose text in one language is older."""
    for code, written in _sections(edition):
        newest = _newest(written)
        year, first = newest.year, newest.language
        for language, text in written.items():
            if text.year < year:
                message = f"section {code} is of {text.year} in {language}, of {year} in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the text in {first}"
                yield _problem(text.passages[0], message, hint, year)


def part_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A part that one language has under its code and another lacks.

    Both were written last in the same year.
    """
    for code, written in _sections(edition):
        year = _newest(written).year
        parts = {
            language: {each.part: each for each in text.printed if each.part}
            for language, text in written.items()
            if text.year == year
        }
        for part, passage in {name: each for of in parts.values() for name, each in of.items()}.items():
            for language in (each for each, known in parts.items() if part not in known):
                message = f"part {part} of section {code} is not in {language}"
                hint = f"write {{#{part}}} behind the same sub-heading in text/{language}/{passage.year}.md"
                yield _problem(passage, message, hint, year)


def _sections(edition: CheckedEdition) -> Iterator[tuple[str, Section]]:
    """The texts of each section, by language.

    Only languages in which the workspace publishes.
    """
    for code, texts in edition.texts.items():
        known = edition.known.settings.languages
        written = {language: text for language, text in texts.items() if language in known and text.printed}
        yield from ((code, written),) if written else ()


def _newest(written: Section) -> SectionText:
    return max(written.values(), key=lambda text: text.year)


def _problem(passage: Passage, message: str, hint: str, year: int) -> Problem:
    return Problem(message=message, mark=passage.mark, hint=hint, figure=f"text.{passage.name}", year=year)
