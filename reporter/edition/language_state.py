"""How many messages of the program are translated into a language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reporter.edition.resources import CATALOGUE, brought_file
from reporter.errors import DataError, Finding
from reporter.files.sources import NO_SOURCES, TRANSLATIONS, Sources
from reporter.i18n.po_file import PoFile, has_words, read_po_file
from reporter.i18n.refresh import program_messages
from reporter.model.label import ENGLISH


@dataclass(frozen=True, slots=True)
class LanguageState:
    """The messages of the program in a language. `brought` is the file that comes with the program, `own` that of the
    workspace; each is None when there is none."""

    language: str
    brought: PoFile | None
    own: PoFile | None

    @property
    def path(self) -> str:
        return f"{TRANSLATIONS}/{self.language}{CATALOGUE}"

    @property
    def total(self) -> int:
        return sum(has_words(ids[0]) for ids in program_messages())

    @property
    def lacking(self) -> int:
        """How many of them no file translates. None in English, which the program speaks by itself."""
        known = {message for each in (self.brought, self.own) if each for message in each.translated}
        lacking = (ids[0] not in known and has_words(ids[0]) for ids in program_messages())
        return 0 if self.language == ENGLISH else sum(lacking)

    @property
    def elsewhere(self) -> frozenset[str]:
        if self.language == ENGLISH:
            return frozenset(ids[0] for ids in program_messages())
        return self.brought.translated if self.brought else frozenset()

    @property
    def first_line(self) -> int:
        file = self.own or self.brought
        return file.first_line if file and self.lacking else 0


def language_state(sources: Sources, language: str) -> LanguageState:
    """The messages of a language in a workspace. Raises DataError for a file that cannot be read."""
    own, brought = sources.get(f"{TRANSLATIONS}/{language}{CATALOGUE}"), brought_file(language)
    return LanguageState(
        language, read_po_file(brought, language) if brought else None, read_po_file(own, language) if own else None
    )


@cache
def lacks_words(language: str) -> bool:
    """Return whether a report in a language is partly in English, unless its workspace translates the rest."""
    return language_state(NO_SOURCES, language).lacking > 0


def language_states(sources: Sources, languages: Iterable[str]) -> Iterator[LanguageState]:
    for language in languages:
        try:
            yield language_state(sources, language)
        except DataError:  # said by those who need the language, and by the check
            continue


def faulty_messages(sources: Sources, languages: Iterable[str]) -> Iterator[Finding]:
    for language in languages:
        try:
            own = language_state(sources, language).own
        except DataError as problem:
            yield from problem.findings
        else:
            yield from own.faults() if own else ()
