"""Splices of YAML: a value replaced, put in, or taken out. Each is a pure function of the text, and is proven before it
is given: the text is read again as every file is, and nothing may differ but what stands at the path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import NoReturn

from reporter.edit.block import column_of, empty_lines, end_of, fill_lines, insert_lines, own_lines, remove_lines
from reporter.edit.handwriting import PLAIN, WIDTH, AsWritten, Hand, Value, flow_text, key_text, value_of
from reporter.edit.proof import prove
from reporter.edit.splice import BY_HAND, EditError, Splice, line_break, line_end, line_start, next_line, place_at
from reporter.load.yaml_nodes import ALIAS, BLOCK_TEXTS, FLOW_MAPPING, MAPPING, YamlEntry, YamlNode, yaml_nodes
from reporter.load.yaml_tree import Keys, ReadError
from reporter.model.label import OFFICIAL

# The last step of a path to an item that is not there yet, behind all others.
NEW_ITEM = "-"


@dataclass(frozen=True, slots=True)
class WayStep:
    """A list or mapping on the way to a path. `number` is that of the entry that leads on; `parent` is the entry whose
    value this is, None at the top."""

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
    """A text and a path in it, with the steps there. None lead to where nothing can be written."""

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
        return next((depth for depth, each in enumerate(self.steps) if each.holder.is_flow), None)

    @property
    def extent(self) -> tuple[int, int]:
        step = self.last
        if step is None or step.is_new:
            return 0, 0
        if step.holder.is_flow:
            return step.entry.start, step.entry.end
        own = own_lines(self.text, step.holder, step.number, is_root=step.parent is None)
        end = own.end - 1 if self.text[: own.end].endswith("\n") else own.end
        return own.content, line_end(self.text, end)

    @property
    def indentation(self) -> int:
        """By how many blanks lines are indented further. As on the way, else as anywhere in the file."""
        holders = pairwise(each.holder for each in self.steps)
        on_way = (_indented(self.text, above, below) for above, below in holders)
        return next((each for each in chain(on_way, _indentations(self.text, self.root)) if each > 1), 2)

    def refuse(self, why: str, at: int = 0) -> NoReturn:
        """Raise the error that says why nothing is written."""
        raise EditError(f"{' / '.join(self.path)}: {why}", hint=BY_HAND, mark=place_at(self.text, self.file, at))


def find_way(text: str, file: str, path: Keys) -> Way:
    """Find the way to a path; raises EditError where none leads there."""
    way, why, at = _way(text, file, path)
    if why:
        way.refuse(why, at)
    return way


def find_any_way(text: str, file: str, path: Keys) -> Way:
    """Find the way to a path, without steps where none leads there. Raises EditError when the file cannot be read."""
    return _way(text, file, path)[0]


def _way(text: str, file: str, path: Keys) -> tuple[Way, str, int]:
    """The way to a path; else why and where it breaks off."""
    try:
        root = _nodes(text, file)
    except ReadError as problem:
        found = problem.finding
        raise EditError(f"{file} cannot be read: {found.message}", hint=found.hint, mark=found.mark) from None
    nowhere = Way(text=text, file=file, path=path, steps=(), root=root)
    steps: list[WayStep] = []
    node, parent, at = root, None, 0
    for depth, key in enumerate(path if root else ()):
        if node is None or (node.is_text and not node.is_empty) or node.style == ALIAS:
            return nowhere, f"{path[depth - 1]} is not there, or holds no entries", at
        number = _number(node, key)
        if number is None:
            return nowhere, f"{key} is written twice, or is no number of an item", at
        steps.append(WayStep(node, number, parent))
        parent = None if number == len(node.entries) else node.entries[number]
        node, at = (parent.value, parent.start) if parent else (None, at)
    return Way(text=text, file=file, path=path, steps=tuple(steps), root=root), "", 0


# A text is asked about several times while one change is made.
@lru_cache(maxsize=4)
def _nodes(text: str, file: str) -> YamlNode | None:
    return yaml_nodes(text, file)


def _number(node: YamlNode, key: str) -> int | None:
    """The number of an entry, the next one for a new entry. None where it stands there twice, or no item can have
    it."""
    count = len(node.entries)
    if key == NEW_ITEM and (node.is_list or node.is_empty):
        return count
    if node.is_list or (node.is_empty and key == "0"):
        return int(key) if key.isdecimal() and int(key) <= count else None
    found = [number for number, each in enumerate(node.entries) if each.key == key]
    return None if len(found) > 1 else found[0] if found else count


def _indentations(text: str, node: YamlNode | None) -> Iterable[int]:
    for each in node.entries if node else ():
        yield _indented(text, node, each.value)
        yield from _indentations(text, each.value)


def _indented(text: str, above: YamlNode | None, below: YamlNode) -> int:
    """How much deeper a mapping begins than that around it; else 0."""
    if above is None or not above.style == below.style == MAPPING:
        return 0
    return column_of(text, below) - column_of(text, above)


def insert_within(text: str, holder: YamlNode, number: int, entry: str) -> Splice:
    """Put an entry within braces: before the one of its number, else behind the last one."""
    if not holder.entries:
        return Splice(holder.start + 1, text[holder.start + 1 : holder.end - 1], entry)
    if number < len(holder.entries):
        return Splice(holder.entries[number].start, "", f"{entry}, ")
    last = holder.entries[-1].end
    line = text[line_start(text, last) : line_end(text, last)]
    is_full = len(line) + len(entry) > WIDTH - 2
    indent = line[: len(line) - len(line.lstrip())]
    return Splice(last, "", f",{line_break(text)}{indent}{entry}" if is_full else f", {entry}")


def remove_within(way: Way, holder: YamlNode, number: int) -> Splice:
    """Take an entry out of braces, with its comma."""
    text, entries = way.text, holder.entries
    if len(entries) == 1:
        return _cut(text, holder.start + 1, holder.end - 1)
    is_last = number + 1 == len(entries)
    start = entries[number - 1].end if is_last else entries[number].start
    end = entries[number].end if is_last else entries[number + 1].start
    if "#" in text[start : entries[number].start] + text[entries[number].end : end]:
        way.refuse("its comments would be lost", entries[number].start)
    # Where nothing stands behind a colon, the blank after it keeps it a colon.
    return Splice(start, text[start:end], " " if is_last and text[start - 1] == ":" else "")


def _cut(text: str, start: int, end: int) -> Splice:
    return Splice(start, text[start:end], "")


def replaced(way: Way, value: Value) -> Splice:
    """Put a value in the place of another one; raises EditError."""
    last = way.last
    if last is None or last.is_new:
        way.refuse("there is nothing to be replaced")
    entry, node, style = last.entry, last.entry.value, last.entry.value.style or PLAIN
    if node.entries and "#" in _gaps(way.text, entry):
        way.refuse("its comments would be lost", entry.start)
    if way.flow_depth is None:
        column = column_of(way.text, last.holder)
        written = _hand(way).behind(way.key, value, column, style if node.is_text else "")
        return _closed(way, _behind(way, entry, written), value)
    written = flow_text(value, way.key, style)
    if node.is_empty:
        splice = Splice(entry.sign, "", f" {written}")
    else:
        splice = Splice(node.start, way.text[node.start : node.end], written)
    return _unfolded(way, value) if _is_wide(way, splice) else splice


def inserted(way: Way, value: Value, order: Sequence[str]) -> Splice:
    """Put in a new entry where the order has it; raises EditError."""
    return _closed(way, _inserted(way, value, order), value)


def removed(way: Way) -> Splice:
    """Take out an entry with its lines and comments; raises EditError."""
    step = way.last
    if step is None or step.is_new:
        way.refuse("there is nothing to be removed")
    if step.holder.is_flow:
        return remove_within(way, step.holder, step.number)
    if len(step.holder.entries) > 1:
        return remove_lines(way.text, step.holder, step.number, is_root=step.parent is None)
    found = step.parent and empty_lines(way.text, step.parent, "[]" if step.holder.is_list else "{}")
    if not found:
        way.refuse("nothing would be left around it", step.entry.start)
    return found


def _hand(way: Way) -> Hand:
    return Hand(way.indentation)


def _lines(way: Way, written: str) -> str:
    return written.replace("\n", line_break(way.text))


def _behind(way: Way, entry: YamlEntry, written: str) -> Splice:
    """Put what is written behind the sign of an entry. A comment on its line stays there."""
    text, node = way.text, entry.value
    first, parted, below = written.partition("\n")
    if not parted and node.style not in BLOCK_TEXTS and not node.is_empty and not node.entries:
        return Splice(node.start, text[node.start : node.end], first.lstrip(" "))
    # Comments that go on below would become part of a text on lines of its own.
    end = end_of(text, entry) if parted else next_line(text, node.end)
    end = line_end(text, end - 1) if text[:end].endswith("\n") else end
    comment = text[node.end : end]
    if node.style in BLOCK_TEXTS or (node.entries and not node.is_flow):
        head = text[entry.sign : line_end(text, entry.sign)]
        comment = head[head.index("#") - 1 :] if "#" in head else ""
    written = first + comment.rstrip() + (f"{line_break(text)}{_lines(way, below)}" if parted else "")
    return Splice(entry.sign, text[entry.sign : end], written)


def _inserted(way: Way, value: Value, order: Sequence[str]) -> Splice:
    step, text = way.last, way.text
    if step is None:
        new, open_end = line_break(text), bool(text) and not text.endswith("\n")
        return Splice(len(text), "", f"{new if open_end else ''}{_entry(way, value, 0)}{new}")
    holder = step.holder
    if not (step.is_new or holder.is_list):
        way.refuse("it is written already", step.entry.start)
    if not holder.entries:
        return _filled(way, step, value)
    number = step.number if holder.is_list else _place(holder, way.path[-1], order)
    if way.flow_depth is not None:
        splice = insert_within(text, holder, number, _flow_entry(way, holder, value))
        return _unfolded(way, value, number) if _is_wide(way, splice) else splice
    entry = _entry(way, value, column_of(text, holder), is_item=holder.is_list)
    return insert_lines(text, holder, number, entry, is_root=step.parent is None)


def _entry(way: Way, value: Value, column: int, *, is_item: bool = False) -> str:
    if isinstance(value, AsWritten):
        return value.text
    key = way.path[-1]
    style = _style_beside(way.steps[-1].holder, key) if way.steps else ""
    return _lines(way, _hand(way).item(value, column) if is_item else _hand(way).entry(key, value, column, style))


def _flow_entry(way: Way, holder: YamlNode, value: Value) -> str:
    key = way.path[-1]
    if isinstance(value, AsWritten) or holder.is_list:
        return flow_text(value)
    return f"{key_text(key)}: {flow_text(value, key, _style_beside(holder, key))}"


def _style_beside(holder: YamlNode, key: str) -> str:
    styles = (each.value.style or PLAIN for each in holder.entries if each.value.is_text and key in OFFICIAL)
    return next((each for each in styles if each not in BLOCK_TEXTS), "")


def _filled(way: Way, step: WayStep, value: Value) -> Splice:
    if step.parent is None:
        way.refuse("the file holds no entries")
    holder, above = step.holder, way.steps[-2].holder
    within = insert_within(way.text, holder, 0, _flow_entry(way, holder, value)) if holder.is_flow else None
    if above.is_flow and within:
        return _unfolded(way, value, 0) if _is_wide(way, within) else within
    if above.is_flow:
        way.refuse("nothing is written there, within braces", step.parent.start)
    column = column_of(way.text, above) + way.indentation
    is_item = way.path[-1] == "0" and holder.style != FLOW_MAPPING
    written = _entry(way, value, column, is_item=is_item)
    if within and "\n" not in written and not _is_wide(way, within):
        return within
    return fill_lines(way.text, step.parent, written, column)


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
    return _behind(way, step.parent, _hand(way).behind(key, whole, column_of(way.text, above)))


def _closed(way: Way, splice: Splice, value: Value) -> Splice:
    while not isinstance(value, str | AsWritten) and value:
        value = list(value.values() if isinstance(value, Mapping) else value)[-1]
    ends = value.endswith("\n") if isinstance(value, str) else False
    is_last = splice.start + len(splice.replaced) == len(way.text) and not splice.inserted.endswith("\n")
    return replace(splice, inserted=splice.inserted + line_break(way.text)) if ends and is_last else splice


def _place(holder: YamlNode, key: str, order: Sequence[str]) -> int:
    there = {each.key: number for number, each in enumerate(holder.entries)}
    at = list(order).index(key) if key in order else len(order)
    before = next((there[each] for each in reversed(order[:at]) if each in there), None)
    if before is not None:
        return before + 1
    return next((there[each] for each in order[at + 1 :] if each in there), len(holder.entries))


def _with(whole: Sequence[Value] | Mapping[str, Value], path: Keys, value: Value, number: int | None) -> Value:
    """A value with another one at a path. A new one is put before the entry with a number."""
    key, rest = path[0], path[1:]
    pairs = list(whole.items()) if isinstance(whole, Mapping) else [(str(at), each) for at, each in enumerate(whole)]
    if rest or number is None:
        pairs = [(name, _inner(each, rest, value, number) if name == key else each) for name, each in pairs]
    else:
        pairs.insert(number, (key, value))
    return dict(pairs) if isinstance(whole, Mapping) else [each for _, each in pairs]


def _inner(each: Value, rest: Keys, value: Value, number: int | None) -> Value:
    return value if isinstance(each, str | AsWritten) or not rest else _with(each, rest, value, number)


def _gaps(text: str, entry: YamlEntry) -> str:
    if not entry.value.entries:
        return text[entry.sign : entry.value.start]
    inside, at = "", entry.sign
    for each in entry.value.entries:
        inside += text[at : each.start] + _gaps(text, each)
        at = each.end
    end = entry.value.end if entry.value.is_flow else line_end(text, entry.value.end)
    return inside + text[at:end]


def replace_value(text: str, file: str, path: Keys, value: Value) -> Splice:
    """Write another value in the place of one. Raises EditError when that cannot be proven, or comments would be
    lost."""
    splice = replaced(find_way(text, file, path), value)
    return prove(text, splice, file, path, value, was_there=True, is_there=True)


def insert_entry(text: str, file: str, path: Keys, value: Value, order: Sequence[str] = ()) -> Splice:
    """Write a new entry of a mapping, or item of a list. It stands behind the nearest of those before it in the
    `order`, else before the nearest of those after it, else last; an item stands where its number says. Raises
    EditError."""
    splice = inserted(find_way(text, file, path), value, order)
    return prove(text, splice, file, path, value, was_there=False, is_there=True)


def remove_entry(text: str, file: str, path: Keys) -> Splice:
    """Take out an entry or item with its own comments. Raises EditError."""
    return prove(text, removed(find_way(text, file, path)), file, path, None, was_there=True, is_there=False)


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
    prove(text, splice, file, path, None, was_there=not is_new, is_there=True)
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
    last = find_any_way(text, file, path).last
    return last is not None and last.holder.is_list


def neighbours(text: str, file: str, path: Keys) -> tuple[str, ...]:
    last = find_any_way(text, file, path).last
    if last is None or last.is_new:
        return ()
    keys = [each.key for each in last.holder.entries]
    return tuple(keys[max(last.number - 1, 0) : last.number + 2])
