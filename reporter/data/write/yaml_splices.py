"""Splices of YAML that replace, insert or remove a value. Each is a pure function of the text and is verified: the new
text is read like every file, with all its checks, and may differ at the path only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import NoReturn

from reporter.data.files.sources import Sources
from reporter.data.read.yaml_tree import (
    ALIAS,
    BLOCK_TEXTS,
    FLOW_MAPPING,
    MAPPING,
    Keys,
    ReadError,
    Tree,
    YamlEntry,
    YamlNode,
    read_yaml,
    yaml_nodes,
)
from reporter.data.records.label import OFFICIAL
from reporter.data.write.yaml_format import (
    BY_HAND,
    PLAIN,
    WIDTH,
    AsWritten,
    EditError,
    Hand,
    Splice,
    Value,
    flow_text,
    is_blank,
    key_text,
    line_break,
    line_end,
    line_start,
    next_line,
    past_blank,
    place_at,
    plain_value,
    value_of,
)

# The last step of a path to a new item after all others.
NEW_ITEM = "-"
Plain = str | list["Plain"] | dict[str, "Plain"] | None


@dataclass(frozen=True, slots=True)
class WayStep:
    """A list or mapping on the way to a path; `number` is the entry to follow, `parent` the entry it belongs to."""

    holder: YamlNode
    number: int
    parent: YamlEntry | None

    @property
    def entry(self) -> YamlEntry:
        return self.holder.entries[self.number]

    @property
    def is_new(self) -> bool:
        return self.number == len(self.holder.entries)


@dataclass(frozen=True, slots=True)
class Way:
    """A text and a path in it, with its steps; without steps, nothing can be written there."""

    text: str
    file: str
    path: Keys
    steps: tuple[WayStep, ...]
    root: YamlNode | None

    @property
    def last(self) -> WayStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def key(self) -> str:
        """The key at the end; empty for an item of a list."""
        return "" if self.last and self.last.holder.is_list else self.path[-1]

    @property
    def flow_depth(self) -> int | None:
        return next((depth for depth, step in enumerate(self.steps) if step.holder.is_flow), None)

    @property
    def extent(self) -> tuple[int, int]:
        step = self.last
        if step is None or step.is_new:
            return 0, 0
        if step.holder.is_flow:
            return step.entry.start, step.entry.end
        own = _own_lines(self.text, step.holder, step.number, is_root=step.parent is None)
        end = own.end - 1 if self.text[: own.end].endswith("\n") else own.end
        return own.content, line_end(self.text, end)

    @property
    def indentation(self) -> int:
        """The step of indentation, as on the way, else as elsewhere in the file."""
        on_way = (_indented(self.text, above, below) for above, below in pairwise(step.holder for step in self.steps))
        return next((indent for indent in chain(on_way, _indentations(self.text, self.root)) if indent > 1), 2)

    def refuse(self, why: str, at: int = 0) -> NoReturn:
        """Raise the error that says why nothing is written."""
        raise EditError(f"{' / '.join(self.path)}: {why}", hint=BY_HAND, mark=place_at(self.text, self.file, at))


def find_way(text: str, file: str, path: Keys, *, anyway: bool = False) -> Way:
    """Find the way to a path. Raises EditError if the file cannot be read, and if there is no way, unless `anyway`."""
    try:
        root = _nodes(text, file)
    except ReadError as problem:
        finding = problem.finding
        raise EditError(f"{file} cannot be read: {finding.message}", hint=finding.hint, mark=finding.mark) from None
    nowhere = Way(text=text, file=file, path=path, steps=(), root=root)
    steps: list[WayStep] = []
    node, parent, at = root, None, 0
    for depth, key in enumerate(path if root else ()):
        is_holder = node is not None and (not node.is_text or node.is_empty) and node.style != ALIAS
        number = _number(node, key) if node and is_holder else None
        if node is None or number is None:
            double = f"{key} appears twice, or is not the number of an item"
            why = double if is_holder else f"{path[depth - 1]} is missing, or has no entries"
            return nowhere if anyway else nowhere.refuse(why, at)
        steps.append(WayStep(node, number, parent))
        parent = None if number == len(node.entries) else node.entries[number]
        node, at = (parent.value, parent.start) if parent else (None, at)
    return replace(nowhere, steps=tuple(steps))


# A text is read several times for one change.
_nodes = lru_cache(maxsize=4)(yaml_nodes)


def _number(node: YamlNode, key: str) -> int | None:
    """The number of an entry, the next one if new. None for a duplicate key, or an impossible item."""
    count = len(node.entries)
    if key == NEW_ITEM and (node.is_list or node.is_empty):
        return count
    if node.is_list or (node.is_empty and key == "0"):
        return int(key) if key.isdecimal() and int(key) <= count else None
    numbers = [number for number, entry in enumerate(node.entries) if entry.key == key]
    return None if len(numbers) > 1 else numbers[0] if numbers else count


def _indentations(text: str, node: YamlNode | None) -> Iterable[int]:
    for entry in node.entries if node else ():
        yield _indented(text, node, entry.value)
        yield from _indentations(text, entry.value)


def _indented(text: str, above: YamlNode | None, below: YamlNode) -> int:
    """How much deeper a mapping is indented than the one around it; else 0."""
    if above is None or not above.style == below.style == MAPPING:
        return 0
    return _column_of(text, below) - _column_of(text, above)


def _insert_within(text: str, holder: YamlNode, number: int, entry: str) -> Splice:
    """Insert an entry within braces: before the one with its number, else last."""
    if not holder.entries:
        return Splice(holder.start + 1, text[holder.start + 1 : holder.end - 1], entry)
    if number < len(holder.entries):
        return Splice(holder.entries[number].start, "", f"{entry}, ")
    last = holder.entries[-1].end
    line = text[line_start(text, last) : line_end(text, last)]
    is_full = len(line) + len(entry) > WIDTH - 2
    indent = line[: len(line) - len(line.lstrip())]
    return Splice(last, "", f",{line_break(text)}{indent}{entry}" if is_full else f", {entry}")


def _remove_within(way: Way, holder: YamlNode, number: int) -> Splice:
    """Remove an entry within braces, with its comma."""
    text, entries = way.text, holder.entries
    if len(entries) == 1:
        return _cut(text, holder.start + 1, holder.end - 1)
    is_last = number + 1 == len(entries)
    start = entries[number - 1].end if is_last else entries[number].start
    end = entries[number].end if is_last else entries[number + 1].start
    if "#" in text[start : entries[number].start] + text[entries[number].end : end]:
        way.refuse("its comments would be lost", entries[number].start)
    # If nothing follows a colon, it needs the blank after it.
    return Splice(start, text[start:end], " " if is_last and text[start - 1] == ":" else "")


def _cut(text: str, start: int, end: int) -> Splice:
    return Splice(start, text[start:end], "")


def _behind(way: Way, entry: YamlEntry, written: str) -> Splice:
    """Write after the sign of an entry, keeping a comment on its line."""
    text, node = way.text, entry.value
    first, newline, below = written.partition("\n")
    if not newline and node.style not in BLOCK_TEXTS and not node.is_empty and not node.entries:
        return Splice(node.start, text[node.start : node.end], first.lstrip(" "))
    # Comments on following lines would become part of a text with lines of its own.
    end = _end_of(text, entry) if newline else next_line(text, node.end)
    end = line_end(text, end - 1) if text[:end].endswith("\n") else end
    comment = text[node.end : end]
    if node.style in BLOCK_TEXTS or (node.entries and not node.is_flow):
        head = text[entry.sign : line_end(text, entry.sign)]
        comment = head[head.index("#") - 1 :] if "#" in head else ""
    written = first + comment.rstrip() + (f"\n{below}".replace("\n", line_break(text)) if newline else "")
    return Splice(entry.sign, text[entry.sign : end], written)


def _inserted(way: Way, value: Value, order: Sequence[str]) -> Splice:
    return _closed(way, _put_in(way, value, order), value)


def _put_in(way: Way, value: Value, order: Sequence[str]) -> Splice:
    step, text = way.last, way.text
    if step is None:
        new, open_end = line_break(text), bool(text) and not text.endswith("\n")
        return Splice(len(text), "", f"{new if open_end else ''}{_entry(way, value, 0)}{new}")
    holder = step.holder
    if not (step.is_new or holder.is_list):
        way.refuse("it already exists there", step.entry.start)
    if not holder.entries:
        return _filled(way, step, value)
    number = step.number if holder.is_list else _place(holder, way.path[-1], order)
    if way.flow_depth is not None:
        splice = _insert_within(text, holder, number, _flow_entry(way, holder, value))
        return _unfolded(way, value, number) if _is_wide(way, splice) else splice
    entry = _entry(way, value, _column_of(text, holder), is_item=holder.is_list)
    return _insert_lines(text, holder, number, entry, is_root=step.parent is None)


def _entry(way: Way, value: Value, column: int, *, is_item: bool = False) -> str:
    if isinstance(value, AsWritten):
        return value.text
    key = way.path[-1]
    style = _column_style(way.steps[-1].holder, key) if way.steps else ""
    hand = Hand(way.indentation)
    written = hand.item(value, column) if is_item else hand.entry(key, value, column, style)
    return written.replace("\n", line_break(way.text))


def _flow_entry(way: Way, holder: YamlNode, value: Value) -> str:
    key = way.path[-1]
    if isinstance(value, AsWritten) or holder.is_list:
        return flow_text(value)
    return f"{key_text(key)}: {flow_text(value, key, _column_style(holder, key))}"


def _column_style(holder: YamlNode, key: str) -> str:
    styles = (entry.value.style or PLAIN for entry in holder.entries if entry.value.is_text and key in OFFICIAL)
    return next((style for style in styles if style not in BLOCK_TEXTS), "")


def _filled(way: Way, step: WayStep, value: Value) -> Splice:
    if step.parent is None:
        way.refuse("the file has no entries")
    holder, above = step.holder, way.steps[-2].holder
    within = _insert_within(way.text, holder, 0, _flow_entry(way, holder, value)) if holder.is_flow else None
    if above.is_flow and within:
        return _unfolded(way, value, 0) if _is_wide(way, within) else within
    if above.is_flow:
        way.refuse("the place within the braces is empty", step.parent.start)
    column = _column_of(way.text, above) + way.indentation
    is_item = way.path[-1] == "0" and holder.style != FLOW_MAPPING
    entry, end = _entry(way, value, column, is_item=is_item), line_end(way.text, step.parent.end)
    if within and "\n" not in entry and not _is_wide(way, within):
        return within
    written = f"{way.text[step.parent.end : end].rstrip()}{line_break(way.text)}{' ' * column}{entry}"
    return Splice(step.parent.sign, way.text[step.parent.sign : end], written)


def _is_wide(way: Way, splice: Splice) -> bool:
    outer = way.steps[way.flow_depth or 0].holder
    after = splice.apply(way.text)
    line = after[line_start(after, splice.start) : line_end(after, splice.start)]
    return len(line) > WIDTH and "\n" not in way.text[outer.start : outer.end]


def _unfolded(way: Way, value: Value, number: int | None = None) -> Splice:
    depth = way.flow_depth or 0
    step = way.steps[depth]
    if step.parent is None:
        way.refuse("the line would be too long")
    try:
        whole = value_of(way.text, step.holder)
    except ValueError:
        way.refuse("the line would be too long", step.parent.start)
    above = way.steps[depth - 1].holder
    key = "" if above.is_list else step.parent.key
    whole = _inner(whole, way.path[depth:], value, number)
    return _behind(way, step.parent, Hand(way.indentation).behind(key, whole, _column_of(way.text, above)))


def _closed(way: Way, splice: Splice, value: Value) -> Splice:
    while not isinstance(value, str | AsWritten) and value:
        value = list(value.values() if isinstance(value, Mapping) else value)[-1]
    ends = value.endswith("\n") if isinstance(value, str) else False
    is_last = splice.start + len(splice.replaced) == len(way.text) and not splice.inserted.endswith("\n")
    return replace(splice, inserted=splice.inserted + line_break(way.text)) if ends and is_last else splice


def _place(holder: YamlNode, key: str, order: Sequence[str]) -> int:
    there = {entry.key: number for number, entry in enumerate(holder.entries)}
    at = list(order).index(key) if key in order else len(order)
    before = next((there[name] for name in reversed(order[:at]) if name in there), None)
    if before is not None:
        return before + 1
    return next((there[name] for name in order[at + 1 :] if name in there), len(holder.entries))


def _with(whole: Sequence[Value] | Mapping[str, Value], path: Keys, value: Value, number: int | None) -> Value:
    """A value with another at a path; a new one is inserted before the entry with a number."""
    key, rest = path[0], path[1:]
    pairs = list(whole.items()) if isinstance(whole, Mapping) else [(str(at), item) for at, item in enumerate(whole)]
    if rest or number is None:
        pairs = [(name, _inner(item, rest, value, number) if name == key else item) for name, item in pairs]
    else:
        pairs.insert(number, (key, value))
    return dict(pairs) if isinstance(whole, Mapping) else [item for _, item in pairs]


def _inner(content: Value, rest: Keys, value: Value, number: int | None) -> Value:
    return value if isinstance(content, str | AsWritten) or not rest else _with(content, rest, value, number)


def _gaps(text: str, entry: YamlEntry) -> str:
    if not entry.value.entries:
        return text[entry.sign : entry.value.start]
    inside, at = "", entry.sign
    for child in entry.value.entries:
        inside += text[at : child.start] + _gaps(text, child)
        at = child.end
    end = entry.value.end if entry.value.is_flow else line_end(text, entry.value.end)
    return inside + text[at:end]


def replace_value(text: str, file: str, path: Keys, value: Value) -> Splice:
    """Replace a value. Raises EditError if that cannot be verified, or comments would be lost."""
    way = find_way(text, file, path)
    last = way.last
    if last is None or last.is_new:
        way.refuse("there is nothing to replace")
    entry, node, style = last.entry, last.entry.value, last.entry.value.style or PLAIN
    if node.entries and "#" in _gaps(text, entry):
        way.refuse("its comments would be lost", entry.start)
    if way.flow_depth is None:
        column = _column_of(text, last.holder)
        written = Hand(way.indentation).behind(way.key, value, column, style if node.is_text else "")
        splice = _closed(way, _behind(way, entry, written), value)
    else:
        written = flow_text(value, way.key, style)
        splice = Splice(node.start, text[node.start : node.end], written)
        splice = Splice(entry.sign, "", f" {written}") if node.is_empty else splice
        splice = _unfolded(way, value) if _is_wide(way, splice) else splice
    return prove(text, splice, file, path, value, was_there=True, is_there=True)


def insert_entry(text: str, file: str, path: Keys, value: Value, order: Sequence[str] = ()) -> Splice:
    """Insert an entry of a mapping, or item of a list. It follows the nearest of those before it in `order`, else
    precedes the nearest of those after it, else is last; an item has its number. Raises EditError."""
    splice = _inserted(find_way(text, file, path), value, order)
    return prove(text, splice, file, path, value, was_there=False, is_there=True)


def remove_entry(text: str, file: str, path: Keys) -> Splice:
    """Remove an entry or item with its lines and comments. Raises EditError."""
    way = find_way(text, file, path)
    step = way.last
    if step is None or step.is_new:
        way.refuse("there is nothing to remove")
    if step.holder.is_flow:
        splice = _remove_within(way, step.holder, step.number)
    elif len(step.holder.entries) > 1:
        splice = _remove_lines(text, step.holder, step.number, is_root=step.parent is None)
    else:
        replacement = step.parent and _empty_lines(text, step.parent, "[]" if step.holder.is_list else "{}")
        splice = replacement or way.refuse("nothing would remain around it", step.entry.start)
    return prove(text, splice, file, path, None, was_there=True, is_there=False)


def slice_at(text: str, file: str, path: Keys) -> str:
    """The text at a path with key and comments, or empty. Raises EditError if the file cannot be read."""
    start, end = find_way(text, file, path, anyway=True).extent
    return text[start:end]


def put_back(text: str, file: str, path: Keys, piece: str, order: Sequence[str] = (), *, is_new: bool) -> Splice:
    """Write an earlier text at a path as it was; `is_new` if nothing is there now. Raises EditError."""
    way = find_way(text, file, path)
    start, end = way.extent
    splice = _inserted(way, AsWritten(piece), order) if is_new else Splice(start, text[start:end], piece)
    prove(text, splice, file, path, None, was_there=not is_new, is_there=True)
    if slice_at(splice.apply(text), file, path) != piece:
        way.refuse("it cannot be restored as it was")
    return splice


def resolved(text: str, file: str, path: Keys) -> Keys:
    """A path whose final `-`, a new last item, is replaced by its number."""
    if path[-1:] != (NEW_ITEM,):
        return path
    last = find_way(text, file, path, anyway=True).last
    return (*path[:-1], str(last.number)) if last and (last.holder.is_list or last.holder.is_empty) else path


def is_item(text: str, file: str, path: Keys) -> bool:
    last = find_way(text, file, path, anyway=True).last
    return last is not None and last.holder.is_list


def neighbours(text: str, file: str, path: Keys) -> tuple[str, ...]:
    last = find_way(text, file, path, anyway=True).last
    if last is None or last.is_new:
        return ()
    return tuple([entry.key for entry in last.holder.entries][max(last.number - 1, 0) : last.number + 2])


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines of an entry with its comments: those directly above, on its lines, and indented deeper below. `content`
    is the first character of entry or comments; if another entry starts its line, as in `- a: 1`, it is `joined` and
    starts at its key."""

    start: int
    content: int
    end: int
    joined: bool


