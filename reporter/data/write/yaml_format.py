"""Splices of a text, and values as a careful person types them: each in the first style that is read as the same."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from reporter.data.errors import Mark, ReporterError
from reporter.data.files.sources import Sources
from reporter.data.read.yaml_tree import BLOCK_TEXTS, YamlNode, read_yaml
from reporter.data.records.label import OFFICIAL

BY_HAND = "change it in the file by hand"


class EditError(ReporterError):
    """A change that cannot be written into a file; nothing was written."""


@dataclass(frozen=True, slots=True)
class Splice:
    start: int
    replaced: str
    inserted: str

    @property
    def inverse(self) -> "Splice":
        return Splice(self.start, self.inserted, self.replaced)

    def apply(self, text: str) -> str:
        """The text with the piece replaced. Raises ValueError if the text there differs."""
        end = self.start + len(self.replaced)
        if text[self.start : end] != self.replaced:
            raise ValueError(self.replaced)
        return text[: self.start] + self.inserted + text[end:]


def place_at(text: str, file: str, at: int) -> Mark:
    before = text[:at]
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1 : end] == "\r" else end


def next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def is_blank(text: str, start: int) -> bool:
    return not text[start : line_end(text, start)].strip()


def past_blank(text: str, start: int) -> int:
    while start < len(text) and is_blank(text, start):
        start = next_line(text, start)
    return start


WIDTH = 120
# The style of an earlier text without quotes; an empty style leaves it open.
PLAIN = "plain"
# Characters that end a line in YAML, or cannot be written as such: within quotes they are escaped.
ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A piece of a file, restored exactly as it was."""

    text: str


Written = str | AsWritten
Value = Written | Sequence["Value"] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Hand:
    """The style of a file: the step of its indentation."""

    step: int = 2

    def entry(self, key: str, value: Value, column: int, style: str = "") -> str:
        """An entry from its key on, further lines indented for a key at `column`, in the `style` of the old text."""
        return f"{key_text(key, in_flow=False)}:{self.behind(key, value, column, style)}"

    def item(self, value: Value, column: int, style: str = "") -> str:
        if isinstance(value, Mapping) and value:
            entries = (self.entry(key, content, column + 2) for key, content in value.items())
            return "- " + f"\n{' ' * (column + 2)}".join(entries)
        return f"-{self.behind('', value, column, style)}"

    def behind(self, key: str, value: Value, column: int, style: str = "") -> str:
        """What follows the colon or hyphen of an entry at `column`."""
        head = column + (len(key_text(key, in_flow=False)) + 1 if key else 1)
        if isinstance(value, str):
            return self._text(key, value, column, style)
        if isinstance(value, AsWritten):
            return f" {value.text}"
        line = flow_text(value)
        if not value or (_is_plain(value) and line and head + 1 + len(line) <= WIDTH):
            return f" {line}"
        below, indent = column + self.step, "\n" + " " * (column + self.step)
        if not isinstance(value, Mapping) and _is_plain(value) and all(" " not in flow_text(item) for item in value):
            first, rest = " " * (head + 1), " " * below
            words = wrap(line, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
            return " " + "\n".join(words).lstrip()
        if isinstance(value, Mapping):
            return "".join(indent + self.entry(name, content, below) for name, content in value.items())
        return "".join(indent + self.item(item, below) for item in value)

    def _text(self, key: str, text: str, column: int, style: str) -> str:
        for form in self._forms(key, text, column, style):
            before = f"{key_text(key, in_flow=False)}:" if key else "-"
            if _reads(f"{' ' * column}{before}{form}\n", {key: text} if key else [text]):
                return form
        return f" {_escaped(text)}"

    def _forms(self, key: str, text: str, column: int, style: str) -> Iterator[str]:
        below = " " * (column + self.step)
        lines = [f" {form}" for form in _one_line(key, text, style)]
        length = column + len(key) + 1 + len(lines[0])
        if "\n" in text.strip("\n") or (style == "|" and text):
            yield _block("|", text, text.split("\n"), below)
        elif text and (length > WIDTH or style in BLOCK_TEXTS):
            yield _block(">", text, _folded(text.rstrip("\n"), WIDTH - len(below)), below)
        yield from lines


def flow_text(value: Value, key: str = "", style: str = "") -> str:
    if isinstance(value, AsWritten):
        return value.text
    if isinstance(value, str):
        name = key_text(key or "x")
        forms = _one_line(key, value, style)
        return next(
            (form for form in forms if _reads(f"z: {{{name}: {form}, z: z}}\n", {"z": {key or "x": value, "z": "z"}})),
            forms[-1],
        )
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key_text(name)}: {flow_text(content, name)}' for name, content in value.items())}}}"
    return f"[{', '.join(map(flow_text, value))}]"


# A file has few keys, each read often to find how it is written.
@lru_cache(maxsize=1024)
def key_text(key: str, *, in_flow: bool = True) -> str:
    is_plain = _reads(f"{key}: x\n", {key: "x"}) and (not in_flow or _reads(f"z: {{{key}: x}}\n", {"z": {key: "x"}}))
    return key if is_plain else _escaped(key)


def plain_value(value: Value) -> object:
    """A value as the program reads it: texts, lists and mappings."""
    if isinstance(value, Mapping):
        return {key: plain_value(content) for key, content in value.items()}
    if isinstance(value, AsWritten):
        data = _read(f"x: {value.text}\n")
        return data["x"] if isinstance(data, dict) else value.text
    return value if isinstance(value, str) else [plain_value(item) for item in value]


def value_of(text: str, node: YamlNode) -> Value:
    """The value in a text, words as written. Raises ValueError for an alias, or a word on several lines."""
    if node.is_flow or node.entries:
        pairs = {entry.key: value_of(text, entry.value) for entry in node.entries}
        return list(pairs.values()) if node.is_list else pairs
    raw = text[node.start : node.end]
    if "\n" in raw or not node.is_text or not raw:
        raise ValueError(raw)
    return AsWritten(raw)


def _is_plain(value: Sequence[Value] | Mapping[str, Value]) -> bool:
    inside = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(item, str | AsWritten) or not item for item in inside)


def _one_line(key: str, text: str, style: str) -> list[str]:
    """The ways to write a text on one line, best first. Texts of languages are quoted unless `style` was plain."""
    single = "'" + text.replace("'", "''") + "'"
    double = _escaped(text)
    quoted = [single, double] if "\\" in double else [double, single]
    if style == "'":
        return [single, double]
    bare = style not in ('"', *BLOCK_TEXTS) and (key not in OFFICIAL or style == PLAIN)
    return [*([text] if bare and text and "\n" not in text else []), *quoted, double]


def _escaped(text: str) -> str:
    return ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(sign: str, text: str, lines: Sequence[str], below: str) -> str:
    chomping = "-" if not text.endswith("\n") else ""
    lines = lines[:-1] if not chomping and not lines[-1] else lines
    return "\n".join((f" {sign}{chomping}", *(f"{below}{line}" if line else "" for line in lines)))


def _folded(text: str, width: int) -> list[str]:
    """Break a text into lines; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _reads(text: str, expected: object) -> bool:
    return _read(text) == expected


def _read(text: str) -> object:
    """What the program reads in a text; None if something is wrong."""
    try:
        tree = read_yaml(Sources.from_contents({"piece": text.encode()}), "piece")
    except UnicodeEncodeError:
        return None
    return None if tree.findings else tree.data
