"""Findings and problems in the language of who reads them."""

from reporter.context import Context
from reporter.errors import Finding, NoPaperError, ReporterError, WordedError
from reporter.i18n import Locale
from reporter.model.label import Said
from reporter.model.telling import Told
from reporter.sections.quality import CHECKS, message_of
from reporter.sections.retold import retold


def words_of(finding: Finding, context: Context) -> str:
    """What is wrong; in English where it cannot be told otherwise."""
    if context.locale.language == CHECKS:
        return finding.message
    return message_of(context, finding) if finding.title else Said(finding.message, CHECKS)


def plain_words_of(finding: Finding, context: Context) -> str:
    if isinstance(finding.message, Told):
        return retold(finding.message, context)
    return words_of(finding, context)


def said_in_english(text: str, context: Context) -> str:
    return _in_english(text, context.locale)


def problem_words(problem: ReporterError, locale: Locale) -> tuple[str, str]:
    """What is wrong, and what mends it. In English where it cannot be told otherwise."""
    words, remedy = _in_english(problem.message, locale), _in_english(problem.hint, locale)
    if isinstance(problem, WordedError):
        values = {
            name: locale.listed(each) if isinstance(each, tuple) else each for name, each in problem.values.items()
        }
        words, remedy = locale.text(problem.words, **values), locale.text(problem.remedy, **values)
    elif isinstance(problem, NoPaperError):
        words = locale.text("this machine cannot lay out pages of paper, and makes all else")
    return locale.opened(words), locale.opened(remedy)


def _in_english(text: str, locale: Locale) -> str:
    return text if locale.language == CHECKS else Said(text, CHECKS)
