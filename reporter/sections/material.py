"""What the blocks of a section are made from."""

from dataclasses import dataclass

from reporter.charts import Frame
from reporter.errors import Finding


@dataclass(frozen=True, slots=True)
class Material:
    """The edition's frame, the findings of the check that concern it, and every word it prints, when they are known."""

    frame: Frame
    findings: tuple[Finding, ...] = ()
    words: str = ""
