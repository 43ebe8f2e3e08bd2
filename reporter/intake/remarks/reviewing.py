"""Take in a Word file that came back; no text changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.errors import Mark, ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.files.processes import run_limited
from reporter.files.sources import LARGEST_TEXT, Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.intake.remarks.recomposed import Recomposed, WhichEdition, recomposed
from reporter.intake.remarks.remarks_of import remarks_of
from reporter.intake.safe_word import refuse_unsafe_word
from reporter.load.remarks import read_remarks, remarks_place, remarks_text
from reporter.model import ChangedWords, ReceivedRemarks, RemarkKind, RemarkReply, ReviewRemark
from reporter.word.reading import read_reviewed

# A report is read in two seconds; what takes longer was made to.
MOST_SECONDS, MOST_MEGABYTES = 60, 2500
MOST_REMARKS = 2_000
FEWER = "send it back in parts, or accept the changes that are settled"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ReviewReception:
    """What came of a Word file. `received` holds what was not known before, `known` counts what was. `is_same` says
    whether nothing changed since it was made; `formatting` and `boxes` count what was not read. `written` is the file
    of the record."""

    received: ReceivedRemarks
    known: int
    is_same: bool
    formatting: int
    boxes: int
    written: Path | None = None


def take_in_review(
    workspace: Workspace,
    sources: Sources,
    content: bytes,
    name: str,
    day: str,
    named: WhichEdition,
    *,
    writes: bool = True,
) -> ReviewReception:
    """Take in what a Word file says, which came on a day. Nothing is written where it cannot be read, where all of it
    is known, or without `writes`. Raises ReporterError with the reason."""
    name = "".join(each if each.isprintable() else " " for each in name)[:LONGEST_NAME]
    refuse_unsafe_word(content, name)
    file = run_limited(read_reviewed, content, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    if len(file.comments) + len(file.changes) > MOST_REMARKS:
        count = len(file.comments) + len(file.changes)
        raise ReporterError(f"{name} has {count} comments and changes, more than {MOST_REMARKS}", hint=FEWER)
    made = recomposed(sources, file.properties, named)
    sha256 = checksum(content)
    earlier = read_remarks(sources, made.country, (made.year,))
    again = next((each for each in earlier if each.sha256 == sha256), None)
    if again:
        raise UsageError(f"{name} was taken in before, on {again.received}", hint="nothing was written")
    remarks = remarks_of(file, made)
    new = _new(remarks, [each for came in earlier if came.language == made.language for each in came.remarks])
    received = _record(made, earlier, new, file=name, sha256=sha256, received=day)
    text = remarks_text(received).encode()
    if len(text) > LARGEST_TEXT:
        raise ReporterError(f"{name} says more than a file of remarks may hold", hint=FEWER)
    place = workspace.root / remarks_place(received).path
    written = place if writes and new else None
    if written:
        write_together({written: text})
    return ReviewReception(
        received=received,
        known=len(remarks) - len(new),
        is_same=made.is_same,
        formatting=file.formatting,
        boxes=file.boxes,
        written=written,
    )


def _record(
    made: Recomposed,
    earlier: Sequence[ReceivedRemarks],
    new: Iterable[ReviewRemark],
    *,
    file: str,
    sha256: str,
    received: str,
) -> ReceivedRemarks:
    """The record of new remarks. Their numbers go on from the earlier ones of the year."""
    first = 1 + max((int(each.number) for came in earlier for each in came.remarks if each.number.isdigit()), default=0)
    return ReceivedRemarks(
        country=made.country,
        year=made.year,
        language=made.language,
        number=1 + max((each.number for each in earlier if each.language == made.language), default=0),
        file=file,
        sha256=sha256,
        received=received,
        remarks=tuple(replace(each, number=str(n)) for n, each in enumerate(new, first)),
        mark=Mark(""),
    )


def _new(remarks: Iterable[ReviewRemark], earlier: Iterable[ReviewRemark]) -> list[ReviewRemark]:
    """What of some remarks is not known. A reply to a known comment stands alone."""
    comments: Counter[object] = Counter()
    replies: Counter[object] = Counter()
    changes: Counter[object] = Counter()
    for each in earlier:
        comments[_comment_key(each)] += each.kind is RemarkKind.COMMENT
        replies.update(map(_reply_key, each.replies))
        changes.update(_change_key(each, change) for change in each.changes)
    found = []
    for each in remarks:
        if each.kind is RemarkKind.CHANGE:
            left = tuple(one for one in each.changes if not _taken(changes, _change_key(each, one)))
            found += [replace(each, changes=left)] if left else []
        elif not _taken(comments, _comment_key(each)):
            found.append(each)
        elif answers := [one for one in each.replies if not _taken(replies, _reply_key(one))]:
            said = f"{each.author}: {each.text}"
            first = answers[0]
            told = replace(each, author=first.author, day=first.day, text=first.text, words=said)
            found.append(replace(told, replies=tuple(answers[1:])))
    return found


def _taken(known: Counter[object], key: object) -> bool:
    """Whether it is among the known ones. Each of these stands for one."""
    if known[key] <= 0:
        return False
    known[key] -= 1
    return True


def _comment_key(remark: ReviewRemark) -> object:
    return remark.author, remark.day, remark.text


def _reply_key(reply: RemarkReply) -> object:
    return reply.author, reply.day, reply.text


def _change_key(remark: ReviewRemark, change: ChangedWords) -> object:
    return remark.author, remark.day, change.old, change.new