def _own_lines(text: str, holder: YamlNode, number: int, *, is_root: bool) -> OwnLines:
    entry = holder.entries[number]
    start = line_start(text, entry.start)
    joined = bool(text[start : entry.start].strip())
    end = _end_of(text, entry)
    if joined:
        return OwnLines(entry.start, entry.start, end, joined)
    floor = _end_of(text, holder.entries[number - 1]) if number else 0
    column = entry.start - start
    while start > floor:
        above = line_start(text, start - 1)
        if above < floor or not _is_comment(text, above) or _indent(text, above) > column:
            break
        start = above
    # A comment at the start of a file is about the file, not its first key.
    if is_root and not number and not start:
        start = line_start(text, entry.start)
    return OwnLines(start, start + _indent(text, start), end, joined)


def _column_of(text: str, holder: YamlNode) -> int:
    """The column, counted from 0, at which the entries start."""
    start = holder.entries[0].start
    return start - line_start(text, start)


def _end_of(text: str, entry: YamlEntry) -> int:
    column = entry.start - line_start(text, entry.start)
    end = next_line(text, entry.end)
    while True:
        below = past_blank(text, end)
        if not (_is_comment(text, below) and _indent(text, below) > column):
            return end
        end = next_line(text, below)


def _insert_lines(text: str, holder: YamlNode, number: int, entry: str, *, is_root: bool) -> Splice:
    new, count = line_break(text), len(holder.entries)
    indent = " " * _column_of(text, holder)
    if number:
        at = _own_lines(text, holder, number - 1, is_root=is_root).end
        is_spaced = count > 1 and all(
            is_blank(text, _end_of(text, item)) and _end_of(text, item) < len(text) for item in holder.entries[:-1]
        )
        blank = new if is_spaced else ""
        if text[:at].endswith("\n"):
            return Splice(at, "", f"{blank}{indent}{entry}{new}")
        return Splice(at, "", f"{new}{blank}{indent}{entry}")
    first = _own_lines(text, holder, 0, is_root=is_root)
    return Splice(first.start, "", f"{entry}{new}{indent}" if first.joined else f"{indent}{entry}{new}")


