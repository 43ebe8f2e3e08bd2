"""Which findings stop an edition."""

from collections.abc import Iterable
from pathlib import PurePath

from reporter.errors import Finding, Severity


def blocking(findings: Iterable[Finding], year: int, *, strict: bool) -> tuple[Finding, ...]:
    """The findings that stop an edition: errors not accepted up to its year; with `strict`, warnings too."""
    weights = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return tuple(each for each in findings if each.severity in weights and not each.accepted and _first(each) <= year)


def _first(finding: Finding) -> int:
    """The earliest edition that prints what a finding is about: not before its year, nor before its file; 0 for all."""
    stem = PurePath(finding.mark.path).stem
    return max(finding.year or 0, int(stem) if stem.isdecimal() else 0)
