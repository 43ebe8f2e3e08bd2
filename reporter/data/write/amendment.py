"""Changes to files: what is wanted, and the result."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from reporter.data.errors import Mark
from reporter.data.files.sources import checksum
from reporter.data.read.text import COMMENT, LINE, heading_lines, read_passages
from reporter.data.read.yaml_tree import BOM, Keys
from reporter.data.records.label import ENGLISH
from reporter.data.write.yaml_format import BY_HAND, EditError, Splice, Value, line_break, line_start, place_at
from reporter.data.write.yaml_splices import (
    insert_entry,
    is_item,
    neighbours,
    put_back,
    remove_entry,
    replace_value,
    resolved,
    slice_at,
    stands_at,
)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A section's beginning or a part, heading to last word. `path` is section and part, empty for the beginning."""

    path: Keys
    start: int
    end: int


def text_at(text: str, path: Keys) -> str:
    """The text of a section or part with its heading, or empty. The beginning of a section has the empty part code."""
    places = _within(_places(text), path)
    return text[places[0].start : places[-1].end] if places else ""


def write_text(text: str, file: str, path: Keys, words: str, order: Sequence[str] = ()) -> Splice:
    """Replace, insert or (without `words`) remove a section or part. `words` start with the heading. A new one follows
    the nearest of those before it in `order`, else precedes the nearest of those after it, else is last. Raises
    EditError if another section or part would change."""
    new, places = line_break(text), _places(text)
    words = new.join(LINE.split(words.strip()))
    own_places = _within(places, path)
    if own_places and words:
        splice = Splice(own_places[0].start, text[own_places[0].start : own_places[-1].end], words)
    elif own_places:
        start, end = own_places[0].start, own_places[-1].end
        stop = end + len(text[end:]) - len(text[end:].lstrip("\r\n"))
        head = text[:start].rstrip("\r\n")
        splice = Splice(start, text[start:stop], "")
        if stop == len(text):
            splice = Splice(len(head), text[len(head) : end if head else stop], "")
    elif words:
        splice = _inserted(text, places, path, words, order)
    else:
        raise _refused(text, file, path, "there is nothing to remove", 0)
    return _proven(text, splice, file, path, words)


def _places(text: str) -> tuple[TextPlace, ...]:
    starts = [0, *(match.end() for match in LINE.finditer(text))]
    headings = heading_lines(text)
    begins = [starts[heading.line - 1] for heading in headings]
    ends = [*(_above(text, begin) for begin in begins), len(text)][1:]
    return tuple(
        TextPlace((heading.section, heading.part), begin, begin + len(text[begin:end].rstrip()))
        for heading, begin, end in zip(headings, begins, ends, strict=True)
    )


def _above(text: str, start: int) -> int:
    for match in reversed(list(COMMENT.finditer(text, 0, start))):
        if not LINE.fullmatch(text[match.end() : start]) or line_start(text, match.start()) != match.start():
            break
        start = match.start()
    return start


def _within(places: Sequence[TextPlace], path: Keys) -> list[TextPlace]:
    return [place for place in places if place.path[: len(path)] == path]


def _inserted(text: str, places: Sequence[TextPlace], path: Keys, words: str, order: Sequence[str]) -> Splice:
    new, siblings = line_break(text), _siblings(places, path)
    at = list(order).index(path[-1]) if path[-1] in order else len(order)
    after = next((siblings[key] for key in reversed(order[:at]) if key in siblings), None)
    before = next((siblings[key] for key in order[at + 1 :] if key in siblings), None)
    if after is None and before:
        return Splice(_above(text, before[0]), "", f"{words}{new}{new}")
    if after or siblings:
        return Splice(after[1] if after else max(end for _, end in siblings.values()), "", f"{new}{new}{words}")
    rest = text.rstrip("\r\n")
    return Splice(len(rest), text[len(rest) :], f"{f'{new}{new}' if rest else ''}{words}{new}")


def _siblings(places: Sequence[TextPlace], path: Keys) -> dict[str, tuple[int, int]]:
    span_by_key: dict[str, tuple[int, int]] = {}
    for place in places:
        if place.path[: len(path) - 1] == path[:-1]:
            key = place.path[len(path) - 1]
            span_by_key[key] = (span_by_key[key][0] if key in span_by_key else place.start, place.end)
    return span_by_key


def _proven(text: str, splice: Splice, file: str, path: Keys, words: str) -> Splice:
    after = splice.apply(text)
    if list(_elsewhere(text, path)) != list(_elsewhere(after, path)) or text_at(after, path) != words:
        raise _refused(text, file, path, "cannot be changed without changing other content", splice.start)
    was, now = (read_passages(version, file, ENGLISH, 0)[1] for version in (text, after))
    new = Counter(problem.code for problem in now) - Counter(problem.code for problem in was)
    if finding := next((problem for problem in now if problem.code in new), None):
        raise _refused(text, file, path, f"cannot be written like this: {finding.message}", splice.start)
    return splice


