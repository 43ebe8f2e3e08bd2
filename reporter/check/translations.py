"""Rules for a narrative in several languages.

What one language has and another lacks, or has only of an earlier year.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from reporter.check.prose_text import ParsedPassage
from reporter.check.rereading import Reread
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.prose.reused_words import MOST

Section = dict[str, ParsedPassage]
# One language says at least a quarter more that is new than the other.
CLEARLY = 0.25


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
    """A text that is older in one language than in another.

    It is of an earlier year; or it was copied from one, perhaps with other numbers, while the other was written anew.
    """
    for code, written in _sections(edition):
        newest = _newest(written)
        year, first = newest.passage.year, newest.passage.language
        for language, parsed in written.items():
            if parsed.passage.year < year:
                message = f"section {code} is of {parsed.passage.year} in {language}, of {year} in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the text in {first}"
                yield prose_problem(parsed, parsed.passage.mark, message, hint, year)
        if code not in edition.confirmed:
            yield from _copied(edition, [each for each in written.values() if each.passage.year == edition.year])
    yield from _copied_labels(edition)


def _copied(edition: CheckedEdition, written: Sequence[ParsedPassage]) -> Iterator[Problem]:
    """Report what is copied in one language and new in another.

    Paragraph by paragraph where both have the same ones, else the section as a whole.
    """
    for old, new in permutations(written, 2):
        here, there = (edition.reading.passages.get(each.passage.mark, ()) for each in (old, new))
        is_alike = [each.sort for each in here] == [each.sort for each in there]
        for one, other in zip(here, there, strict=True) if is_alike else ():
            if _is_behind(one, other):
                yield prose_problem(old, one.mark, *_behind(edition, "the paragraph", one, other))
        if not is_alike and here and there and _share(here) >= MOST and _share(there) < MOST:
            section = f"section {old.passage.section}"
            newest = max(here, key=lambda each: each.reuse.year if each.reuse else 0)
            yield prose_problem(old, old.passage.mark, *_behind(edition, section, newest, there[0]))


def _copied_labels(edition: CheckedEdition) -> Iterator[Problem]:
    """Report the same of texts in the file of the year."""
    for (year, name), texts in edition.reading.labels.items():
        told = [each for each in texts if each.language in edition.known.settings.languages]
        for old, new in permutations(told, 2) if year == edition.year and name not in edition.confirmed else ():
            if _is_behind(old, new):
                message, hint = _behind(edition, "the text", old, new)
                yield Problem(message, old.mark, hint)


def _is_behind(old: Reread, new: Reread) -> bool:
    """Return whether one says nothing new, and the other says clearly more that is."""
    return old.is_reused and new.is_statement and not new.is_reused and old.share - new.share >= CLEARLY


def _behind(edition: CheckedEdition, what: str, old: Reread, new: Reread) -> tuple[str, str]:
    """What is wrong, and the remedy."""
    year = old.reuse.year if old.reuse else old.year
    message = f"{what} has the words of {year} in {old.language}, others in {new.language}"
    return message, f"write it for {edition.year} in {old.language} as well, or correct the {new.language} text"


def _share(texts: Sequence[Reread]) -> float:
    """How much of several texts together an earlier year used."""
    sizes = [len(each.text.stems) for each in texts]
    return sum(each.share * size for each, size in zip(texts, sizes, strict=True)) / max(1, sum(sizes))


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
