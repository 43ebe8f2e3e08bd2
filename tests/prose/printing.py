"""Text as it is printed from Ruritania's figures."""

from reporter.errors import Mark
from reporter.i18n import Locale, load_locale
from reporter.model import Passage, Vintage
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import Narrative, NoteBook, compose
from tests.small import TEXT

ANCHORS = {"figure-forms_year": 3, "table-penalties": 1}


MARK = Mark(TEXT, 2)


def passage(text: str) -> Passage:
    return Passage("victims", "en", 2020, text, MARK)


def narrative(known: Vintage, locale: Locale, text: str, notebook: NoteBook | None = None) -> Narrative:
    return compose((passage(text),), Printer(known, locale, ANCHORS), notebook or NoteBook())


LOCALE = load_locale("en")
