"""Templates, themes and messages of a snapshot.

What a snapshot has of its own goes before what the program brings along.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

from reporter.files.sources import TEMPLATES, TRANSLATIONS, SourceFile, Sources, packaged_file
from reporter.files.workspace import packaged_folder
from reporter.i18n import Locale, load_locale
from reporter.model import Settings
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme, load_theme

CATALOGUE = ".po"
# The translation of a message, on its line or on those below, and one that nobody has written yet.
TRANSLATED = re.compile(rb'^msgstr(?:\[\d\])? "[^"\n]', re.M)
EMPTY = re.compile(rb'^msgstr(?:\[\d\])? ""$(?!\n")', re.M)


def templates_of(sources: Sources) -> Templates:
    """Where pages are looked up.

    That is in the snapshot's own templates, then in those of the program.
    """
    return Templates(packaged_folder(TEMPLATES), sources.only(lambda path: path.startswith(f"{TEMPLATES}/")))


def theme_of(sources: Sources, settings: Settings) -> Theme:
    """The theme that `reporter.yaml` chooses.

    Raises DataError with everything that is wrong with it.
    """
    return load_theme(packaged_folder("assets"), settings.theme, sources, settings.theme_mark)


def locale_of(sources: Sources, language: str) -> Locale:
    """A language with its messages.

    Those of the snapshot go before those of the program. Raises UsageError for an unknown code and ReporterError for a
    broken file.
    """
    return load_locale(language, _catalogues(sources, language))


def locale_lookup(sources: Sources) -> Callable[[str], Locale]:
    """A function that gives the locale of any language."""
    return partial(locale_of, sources)


def _catalogues(sources: Sources, language: str) -> Iterable[SourceFile]:
    name = f"{language}{CATALOGUE}"
    path = f"{TRANSLATIONS}/{name}"
    brought = packaged_file(packaged_folder(TRANSLATIONS), name)
    if brought:
        # Named as the workspace's own would be, for messages.
        yield SourceFile(path, lambda: brought.finding or brought.content)
    if path in sources:
        yield sources[path]


def untranslated_lines(sources: Sources, languages: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lines to fill in the catalogue of each lacking language.

    None when nothing at all is translated. The words of the program themselves are English.
    """
    found: dict[str, tuple[int, ...]] = {}
    for language in (each for each in languages if each != "en"):
        catalogues = [each.content for each in _catalogues(sources, language) if not each.finding]
        if not any(TRANSLATED.search(each) for each in catalogues):
            found[language] = ()
        elif lines := tuple(catalogues[0].count(b"\n", 0, each.end()) + 1 for each in EMPTY.finditer(catalogues[0])):
            found[language] = lines
    return found
