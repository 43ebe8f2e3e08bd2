"""Plain values of a file, and the changes between two states."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reporter.files.sources import Sources
from reporter.load.yaml_tree import Keys, Tree, read_yaml

# What a file holds, read as lists, mappings and texts.
Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]
# The key that a count stands under when it has more than a value.
VALUE = "value"
NEW = "-"
Order = Callable[[Keys], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlainChange:
    """What is to stand at a path where something else stood. None is nothing, before or after."""

    path: Keys
    before: Plain | None
    after: Plain | None
    order: tuple[str, ...] = ()


def file_tree(sources: Sources, file: str) -> Tree:
    """A file as it is read; nothing of it may be changed."""
    return _tree(sources.find(file).content, file)


def file_data(sources: Sources, file: str) -> Plain | None:
    return as_plain(file_tree(sources, file).data)


# A page asks of a file many times.
@lru_cache(maxsize=8)
def _tree(content: bytes, file: str) -> Tree:
    return read_yaml(Sources.from_contents({file: content}), file)


def as_plain(data: object) -> Plain | None:
    """Data of a file as plain values; None where nothing is written."""
    if isinstance(data, Mapping):
        return {str(key): plain for key, each in data.items() if (plain := as_plain(each)) is not None}
    if isinstance(data, list | tuple):
        # An empty item keeps its number.
        return [as_plain(each) or "" for each in data]
    return None if data is None or data == "" else str(data)


def value_at(data: Plain | None, path: Keys) -> Plain | None:
    """What stands at a path; a count alone is its value."""
    for depth, step in enumerate(path):
        if isinstance(data, str):
            return data if path[depth:] == (VALUE,) else None
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, Sequence) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def put_at(data: Plain | None, path: Keys, value: Plain | None) -> Plain | None:
    """Data in which something else stands at a path. A mapping or list of which nothing is left is nothing. Items of a
    list keep their places: a place of which nothing is left holds an empty mapping, which `without_gaps` takes out."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    # A count that is nothing but its value stands there alone.
    if path == (VALUE,) and value is not None and not isinstance(data, Mapping):
        return value
    if isinstance(data, str):
        data = {VALUE: data}
    if isinstance(data, Sequence):
        items = [*data]
        at = min(int(step), len(items))
        inner = put_at(items[at] if at < len(items) else None, rest, value)
        items[at : at + 1] = [{} if inner is None else inner]
        return items
    known = dict(data or {})
    inner = put_at(known.get(step), rest, value)
    if inner is None:
        known.pop(step, None)
    else:
        known[step] = inner
    return known or None


def without_gaps(data: Plain | None, before: Plain | None) -> Plain | None:
    """Data without what holds nothing any more. What held nothing before is left as it was."""
    if data == before or isinstance(data, str) or data is None:
        return data
    if isinstance(data, Mapping):
        pairs = {key: without_gaps(each, value_at(before, (key,))) for key, each in data.items()}
        return {key: each for key, each in pairs.items() if each is not None} or None
    items = (without_gaps(each, value_at(before, (str(number),))) for number, each in enumerate(data))
    return [each for each in items if each is not None and each != {}] or None


def in_order(data: Plain, order: Order, path: Keys = ()) -> Plain:
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        known = order(path)
        keys = sorted(data, key=lambda each: known.index(each) if each in known else len(known))
        return {key: in_order(data[key], order, (*path, key)) for key in keys}
    return [in_order(each, order, (*path, str(number))) for number, each in enumerate(data)]


def changes_between(before: Plain | None, after: Plain | None, order: Order, path: Keys = ()) -> Iterator[PlainChange]:
    """The fewest changes that lead from one state to another. Items are taken out from the end, so that no path of one
    leads elsewhere when its turn comes."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(each for each in after if each not in before)):
            yield from _entry(before.get(key), after.get(key), order, path, key)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, order, path)
    else:
        yield PlainChange(path, before, after if after is None else in_order(after, order, path))


def _entry(before: Plain | None, after: Plain | None, order: Order, path: Keys, key: str) -> Iterator[PlainChange]:
    whole = (*path, key)
    if before is None and after is not None:
        yield PlainChange(whole, None, in_order(after, order, whole), order(path))
    else:
        yield from changes_between(before, after, order, whole)


def _items(before: list[Plain], after: list[Plain], order: Order, path: Keys) -> Iterator[PlainChange]:
    rest = iter(before)
    same = len(before) == len(after) and not all(isinstance(each, str) for each in (*before, *after))
    if same:
        for number, (was, now) in enumerate(zip(before, after, strict=True)):
            yield from changes_between(was, now, order, (*path, str(number)))
    elif after[: len(before)] == before:
        for each in after[len(before) :]:
            yield PlainChange((*path, NEW), None, in_order(each, order, (*path, NEW)))
    elif after and all(any(each == other for other in rest) for each in after):
        # Some items were taken out: the others are found in what is left of the list, one after the other.
        kept = list(after)
        for number in reversed(range(len(before))):
            if kept and before[number] == kept[-1]:
                kept.pop()
            else:
                yield PlainChange((*path, str(number)), before[number], None)
    else:
        yield PlainChange(path, before, in_order(after, order, path))
