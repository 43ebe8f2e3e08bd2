"""Templates, themes and messages of a snapshot. What a snapshot has of its own goes before what the program brings
along."""

from collections.abc import Callable
from functools import cache

from reporter.files.sources import TEMPLATES, TRANSLATIONS, SourceFile, Sources, packaged_file
from reporter.files.workspace import packaged_folder
from reporter.i18n import Locale, load_locale
from reporter.model import Settings
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme, load_theme

CATALOGUE = ".po"


def templates_of(sources: Sources) -> Templates:
    """Where pages are looked up. That is in the snapshot's own templates, then in those of the program."""
    return Templates(packaged_folder(TEMPLATES), sources.only(lambda path: path.startswith(f"{TEMPLATES}/")))


def theme_of(sources: Sources, settings: Settings) -> Theme:
    """The theme that `reporter.yaml` chooses. Raises DataError with everything that is wrong with it."""
    return load_theme(packaged_folder("assets"), settings.theme, sources, settings.theme_mark)


def locale_of(sources: Sources, language: str) -> Locale:
    """A language with its messages. Those of the snapshot go before those of the program. Raises UsageError for an
    unknown code and DataError for a broken file."""
    return locale_lookup(sources)(language)


def locale_lookup(sources: Sources) -> Callable[[str], Locale]:
    @cache
    def speak(language: str) -> Locale:
        own = sources.get(f"{TRANSLATIONS}/{language}{CATALOGUE}")
        return load_locale(language, (each for each in (brought_file(language), own) if each), speak)

    return speak


def brought_file(language: str) -> SourceFile | None:
    """The messages of a language that come with the program. The file is named as the workspace's own would be, for
    messages. None when it brings none."""
    name = f"{language}{CATALOGUE}"
    brought = packaged_file(packaged_folder(TRANSLATIONS), name)
    return SourceFile(f"{TRANSLATIONS}/{name}", lambda: brought.finding or brought.content) if brought else None
