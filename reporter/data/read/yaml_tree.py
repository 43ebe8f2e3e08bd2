"""Read text and YAML files keeping the place of values, as plain values or nodes to edit. No other room parses YAML."""

import re
from bisect import bisect_left, insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml import CollectionNode, CSafeDumper, CSafeLoader, MappingNode, Node, ScalarNode, SequenceNode

from reporter.data.errors import Finding, Mark, error_at, nearest
from reporter.data.files.file_type import kind_of
from reporter.data.files.sources import DATA, SETTINGS, Sources
from reporter.data.read.yaml_mistakes import CODE as BROKEN
from reporter.data.read.yaml_mistakes import SPACE, excerpt, mistake, quoted
from reporter.data.records import Annexes, EditionStatus, Label, Wording
from reporter.data.records.label import ENGLISH, OFFICIAL

BOM = b"\xef\xbb\xbf"
# Not allowed in XML 1.0 (2.2, Char), and so in SVG; U+007F is only discouraged there.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
COLON_NEXT = re.compile(r"\s*+:")
GLUED = re.compile(r"([\w.]+(?: [\w]+)?):(\S+)")
# What YAML cuts from a plain text at a # with a blank before but not after it, as in Case #5.
CUT = re.compile(r" +(#[^\s#][^\n]*)")
LANGUAGE_LINE = re.compile(r"[ \t]+([a-z]{2}): ", re.M)
# A value is a few words or a paragraph; a file with more values was not written by hand.
LONGEST, MOST_VALUES = 20_000, 30_000
# More cannot be fixed at once, and so many usually have one cause.
MOST_LISTED = 1_000

TOO_DEEP = "too-deep", "values are nested too deeply", "a file needs five levels at most"

Keys = tuple[str, ...]
# Errors that may follow from another one: the name may be of something dropped.
FOLLOWING = frozenset(
    {"unknown-code", "unknown-indicator", "unknown-source", "unknown-key", "shared-code", "contradiction"}
)


@dataclass(slots=True)
class Tree:
    """A YAML file as plain values, with the place of each. `data` are dicts, lists and texts; `marks` and `keys` are
    the places of values and keys by their path of keys.

    `wordings` are its texts in one or more languages, `dropped` the paths of what was wrong and removed. It is `unsure`
    if something was dropped from the catalogue: then no name can be called unknown. A `frozen` file was published, and
    is read as the program did then."""

    path: str
    data: Any = None
    marks: dict[Keys, Mark] = field(default_factory=dict)
    keys: dict[Keys, Mark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    dropped: list[Keys] = field(default_factory=list)
    unsure: bool = False
    frozen: bool = False
    wordings: list[Wording] = field(default_factory=list)
    distinct: set[Finding] = field(default_factory=set)

    def put(self, path: Keys, value: object) -> None:
        self._holder(path)[path[-1]] = value

    def drop(self, paths: Iterable[Keys]) -> None:
        """Remove values, the last of a list first, as later items move up."""
        gone: dict[Keys, list[int]] = {}
        for path in paths:
            self.dropped.append(path)
            last, holder = path[-1], self._holder(path)
            if isinstance(holder, list):
                del holder[int(last)]
                insort(gone.setdefault(path[:-1], []), int(last))
            else:
                del holder[last]
        if gone:
            self.marks, self.keys = (_moved_up(marks, gone) for marks in (self.marks, self.keys))

    def _holder(self, path: Keys) -> Any:
        holder = self.data
        for step in path[:-1]:
            holder = holder[int(step) if isinstance(holder, list) else step]
        return holder

    def mark(self, *path: str) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(self.path))

    def key(self, *path: str) -> Mark:
        """The place of a key; for an item, of its value."""
        return self.keys.get(path) or self.mark(*path)

    def error(self, mark: Mark, code: str, message: str, hint: str = "") -> None:
        if self.unsure and code in FOLLOWING:
            return
        finding = error_at(mark, code, message, hint)
        if finding not in self.distinct and len(self.distinct) < MOST_LISTED:
            self.distinct.add(finding)
            self.findings.append(finding)

    def knows(
        self, mark: Mark, message: str, word: str, words: Iterable[str], *, code: str = "unknown-code", where: str = ""
    ) -> bool:
        """Whether a word is among the known ones, which are listed somewhere; otherwise a message is added."""
        choices = list(words)
        if word not in choices:
            hint = nearest(word, choices) if choices or not where else f"list it in {where}, or remove it here"
            self.error(mark, code, message, hint)
        return word in choices


