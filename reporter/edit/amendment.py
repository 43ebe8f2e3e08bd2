"""What somebody wants to change, and what came of it."""

from dataclasses import dataclass

from reporter.edit.handwriting import Value
from reporter.edit.narrative_splices import codes_beside, text_at, write_text
from reporter.edit.proof import stands_at
from reporter.edit.splice import EditError, Splice
from reporter.edit.yaml_splices import (
    insert_entry,
    is_item,
    neighbours,
    put_back,
    remove_entry,
    replace_value,
    resolved,
    slice_at,
)
from reporter.errors import Mark
from reporter.files.checksum import checksum
from reporter.load.narrative_lines import LINE
from reporter.load.yaml_tree import BOM, Keys

NARRATIVE = ".md"


def slice_digest(piece: str) -> str:
    """The digest of what is written at a path. By it two writers know of each other."""
    return checksum(piece)


NOTHING = slice_digest("")
# The checksum of a file that is not there.
ABSENT = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What somebody wants to stand at a path of a file. `value` is None for nothing, and of a narrative its Markdown.
    `seen` is the digest of what was written there when they began, `NOTHING` where nothing was. A new key stands where
    the `order` of keys has it; `-` is a new last item. `whole` is what the file begins with where it is not there;
    without it, such a file is refused."""

    file: str
    path: Keys
    value: Value | None
    seen: str
    order: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not written, as somebody else changed the same. `mine` is what should stand there, `theirs`
    what is written there now, `base` what was when the change was begun; empty if that is not known."""

    file: str
    path: Keys
    mine: Value | None
    theirs: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that was written: who and when, where, before and after. `before` and `after` are what was written at
    the path, empty for nothing, and `sums` the checksums of the whole file, `ABSENT` where it was made or taken away.
    `beside` are the keys beside it, `undoes` the line of the journal that it takes back. Edits of one `group` were made
    at once, and are taken back so."""

    time: str
    person: str
    file: str
    path: Keys
    before: str
    after: str
    sums: tuple[str, str]
    splice: Splice
    beside: tuple[str, ...] = ()
    undoes: str = ""
    group: str = ""


def slice_of(text: str, file: str, path: Keys) -> str:
    """What is written at a path of a file, empty for nothing. Raises EditError when the file cannot be read."""
    return text_at(text, path) if file.endswith(NARRATIVE) else slice_at(text, file, path)


def amended(text: str, wanted: Amendment) -> Splice | Conflict | None:
    """Find what to write, or what stands against it. It is None where that is written already. Raises EditError when it
    cannot be written."""
    file, path, value = wanted.file, resolved_path(text, wanted.file, wanted.path), wanted.value
    now = slice_of(text, file, path)
    if file.endswith(NARRATIVE):
        words = "" if value is None else value
        if not isinstance(words, str) or (words.strip() == "") != (value is None):
            raise EditError(f"{' / '.join(path)}: a heading and its text are expected", mark=Mark(file))
        if LINE.split(now) == LINE.split(words.strip()):
            return None
        is_free = slice_digest(now) == wanted.seen
        return write_text(text, file, path, words, wanted.order) if is_free else _conflict(wanted, now)
    if stands_at(text, file, path, value):
        return None
    if slice_digest(now) != wanted.seen:
        return _conflict(wanted, now)
    if value is None:
        return remove_entry(text, file, path)
    return replace_value(text, file, path, value) if now else insert_entry(text, file, path, value, wanted.order)


def resolved_path(text: str, file: str, path: Keys) -> Keys:
    """A path with the number of a new last item."""
    return path if file.endswith(NARRATIVE) else resolved(text, file, path)


def _conflict(wanted: Amendment, now: str) -> Conflict:
    return Conflict(wanted.file, wanted.path, wanted.value, theirs=now)


def taken_back(content: bytes | None, text: str, edit: Edit) -> Splice | Conflict:
    """The splice that takes back an edit. A file that is as the edit left it becomes the one before, byte for byte, or
    goes again. In another one what was written at the path must still stand there, else it is a Conflict. Raises
    EditError."""
    file, path = edit.file, edit.path
    if sum_of(content) == edit.sums[1] and _leads_back(content, text, edit):
        return edit.splice.inverse
    now, is_text = slice_of(text, file, path), file.endswith(NARRATIVE)
    # In the place of an item that was taken out stands the next one.
    is_beside = not edit.after and not is_text and is_item(text, file, path)
    if now != edit.after and not is_beside:
        return Conflict(file, path, edit.before or None, theirs=now, base=edit.after)
    if is_text:
        return write_text(text, file, path, edit.before, edit.beside)
    if not edit.before:
        return remove_entry(text, file, path)
    return put_back(text, file, path, edit.before, edit.beside, is_new=not edit.after)


def sum_of(content: bytes | None) -> str:
    """The checksum of a file, `ABSENT` where there is none."""
    return ABSENT if content is None else checksum(content)


def encoded(content: bytes | None, text: str) -> bytes:
    """A text as bytes, with the byte order mark of the earlier."""
    content = content or b""
    return content[: len(content) - len(content.removeprefix(BOM))] + text.encode()


def keys_beside(text: str, file: str, path: Keys) -> tuple[str, ...]:
    """The keys or codes between which something stands, with its own."""
    return codes_beside(text, path) if file.endswith(NARRATIVE) else neighbours(text, file, path)


def _leads_back(content: bytes | None, text: str, edit: Edit) -> bool:
    """Return whether the file before an edit comes of that after. Who writes into the journal by hand may have changed
    that."""
    try:
        before = edit.splice.inverse.apply(text)
    except ValueError:
        return False
    return before == "" if edit.sums[0] == ABSENT else checksum(encoded(content, before)) == edit.sums[0]
