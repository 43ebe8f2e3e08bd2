"""The text that an edition prints for a section."""

from html import escape

from reporter.document.document import Text, texts
from reporter.i18n import N_, Locale
from reporter.model import Observation, Passage, Vintage
from reporter.model.label import language_of


def effective_passage(vintage: Vintage, section: str, language: str) -> Passage | None:
    """The passage that an edition prints for a section.

    That of its year, or of the last earlier one; an empty one ends it. None when there is none.

    Where the language has none of that year but another language of the workspace has, it is that one.
    """
    order = tuple(dict.fromkeys((language, *vintage.settings.languages)))
    found = [seen for seen in vintage.data.passages if seen.section == section and seen.language in order]
    last = max(found, key=lambda seen: (seen.year, -order.index(seen.language)), default=None)
    return last if last and (last.markdown.strip() or last.headline) else None


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


def untranslated_words(parts: object, locale: Locale) -> str:
    """Say in which languages the words stand that are not in the document's own.

    Empty when there are none.
    """
    found = dict.fromkeys(filter(None, map(language_of, texts(parts))))
    message = N_(
        "Parts of this document are not translated. Language of these headings, labels and sentences: {languages}."
    )
    return locale.text(message, languages=locale.listed(map(locale.language_name, found))) if found else ""


def paragraph(words: str, observations: tuple[Observation, ...] = ()) -> Text:
    """A paragraph of words that the program says, in their language."""
    return Text(f"<p>{escape(words)}</p>\n", observations, language_of(words))


def line(words: str, observations: tuple[Observation, ...] = ()) -> Text:
    """A line of words that the program says, such as a headline."""
    return Text(escape(words), observations, language_of(words))


def _source(passage: Passage) -> tuple[list[str], list[str]]:
    """The words of a passage as written, whatever its line breaks."""
    return passage.headline.markdown.split() if passage.headline else [], passage.markdown.split()
