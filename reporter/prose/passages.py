"""The text that an edition prints for a section."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from reporter.i18n import N_, Locale
from reporter.model import Passage, Vintage


def effective_passage(vintage: Vintage, section: str, language: str) -> Passage | None:
    """The passage that an edition prints for a section.

    That of its year, or of the last earlier one; an empty one ends it. None when there is none.

    Where the language has none of that year but another language of the workspace has, it is that one.
    """
    written = (each for each in vintage.data.passages if each.section == section)
    return carried_passage(written, language, vintage.settings.languages)


def carried_passage(passages: Iterable[Passage], language: str, languages: Iterable[str]) -> Passage | None:
    """The one of a section's texts that is printed now.

    None where there is none, or an empty one ended the section.
    """
    latest = {each.language: each for each in sorted(passages, key=lambda each: each.year)}
    last = chosen(latest, language, languages)
    return last if last and (last.markdown.strip() or last.headline) else None


def printed_passages(passages: Iterable[Passage], wanted: Iterable[str], known: Collection[str]) -> Iterator[Passage]:
    """The texts that an edition prints in some languages.

    `passages` are those up to its year; one that prints nothing but ends a section is among them. `known` are the
    languages of the workspace.
    """
    sections: dict[str, dict[str, Passage]] = {}
    for each in sorted(passages, key=lambda each: each.year):
        sections.setdefault(each.section, {})[each.language] = each
    found = (chosen(written, language, known) for language in wanted for written in sections.values())
    return (each for each in found if each)


def chosen(latest: Mapping[str, Passage], language: str, languages: Iterable[str]) -> Passage | None:
    """Choose among the latest texts of a section by language.

    It is the newest one, in the edition's own language if it can be; `languages` are those of the workspace.
    """
    order = tuple(dict.fromkeys((language, *languages)))
    found = (latest[each] for each in order if each in latest)
    return max(found, key=lambda each: (each.year, -order.index(each.language)), default=None)


def written_since(vintage: Vintage, passage: Passage) -> int:
    """The year since which a section has been written as it is.

    A text copied from year to year is no new one.
    """
    alike = [
        each
        for each in vintage.data.passages
        if (each.section, each.language) == (passage.section, passage.language) and each.year <= passage.year
    ]
    since = passage.year
    for each in sorted(alike, key=lambda each: -each.year):
        if _source(each) != _source(passage):
            break
        since = each.year
    return since


def untranslated(language: str, locale: Locale) -> str:
    """Say of a section in another language that it is untranslated."""
    message = N_("This section has not been translated. Language of the text: {language}.")
    return locale.text(message, language=locale.language_name(language))


def _source(passage: Passage) -> tuple[list[str], list[str]]:
    """The words of a passage as written, whatever its line breaks."""
    return passage.headline.markdown.split() if passage.headline else [], passage.markdown.split()
