"""Findings and problems in the language of who reads them."""

from reporter.context import Context
from reporter.edition.compared_jobs import SidesError
from reporter.errors import Finding, ReporterError
from reporter.i18n import Locale
from reporter.model.label import Said
from reporter.sections.quality import CHECKS, message_of


def words_of(finding: Finding, context: Context) -> str:
    """What is wrong; in English where it cannot be told otherwise."""
    if context.locale.language == CHECKS:
        return finding.message
    return message_of(context, finding) if finding.title else Said(finding.message, CHECKS)


def said_in_english(text: str, context: Context) -> str:
    """A text of the checks, which speak English."""
    return text if context.locale.language == CHECKS else Said(text, CHECKS)


def problem_words(problem: ReporterError, locale: Locale) -> tuple[str, str]:
    """What is wrong, and what mends it.

    In English where it cannot be told otherwise.
    """
    if isinstance(problem, SidesError):
        values = {
            name: locale.listed(each) if isinstance(each, tuple) else each for name, each in problem.values.items()
        }
        told = (locale.text(each, **values) for each in (problem.words, problem.remedy))
    else:
        told = (Said(each, CHECKS) if locale.language != CHECKS else each for each in (problem.message, problem.hint))
    words, remedy = (locale.opened(each) for each in told)
    return words, remedy
