"""Words that the program says, as text that knows its language."""

from collections.abc import Iterable

from reporter.data.i18n import N_, Locale
from reporter.data.records import Observation
from reporter.data.records.label import language_of
from reporter.text.tree import Paragraph, Text, Words


def paragraph(words: str, observations: tuple[Observation, ...] = (), sort: str = "") -> Text:
    return Text((Paragraph((Words(str(words)),), sort=sort),), observations, language_of(words))


def untranslated_words(said: Iterable[str], locale: Locale) -> str:
    """Say in which languages words stand that are not translated. Empty when there are none."""
    found = dict.fromkeys(filter(None, map(language_of, said)))
    message = N_(
        "Parts of this document are not translated. Language of these headings, labels and sentences: {languages}."
    )
    return locale.text(message, languages=locale.listed(map(locale.language_name, found))) if found else ""