def _moved_up(marks: Mapping[Keys, Mark], gone: Mapping[Keys, Sequence[int]]) -> dict[Keys, Mark]:
    moved = {}
    for path, mark in marks.items():
        steps = list(path)
        for depth in range(len(path)):
            if removed := gone.get(path[:depth]):
                number = int(path[depth])
                before = bisect_left(removed, number)
                if before < len(removed) and removed[before] == number:
                    break
                steps[depth] = str(number - before)
        else:
            moved[tuple(steps)] = mark
    return moved


def read_text(sources: Sources, path: str) -> str:
    """Read a file of a snapshot as UTF-8. Raises ReadError with the place if missing, unreadable or not text."""
    source = sources.find(path)
    if source.finding:
        raise ReadError(source.finding)
    return decode(source.content, path)


def decode(raw: bytes, path: str) -> str:
    """Decode UTF-8, without a byte order mark. Raises ReadError with the place of invalid text."""
    if b"\0" in raw:
        what = f"this is {kind_of(raw)}, not plain text in UTF-8"
        raise ReadError.at(Mark(path), "not-text", what, "save it as plain text, UTF-8")
    raw = raw.removeprefix(BOM)
    try:
        text = raw.decode()
    except UnicodeDecodeError as problem:
        place = _place(raw[: problem.start].decode(), path)
        hint = "save the file with the encoding UTF-8"
        raise ReadError.at(place, "not-utf-8", "text is not UTF-8", hint) from None
    if control := CONTROL.search(text):
        place = _place(text[: control.start()], path)
        raise ReadError.at(place, "control-character", f"control character {control[0]!r}", "delete this character")
    return text


