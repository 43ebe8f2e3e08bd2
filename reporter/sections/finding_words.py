"""Findings and problems in the language of who reads them."""

from reporter.context import Context
from reporter.errors import DataError, Finding, NoPaperError, ReporterError, WordedError
from reporter.i18n import Locale
from reporter.i18n.problem_words import said_problem
from reporter.model.label import language_of
from reporter.model.telling import Told
from reporter.sections.quality import CHECKS, message_of
from reporter.sections.retold import retold


def words_of(finding: Finding, context: Context) -> str:
    """What is wrong; in English where it cannot be told otherwise."""
    locale = context.locale
    if locale.language == CHECKS:
        return finding.message
    said = said_problem(finding.message, locale)
    if isinstance(finding.message, Told) or (finding.title and language_of(said)):
        return message_of(context, finding)
    return locale.put("{}: {}", finding.year, said) if finding.title and finding.year else said


def plain_words_of(finding: Finding, context: Context) -> str:
    if isinstance(finding.message, Told):
        return retold(finding.message, context)
    return words_of(finding, context)


def problem_words(problem: ReporterError, locale: Locale) -> tuple[str, str]:
    """What is wrong, and what mends it. In English where it cannot be told otherwise."""
    first = problem.findings[0] if isinstance(problem, DataError) and problem.findings else problem
    words, remedy = said_problem(first.message, locale), said_problem(first.hint, locale)
    if isinstance(problem, WordedError):
        values = {
            name: locale.listed(each) if isinstance(each, tuple) else each for name, each in problem.values.items()
        }
        words, remedy = (each and locale.text(each, **values) for each in (problem.words, problem.remedy))
    elif isinstance(problem, NoPaperError):
        words = locale.text("this machine cannot lay out pages of paper, and makes all else")
    return locale.opened(words), locale.opened(remedy)
