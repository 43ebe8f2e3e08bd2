"""The way to a path through the nodes of a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import NoReturn

from reporter.edit.block import column_of, own_lines
from reporter.edit.splice import BY_HAND, EditError, line_end, place_at
from reporter.load.yaml_nodes import ALIAS, MAPPING, YamlEntry, YamlNode, yaml_nodes
from reporter.load.yaml_tree import Keys, ReadError

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
        """Where the path ends, whether or not something is there."""
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