def _elsewhere(text: str, path: Keys) -> Iterator[tuple[Keys, str]]:
    places = _places(text)
    yield (), text[: places[0].start].rstrip() if places else text.rstrip()
    for place in places:
        if place.path[: len(path)] != path:
            yield place.path, text[place.start : place.end]
    between = (text[before.end : after.start].strip() for before, after in pairwise(places))
    yield from (((), gap) for gap in between if gap)


def _refused(text: str, file: str, path: Keys, why: str, at: int) -> EditError:
    return EditError(f"{' / '.join(filter(None, path))} {why}", hint=BY_HAND, mark=place_at(text, file, at))


NARRATIVE = ".md"


def slice_digest(piece: str) -> str:
    """The digest of the text at a path, by which two writers notice each other."""
    return checksum(piece)


NOTHING = slice_digest("")
# The checksum of a missing file.
ABSENT = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change wanted at a path of a file. `value` is None to remove, and Markdown in a narrative. `digest` is that
    of the text when the user started, `NOTHING` for none. A new key is placed by the `order` of keys; `-` is a new last
    item. `whole` is the initial content of a missing file; without it, a missing file is refused."""

    file: str
    path: Keys
    value: Value | None
    digest: str
    order: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change not written because someone else changed the same place. `mine` is the wanted value, `theirs` the
    current one, `base` the one when the change was started, empty if unknown."""

    file: str
    path: Keys
    mine: Value | None
    theirs: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that was written: by whom, when, where. `before` and `after` are the texts at the path, empty for none,
    and `sums` the checksums of the whole file, `ABSENT` if it was created or removed. `neighbours` are the keys next
    to it; `undoes` is the journal line it undoes. Edits of one `group` were made, and are undone, together."""

    time: str
    person: str
    file: str
    path: Keys
    before: str
    after: str
    sums: tuple[str, str]
    splice: Splice
    neighbours: tuple[str, ...] = field(default=(), metadata={"key": "beside"})
    undoes: str = ""
    group: str = ""


def slice_of(text: str, file: str, path: Keys) -> str:
    """The text at a path of a file, empty for none. Raises EditError if the file cannot be read."""
    return text_at(text, path) if file.endswith(NARRATIVE) else slice_at(text, file, path)


def amended(text: str, wanted: Amendment) -> Splice | Conflict | None:
    """The splice to write, or a conflict; None if already written. Raises EditError if it cannot be written."""
    file, path, value = wanted.file, resolved_path(text, wanted.file, wanted.path), wanted.value
    now = slice_of(text, file, path)
    if file.endswith(NARRATIVE):
        words = "" if value is None else value
        if not isinstance(words, str) or (words.strip() == "") != (value is None):
            raise EditError(f"{' / '.join(path)}: a heading and its text are expected", mark=Mark(file))
        if LINE.split(now) == LINE.split(words.strip()):
            return None
        is_free = slice_digest(now) == wanted.digest
        return write_text(text, file, path, words, wanted.order) if is_free else _conflict(wanted, now)
    if stands_at(text, file, path, value):
        return None
    if slice_digest(now) != wanted.digest:
        return _conflict(wanted, now)
    if value is None:
        return remove_entry(text, file, path)
    return replace_value(text, file, path, value) if now else insert_entry(text, file, path, value, wanted.order)


def resolved_path(text: str, file: str, path: Keys) -> Keys:
    return path if file.endswith(NARRATIVE) else resolved(text, file, path)


def _conflict(wanted: Amendment, now: str) -> Conflict:
    return Conflict(wanted.file, wanted.path, wanted.value, theirs=now)


def taken_back(content: bytes | None, text: str, edit: Edit) -> Splice | Conflict:
    """The splice that undoes an edit. A file unchanged since is restored byte for byte, or removed; otherwise the text
    at the path must be unchanged, else it is a Conflict. Raises EditError."""
    file, path = edit.file, edit.path
    # The splice may not fit if the journal was edited by hand.
    with suppress(ValueError):
        before = edit.splice.inverse.apply(text)
        was = ABSENT if edit.sums[0] == ABSENT and not before else checksum(encoded(content, before))
        if edit.sums == (was, sum_of(content)):
            return edit.splice.inverse
    now, is_text = slice_of(text, file, path), file.endswith(NARRATIVE)
    # After an item was removed, the next item has its number.
    is_beside = not edit.after and not is_text and is_item(text, file, path)
    if now != edit.after and not is_beside:
        return Conflict(file, path, edit.before or None, theirs=now, base=edit.after)
    if is_text:
        return write_text(text, file, path, edit.before, edit.neighbours)
    if not edit.before:
        return remove_entry(text, file, path)
    return put_back(text, file, path, edit.before, edit.neighbours, is_new=not edit.after)


def sum_of(content: bytes | None) -> str:
    """The checksum of a file, `ABSENT` for none."""
    return ABSENT if content is None else checksum(content)


def encoded(content: bytes | None, text: str) -> bytes:
    """A text as bytes, with the byte order mark of the earlier content."""
    content = content or b""
    return content[: len(content) - len(content.removeprefix(BOM))] + text.encode()


def neighbour_keys_of(text: str, file: str, path: Keys) -> tuple[str, ...]:
    return tuple(_siblings(_places(text), path)) if file.endswith(NARRATIVE) else neighbours(text, file, path)
