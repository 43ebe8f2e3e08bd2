"""Splices of YAML: a value replaced, put in, or taken out. Each is a pure function of the text, and is proven before it
is given: the text is read again as every file is, and nothing may differ but what stands at the path."""

from collections.abc import Sequence

from reporter.edit.handwriting import AsWritten, Value
from reporter.edit.proof import Intent, prove
from reporter.edit.splice import Splice
from reporter.edit.value_splices import inserted, removed, replaced
from reporter.edit.way import NEW_ITEM, find_any_way, find_way
from reporter.load.yaml_tree import Keys


def replace_value(text: str, file: str, path: Keys, value: Value) -> Splice:
    """Write another value in the place of one. Raises EditError when that cannot be proven, or comments would be
    lost."""
    return prove(text, replaced(find_way(text, file, path), value), file, Intent(path, True, True, value))


def insert_entry(text: str, file: str, path: Keys, value: Value, order: Sequence[str] = ()) -> Splice:
    """Write a new entry of a mapping, or item of a list. It stands behind the nearest of those before it in the
    `order`, else before the nearest of those after it, else last; an item stands where its number says. Raises
    EditError."""
    return prove(text, inserted(find_way(text, file, path), value, order), file, Intent(path, False, True, value))


def remove_entry(text: str, file: str, path: Keys) -> Splice:
    """Take out an entry or item with its own comments. Raises EditError."""
    return prove(text, removed(find_way(text, file, path)), file, Intent(path, True, False))


def slice_at(text: str, file: str, path: Keys) -> str:
    """What is written at a path, with its key and comments. Empty where nothing is. Raises EditError when the file
    cannot be read."""
    start, end = find_any_way(text, file, path).extent
    return text[start:end]


def put_back(text: str, file: str, path: Keys, piece: str, order: Sequence[str] = (), *, is_new: bool) -> Splice:
    """Write at a path what was once written there, as it was. It `is_new` where nothing stands in its place. Raises
    EditError."""
    way = find_way(text, file, path)
    start, end = way.extent
    splice = inserted(way, AsWritten(piece), order) if is_new else Splice(start, text[start:end], piece)
    prove(text, splice, file, Intent(path, not is_new, True))
    if slice_at(splice.apply(text), file, path) != piece:
        way.refuse("it cannot be written as it was")
    return splice


def resolved(text: str, file: str, path: Keys) -> Keys:
    """A path whose end `-`, a new last item, has its number."""
    if path[-1:] != (NEW_ITEM,):
        return path
    last = find_any_way(text, file, path).last
    return (*path[:-1], str(last.number)) if last and (last.holder.is_list or last.holder.is_empty) else path


def is_item(text: str, file: str, path: Keys) -> bool:
    """Return whether a path leads to an item of a list."""
    last = find_any_way(text, file, path).last
    return last is not None and last.holder.is_list


def neighbours(text: str, file: str, path: Keys) -> tuple[str, ...]:
    """The keys beside an entry, with its own between them."""
    last = find_any_way(text, file, path).last
    if last is None or last.is_new:
        return ()
    keys = [each.key for each in last.holder.entries]
    return tuple(keys[max(last.number - 1, 0) : last.number + 2])
