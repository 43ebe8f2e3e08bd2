"""Splices of YAML: a value replaced, put in, or taken out.

Each is a pure function of the text, and is proven before it is given: the text is read again as every file is, and
nothing may differ but what stands at the path.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn

from reporter.edit.block import column_of, empty_lines, end_of, fill_lines, insert_lines, own_lines, remove_lines
from reporter.edit.flow import insert_within, remove_within
from reporter.edit.handwriting import PLAIN, WIDTH, AsWritten, Hand, Value, flow_text, key_text, value_of
from reporter.edit.proof import Intent, prove
from reporter.edit.splice import BY_HAND, EditError, Splice, line_break, line_end, line_start, next_line, place_at
from reporter.load.yaml_nodes import ALIAS, BLOCK_TEXTS, FLOW_MAPPING, MAPPING, YamlEntry, YamlNode, yaml_nodes
from reporter.load.yaml_tree import Keys, ReadError
from reporter.model.label import OFFICIAL

# The last step of a path to an item that is not there yet, behind all others.
NEW_ITEM = "-"


@dataclass(frozen=True, slots=True)
class _Step:
    """A list or mapping on the way to a path.

    `number` is that of the entry that leads on; `parent` is the entry whose value this is, None at the top.
    """

    holder: YamlNode
    number: int
    parent: YamlEntry | None

    @property
    def entry(self) -> YamlEntry:
        return self.holder.entries[self.number]

    @property
    def is_new(self) -> bool:
        return self.number == len(self.holder.entries)


def replace_value(text: str, file: str, path: Keys, value: Value) -> Splice:
    """Write another value in the place of one.

    Raises EditError when that cannot be proven, or comments would be lost.
    """
    splice = _closed(text, _MarkedText(text, file, path).replaced(value), value)
    return prove(text, splice, file, Intent(path, True, True, value))


def insert_entry(text: str, file: str, path: Keys, value: Value, order: Sequence[str] = ()) -> Splice:
    """Write a new entry of a mapping, or item of a list.

    It stands behind the nearest of those before it in the `order`, else before the nearest of those after it, else
    last; an item stands where its number says. Raises EditError.
    """
    splice = _closed(text, _MarkedText(text, file, path).inserted(value, order), value)
    return prove(text, splice, file, Intent(path, False, True, value))


def remove_entry(text: str, file: str, path: Keys) -> Splice:
    """Take out an entry or item with its own comments.

    Raises EditError.
    """
    return prove(text, _MarkedText(text, file, path).removed(), file, Intent(path, True, False))


def slice_at(text: str, file: str, path: Keys) -> str:
    """What is written at a path, with its key and comments.

    Empty where nothing is. Raises EditError when the file cannot be read.
    """
    start, end = _MarkedText(text, file, path, tolerant=True).extent()
    return text[start:end]


def put_back(text: str, file: str, path: Keys, piece: str, order: Sequence[str] = (), *, is_new: bool) -> Splice:
    """Write at a path what was once written there, as it was.

    It `is_new` where nothing stands in its place. Raises EditError.
    """
    page = _MarkedText(text, file, path)
    start, end = page.extent()
    splice = page.inserted(AsWritten(piece), order) if is_new else Splice(start, text[start:end], piece)
    prove(text, splice, file, Intent(path, not is_new, True))
    if slice_at(splice.apply(text), file, path) != piece:
        page.refuse("it cannot be written as it was")
    return splice


def resolved(text: str, file: str, path: Keys) -> Keys:
    """A path whose end `-`, a new last item, has its number."""
    if path[-1:] != (NEW_ITEM,):
        return path
    last = _MarkedText(text, file, path, tolerant=True).last
    return (*path[:-1], str(last.number)) if last and (last.holder.is_list or last.holder.is_empty) else path


def neighbours(text: str, file: str, path: Keys) -> tuple[str, ...]:
    """The keys beside an entry, with its own between them."""
    last = _MarkedText(text, file, path, tolerant=True).last
    if last is None or last.is_new:
        return ()
    keys = [each.key for each in last.holder.entries]
    return tuple(keys[max(last.number - 1, 0) : last.number + 2])


class _MarkedText:
    """A text with the nodes on the way to a path."""

    def __init__(self, text: str, file: str, path: Keys, *, tolerant: bool = False) -> None:
        self.text, self.file, self.path = text, file, path
        try:
            self.root = _nodes(text, file)
        except ReadError as problem:
            found = problem.finding
            raise EditError(f"{file} cannot be read: {found.message}", hint=found.hint, mark=found.mark) from None
        self.trail = self._trail(tolerant=tolerant)
        self.hand = Hand(_step_of(text, self.root, self.trail))

    @property
    def last(self) -> _Step | None:
        """Where the path ends; None where nothing leads there."""
        return self.trail[-1] if self.trail else None

    def _trail(self, *, tolerant: bool) -> tuple[_Step, ...]:
        """The way to the path; an error or none where nothing leads."""
        trail: list[_Step] = []
        node, parent, why = self.root, None, ""
        for depth, key in enumerate(self.path):
            if node is None and not depth:
                return ()
            number = None if node is None or node.style == ALIAS else _number(node, key)
            if node is None or (node.is_text and not node.is_empty):
                why = f"{self.path[depth - 1]} is not there, or holds no entries"
            elif number is None:
                why = f"{key} is written twice, or is no number of an item"
            if why and tolerant:
                return ()
            if node is None or number is None or why:
                self.refuse(why, parent.start if parent else 0)
            trail.append(_Step(node, number, parent))
            parent = None if number == len(node.entries) else node.entries[number]
            node = parent.value if parent else None
        return tuple(trail)

    def refuse(self, why: str, at: int = 0) -> NoReturn:
        """Raise the error that says why nothing is written."""
        raise EditError(f"{' / '.join(self.path)}: {why}", hint=BY_HAND, mark=place_at(self.text, self.file, at))

    def extent(self) -> tuple[int, int]:
        """Where what is written at the path begins and ends."""
        step = self.last
        if step is None or step.is_new:
            return 0, 0
        if step.holder.is_flow:
            return step.entry.start, step.entry.end
        own = own_lines(self.text, step.holder, step.number, is_root=step.parent is None)
        end = own.end - 1 if self.text[: own.end].endswith("\n") else own.end
        return own.content, line_end(self.text, end)

    def replaced(self, value: Value) -> Splice:
        last = self.last
        if last is None or last.is_new:
            self.refuse("there is nothing to be replaced")
        entry, node = last.entry, last.entry.value
        if node.entries and "#" in _gaps(self.text, entry):
            self.refuse("its comments would be lost", entry.start)
        style = node.style or PLAIN
        if any(each.holder.is_flow for each in self.trail):
            written = flow_text(value, "" if last.holder.is_list else entry.key, style)
            splice = Splice(node.start, self.text[node.start : node.end], written)
            splice = splice if not node.is_empty else Splice(entry.sign, "", f" {written}")
            return self._unfolded(value) if self._is_wide(splice) else splice
        column = column_of(self.text, last.holder)
        key = "" if last.holder.is_list else entry.key
        return self._behind(entry, self.hand.behind(key, value, column, style if node.is_text else ""))

    def _behind(self, entry: YamlEntry, written: str) -> Splice:
        """Put what is written behind the sign of an entry.

        A comment on its line stays there.
        """
        text, node = self.text, entry.value
        first, parted, below = written.partition("\n")
        # Comments that go on below would become part of a text on lines of its own.
        end = end_of(text, entry) if parted else next_line(text, node.end)
        end = line_end(text, end - 1) if text[:end].endswith("\n") else end
        comment = text[node.end : end]
        if node.style in BLOCK_TEXTS or (node.entries and not node.is_flow):
            head = text[entry.sign : line_end(text, entry.sign)]
            comment = head[head.index("#") - 1 :] if "#" in head else ""
        if not parted and node.style not in BLOCK_TEXTS and node.start != entry.sign and not node.entries:
            return Splice(node.start, text[node.start : node.end], first.lstrip(" "))
        written = first + comment.rstrip() + (f"{line_break(text)}{self._lines(below)}" if parted else "")
        return Splice(entry.sign, text[entry.sign : end], written)

    def _lines(self, written: str) -> str:
        return written.replace("\n", line_break(self.text))

    def inserted(self, value: Value, order: Sequence[str]) -> Splice:
        step = self.last
        if step is None:
            return self._first(value)
        holder = step.holder
        if not (step.is_new or holder.is_list):
            self.refuse("it is written already", step.entry.start)
        if not holder.entries:
            return self._filled(step, value)
        number = step.number if holder.is_list else _place(holder, self.path[-1], order)
        if any(each.holder.is_flow for each in self.trail):
            splice = insert_within(self.text, holder, number, self._flow_entry(holder, value))
            return self._unfolded(value, number) if self._is_wide(splice) else splice
        entry = self._entry(value, column_of(self.text, holder), is_item=holder.is_list)
        return insert_lines(self.text, holder, number, entry, is_root=step.parent is None)

    def _entry(self, value: Value, column: int, *, is_item: bool) -> str:
        if isinstance(value, AsWritten):
            return value.text
        key = self.path[-1]
        style = _style_beside(self.trail[-1].holder, key) if self.trail else ""
        return self._lines(self.hand.item(value, column) if is_item else self.hand.entry(key, value, column, style))

    def _flow_entry(self, holder: YamlNode, value: Value) -> str:
        key = self.path[-1]
        if isinstance(value, AsWritten):
            return value.text
        if holder.is_list:
            return flow_text(value)
        return f"{key_text(key)}: {flow_text(value, key, _style_beside(holder, key))}"

    def _filled(self, step: _Step, value: Value) -> Splice:
        """A first entry where there is none."""
        if step.parent is None:
            self.refuse("the file holds no entries")
        holder, above = step.holder, self.trail[-2].holder
        within = insert_within(self.text, holder, 0, self._flow_entry(holder, value)) if holder.is_flow else None
        if above.is_flow and within:
            return self._unfolded(value, 0) if self._is_wide(within) else within
        if above.is_flow:
            self.refuse("nothing is written there, within braces", step.parent.start)
        column = column_of(self.text, above) + self.hand.step
        is_item = self.path[-1] == "0" and holder.style != FLOW_MAPPING
        written = self._entry(value, column, is_item=is_item)
        if within and "\n" not in written and not self._is_wide(within):
            return within
        return fill_lines(self.text, step.parent, written, column)

    def _first(self, value: Value) -> Splice:
        """The first entry of a file that has none."""
        new, at = line_break(self.text), len(self.text)
        entry = self._entry(value, 0, is_item=False)
        return Splice(at, "", f"{new if at and not self.text.endswith(chr(10)) else ''}{entry}{new}")

    def removed(self) -> Splice:
        step = self.last
        if step is None or step.is_new:
            self.refuse("there is nothing to be removed")
        if step.holder.is_flow:
            return remove_within(self.text, step.holder, step.number)
        if len(step.holder.entries) > 1:
            return remove_lines(self.text, step.holder, step.number, is_root=step.parent is None)
        found = step.parent and empty_lines(self.text, step.parent, "[]" if step.holder.is_list else "{}")
        if not found:
            self.refuse("nothing would be left around it")
        return found

    def _is_wide(self, splice: Splice) -> bool:
        """Return whether a line within braces grows longer than lines should be."""
        outer = next(each for each in self.trail if each.holder.is_flow).holder
        after = splice.apply(self.text)
        line = after[line_start(after, splice.start) : line_end(after, splice.start)]
        return len(line) > WIDTH and "\n" not in self.text[outer.start : outer.end]

    def _unfolded(self, value: Value, number: int | None = None) -> Splice:
        """Write what stands within braces on lines, with the value in it."""
        depth = next(depth for depth, each in enumerate(self.trail) if each.holder.is_flow)
        step = self.trail[depth]
        if step.parent is None:
            self.refuse("the line would be too long")
        try:
            whole = value_of(self.text, step.holder)
        except ValueError:
            self.refuse("the line would be too long")
        whole = _inner(whole, self.path[depth:], value, number)
        above = self.trail[depth - 1]
        key = "" if above.holder.is_list else step.parent.key
        return self._behind(step.parent, self.hand.behind(key, whole, column_of(self.text, above.holder)))


# A text is asked about several times while one change is made.
@lru_cache(maxsize=4)
def _nodes(text: str, file: str) -> YamlNode | None:
    return yaml_nodes(text, file)


def _closed(text: str, splice: Splice, value: Value) -> Splice:
    """End the last line of a file where its text needs that."""
    while not isinstance(value, str | AsWritten) and value:
        value = list(value.values() if isinstance(value, Mapping) else value)[-1]
    ends = value.endswith("\n") if isinstance(value, str) else False
    is_last = splice.start + len(splice.replaced) == len(text) and not splice.inserted.endswith("\n")
    return replace(splice, inserted=splice.inserted + line_break(text)) if ends and is_last else splice


def _style_beside(holder: YamlNode, key: str) -> str:
    """How the text in another language stands beside a new one, if on a line."""
    styles = (each.value.style or PLAIN for each in holder.entries if each.value.is_text and key in OFFICIAL)
    return next((each for each in styles if each not in BLOCK_TEXTS), "")


def _number(node: YamlNode, key: str) -> int | None:
    """The number of an entry, the next one for a new entry.

    None where it stands there twice, or no item can have it.
    """
    count = len(node.entries)
    if key == NEW_ITEM and (node.is_list or node.is_empty):
        return count
    if node.is_list or (node.is_empty and key == "0"):
        return int(key) if key.isdecimal() and int(key) <= count else None
    found = [number for number, each in enumerate(node.entries) if each.key == key]
    return None if len(found) > 1 else found[0] if found else count


def _place(holder: YamlNode, key: str, order: Sequence[str]) -> int:
    """The number before which a new key stands."""
    there = {each.key: number for number, each in enumerate(holder.entries)}
    at = list(order).index(key) if key in order else len(order)
    before = next((there[each] for each in reversed(order[:at]) if each in there), None)
    if before is not None:
        return before + 1
    return next((there[each] for each in order[at + 1 :] if each in there), len(holder.entries))


def _with(whole: Sequence[Value] | Mapping[str, Value], path: Keys, value: Value, number: int | None) -> Value:
    """A value with another one at a path.

    A new one is put before the entry with a number.
    """
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
    """What stands in an entry beside its keys and texts."""
    if not entry.value.entries:
        return text[entry.sign : entry.value.start]
    inside, at = "", entry.sign
    for each in entry.value.entries:
        inside += text[at : each.start] + _gaps(text, each)
        at = each.end
    end = entry.value.end if entry.value.is_flow else line_end(text, entry.value.end)
    return inside + text[at:end]


def _step_of(text: str, root: YamlNode | None, trail: Iterable[_Step]) -> int:
    """By how many blanks the lines of a file are indented further.

    As on the way to a place, else as anywhere in the file.
    """
    holders = [each.holder for each in trail if each.holder.style == MAPPING]
    on_way = (column_of(text, below) - column_of(text, above) for above, below in pairwise(holders))
    return next((each for each in (*on_way, *_steps(text, root)) if each > 1), 2)


def _steps(text: str, node: YamlNode | None) -> Iterable[int]:
    if node is None or node.is_flow:
        return
    for each in node.entries:
        if each.value.style == MAPPING and node.style == MAPPING:
            yield column_of(text, each.value) - column_of(text, node)
        yield from _steps(text, each.value)
