"""The words of a finding, in the language of who reads it."""

from reporter.context import Context
from reporter.errors import Finding
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
    """What is wrong, with labels in the place of addresses."""
    if isinstance(finding.message, Told):
        return retold(finding.message, context)
    return words_of(finding, context)


def said_in_english(text: str, context: Context) -> str:
    """A text of the checks, which speak English."""
    return text if context.locale.language == CHECKS else Said(text, CHECKS)
