"""The words of a finding, in the language of who reads it."""

from reporter.context import Context
from reporter.errors import Finding
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