def _remove_lines(text: str, holder: YamlNode, number: int, *, is_root: bool) -> Splice:
    own = _own_lines(text, holder, number, is_root=is_root)
    start, end = own.start, own.end
    if own.joined:
        end = past_blank(text, end)
        return _cut(text, start, end + _indent(text, end))
    floor = _end_of(text, holder.entries[number - 1]) if number else 0
    if not number or (start > floor and is_blank(text, line_start(text, start - 1))):
        # Of the blank lines around it, those before stay; at the end of a file none.
        end = past_blank(text, end)
        while end == len(text) and start > floor and is_blank(text, line_start(text, start - 1)):
            start = line_start(text, start - 1)
    if end == len(text) and start and not text.endswith("\n"):
        start = line_end(text, start - 1)
    return _cut(text, start, end)


def _empty_lines(text: str, parent: YamlEntry, sign: str) -> Splice | None:
    """Remove the only entry, leaving the empty `sign` {} or []. None if more than a comment follows the key."""
    own = _own_lines(text, parent.value, 0, is_root=False)
    if own.joined:
        return Splice(parent.sign, text[parent.sign : line_end(text, parent.end)], f" {sign}")
    head = text[parent.sign : own.start]
    if head.partition("\n")[0].partition("#")[0].strip():
        return None
    if own.end == len(text) and not text.endswith("\n"):
        head = head.removesuffix(line_break(text))
    return Splice(parent.sign, text[parent.sign : own.end], f" {sign}{head}")


