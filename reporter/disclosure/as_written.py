"""What the files of a country say, node by node. It is read from what is written, not from what loading makes of it:
what loading refuses may tell a number all the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from reporter.load.amount import WORDS
from reporter.load.yaml_nodes import YamlEntry, YamlNode
from reporter.model import Confidentiality, Status

CONFIDENTIALITY = "confidentiality"
# As near to the key as somebody types it: confidential:, Confidentialty:, confidentiality:C without a blank.
NEAR = 0.8
SUPPRESSED = str(Status.SUPPRESSED)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """The value of a figure, part or count in a file. `entry` is that of its key, `text` what is written for it, empty
    where nothing is. It `is_coded` where anything but F is said of its confidentiality."""

    address: str
    entry: YamlEntry
    text: str
    is_coded: bool

    @property
    def is_number(self) -> bool:
        """Whether a number stands there, or what nobody can read."""
        return is_number(self.text)

    @property
    def is_hidden(self) -> bool:
        return self.is_coded or is_suppressed(self.text)


def is_number(text: str) -> bool:
    """Whether a text may be a number. It is, unless it is a word for nothing."""
    return bool(text.strip()) and text.strip().lower() not in WORDS


def is_suppressed(text: str) -> bool:
    """Whether a text says that a value is withheld."""
    return text.strip().lower() == SUPPRESSED


def within(node: YamlNode | None, *keys: str) -> Iterator[YamlEntry]:
    """The entries of a mapping or list below some keys. A key that is written twice leads to those of both."""
    nodes = [node] if node else []
    for key in keys:
        nodes = [each.value for one in nodes for each in one.entries if not one.is_list and each.key == key]
    for one in nodes:
        yield from one.entries


def text_of(holder: YamlNode, key: str) -> str:
    """The text behind a key of a mapping. Empty without one, or for more than a text."""
    found = next((each.value for each in holder.entries if each.key == key), None)
    return found.text if found and found.is_text and not holder.is_list else ""


def is_coded(holder: YamlNode) -> bool:
    """Whether a mapping says that its value is not free."""
    return any(map(_withholds, holder.entries))


def codes_within(node: YamlNode) -> Iterator[YamlEntry]:
    for each in node.entries:
        if _withholds(each):
            yield each
        yield from codes_within(each.value)


@lru_cache(maxsize=1024)
def is_code_key(key: str) -> bool:
    """Whether a key is meant for a code of confidentiality."""
    word = key.partition(":")[0].strip().lower()
    return word.startswith("con") and SequenceMatcher(None, word, CONFIDENTIALITY).ratio() >= NEAR


def _withholds(entry: YamlEntry) -> bool:
    is_free = entry.key == CONFIDENTIALITY and entry.value.is_text and entry.value.text == Confidentiality.FREE
    return is_code_key(entry.key) and not is_free


def address_of(text: str) -> str:
    """The address that a text means; capitals are no difference."""
    return text.strip().lower()


def is_breakdown(entry: YamlEntry) -> bool:
    """Whether an entry of a figure holds its parts."""
    return entry.key.startswith("by ")


def total_of(figure: YamlEntry) -> StatedValue:
    return _value(figure.key, figure, "total")


def parts_of(figure: YamlEntry) -> Iterator[StatedValue]:
    codes = [each for each in figure.value.entries if _withholds(each)]
    misread = any(not each.value.is_text or each.value.text not in list(Confidentiality) for each in codes)
    for each in figure.value.entries:
        if is_breakdown(each):
            coded = misread or is_coded(each.value)
            for part in each.value.entries:
                yield _value(f"{figure.key}.{part.key}", part, "value", coded=coded or any(codes_within(part.value)))


def counts_of(owner: YamlEntry, family: str) -> Iterator[StatedValue]:
    coded = is_coded(owner.value) or any(map(is_coded, _at(owner.value, "figures")))
    for each in within(owner.value, "figures"):
        yield _value(f"{family}.{owner.key}.{each.key}", each, "value", coded=coded or any(codes_within(each.value)))


def _at(node: YamlNode, key: str) -> Iterator[YamlNode]:
    return (each.value for each in node.entries if each.key == key)


def _value(address: str, entry: YamlEntry, key: str, *, coded: bool = False) -> StatedValue:
    node, address = entry.value, address_of(address)
    if node.is_text:
        return StatedValue(address, entry, node.text, coded)
    found = list(_at(node, key))
    # What is neither a text nor a mapping, nobody can read.
    unread = node.is_list or any(not each.is_text for each in found)
    text = "?" if unread else " ".join(each.text for each in found)
    inside = any(code for each in found for code in codes_within(each))
    return StatedValue(address, entry, text, coded or inside or is_coded(node))
