"""Write findings for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from reporter.check import NO_MESSAGES, UNREAD
from reporter.data.errors import Finding, Severity

# Findings of these rules are counts already, one per section of a file.
COUNTING = ("unanswered", "left-unanswered")
# Findings of these rules, as errors in reading, each have their own remedy.
ALONE = ("bad-expression", "unknown-figure", "country-names", "edition-changed")
# Up to this many errors in reading are listed one by one, each with what to write.
MOST_ALONE = 8
# In brackets, so that an edition with this text is only a draft.
WHY = "[why it is right all the same]"
WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def finding_lines(
    findings: Iterable[Finding], languages: Sequence[str] = (), *, all_of_them: bool = False
) -> Iterator[str]:
    """Write findings in file order, or those of one kind together: errors first, accepted findings last, a few errors
    in reading one by one. With `languages`, a single finding has the lines that accept it."""
    if all_of_them:
        yield from (line for finding in findings for line in _single(finding, languages))
        return
    kinds: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        weight = len(WEIGHTS) if finding.accepted else WEIGHTS.index(finding.severity)
        kinds.setdefault((weight, "" if finding.accepted else finding.code), []).append(finding)
    for (_, code), alike in sorted(kinds.items(), key=lambda item: item[0][0]):
        if code in COUNTING:
            yield from (str(finding).partition("\n")[0] for finding in alike)
        elif (not alike[0].title or code in ALONE) and not alike[0].accepted:
            alone = len(alike) if len(alike) == MOST_ALONE + 1 else MOST_ALONE
            yield from (line for finding in alike[:alone] for line in _single(finding, languages))
            yield from (_together(alike[alone:]),) if alike[alone:] else ()
        else:
            yield from _single(alike[0], languages) if len(alike) == 1 else (_together(alike), *_decisions(alike))


def _single(finding: Finding, languages: Sequence[str]) -> Iterator[str]:
    if finding.accepted:
        yield f"{finding.mark}: accepted {finding.severity}: {finding.message} [{finding.code}]"
        yield f"  reason: {finding.accepted}"
        return
    yield str(finding)
    yield from (f"  {line}" for line in lines_to_accept(finding, languages) if languages)


def _together(alike: Sequence[Finding]) -> str:
    first = alike[0]
    if first.accepted:
        return f"{len(alike)} findings are accepted, with a reason"
    what = first.title or f"{first.message}, and more like it"
    return f"{first.mark}: {len(alike)} {first.severity}s: {what} [{first.code}]"


def _decisions(alike: Iterable[Finding]) -> Iterator[str]:
    texts: dict[str, dict[str, None]] = {}
    for finding in alike:
        if finding.undecided and not finding.accepted:
            file = f"{'/'.join(finding.mark.path.split('/')[:2])}/{finding.year}.yaml"
            texts.setdefault(file, {})[finding.undecided] = None
    for file, names in texts.items():
        yield f"  hint: read each, rewrite what is no longer true; for the rest paste under still_holds: in {file}:"
        yield f"    - texts: [{', '.join(names)}]"
        yield '      by: "[your name]"'
        yield '      day: "[the day]"'


def lines_to_accept(finding: Finding, languages: Sequence[str]) -> tuple[str, ...]:
    """The lines that accept a finding, first their place; none for one that cannot be accepted or is only a note."""
    if not finding.is_acceptable:
        return ()
    reasons = ", ".join(f'{language}: "{WHY}"' for language in languages)
    folder = "/".join(finding.mark.path.split("/")[:2])
    of_year = (f"    year: {finding.year}",) if finding.year and finding.year != finding.since else ()
    return (
        f"or paste under accepted: in {folder}/{finding.since}.yaml; the reason is printed in the report:",
        f"  - rule: {finding.code}",
        f"    figure: {finding.figure}",
        *of_year,
        *(f"    {line}" for line in finding.foundation),
        f"    reason: {{{reasons}}}",
    )


def lines_of_languages(findings: Iterable[Finding]) -> Iterator[str]:
    """Write what a report lacks in its languages, and which rules do not apply to them."""
    for finding in findings:
        if finding.code in (NO_MESSAGES.code, UNREAD.code):
            yield f"{finding.message}\n  hint: {finding.hint}"
