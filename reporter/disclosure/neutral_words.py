"""What stands for a reason that might tell a withheld value."""

from collections.abc import Mapping
from functools import lru_cache, partial

from reporter.errors import ReporterError
from reporter.files.sources import TRANSLATIONS, SourceFile, Sources, packaged_file
from reporter.files.workspace import packaged_folder
from reporter.i18n import load_locale
from reporter.load.yaml_tree import read_languages
from reporter.model.accepted import NEUTRAL_REASON
from reporter.model.label import ENGLISH, OFFICIAL


def neutral_reason(sources: Sources) -> Mapping[str, str]:
    """What stands for a reason, in the languages of a workspace. It is known by its English words, which nobody
    translates."""
    said = {ENGLISH: NEUTRAL_REASON}
    for language in read_languages(sources):
        if language in OFFICIAL - {ENGLISH}:
            own = sources.get(f"{TRANSLATIONS}/{language}.po")
            said[language] = _said(language, own.content if own else b"")
    return said


@lru_cache(maxsize=64)
def _said(language: str, own: bytes) -> str:
    name = f"{language}.po"
    brought = packaged_file(packaged_folder(TRANSLATIONS), name)
    contents = (brought.content if brought else b"", own)
    files = [SourceFile(name, partial(bytes, each)) for each in contents if each]
    try:
        return str(load_locale(language, files).text("Explained to those who may know the withheld values."))
    except ReporterError:
        # What is wrong with the language or its messages is said where they are read.
        return NEUTRAL_REASON
