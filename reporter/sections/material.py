"""The material from which the blocks of a section are made."""

from dataclasses import dataclass

from reporter.context import Context
from reporter.errors import Finding


@dataclass(frozen=True, slots=True)
class SectionMaterial:
    """The material from which the blocks of a section are made. The edition's context, and the findings of the check
    that concern it. `words` is every word it prints, when they are known. `complete` asks for every part and share of
    what is compared, also for those that a page has no room for."""

    context: Context
    findings: tuple[Finding, ...] = ()
    words: str = ""
    complete: bool = False
