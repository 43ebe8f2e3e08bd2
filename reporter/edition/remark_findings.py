"""Open remarks of reviewers, as findings at their sentences."""

from collections.abc import Iterator

from reporter.errors import DataError, Finding, Mark, Severity
from reporter.files.sources import Sources
from reporter.load.remarks import read_remarks, remarks_place
from reporter.load.yaml_tree import decode
from reporter.model import ReceivedRemarks, ReviewRemark

REMARK = "remark"
# A finding tells so much of what a reviewer wrote.
SHOWN = 120
# By so many of its first words a sentence is known again, where lines were written above it.
FIRST_WORDS = 6


def remark_findings(sources: Sources, country: str) -> Iterator[Finding]:
    """The open remarks on the editions of a country."""
    try:
        received = read_remarks(sources, country)
    except DataError as problem:
        yield from problem.findings
        return
    yield from (remark_finding(sources, came, each) for came in received for each in came.remarks if each.is_open)


def remark_finding(sources: Sources, came: ReceivedRemarks, remark: ReviewRemark) -> Finding:
    """A remark as a finding, at its sentence as that stands now."""
    return Finding(
        severity=Severity.NOTE,
        code=REMARK,
        message=f"remark {remark.number} is open: {_told(remark)}",
        mark=_place_now(sources, came, remark),
        hint=f'reporter review {came.country} {came.year} --answer {remark.number} "what you did"',
        figure=next((each.figure for each in remark.changes if each.figure), remark.figure),
        year=came.year,
        private=True,
    )


def _told(remark: ReviewRemark) -> str:
    who = ", ".join(filter(None, (remark.author, remark.day)))
    said = remark.text or "; ".join(f"{each.old} → {each.new}".strip() for each in remark.changes)
    text = f"{who}: {said}" if who else said
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]} …"


def _place_now(sources: Sources, came: ReceivedRemarks, remark: ReviewRemark) -> Mark:
    """Where the sentence of a remark stands now. It is the record of the remark where it stands in no file."""
    if remark.file not in sources:
        return remark.mark if remark.mark.path else Mark(remarks_place(came).path)
    words = remark.sentence.casefold().split()[:FIRST_WORDS]
    lines = decode(sources.find(remark.file).content, remark.file).casefold().splitlines()
    shares = {
        number: sum(word in f"{line} {lines[number] if number < len(lines) else ''}" for word in words if word in line)
        for number, line in enumerate(lines, 1)
        if any(word in line for word in words)
    }
    own = shares.get(remark.line, 0)
    best = max(shares, key=lambda number: (shares[number], -abs(number - remark.line)), default=remark.line)
    return Mark(remark.file, best if shares.get(best, 0) > own else remark.line)
