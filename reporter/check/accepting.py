"""What to write in a year's file to accept a finding."""

from collections.abc import Iterable

from reporter.errors import Finding, Severity


def lines_to_accept(finding: Finding, languages: Iterable[str]) -> tuple[str, ...]:
    """The lines that accept a finding.

    The first one says where they go; none for one that cannot be accepted, or asks for nothing.
    """
    if not finding.figure or finding.severity is Severity.NOTE or finding.accepted:
        return ()
    reasons = ", ".join(f'{language}: "…"' for language in languages)
    folder = "/".join(finding.mark.path.split("/")[:2])
    of_year = (f"    year: {finding.year}",) if finding.year and finding.year != finding.since else ()
    return (
        f"or paste under accepted: in {folder}/{finding.since}.yaml; the reason is printed in the report:",
        f"  - rule: {finding.code}",
        f"    figure: {finding.figure}",
        *of_year,
        f"    reason: {{{reasons}}}",
    )