def _place(before: str, path: str) -> Mark:
    return Mark(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


class ReadError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding

    @classmethod
    def at(cls, mark: Mark, code: str, message: str, hint: str) -> "ReadError":
        return cls(error_at(mark, code, message, hint))


class Scope(NamedTuple):
    """The documents by `reporter.yaml`: the usual country, if any, the languages, and where annexes are."""

    country: str
    languages: tuple[str, ...]
    annexes: Annexes


def read_scope(sources: Sources) -> Scope:
    """Read which documents there are; by default no country, English, separate annexes. Reports no errors."""
    data = read_yaml(sources, SETTINGS).data
    settings = data if isinstance(data, dict) else {}
    country, languages = settings.get("country"), settings.get("languages")
    named = [language for language in languages if isinstance(language, str)] if isinstance(languages, list) else []
    annexes = Annexes.FULL if settings.get("annexes") == Annexes.FULL else Annexes.SHORT
    return Scope(country if isinstance(country, str) else "", tuple(named) or (ENGLISH,), annexes)


def read_status(sources: Sources, country: str, year: int) -> str:
    """The status of a year's file: by default a draft, and empty if the file cannot be read."""
    data = read_yaml(sources, f"{DATA}/{country}/{year}.yaml").data
    return str(data.get("status", EditionStatus.DRAFT)) if isinstance(data, dict) else ""


def read_yaml(sources: Sources, path: str, *, frozen: bool = False) -> Tree:
    """Read a YAML file as a tree of plain values. Every problem becomes a finding; `data` is None if nothing could be
    read or it is empty. A `frozen` file was published."""
    tree = Tree(path, frozen=frozen)
    try:
        text = read_text(sources, path)
        node = composed(text, path)
        tree.data = None if node is None else _NodeReader(tree, text).value(node, ())
    except ReadError as problem:
        tree.findings.append(problem.finding)
    except RecursionError:
        tree.error(Mark(path), *TOO_DEEP)
    return tree


def composed(text: str, path: str) -> Node | None:
    """Read a text as nodes of the parser; None if empty. Raises ReadError."""
    try:
        return yaml.compose(text, Loader=CSafeLoader)
    except yaml.YAMLError as problem:
        raise ReadError(mistake(text, path, problem)) from None


def mark_of(node: Node, path: str) -> Mark:
    return Mark(path, node.start_mark.line + 1, node.start_mark.column + 1)


class _NodeReader:
    """Turns YAML nodes into plain values. A node met twice is an alias, which is refused: it may be endless."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.text = text
        self.seen: set[int] = set()

    def value(self, node: Node, path: Keys) -> Any:
        mark = mark_of(node, self.tree.path)
        self.tree.marks[path] = mark
        if not self._plain(node, mark):
            return None
        if isinstance(node, ScalarNode):
            text = str(node.value)
            if CONTROL.search(text):
                what = f"control character in {text[:40]!r}"
                self.tree.error(mark, "control-character", what, "delete this character")
            return text
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, str(number))) for number, item in enumerate(node.value)]
        pairs = dict(self._pairs(node, path))
        if pairs and pairs.keys() <= OFFICIAL and all(isinstance(content, str) for content in pairs.values()):
            self.tree.wordings.append(Wording(mark, Label(tuple(pairs.items())), path))
            if not self.tree.frozen:
                self._check_wording(node)
        return pairs

    def _check_wording(self, node: Node) -> None:
        """Find a text that lost words to a comment, or swallowed another language: the loss would go unnoticed."""
        for key, item in node.value:
            start, end = item.start_mark, item.end_mark
            if item.style in (">", "|"):
                for match in LANGUAGE_LINE.finditer(self.text[start.index : end.index]):
                    if match[1] in OFFICIAL:
                        line = start.line + 1 + match.string.count("\n", 0, match.start(1))
                        hint = f"indent {match[1]}: like {key.value}:, on line {key.start_mark.line + 1}"
                        message = f"line {line} is indented too deeply: it is read as text"
                        self.tree.error(Mark(self.tree.path, line), BROKEN, message, hint)
                        break
            elif not item.style and (cut := CUT.match(self.text, end.index)):
                hint = f"put it in quotes: {quoted(excerpt(f'{item.value} {cut[1].rstrip()}'))}"
                mark = Mark(self.tree.path, start.line + 1, start.column + 1)
                self.tree.error(mark, BROKEN, f"the text ends before {cut[1].split()[0]}", hint)

    def _plain(self, node: Node, mark: Mark) -> bool:
        sign = self.text[node.start_mark.index : node.start_mark.index + 1]
        if id(node) in self.seen or (sign == "&" and node.value is not None):
            self.tree.error(mark, "yaml-alias", "anchors and aliases are not allowed", "write the value in full")
            return False
        if sign == "!":
            self.tree.error(mark, "yaml-tag", "YAML tags are not allowed", "write the value without the tag")
            return False
        if isinstance(node, ScalarNode) and len(node.value) > LONGEST:
            message = f"a value has more than {LONGEST:,} characters"
            self.tree.error(mark, "too-large", message, "shorten it; long texts belong in the narrative")
            return False
        self.seen.add(id(node))
        if len(self.seen) > MOST_VALUES:
            message = f"the file has more than {MOST_VALUES:,} values"
            raise ReadError.at(mark, "too-large", message, "keep only figures and text in it")
        return True

    def _pairs(self, node: Node, path: Keys) -> Iterator[tuple[str, Any]]:
        first: dict[str, Mark] = {}
        for key, item in node.value:
            mark = mark_of(key, self.tree.path)
            if not self._plain(key, mark):
                continue
            if not isinstance(key, ScalarNode):
                self.tree.error(mark, BROKEN, "a key must be a word", "write key: value")
                continue
            name = str(key.value)
            is_bare = isinstance(item, ScalarNode) and not item.value and not getattr(key, "style", "")
            if is_bare and not COLON_NEXT.match(self.text, key.end_mark.index):
                match = GLUED.fullmatch(name)
                message = SPACE if match else f"{name!r} has no colon: a comma in braces starts a new entry"
                hint = (
                    f"write {match[1]}: {match[2]}"
                    if match
                    else "put a text with a comma in quotes, write 1200 for 1,200"
                )
                self.tree.error(mark, BROKEN, message, hint)
                continue
            if name in first:
                message = f"{name!r} appears twice, first on line {first[name].line}"
                self.tree.error(mark, "duplicate-key", message, "keep one of the two")
                continue
            first[name] = self.tree.keys[(*path, name)] = mark
            yield name, self.value(item, (*path, name))


BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")
LAST_BREAK = re.compile(r"\r?\n\Z")
# What may come between two values: blanks, comments, and the sign searched for.
COLON = re.compile(r"(?:\s|#[^\n]*+)*+:")
DASH = re.compile(r"(?:\s|#[^\n]*+)*+-")
LIST, MAPPING, FLOW_LIST, FLOW_MAPPING, ALIAS = "-", ":", "[", "{", "*"
BLOCK_TEXTS = ("|", ">")
ALIAS_AT = re.compile(r"(?:\s|,|#[^\n]*+)*+(\*[^\s,\[\]{}]+)")
WIDTH = 120
TEXT_TAG, LIST_TAG, MAPPING_TAG = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


@dataclass(frozen=True, slots=True)
class YamlNode:
    """A value in a text, without comments and blank lines around it. `style` is `-` or `:` for a list or mapping on
    lines, `[` or `{` within brackets, `*` for an alias, and for a text its quotes, `|`, `>`, or nothing."""

    start: int
    end: int
    style: str
    text: str = ""
    entries: tuple["YamlEntry", ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def is_text(self) -> bool:
        return self.style not in (LIST, MAPPING, FLOW_LIST, FLOW_MAPPING, ALIAS)

    @property
    def is_flow(self) -> bool:
        return self.style in (FLOW_LIST, FLOW_MAPPING)

    @property
    def is_list(self) -> bool:
        return self.style in (LIST, FLOW_LIST)


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """An entry of a mapping or item of a list, from key or hyphen. `sign` is the place after its colon or hyphen."""

    start: int
    sign: int
    key: str
    value: YamlNode

    @property
    def end(self) -> int:
        return max(self.value.end, self.sign)


def yaml_nodes(text: str, path: str) -> YamlNode | None:
    """Read a text without byte order mark; None if empty. Raises ReadError with the place of a YAML mistake."""
    try:
        root = composed(text, path)
        return None if root is None else _node(text, root, 0, set())
    except RecursionError:
        raise ReadError.at(Mark(path), *TOO_DEEP) from None


def _node(text: str, node: Node, at: int, visited: set[int]) -> YamlNode:
    """A value below a place. One met before is an alias, and may contain itself."""
    if id(node) in visited:
        match = ALIAS_AT.match(text, at)
        return YamlNode(*(match.span(1) if match else (at, at)), ALIAS, match[1] if match else "")
    visited.add(id(node))
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, CollectionNode):
        style = getattr(node, "style", None) or ""
        if style in BLOCK_TEXTS:
            # It ends with its last line. Blank lines belong to it only if its sign says so.
            head = text[start:end].partition("\n")[0].partition("#")[0]
            end = start + len((LAST_BREAK if "+" in head else BLANK_LINES).sub("", text[start:end]))
        return YamlNode(start, end, style, node.value)
    if isinstance(node, MappingNode):
        entries, style = tuple(_entries(text, node, visited)), FLOW_MAPPING if node.flow_style else MAPPING
    else:
        entries, style = tuple(_items(text, node, visited)), FLOW_LIST if node.flow_style else LIST
    return YamlNode(start, end if node.flow_style else entries[-1].end, style, entries=entries)


def _entries(text: str, holder: CollectionNode, visited: set[int]) -> Iterator[YamlEntry]:
    before = holder.start_mark.index
    for key_node, value_node in holder.value:
        key = _node(text, key_node, before, visited)
        colon = COLON.match(text, key.end)
        sign = colon.end() if colon else key.end
        value = _node(text, value_node, sign, visited)
        entry = YamlEntry(key.start, sign, key.text, YamlNode(sign, sign, "") if value.is_empty else value)
        before = entry.end
        yield entry


def _items(text: str, holder: CollectionNode, visited: set[int]) -> Iterator[YamlEntry]:
    before = holder.start_mark.index
    for number, item_node in enumerate(holder.value):
        dash = None if holder.flow_style else DASH.match(text, before)
        value = _node(text, item_node, dash.end() if dash else before + (not number), visited)
        sign = dash.end() if dash else value.start
        value = YamlNode(sign, sign, "") if value.is_empty and not holder.flow_style else value
        entry = YamlEntry(sign - 1 if dash else sign, sign, str(number), value)
        before = entry.end
        yield entry


class _PlainDumper(CSafeDumper):
    """Writes every text as in the file, even a number or a date."""


_PlainDumper.yaml_implicit_resolvers = {}


def yaml_text(root: YamlNode) -> str:
    """A text with the content of nodes, in their quotes and braces."""
    return str(yaml.serialize(_as_parsed(root), Dumper=_PlainDumper, allow_unicode=True, width=WIDTH))


def _as_parsed(node: YamlNode) -> Node:
    if node.is_text:
        return ScalarNode(TEXT_TAG, node.text, style=node.style or None)
    inner = [(entry.key, _as_parsed(entry.value)) for entry in node.entries]
    if node.is_list:
        return SequenceNode(LIST_TAG, [child for _, child in inner], flow_style=node.is_flow)
    return MappingNode(MAPPING_TAG, [(ScalarNode(TEXT_TAG, key), item) for key, item in inner], flow_style=node.is_flow)


def in_languages(text: str, languages: Container[str]) -> str:
    """A file with its texts in some languages only. A text in none of them stays whole; if English is kept, what has no
    English text is only for other languages, and is left out."""
    root = yaml_nodes(text, "")
    for first, last in sorted(_cuts(text, root, languages), reverse=True) if root else ():
        text = text[:first] + text[last:]
    return text


def _cuts(text: str, node: YamlNode, languages: Container[str]) -> Iterator[tuple[int, int]]:
    names = [] if node.is_list else [item.key for item in node.entries]
    if OFFICIAL.issuperset(names) and any(name in languages for name in names):
        yield from (_cut(text, node, place) for place, name in enumerate(names) if name not in languages)
    else:
        for place, entry in enumerate(node.entries):
            if ENGLISH in languages and _is_foreign(entry.value, languages):
                yield _cut(text, node, place)
            else:
                yield from _cuts(text, entry.value, languages)


def _is_foreign(node: YamlNode, languages: Container[str]) -> bool:
    """Whether a node is a text in languages that are not kept, and not in English."""
    names = [] if node.is_list else [entry.key for entry in node.entries]
    return bool(names) and OFFICIAL.issuperset(names) and not any(name in languages for name in names)


def _cut(text: str, node: YamlNode, place: int) -> tuple[int, int]:
    entry = node.entries[place]
    if node.is_flow:
        return (node.entries[place - 1].end, entry.end) if place else (entry.start, node.entries[1].start)
    first = text.rindex("\n", 0, entry.start) + 1
    last, end = first, first
    for line in text[first:].splitlines(keepends=True):
        inside = end == first or line[: entry.start - first + 1].isspace()
        if line.strip() and not inside:
            break
        end += len(line)
        last = end if line.strip() else last
    return first, last
