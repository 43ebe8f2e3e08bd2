"""Resolve what a narrative says to one audience only. Lines keep their numbers, so that places in the resolved text are
those in the file."""

import re

from reporter.load.narrative_lines import LINE, replace_comments
from reporter.load.wording_blocks import WordingBlocks, wording_blocks
from reporter.load.yaml_tree import ReadError
from reporter.model import Audience

OPENED = "<!--"
NO_LINE_END = re.compile(r"[^\r\n]+")


def for_restricted(text: str, path: str) -> str:
    """A narrative without what only the public reads. Marks that make no block stay, and are found when it is read."""
    return _without(text, wording_blocks(text, path), Audience.PUBLIC)


def for_public(text: str, path: str) -> str:
    """A narrative without what the public may not read, and without comments. Raises ReadError with the first mark that
    makes no block: nobody knows what it was to keep back."""
    found = wording_blocks(text, path)
    if found.findings:
        raise ReadError(found.findings[0])
    return without_remarks(_without(without_remarks(text), found, Audience.RESTRICTED))


def without_remarks(text: str) -> str:
    """A narrative with comments that say nothing. A heading with an empty one below is still to be written."""
    text = replace_comments(text, lambda each: f"{OPENED}{NO_LINE_END.sub('', each[0])} -->")
    closed, opened, open_end = text.rpartition("-->")
    # One that nothing closes is an error to whoever reads it, and may be meant to hide the rest.
    at = open_end.find(OPENED)
    return text if at < 0 else f"{closed}{opened}{open_end[:at]}{OPENED}{NO_LINE_END.sub('', open_end[at:])}"


def _without(text: str, found: WordingBlocks, audience: Audience) -> str:
    if not found.blocks:
        return text
    gone = {number for each in found.blocks for number in (each.first, each.last)}
    for each in found.blocks:
        gone |= set(range(each.first, each.last)) if each.audience is audience else set()
    lines, ends = LINE.split(text), [*LINE.findall(text), ""]
    return "".join(f"{'' if number in gone else line}{ends[number]}" for number, line in enumerate(lines))
