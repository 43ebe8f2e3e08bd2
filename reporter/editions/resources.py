"""Templates, themes and messages of a snapshot. Those of the snapshot have priority over those of the program."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reporter.data.errors import DataError, Finding
from reporter.data.files.sources import TEMPLATES, TRANSLATIONS, Sources
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import Locale, load_locale
from reporter.data.i18n.po_file import CATALOGUE, DOCUMENT, MACHINE, PoFile, has_words, program_files, read_po_file
from reporter.data.i18n.refresh import program_messages
from reporter.data.records import Settings
from reporter.data.records.label import ENGLISH
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import Theme, load_theme


def templates_of(sources: Sources) -> Templates:
    """Where templates are looked up: in the snapshot, then in the program."""
    return Templates(packaged_folder(TEMPLATES), sources.only(lambda path: path.startswith(f"{TEMPLATES}/")))


def theme_of(sources: Sources, settings: Settings) -> Theme:
    """The theme that `reporter.yaml` chooses. Raises DataError with all its errors."""
    return load_theme(packaged_folder("assets"), settings.theme, sources, settings.theme_mark)


def locale_of(sources: Sources, language: str) -> Locale:
    """A language with its messages. Raises UsageError for an unknown code and DataError for a broken file."""
    return locale_lookup(sources)(language)


def locale_lookup(sources: Sources) -> Callable[[str], Locale]:
    @cache
    def speak(language: str) -> Locale:
        own = sources.get(f"{TRANSLATIONS}/{language}{CATALOGUE}")
        return load_locale(language, (*program_files(language), *((own,) if own else ())), speak)

    return speak


@dataclass(frozen=True, slots=True)
class LanguageState:
    """The messages of documents in a language: the files of the program, and the workspace's `own` at its `path`."""

    language: str
    brought: tuple[PoFile, ...]
    own: PoFile | None
    path: str

    @property
    def total(self) -> int:
        return sum(has_words(ids[0]) for ids in program_messages(DOCUMENT))

    @property
    def lacking(self) -> int:
        """The number of untranslated messages. None for English, the program's own language."""
        translations = {message for file in (*self.brought, self.own) if file for message in file.translated}
        lacking = (ids[0] not in translations and has_words(ids[0]) for ids in program_messages(DOCUMENT))
        return 0 if self.language == ENGLISH else sum(lacking)

    @property
    def machine(self) -> int:
        reviewed = self.own.translated - self.own.machine if self.own else frozenset()
        by_machine = {message for file in (*self.brought, self.own) if file for message in file.machine}
        return len((by_machine - reviewed) & {ids[0] for ids in program_messages(DOCUMENT)})

    @property
    def first_line(self) -> int:
        return self.own.first_line if self.own and self.lacking else 0


def language_state(sources: Sources, language: str) -> LanguageState:
    """The messages of a language in a workspace. Raises DataError for a file that cannot be read."""
    path = f"{TRANSLATIONS}/{language}{CATALOGUE}"
    own, brought = sources.get(path), tuple(read_po_file(file, language) for file in program_files(language))
    return LanguageState(language, brought, read_po_file(own, language) if own else None, path)


@cache
def is_unreviewed(language: str) -> bool:
    """Whether the program's words of a language were translated by machine and not reviewed."""
    return any(f"#, {MACHINE}".encode() in file.content for file in program_files(language))


def language_states(sources: Sources, languages: Iterable[str]) -> Iterator[LanguageState]:
    for language in languages:
        try:
            yield language_state(sources, language)
        except DataError:  # reported where the language is needed, and by the check
            continue


def faulty_messages(sources: Sources, languages: Iterable[str]) -> Iterator[Finding]:
    for language in languages:
        try:
            own = language_state(sources, language).own
        except DataError as problem:
            yield from problem.findings
        else:
            yield from own.faults() if own else ()
