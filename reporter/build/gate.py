"""Which findings stop an edition."""

from collections.abc import Iterable

from reporter.errors import Finding, Severity


def blocking(findings: Iterable[Finding], year: int, *, strict: bool) -> tuple[Finding, ...]:
    """The findings that stop an edition: errors not accepted up to its year; with `strict`, warnings too."""
    weights = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return tuple(each for each in findings if each.severity in weights and not each.accepted and each.since <= year)
