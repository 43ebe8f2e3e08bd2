"""Write what reviewers said for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from reporter.model import ChangedWords, ReviewRemark

NO_FILE = "a sentence of the program, in no file"
SHOWN = 100


def remark_lines(remarks: Sequence[ReviewRemark], of: str) -> Iterator[str]:
    """Write remarks by section and sentence, with who said them and when."""
    count = sum(each.is_open for each in remarks)
    yield f"{of}: {len(remarks)} {'remark' if len(remarks) == 1 else 'remarks'}, {count} open"
    for title, of_section in groupby(remarks, lambda each: each.title or each.section):
        yield title or "outside of any section"
        for (place, sentence), alike in groupby(of_section, lambda each: (place_of_remark(each), each.sentence)):
            yield f"  {place}"
            if sentence:
                yield f"    {_short(sentence)}"
            for each in alike:
                yield from _remark(each)


def place_of_remark(remark: ReviewRemark) -> str:
    """The file and line of a remark, or why there is none."""
    if remark.file:
        return f"{remark.file}:{remark.line}"
    return remark.doubt or NO_FILE


def change_line(change: ChangedWords) -> str:
    """A change in a line, with the figure that it touches."""
    if change.figure:
        where = ", ".join(filter(None, (change.figure, change.source, change.at)))
        return f"{change.old or 'nothing'} → {change.new or 'deleted'}: {where}"
    moved = "moved, " if change.moved else ""
    if not change.old:
        return f"{moved}inserted: {change.new}"
    return f"{moved}deleted: {change.old}" if not change.new else f"{change.old} → {change.new}"


def plain_remark(remark: ReviewRemark) -> dict[str, object]:
    told = asdict(remark)
    del told["mark"]
    told["open"] = remark.is_open
    for name in ("changes", "replies"):
        told[name] = [{key: value for key, value in each.items() if key != "mark"} for each in told[name]]
    return told


def _remark(remark: ReviewRemark) -> Iterator[str]:
    who = ", ".join(filter(None, (remark.author or "somebody", remark.day)))
    on = f" on “{_short(remark.words)}”" if remark.words else ""
    number = f"    {remark.number:>3}  "
    if remark.text:
        yield f"{number}{who}{on}: {remark.text}"
    for n, change in enumerate(remark.changes):
        yield f"{'' if n else number}{' ' * len(number) if n else f'{who}: '}{change_line(change)}"
    for reply in remark.replies:
        yield f"{' ' * len(number)}{', '.join(filter(None, (reply.author, reply.day)))}: {reply.text}"
    told = {"answered": remark.answer, "dismissed": remark.dismissed}
    yield from (f"{' ' * len(number)}{how} by {remark.by}: {words}" for how, words in told.items() if words)
    if remark.resolved:
        yield f"{' ' * len(number)}resolved in the Word file"


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
