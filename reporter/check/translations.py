"""Rules for a narrative in several languages. What one language has and another lacks, or has only of an earlier
year."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from reporter.check.rereading import Reread
from reporter.check.rule import CheckedEdition, Problem
from reporter.i18n import N_
from reporter.model import Passage
from reporter.model.country import OVER
from reporter.model.telling import tell
from reporter.prose.passages import SectionText
from reporter.prose.reused_words import MOST

Section = dict[str, SectionText]
# One language says at least a quarter more that is new than the other.
CLEARLY = 0.25


def translation_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A section that one language has and another lacks. Both are languages of the workspace. The edition prints the
    text that there is."""
    for code, written in _sections(edition):
        for language in edition.known.settings.languages:
            if language not in written:
                other = _newest(written)
                prints = "the plain title" if code.startswith(OVER) else f"the text in {other.language}, and says so"
                file = f"text/{language}/{other.year}.md"
                hint = f"write # {code} in {file}; until then its {language} edition prints {prints}"
                message = tell(N_("section {section} is not written in {language}"), section=code, language=language)
                yield _problem(other.passages[0], message, hint, other.year)


def translation_behind(edition: CheckedEdition) -> Iterator[Problem]:
    """A text that is older in one language than in another. It is of an earlier year; or it was copied from one,
    perhaps with other numbers, while the other was written anew."""
    for code, written in _sections(edition):
        newest = _newest(written)
        year, first = newest.year, newest.language
        for language, text in written.items():
            if text.year < year:
                older = N_("section {section} is of {year} in {language}, of {later} in {other}")
                message = tell(older, section=code, year=text.year, language=language, later=year, other=first)
                shown = "plain title" if code.startswith(OVER) else f"text in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the {shown}"
                yield _problem(text.passages[0], message, hint, year)
    told: dict[str, dict[str, list[Reread]]] = {}
    for each in edition.new_texts:
        if not edition.is_confirmed(each):
            told.setdefault(each.section or each.name, {}).setdefault(each.language, []).append(each)
    for texts in told.values():
        for old, new in permutations(texts.values(), 2):
            yield from _copied(edition, old, new)


def part_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A part that one language has under its code and another lacks. Both were written last in the same year."""
    for code, written in _sections(edition):
        year = _newest(written).year
        parts = {
            language: {each.part: each for each in text.printed if each.part}
            for language, text in written.items()
            if text.year == year
        }
        for part, passage in {name: each for of in parts.values() for name, each in of.items()}.items():
            for language in (each for each, known in parts.items() if part not in known):
                lacks = N_("part {part} of section {section} is not in {language}")
                message = tell(lacks, part=part, section=code, language=language)
                hint = f"write {{#{part}}} behind the same sub-heading in text/{language}/{passage.year}.md"
                yield _problem(passage, message, hint, year)


def _copied(edition: CheckedEdition, old: Sequence[Reread], new: Sequence[Reread]) -> Iterator[Problem]:
    """Report what is copied in one language and new in another. Paragraph by paragraph where both have the same ones,
    else as a whole."""
    is_alike = [each.sort for each in old] == [each.sort for each in new]
    behind = [
        (one, other)
        for one, other in zip(old, new, strict=False)
        if is_alike
        and (one.is_reused and other.is_statement and (not other.is_reused) and (one.share - other.share >= CLEARLY))
    ]
    if not is_alike and _share(old) >= MOST and _share(old) - _share(new) >= CLEARLY:
        behind = [(old[0], new[0])]
    for one, other in behind:
        what = tell(N_("the paragraph")) if one.section else tell(N_("the text"))
        what = what if is_alike else tell(N_("section {section}"), section=one.section)
        year = max(each.reuse.year for each in ((one,) if is_alike else old) if each.reuse)
        others = N_("{what} has the words of {year} in {language}, others in {other}")
        message = tell(others, what=what, year=year, language=one.language, other=other.language)
        hint = f"write it for {edition.year} in {one.language} as well, or correct the text in {other.language}"
        figure = f"text.{one.name}" if one.section else ""
        yield Problem(message, one.mark, hint, figure=figure, year=edition.year, undecided=one.name)


def _share(texts: Sequence[Reread]) -> float:
    sizes = [len(each.text.stems) for each in texts]
    return sum(each.share * size for each, size in zip(texts, sizes, strict=True)) / max(1, sum(sizes))


def _sections(edition: CheckedEdition) -> Iterator[tuple[str, Section]]:
    """The texts of each section, by language. Only languages in which the workspace publishes."""
    for code, texts in edition.texts.items():
        known = edition.known.settings.languages
        written = {language: text for language, text in texts.items() if language in known and text.printed}
        yield from ((code, written),) if written else ()


def _newest(written: Section) -> SectionText:
    return max(written.values(), key=lambda text: text.year)


def _problem(passage: Passage, message: str, hint: str, year: int) -> Problem:
    return Problem(message=message, mark=passage.mark, hint=hint, figure=f"text.{passage.name}", year=year)