def _is_comment(text: str, start: int) -> bool:
    return text[start : line_end(text, start)].lstrip().startswith("#")


def _indent(text: str, start: int) -> int:
    line = text[start : line_end(text, start)]
    return len(line) - len(line.lstrip())


def prove(
    text: str, splice: Splice, file: str, path: Keys, value: Value | None, *, was_there: bool, is_there: bool
) -> Splice:
    """Verify that a splice does what is meant at a path, and nothing else. Something `was_there` before or `is_there`
    after: the `value`, or anything if None. Raises EditError otherwise."""
    was, now = _read(text, file), _read(splice.apply(text), file)
    mark, address = place_at(text, file, splice.start), " / ".join(path)
    new = Counter(problem.code for problem in now.findings) - Counter(problem.code for problem in was.findings)
    if finding := next((problem for problem in now.findings if problem.code in new), None):
        # The loader's other findings about an unreadable file would mislead.
        why = "the file would become unreadable" if now.data is None else finding.message
        raise EditError(f"{address} cannot be written like this: {why}", hint=BY_HAND, mark=mark)
    before, _ = _parted({"": was.data}, ("", *path), is_there=was_there)
    after, values = _parted({"": now.data}, ("", *path), is_there=is_there)
    is_right = value is None or values == [plain_value(value)]
    # Compared as text, in which the order of keys counts.
    if not is_right or repr(_bare(before)) != repr(_bare(after)):
        raise EditError(f"{address} cannot be changed without changing other content", hint=BY_HAND, mark=mark)
    return splice


