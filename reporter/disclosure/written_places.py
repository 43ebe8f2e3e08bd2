"""Find a place of a public snapshot as it is written."""

from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from reporter.errors import Mark
from reporter.files.sources import Sources


def written_place(written: Sources, public: Sources, mark: Mark) -> Mark:
    """The line in the Rapporteur's file, for a line of the public one, which has no comments and notes and
    indents lists otherwise."""
    file, made = written.get(mark.path), public.get(mark.path)
    if file is None or made is None or file is made or made.finding:
        return mark
    lines = _lines(file.content, made.content)
    return replace(mark, line=lines[mark.line - 1]) if mark.line <= len(lines) else mark


@lru_cache(maxsize=64)
def _lines(written: bytes, public: bytes) -> tuple[int, ...]:
    before, after = ([line.partition(b" #")[0].strip() for line in text.split(b"\n")] for text in (written, public))
    found: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += [min(start + at, max(end - 1, start)) + 1 for at in range(last - first)]
    return tuple(found)
