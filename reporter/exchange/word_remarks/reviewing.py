"""Import a Word file returned by a reviewer; no text changes."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.data.errors import Mark, ReporterError, UsageError, one_line
from reporter.data.files.processes import run_limited
from reporter.data.files.sources import LARGEST_TEXT, Sources, checksum
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.languages.sentences import place_in, plain_text
from reporter.data.read.received import read_remarks, remarks_place, remarks_text
from reporter.data.records import ChangedWords, Observation, ReceivedRemarks, RemarkKind, RemarkReply, ReviewRemark
from reporter.data.write.applying import Step, Writer, step_to, write_or_refuse
from reporter.exchange.agencies.safe_office import refuse_unsafe_word
from reporter.exchange.word_remarks.printed_places import (
    LONGEST_PARAGRAPH,
    LOST,
    NOT_NAMED,
    Named,
    PlacedParagraph,
    Recomposed,
    SourceSentence,
    placed_paragraphs,
    recomposed,
    sentence_at,
)
from reporter.formats.word.read_review import PARAGRAPH_END, ReviewChange, ReviewComment, ReviewedFile, read_reviewed

# A decision on a remark, in the order of its record.
ANSWER, DISMISSED, BY, DECIDED = "answer", "dismissed", "by", "decided"


@dataclass(frozen=True, slots=True)
class FiledRemark:
    """A remark, and the Word file that it came in."""

    received: ReceivedRemarks
    remark: ReviewRemark


def filed_remarks(sources: Sources, country: str, year: int) -> tuple[FiledRemark, ...]:
    remarks = (FiledRemark(came, remark) for came in read_remarks(sources, country, (year,)) for remark in came.remarks)
    return tuple(sorted(remarks, key=lambda item: int(item.remark.number) if item.remark.number.isdigit() else 0))


def remark_numbered(remarks: Sequence[FiledRemark], number: str) -> FiledRemark:
    """The remark of a number; raises UsageError where there is none."""
    wanted = next((filed_remark for filed_remark in remarks if filed_remark.remark.number == number), None)
    if wanted is None:
        others = ", ".join(filed_remark.remark.number for filed_remark in remarks if filed_remark.remark.is_open)
        raise UsageError(f"there is no remark {number}", hint=f"open: {others}" if others else "none is open")
    return wanted


def deciding_remark(filed: FiledRemark, kind: str, words: str, by: tuple[str, str]) -> list[Step]:
    """The steps that answer or dismiss a remark. `by` are the person and the day. Raises UsageError without words."""
    words = " ".join(words.split())
    if not any(map(str.isalnum, words)):
        raise UsageError(f"no decision on remark {filed.remark.number} is given", hint="add a few words")
    return _steps(filed, {kind: words, (DISMISSED if kind == ANSWER else ANSWER): None, BY: by[0], DECIDED: by[1]})


def reopening_remark(filed: FiledRemark) -> list[Step]:
    return _steps(filed, dict.fromkeys((ANSWER, DISMISSED, BY, DECIDED)))


def decide_remarks(workspace: Workspace, steps: Iterable[Step], writer: Writer) -> None:
    """Write decisions, all or none; raises ReporterError."""
    write_or_refuse(workspace, writer, list(steps), "review the remarks again")


def _steps(filed: FiledRemark, values: dict[str, str | None]) -> list[Step]:
    file, remark = remarks_place(filed.received).path, ("remarks", filed.remark.number)
    return [step_to(file, (*remark, name), words) for name, words in values.items()]


# The end of a paragraph as word processors show it.
PILCROW = "¶"
NOWHERE_YET = Mark("")
# The longest text of a stranger that is kept, in characters.
LONGEST = 1_000
LONGEST_SENTENCE = 600
DIGIT, NUMBER = re.compile(r"\d"), re.compile(r"[−-]?\d+(?:[.,\u00a0\u202f\u2009 ]\d+)*")
# The most words of a spelt number.
MOST_SPELT = 3


@dataclass(frozen=True, slots=True)
class PrintedThere:
    """A value that a paragraph of the Word file prints, and where."""

    start: int
    end: int
    text: str
    observations: tuple[Observation, ...]

    def at(self, change: ReviewChange, original: str) -> "PrintedThere | None":
        """The number in it that a change touches, None for words; a generated sentence has several."""
        if not DIGIT.search(self.text):
            return self if len(self.text.split()) <= MOST_SPELT and len(self.observations) == 1 else None
        numbers = [match for match in NUMBER.finditer(original, self.start, self.end) if _meets(change, *match.span())]
        if len(numbers) != 1:
            return None
        digits = re.sub(r"\D", "", numbers[0][0])
        own = [item for item in self.observations if item.value is not None and format(abs(item.value), "f") == digits]
        items = own[:1] or (self.observations if len(self.observations) == 1 else ())
        whole = len(self.observations) == 1 and len(self.text.split()) <= MOST_SPELT
        start, end = (self.start, self.end) if whole else numbers[0].span()
        return PrintedThere(start, end, self.text if whole else numbers[0][0], tuple(items)) if items else None


def remarks_of(file: ReviewedFile, edition: Recomposed) -> tuple[ReviewRemark, ...]:
    """The remarks of a Word file, numbered in the order of its text."""
    threads: dict[str, list[ReviewComment]] = defaultdict(list)
    roots = _roots(file.comments)
    for comment in file.comments:
        threads[roots[comment.id]].append(comment)
    wanted = {edit.paragraph for edit in file.changes} | {thread[0].paragraph for thread in threads.values()}
    placed = placed_paragraphs(file, edition, wanted)
    remarks: list[tuple[tuple[int, int], ReviewRemark]] = []
    for first, *replies in threads.values():
        remarks.append(((first.paragraph, first.start), _comment(first, replies, placed.get(first.paragraph), edition)))
    by_paragraph: dict[int, list[ReviewChange]] = defaultdict(list)
    for change in file.changes:
        by_paragraph[change.paragraph].append(change)
    for number, changes in by_paragraph.items():
        remarks += [((number, start), remark) for start, remark in _changes(changes, placed[number], edition)]
    # Remarks without a place come last.
    ordered = sorted(remarks, key=lambda pair: (pair[0][0] < 0, pair[0], pair[1].day, pair[1].author, pair[1].text))
    return tuple(replace(remark, number=str(n)) for n, (_, remark) in enumerate(ordered, 1))


def _roots(comments: Collection[ReviewComment]) -> Mapping[str, str]:
    """The first comment of each thread. Parents may be a circle."""
    parents = {entry.id: entry.parent for entry in comments}
    root_by_id = {}
    for comment in comments:
        root, visited = comment.id, {comment.id}
        while (above := parents.get(root, "")) and above in parents and above not in visited:
            visited.add(above)
            root = above
        root_by_id[comment.id] = min(visited, key=list(parents).index) if parents.get(root) in visited else root
    return root_by_id


def _comment(
    comment: ReviewComment, replies: Sequence[ReviewComment], placed: PlacedParagraph | None, edition: Recomposed
) -> ReviewRemark:
    where: dict[str, object] = {"doubt": LOST}
    if placed:
        where = _where(placed, comment.start, edition)
        end = max(comment.end, comment.start + 1)
        inside = [item for item in _values(placed) if item.start < end and comment.start < item.end]
        if len(inside) == 1 and (placed.observation or plain_text(comment.words) == plain_text(inside[0].text)):
            where |= {"figure": inside[0].observations[0].address, "of": inside[0].observations[0].year}
    return ReviewRemark(
        number="",
        kind=RemarkKind.COMMENT,
        author=comment.author,
        day=comment.day,
        words=_plain(comment.words),
        text=_plain(comment.text),
        replies=tuple(
            RemarkReply(author=item.author, day=item.day, text=_plain(item.text), mark=NOWHERE_YET) for item in replies
        ),
        resolved=comment.resolved,
        mark=NOWHERE_YET,
        **where,  # type: ignore[arg-type]
    )


def _changes(
    changes: Sequence[ReviewChange], placed: PlacedParagraph, edition: Recomposed
) -> Iterator[tuple[int, ReviewRemark]]:
    groups: dict[tuple[str, str, int, bool], list[ReviewChange]] = defaultdict(list)
    for change in changes:
        sentence = _sentence(placed, change.start, edition)
        is_new_paragraph = change.whole and bool(change.new)
        groups[change.author, change.day, sentence.start if sentence else 0, is_new_paragraph].append(change)
    values = _values(placed)
    for (author, day, _, _), own in groups.items():
        where = _where(placed, own[0].start, edition)
        if all(edit.whole for edit in own) and not placed.paragraph.original:
            # Text that was not printed belongs below the printed text.
            where |= {"doubt": ""}
        remark = ReviewRemark(
            number="",
            kind=RemarkKind.CHANGE,
            author=author,
            day=day,
            changes=tuple(_changed(edit, placed, values, edition) for edit in own),
            mark=NOWHERE_YET,
            **where,  # type: ignore[arg-type]
        )
        yield own[0].start, remark


def _changed(
    change: ReviewChange, placed: PlacedParagraph, values: Sequence[PrintedThere], edition: Recomposed
) -> ChangedWords:
    old, new = change.old, change.new
    original = placed.paragraph.original
    near = (item.at(change, original) for item in values if _meets(change, item.start, item.end))
    touched = [printed_value for printed_value in near if printed_value]
    plain_values: dict[str, object] = {}
    if len(touched) == 1 and not change.whole:
        value = touched[0]
        if value.start <= change.start and change.end <= value.end:
            old = original[value.start : value.end]
            new = original[value.start : change.start] + change.new + original[change.end : value.end]
        entry = edition.observation(value.observations[0])
        place = f"{entry.mark.path}:{entry.mark.line}"
        now = "" if plain_text(value.text) in plain_text(old) else f", where it is {value.text} now"
        plain_values = {"figure": entry.address, "year": entry.year, "source": entry.source, "at": f"{place}{now}"}
    return ChangedWords(old=_plain(old), new=_plain(new), moved=change.moved, mark=NOWHERE_YET, **plain_values)  # type: ignore[arg-type]


def _meets(change: ReviewChange, start: int, end: int) -> bool:
    if change.start < change.end:
        return change.start < end and start < change.end
    behind = change.start == end and change.new[:1].isalnum()
    return start < change.start < end or behind or (change.start == start and change.new[-1:].isalnum())


def _values(placed: PlacedParagraph) -> list[PrintedThere]:
    original, spot = placed.paragraph.original[:LONGEST_PARAGRAPH], placed.spot
    if placed.observation:
        printed = placed.printed if placed.printed and original.startswith(placed.printed) else original
        return [PrintedThere(0, len(printed), printed, (placed.observation,))]
    printed_values = []
    for item in spot.anchor.values if spot and spot.anchor else ():
        if spot and item.observations:
            start, end = (place_in(original, spot.text, at) for at in (item.start, item.start + len(item.text)))
            printed_values.append(PrintedThere(start, end, item.text, item.observations))
    return printed_values


def _sentence(placed: PlacedParagraph, start: int, edition: Recomposed) -> SourceSentence | None:
    if placed.spot is None:
        return None
    original = placed.paragraph.original[:LONGEST_PARAGRAPH]
    return sentence_at(placed.spot, place_in(placed.spot.text, original, start), edition)


def _where(placed: PlacedParagraph, start: int, edition: Recomposed) -> dict[str, object]:
    values: dict[str, object] = {"section": placed.section, "title": _plain(placed.title), "doubt": placed.doubt}
    sentence = _sentence(placed, start, edition)
    mark = edition.observation(placed.observation).mark if placed.observation else sentence.mark if sentence else None
    words = placed.spot.of_cell if placed.spot and placed.spot.of_cell else sentence.text if sentence else ""
    if placed.spot and not placed.spot.anchor and not placed.spot.of_cell:
        words = placed.paragraph.original
    values["sentence"] = _plain(words or placed.paragraph.original)[:LONGEST_SENTENCE]
    return values | ({"file": mark.path, "line": mark.line} if mark else {})


def _plain(text: str) -> str:
    return one_line(text.replace(PARAGRAPH_END, f" {PILCROW} "))[:LONGEST]


# A report is read in two seconds; only a hostile file takes longer.
MOST_SECONDS, MOST_MEGABYTES = 60, 2500
MOST_REMARKS = 2_000
FEWER = "send it back in parts, or accept the changes that are settled"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ReviewReception:
    """The result of reading a Word file. `received` is what was new, `repeats` counts what was not. `is_same`: nothing
    changed since it was made; `formatting` and `boxes` count what was not read. `written` is the file of the record."""

    received: ReceivedRemarks
    repeats: int
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
    named: Named = NOT_NAMED,
    *,
    writes: bool = True,
) -> ReviewReception:
    """Import the remarks of a Word file received on `day`. Writes nothing if it cannot be read, all is known, or
    `writes` is false. Raises ReporterError with the reason."""
    name = one_line(name)[:LONGEST_NAME]
    refuse_unsafe_word(content, name)
    file = run_limited(read_reviewed, content, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    if (count := len(file.comments) + len(file.changes)) > MOST_REMARKS:
        raise ReporterError(f"{name} has {count} comments and changes; the limit is {MOST_REMARKS}", hint=FEWER)
    edition = recomposed(sources, file.properties, named)
    sha256 = checksum(content)
    earlier = read_remarks(sources, edition.country, (edition.year,))
    if again := next((record for record in earlier if record.sha256 == sha256), None):
        raise UsageError(f"{name} was imported before, on {again.received}", hint="nothing was written")
    remarks = remarks_of(file, edition)
    new = _new(remarks, [remark for came in earlier if came.language == edition.language for remark in came.remarks])
    # Numbers continue from the earlier ones of the year.
    numbers = [int(remark.number) for came in earlier for remark in came.remarks if remark.number.isdigit()]
    received = ReceivedRemarks(
        country=edition.country,
        year=edition.year,
        language=edition.language,
        number=1 + max((record.number for record in earlier if record.language == edition.language), default=0),
        file=name,
        sha256=sha256,
        received=day,
        remarks=tuple(replace(remark, number=str(n)) for n, remark in enumerate(new, 1 + max(numbers, default=0))),
        mark=Mark(""),
    )
    text = remarks_text(received).encode()
    if len(text) > LARGEST_TEXT:
        raise ReporterError(f"{name} has more remarks than one file can contain", hint=FEWER)
    if written := workspace.root / remarks_place(received).path if writes and new else None:
        write_together({written: text})
    return ReviewReception(
        received=received,
        repeats=len(remarks) - len(new),
        is_same=edition.is_same,
        formatting=file.formatting,
        boxes=file.boxes,
        written=written,
    )


def _new(remarks: Iterable[ReviewRemark], earlier: Iterable[ReviewRemark]) -> list[ReviewRemark]:
    """The new remarks. A reply to a known comment is a remark of its own."""
    count_by_key: Counter[tuple[str, ...]] = Counter()
    for former in earlier:
        count_by_key["comment", former.author, former.day, former.text] += former.kind is RemarkKind.COMMENT
        count_by_key.update(("reply", one.author, one.day, one.text) for one in former.replies)
        count_by_key.update(("change", former.author, former.day, one.old, one.new) for one in former.changes)

    def is_known(*key: str) -> bool:
        # Each known remark accounts for one.
        count_by_key[key] -= 1
        return count_by_key[key] >= 0

    new_remarks = []
    for item in remarks:
        if item.kind is RemarkKind.CHANGE:
            left = tuple(one for one in item.changes if not is_known("change", item.author, item.day, one.old, one.new))
            new_remarks += [replace(item, changes=left)] if left else []
        elif not is_known("comment", item.author, item.day, item.text):
            new_remarks.append(item)
        elif answers := [one for one in item.replies if not is_known("reply", one.author, one.day, one.text)]:
            first, *rest = answers
            words, replies = f"{item.author}: {item.text}", tuple(rest)
            reply = replace(item, author=first.author, day=first.day, text=first.text, words=words, replies=replies)
            new_remarks.append(reply)
    return new_remarks
