"""Splices of a narrative: sections and parts of them. Nothing but its lines is touched, and each splice is proven: read
again, every other section is what it was."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporter.edit.splice import BY_HAND, EditError, Splice, line_break, line_start, place_at
from reporter.load.narrative_lines import COMMENT, LINE
from reporter.load.text import heading_lines, read_passages
from reporter.load.yaml_tree import Keys


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A section's beginning or a part, from heading to last word. `path` is its section and the code of the part, empty
    for the beginning."""

    path: Keys
    start: int
    end: int


def text_at(text: str, path: Keys) -> str:
    """What stands in a section or part, with its heading. It is empty where there is none. A path is a section, or a
    section and a part; the part without a code is the beginning of the section."""
    found = _within(_places(text), path)
    return text[found[0].start : found[-1].end] if found else ""


def codes_beside(text: str, path: Keys) -> tuple[str, ...]:
    """The codes of all sections, or of all parts of one."""
    return tuple(_siblings(_places(text), path))


def write_text(text: str, file: str, path: Keys, words: str, order: Sequence[str] = ()) -> Splice:
    """Replace a section or part, or put in a new one. Without words it is taken out, else they begin with its heading.
    A new one stands behind the nearest of those before it in the `order`, else before the nearest of those after it,
    else last. Raises EditError where that would change another one."""
    new, places = line_break(text), _places(text)
    words = new.join(LINE.split(words.strip()))
    found = _within(places, path)
    if found and words:
        splice = Splice(found[0].start, text[found[0].start : found[-1].end], words)
    elif found:
        splice = _removed(text, found[0].start, found[-1].end)
    elif words:
        splice = _inserted(text, places, path, words, order)
    else:
        raise _refused(text, file, path, "there is nothing to be removed", 0)
    return _proven(text, splice, file, path, words)


def _places(text: str) -> tuple[TextPlace, ...]:
    """All sections and parts in their order, none of them overlapping."""
    starts = [0, *(found.end() for found in LINE.finditer(text))]
    headings = heading_lines(text)
    begins = [starts[each.line - 1] for each in headings]
    ends = [*(_above(text, begin) for begin in begins), len(text)][1:]
    return tuple(
        TextPlace((each.section, each.part), begin, begin + len(text[begin:end].rstrip()))
        for each, begin, end in zip(headings, begins, ends, strict=True)
    )


def _above(text: str, start: int) -> int:
    for found in reversed(list(COMMENT.finditer(text, 0, start))):
        if not LINE.fullmatch(text[found.end() : start]) or line_start(text, found.start()) != found.start():
            break
        start = found.start()
    return start


def _within(places: Sequence[TextPlace], path: Keys) -> list[TextPlace]:
    """What belongs to a path: one place, or all of a section."""
    return [each for each in places if each.path[: len(path)] == path]


def _inserted(text: str, places: Sequence[TextPlace], path: Keys, words: str, order: Sequence[str]) -> Splice:
    new, siblings = line_break(text), _siblings(places, path)
    at = list(order).index(path[-1]) if path[-1] in order else len(order)
    after = next((siblings[each] for each in reversed(order[:at]) if each in siblings), None)
    before = next((siblings[each] for each in order[at + 1 :] if each in siblings), None)
    if after is None and before:
        start = _above(text, before[0])
        return Splice(start, "", f"{words}{new}{new}")
    if after or siblings:
        return Splice(after[1] if after else max(end for _, end in siblings.values()), "", f"{new}{new}{words}")
    rest = text.rstrip("\r\n")
    return Splice(len(rest), text[len(rest) :], f"{f'{new}{new}' if rest else ''}{words}{new}")


def _siblings(places: Sequence[TextPlace], path: Keys) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for each in places:
        if each.path[: len(path) - 1] == path[:-1]:
            key = each.path[len(path) - 1]
            found[key] = (found[key][0] if key in found else each.start, each.end)
    return found


def _removed(text: str, start: int, end: int) -> Splice:
    rest = text[end:]
    stop = end + len(rest) - len(rest.lstrip("\r\n"))
    if stop == len(text):
        kept = text[:start].rstrip("\r\n")
        return Splice(len(kept), text[len(kept) : end if kept else stop], "")
    return Splice(start, text[start:stop], "")


def _proven(text: str, splice: Splice, file: str, path: Keys, words: str) -> Splice:
    after = splice.apply(text)
    if list(_elsewhere(text, path)) != list(_elsewhere(after, path)) or text_at(after, path) != words:
        raise _refused(text, file, path, "cannot be changed without changing more", splice.start)
    was, now = (read_passages(each, file, "en", 0)[1] for each in (text, after))
    new = Counter(each.code for each in now) - Counter(each.code for each in was)
    finding = next((each for each in now if each.code in new), None)
    if finding:
        raise _refused(text, file, path, f"cannot be written so: {finding.message}", splice.start)
    return splice


def _elsewhere(text: str, path: Keys) -> Iterator[tuple[Keys, str]]:
    places = _places(text)
    yield (), text[: places[0].start].rstrip() if places else text.rstrip()
    for each in places:
        if each.path[: len(path)] != path:
            yield each.path, text[each.start : each.end]
    between = (text[each.end : after.start].strip() for each, after in pairwise(places))
    yield from (((), each) for each in between if each)


def _refused(text: str, file: str, path: Keys, why: str, at: int) -> EditError:
    return EditError(f"{' / '.join(filter(None, path))} {why}", hint=BY_HAND, mark=place_at(text, file, at))