def stands_at(text: str, file: str, path: Keys, value: Value | None) -> bool:
    """Whether a value is at a path; None is nothing."""
    values = _parted({"": _read(text, file).data}, ("", *path), is_there=True)[1]
    return values == ([] if value is None else [plain_value(value)])


# A text is read several times for one change.
@lru_cache(maxsize=4)
def _read(text: str, file: str) -> Tree:
    return read_yaml(Sources.from_contents({file: text.encode()}), file)


def _parted(data: Plain, path: Keys, *, is_there: bool) -> tuple[Plain, list[Plain]]:
    """The data elsewhere than at a path, and there. Empty lists and mappings equal nothing, as they may remain."""
    if not isinstance(data, list | dict):
        return data, []
    pairs = dict(data) if isinstance(data, dict) else {str(number): item for number, item in enumerate(data)}
    key, below, values = path[0], path[1:], list[Plain]()
    if key in pairs and below:
        inner = {} if pairs[key] in ("", None) else pairs[key]
        pairs[key], values = _parted(inner, below, is_there=is_there)
    elif key in pairs and is_there:
        values = [pairs.pop(key)]
    return pairs if isinstance(data, dict) else [*pairs.values()], values


def _bare(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {key: _bare(item) for key, item in data.items()} or None
    return [_bare(item) for item in data] or None if isinstance(data, list) else data
