"""Edits as done to parsed data, which those of a text are compared with."""

import random
from copy import deepcopy
from dataclasses import dataclass

from reporter.data.files.sources import Sources
from reporter.data.read.yaml_tree import Keys, YamlNode, read_yaml, yaml_nodes
from reporter.data.write.yaml_format import EditError, Splice, Value
from reporter.data.write.yaml_splices import insert_entry, remove_entry, replace_value

FILE = "data/XX/2020.yaml"
# Too long for a line.
LONG = " ".join(f"the {number}th word" for number in range(4, 20))


def parsed(text: str):
    return read_yaml(Sources.from_contents({FILE: text.encode()}), FILE).data


def paths(text: str) -> list[tuple[Keys, YamlNode]]:
    """Every path of a text with its node."""

    def walk(node: YamlNode, path: Keys):
        for each in node.entries:
            yield (*path, each.key), each.value
            yield from walk(each.value, (*path, each.key))

    root = yaml_nodes(text, FILE)
    return list(walk(root, ())) if root else []


def edited(data, path: Keys, value: Value | None, *, is_new: bool):
    """Data with a value at a path, or without what stands there."""
    whole = {"": deepcopy(data)}
    holder, key = whole, ""
    for step in path:
        if holder[key] in ("", None):
            holder[key] = {}
        holder, key = holder[key], int(step) if isinstance(holder[key], list) else step
    if value is None:
        del holder[key]
    elif isinstance(holder, list):
        holder[key : key if is_new else key + 1] = [value]
    else:
        holder[key] = value
    return bare(whole[""])


def bare(data):
    """Data in which what has no entries is nothing."""
    if isinstance(data, dict):
        return {key: bare(each) for key, each in data.items()} or None
    return [bare(each) for each in data] or None if isinstance(data, list) else data


SIGNS = (
    '12;at least 3;NO;010;missing;; x ;a: b;# x;x #y;- x;it\'s;say "x";\\n;x:;two\nlines;end\n;a\n\nb\n;„x“;{x};[x;*x;'
    "&x;!x;%x;@x;`x;null;~;yes;x, y;\t;a\tb;a  b;  a\nb;🙂;a\u2028b;\x85;lt: x;?;>;|;---;...;a\r\nb;1:30;2020-01-01"
)
WORDS = (
    *SIGNS.split(";"),
    *(LONG, f"{LONG} {LONG} {LONG}", LONG.replace(" ", "  "), f"{LONG}\n{LONG}", f"{LONG} lt: x y"),
)


def random_value(chance: random.Random, depth: int = 0) -> Value:
    kind = chance.random()
    if kind < 0.75 or depth > 1:
        return chance.choice(WORDS)
    if kind < 0.85:
        return [random_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if kind < 0.92:
        return {language: chance.choice(WORDS) for language in ("en", "lt")}
    return {f"k{number}": random_value(chance, depth + 1) for number in range(chance.randint(0, 3))}


@dataclass(frozen=True, slots=True)
class RandomEdit:
    """An edit of a text; without a splice it was refused."""

    path: Keys
    value: Value | None
    is_new: bool
    splice: Splice | None


def random_edit(text: str, chance: random.Random) -> RandomEdit:
    """Replace, put in or take out something anywhere in a text."""
    there = paths(text)
    kind = chance.choice(("replace", "insert", "remove")) if there else "insert"
    path, value, order = chance.choice(there)[0] if there else (), random_value(chance), []
    if kind == "insert":
        holders = [(path, node) for path, node in there if node.entries or node.is_empty]
        above, node = chance.choice([((), yaml_nodes(text, FILE)), *holders])
        key = str(chance.randint(0, len(node.entries))) if node.is_list else chance.choice(("new", "xy", "a b", "2031"))
        path, order = (*above, key), [*chance.sample([each.key for each in node.entries], len(node.entries) // 2), key]
    try:
        if kind == "insert":
            return RandomEdit(path, value, is_new=True, splice=insert_entry(text, FILE, path, value, order))
        if kind == "replace":
            return RandomEdit(path, value, is_new=False, splice=replace_value(text, FILE, path, value))
        return RandomEdit(path, None, is_new=False, splice=remove_entry(text, FILE, path))
    except EditError:
        return RandomEdit(path, value, is_new=kind == "insert", splice=None)


def hold_to_data(text: str, chance: random.Random) -> None:
    """A random edit of a text is that edit of its data, and can be taken back."""
    text = text if chance.random() < 0.7 else text.replace("\r\n", "\n").replace("\n", "\r\n").rstrip("\r\n")
    done = random_edit(text, chance)
    if done.splice:
        after = done.splice.apply(text)
        assert edited(parsed(text), done.path, done.value, is_new=done.is_new) == bare(parsed(after))
        assert text == done.splice.inverse.apply(after)
