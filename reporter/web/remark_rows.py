"""What reviewers said, as the page of the findings shows it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from reporter.edition.remark_findings import remark_finding
from reporter.errors import DataError
from reporter.i18n import N_
from reporter.intake.remarks.deciding_remarks import FiledRemark, filed_remarks
from reporter.model import ChangedWords
from reporter.web.finding_places import FindingPlace, place_of_finding
from reporter.web.frame import YearPage
from reporter.web.live_edition import figure_address

INSERTED, DELETED, MOVED = N_("inserted"), N_("deleted"), N_("moved")
NOBODY, NO_FILE = N_("somebody"), N_("a sentence of the program, in no file")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of words, or of the figure that they print. `address` leads to the figure, `at` is its file and line."""

    old: str
    new: str
    how: str = ""
    figure: str = ""
    address: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """Who answered in the Word file, and what."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark with its place, and what became of it. `line` is the file and the line of its `sentence`, `doubt` says
    why it is not known."""

    number: str
    who: str
    title: str
    sentence: str
    words: str
    text: str
    changes: tuple[ChangeRow, ...]
    replies: tuple[ReplyRow, ...]
    place: FindingPlace | None
    line: str
    doubt: str
    answer: str
    dismissed: str
    by: str
    is_open: bool
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class RemarkTrouble:
    """What was wrong with a decision, and what was typed."""

    number: str
    words: str
    typed: str


def remark_rows(page: YearPage) -> Iterator[RemarkRow]:
    """The remarks on a year's edition, the open ones first."""
    found: tuple[FiledRemark, ...] = ()
    # What cannot be read is among the findings.
    with suppress(DataError):
        found = filed_remarks(page.reading.sources, page.state.country.code, page.state.year)
    yield from (_row(page, each) for each in sorted(found, key=lambda each: not each.remark.is_open))


def _row(page: YearPage, filed: FiledRemark) -> RemarkRow:
    remark, locale = filed.remark, page.locale
    finding = remark_finding(page.reading.sources, filed.received, remark)
    in_file = bool(remark.file) and finding.mark.path == remark.file
    doubt = locale.text(remark.doubt or ("" if in_file else NO_FILE))
    decided = (remark.by, locale.date(remark.decided) if remark.decided else "")
    return RemarkRow(
        number=remark.number,
        who=locale.joined(", ", (remark.author or locale.text(NOBODY), *_day(page, remark.day))),
        title=remark.title or remark.section,
        sentence=remark.sentence,
        words=remark.words,
        text=remark.text,
        changes=tuple(_change(page, each) for each in remark.changes),
        replies=tuple(
            ReplyRow(locale.joined(", ", filter(None, (each.author, *_day(page, each.day)))), each.text)
            for each in remark.replies
        ),
        place=place_of_finding(page, finding) if in_file else None,
        line=f"{finding.mark.path}:{finding.mark.line}" if in_file else "",
        doubt=doubt,
        answer=remark.answer,
        dismissed=remark.dismissed,
        by=locale.joined(", ", filter(None, decided)),
        is_open=remark.is_open,
        is_resolved=remark.resolved,
    )


def _day(page: YearPage, day: str) -> tuple[str, ...]:
    return (page.locale.date(day),) if day else ()


def _change(page: YearPage, change: ChangedWords) -> ChangeRow:
    locale, seen = page.locale, None
    if change.figure:
        seen = page.vintage.observation(change.figure, change.year or page.state.year)
    how = MOVED if change.moved else "" if change.old and change.new else INSERTED if change.new else DELETED
    return ChangeRow(
        old=change.old,
        new=change.new,
        how=locale.text(how) if how else "",
        figure=change.figure,
        address=figure_address(seen, page.state.year) if seen else "",
        at=change.at,
    )
