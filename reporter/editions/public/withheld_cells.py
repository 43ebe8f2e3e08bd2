"""Which values of a country the public may not know."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from reporter.data.read.amount import WORDS
from reporter.data.read.crosses import BY, names_in
from reporter.data.read.yaml_tree import YamlEntry, YamlNode
from reporter.data.records import Confidentiality, Status
from reporter.data.records.catalogue import OF_CELL
from reporter.data.records.observation import Key
from reporter.data.records.protection import ROUNDED_TO

CONFIDENTIALITY = "confidentiality"
# Similarity to the key, for typing errors: confidential:, Confidentialty:, confidentiality:C without a space.
NEAR = 0.8
SUPPRESSED = str(Status.SUPPRESSED)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """The value of a figure, part or count in a file. `entry` is that of its key, `text` its content, empty if none.
    `is_coded`: its confidentiality is anything but F."""

    address: str
    entry: YamlEntry
    text: str
    is_coded: bool

    @property
    def is_number(self) -> bool:
        return is_number(self.text)

    @property
    def is_hidden(self) -> bool:
        return self.is_coded or is_suppressed(self.text)


def is_number(text: str) -> bool:
    """Whether a text may be a number: anything but a word for a missing value."""
    return bool(text.strip()) and text.strip().lower() not in WORDS


def is_suppressed(text: str) -> bool:
    return text.strip().lower() == SUPPRESSED


def within(node: YamlNode | None, *keys: str) -> Iterator[YamlEntry]:
    """The entries of a mapping or list below some keys, including both of a duplicate key."""
    nodes = [node] if node else []
    for key in keys:
        nodes = [entry.value for one in nodes for entry in one.entries if not one.is_list and entry.key == key]
    for one in nodes:
        yield from one.entries


def text_of(holder: YamlNode, key: str) -> str:
    """The text of a key of a mapping. Empty without one, or for anything but a text."""
    node = next((entry.value for entry in holder.entries if entry.key == key), None)
    return node.text if node and node.is_text and not holder.is_list else ""


def is_coded(holder: YamlNode) -> bool:
    return any(map(_withholds, holder.entries))


def is_code(entry: YamlEntry, holder: YamlNode) -> bool:
    """Whether an entry declares neighbouring ones withheld."""
    return is_code_key(entry.key) and is_coded(holder)


def is_code_left(entry: YamlEntry) -> bool:
    return _withholds(entry) or any(map(is_code_left, entry.value.entries))


def codes_within(node: YamlNode) -> Iterator[YamlEntry]:
    for entry in node.entries:
        if _withholds(entry):
            yield entry
        yield from codes_within(entry.value)


@lru_cache(maxsize=1024)
def is_code_key(key: str) -> bool:
    word = key.partition(":")[0].strip().lower()
    return word.startswith("con") and SequenceMatcher(None, word, CONFIDENTIALITY).ratio() >= NEAR


def _withholds(entry: YamlEntry) -> bool:
    is_free = entry.key == CONFIDENTIALITY and entry.value.is_text and entry.value.text == Confidentiality.FREE
    return is_code_key(entry.key) and not is_free


def address_of(text: str) -> str:
    """The address that a text means, ignoring case and the order of the codes of a cell."""
    family, *names = text.strip().lower().split(OF_CELL)
    return OF_CELL.join((family, *names[:1], *sorted(names[1:])))


def is_breakdown(entry: YamlEntry) -> bool:
    return entry.key.startswith(BY)


def total_of(figure: YamlEntry) -> StatedValue:
    return _value(figure.key, figure, "total")


def parts_of(figure: YamlEntry) -> Iterator[StatedValue]:
    codes = [entry for entry in figure.value.entries if _withholds(entry)]
    misread = any(not code.value.is_text or code.value.text not in list(Confidentiality) for code in codes)
    for breakdown in figure.value.entries:
        if is_breakdown(breakdown):
            coded = misread or is_coded(breakdown.value)
            yield from _cells(figure.key, breakdown, len(names_in(breakdown.key)), coded=coded)


def _cells(address: str, holder: YamlEntry, depth: int, *, coded: bool) -> Iterator[StatedValue]:
    """The parts of a breakdown, or the cells of a cross with so many dimensions. A row that is one value is hidden."""
    for part in holder.value.entries:
        within_part, node = f"{address}.{part.key}", part.value
        if depth > 1 and not (node.is_text or node.is_list):
            yield from _cells(within_part, part, depth - 1, coded=coded or is_coded(node))
        else:
            yield _value(within_part, part, "value", coded=coded or depth > 1 or any(codes_within(node)))


def counts_of(owner: YamlEntry, family: str) -> Iterator[StatedValue]:
    coded = is_coded(owner.value) or any(map(is_coded, _at(owner.value, "figures")))
    for count in within(owner.value, "figures"):
        yield _value(f"{family}.{owner.key}.{count.key}", count, "value", coded=coded or any(codes_within(count.value)))


def _at(node: YamlNode, key: str) -> Iterator[YamlNode]:
    return (entry.value for entry in node.entries if entry.key == key)


def _value(address: str, entry: YamlEntry, key: str, *, coded: bool = False) -> StatedValue:
    node, address = entry.value, address_of(address)
    if node.is_text:
        return StatedValue(address, entry, node.text, coded)
    nodes = list(_at(node, key))
    # Anything but a text or a mapping cannot be read.
    unread = node.is_list or any(not child.is_text for child in nodes)
    text = "?" if unread else " ".join(child.text for child in nodes)
    inside = any(code for child in nodes for code in codes_within(child))
    return StatedValue(address, entry, text, coded or inside or is_coded(node))


# A figure of law has no year.
EVERY = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """The values not shown as they are. `withheld` and `rounded` are values by address and year, `rounded` with the
    printed number. `public_since` were withheld once; from the file of that year on, they are public. It is unknown
    what the files of `unread` years withhold. `numbers` are values with a number in any file, `stated` all that a
    file names."""

    withheld: frozenset[Key] = frozenset()
    rounded: Mapping[Key, str] = field(default_factory=dict)
    public_since: Mapping[Key, int] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()
    numbers: frozenset[Key] = frozenset()
    stated: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.withheld or self.rounded or self.public_since or self.unread)

    @property
    def altered(self) -> tuple[Key, ...]:
        return (*self.withheld, *self.rounded, *self.public_since)

    def hides(self, address: str, year: int, file: int) -> bool:
        if year in self.unread or (address, EVERY) in self.withheld:
            return True
        return (address, year) in self.withheld or file < self.public_since.get((address, year), 0)

    def alters(self, address: str, year: int, file: int) -> bool:
        return self.hides(address, year, file) or (address, year) in self.rounded

    def hides_any(self, figure: str, year: int, file: int) -> bool:
        names = {*figure.split(OF_CELL)}
        return self.alters(figure, year, file) or any(
            names <= {*address.split(OF_CELL)} and self.alters(address, of, file)
            for address, of in self.altered
            if of in (year, EVERY)
        )


def read_decisions(root: YamlNode | None, edition: int) -> Iterator[tuple[Key, str, int]]:
    """The decisions of a file on each value, and the place: the number printed instead, empty if none."""
    for top in root.entries if root else ():
        if top.key == "seed":
            continue
        is_known = top.key in ("withheld", "rounded") and not top.value.is_list
        if not is_known or (top.value.is_text and top.value.text):
            yield ("", 0), "", top.start
            continue
        for year in top.value.entries:
            is_year = bool(YEAR.fullmatch(year.key)) and int(year.key) <= edition and not year.value.is_list
            if not is_year or (year.value.is_text and year.value.text):
                yield ("", 0), "", year.start
                continue
            for entry in year.value.entries:
                number = entry.value.text if top.key == "rounded" else ""
                is_right = top.key == "withheld" or (number.isdecimal() and not int(number) % ROUNDED_TO)
                yield (address_of(entry.key) if is_right else "", int(year.key)), number, entry.start


def cells_of(
    years: Mapping[int, YamlNode | None],
    law: YamlNode | None,
    also: Collection[Key],
    rounded: Mapping[Key, str],
    unread: Iterable[int],
) -> Cells:
    """The values of a country not shown as they are. `also` are those that decisions withhold."""
    withheld, numbers = set(also), set[Key]()
    states: dict[Key, list[tuple[int, bool]]] = defaultdict(list)
    for year in sorted(years):
        for stated_value in own_values(years[year]):
            key = (stated_value.address, year)
            states[key].append((year, stated_value.is_hidden))
            withheld |= {key} if stated_value.is_coded else set()
            numbers |= {key} if stated_value.is_number else set()
        for key, is_hidden, has_number in _revisions(years[year]):
            states[key].append((year, is_hidden))
            numbers |= {key} if has_number else set()
        numbers |= set(_restated(years[year]))
    for count in (count for provision in within(law, "provisions") for count in counts_of(provision, "law")):
        withheld |= {(count.address, EVERY)} if count.is_hidden else set()
        numbers |= {(count.address, EVERY)} if count.is_number else set()
    year_by_key: dict[Key, int] = {}
    for key, history in states.items():
        hidden = [file for file, is_hidden in history if is_hidden]
        later = [file for file, is_hidden in history if hidden and not is_hidden and file > hidden[-1]]
        if later and key not in withheld:
            year_by_key[key] = later[0]
        elif hidden:
            withheld.add(key)
    return Cells(
        withheld=frozenset(withheld),
        rounded={key: number for key, number in rounded.items() if key not in withheld},
        public_since=year_by_key,
        unread=frozenset(unread),
        numbers=frozenset(numbers),
        stated=frozenset({*states, *numbers}),
    )


def own_values(root: YamlNode | None) -> Iterator[StatedValue]:
    for figure in within(root, "figures"):
        yield total_of(figure)
        yield from parts_of(figure)
    for activity in within(root, "activities"):
        yield from counts_of(activity, "activities")


def _revisions(root: YamlNode | None) -> Iterator[tuple[Key, bool, bool]]:
    """The values of earlier years that a file revises: whether one is hidden, and whether its number is given."""
    for revision in within(root, "revisions"):
        year, now, was = (text_of(revision.value, key) for key in ("year", "now", "was"))
        if YEAR.fullmatch(year):
            key = (address_of(text_of(revision.value, "figure")), int(year))
            hidden = is_suppressed(now) or is_coded(revision.value)
            yield key, hidden, is_number(now) or is_number(was)


def _restated(root: YamlNode | None) -> Iterator[Key]:
    for year in within(root, "earlier"):
        if YEAR.fullmatch(year.key):
            for entry in year.value.entries:
                if entry.value.is_text and is_number(entry.value.text):
                    yield address_of(entry.key), int(year.key)
