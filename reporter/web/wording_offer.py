"""A paragraph written twice, for those who may know and for everybody."""

from reporter.edition.all_findings import STOPS_PUBLIC
from reporter.errors import Finding, Severity
from reporter.files.sources import Sources
from reporter.load.narrative_lines import LINE
from reporter.load.yaml_tree import decode

NARRATIVE, MARK = ".md", ":::"


def doubled_paragraph(sources: Sources, finding: Finding) -> str:
    """The paragraph of a finding in both blocks, ready to be pasted. Empty for what does not stop the public edition
    alone, and where a block stands already."""
    stops = finding.severity is Severity.ERROR and finding.hint.startswith(STOPS_PUBLIC)
    if not (stops and finding.mark.path.endswith(NARRATIVE) and finding.mark.path in sources):
        return ""
    lines = LINE.split(decode(sources[finding.mark.path].content, finding.mark.path))
    first = last = finding.mark.line - 1
    while first and _is_words(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _is_words(lines[last + 1]):
        last += 1
    words = "\n".join(lines[first : last + 1])
    if MARK in words or not _is_words(lines[finding.mark.line - 1]):
        return ""
    return "\n".join((f"{MARK} restricted", words, MARK, f"{MARK} public", words, MARK))


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
