"""What stands for a reason that might tell a withheld value."""

from collections.abc import Mapping
from functools import lru_cache, partial

from reporter.errors import ReporterError
from reporter.files.sources import TRANSLATIONS, SourceFile, Sources, packaged_file
from reporter.files.workspace import packaged_folder
from reporter.i18n import N_, load_locale
from reporter.load.yaml_tree import read_languages

NEUTRAL = N_("Explained to those who may know the withheld values.")


def neutral_reason(sources: Sources) -> Mapping[str, str]:
    """The reason that stands for one, in the languages of a workspace."""
    return {language: _said(language, _own(sources, language)) for language in read_languages(sources)}


def _own(sources: Sources, language: str) -> bytes:
    own = sources.get(f"{TRANSLATIONS}/{language}.po")
    return own.content if own else b""


@lru_cache(maxsize=64)
def _said(language: str, own: bytes) -> str:
    name = f"{language}.po"
    brought = packaged_file(packaged_folder(TRANSLATIONS), name)
    contents = (brought.content if brought else b"", own)
    files = [SourceFile(name, partial(bytes, each)) for each in contents if each]
    try:
        return str(load_locale(language, files).text(NEUTRAL))
    except ReporterError:
        # What is wrong with the language or its messages is said where they are read.
        return NEUTRAL
