"""What is left of a file for the public."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.disclosure.rewriting import GONE, Change, Changes, spot
from reporter.disclosure.withheld_cells import (
    EVERY,
    SUPPRESSED,
    YEAR,
    Cells,
    StatedValue,
    address_of,
    counts_of,
    is_breakdown,
    is_code_key,
    is_coded,
    parts_of,
    text_of,
    total_of,
    within,
)
from reporter.edit.handwriting import Value
from reporter.errors import EVERY_YEAR
from reporter.load.amount import WORDS
from reporter.load.yaml_nodes import YamlEntry, YamlNode
from reporter.model import Flag

# They say how the series is defined, and nothing of the value.
DEFINING = (Flag.BREAK, Flag.DEFINITION_DIFFERS)
# Keys of a figure that say nothing of its total, or may be true of its parts.
OF_SERIES = ("flags", "definition", "period", "incomplete", "part_of")
ANSWERS = ("rule", "figure", "year", "comparable")
Words = Callable[[], Mapping[str, str]]
Pairs = Iterator[tuple[YamlEntry, Change]]


@dataclass(frozen=True, slots=True)
class Redaction:
    """What changes in a file of a country. `neutral` is the reason that stands for those which may tell a value, by
    language."""

    cells: Cells
    file: int
    neutral: Words

    def changes(self, root: YamlNode) -> dict[tuple[int, int], Change]:
        found: dict[tuple[int, int], Change] = {}
        for top in root.entries:
            made = self._changed(top)
            taken = {spot(entry): new for entry, new in made}
            gone = [each for each in top.value.entries if taken.get(spot(each)) is GONE]
            found |= {spot(top): GONE} if gone and len(gone) == len(top.value.entries) else taken
        return found

    def _changed(self, top: YamlEntry) -> Pairs:
        if top.key == "figures":
            for figure in top.value.entries:
                yield from self._figure(figure)
        elif top.key in ("activities", "provisions"):
            for owner in top.value.entries:
                yield from self._owner(owner, "law" if top.key == "provisions" else top.key)
        elif top.key == "earlier":
            yield from self._earlier(top)
        elif top.key in ("revisions", "differences", "accepted"):
            for each in top.value.entries:
                yield from self._accepted(each) if top.key == "accepted" else self._repeated(top.key, each)

    def _repeated(self, kind: str, entry: YamlEntry) -> Pairs:
        key = self._key(entry.value, 0 if kind == "revisions" else self.file)
        if key is None or self.cells.alters(*key, self.file):
            yield entry, GONE
        elif kind == "revisions" and self.cells.shown.get(key) == self.file:
            yield from ((each, SUPPRESSED) for each in entry.value.entries if each.key == "was")

    def _key(self, item: YamlNode, usual: int) -> tuple[str, int] | None:
        """The value that an entry is about. None where it does not say so."""
        figure, year = text_of(item, "figure"), text_of(item, "year")
        year = year if year or not usual else str(usual)
        return (address_of(figure), int(year)) if figure and YEAR.fullmatch(year) else None

    # -- figures and counts

    def _figure(self, figure: YamlEntry) -> Pairs:
        parts = list(parts_of(figure))
        hidden = [each for each in parts if self.cells.hides(each.address, self.file, self.file)]
        yield from (pair for each in parts for pair in self._part(each, self.file))
        yield from (
            (each, GONE)
            for breakdown in figure.value.entries
            if is_breakdown(breakdown)
            for each in _codes(breakdown.value)
        )
        total = total_of(figure)
        if self.cells.hides(total.address, self.file, self.file):
            told = any(each.is_number for each in parts if each not in hidden)
            yield from self._hidden_total(figure, total, told=told)
        elif self._is_rounded(total, self.file):
            yield from self._rounded(total, "total", self.file)

    def _hidden_total(self, figure: YamlEntry, total: StatedValue, *, told: bool) -> Pairs:
        """What is left of a figure without its total. What its parts share with it stays where one of them is
        `told`."""
        word = self._word(total, self.file)
        if figure.value.is_text or figure.value.is_list:
            yield figure, word
            return
        left = dict(self._left_of(figure, word, told=told))
        if all(each.key == "total" or left.get(spot(each)) is GONE for each in figure.value.entries):
            yield figure, word
        else:
            yield from ((each, left[spot(each)]) for each in figure.value.entries if spot(each) in left)

    def _left_of(self, figure: YamlEntry, word: str, *, told: bool) -> Iterator[tuple[tuple[int, int], Change]]:
        for each in figure.value.entries:
            if each.key == "total":
                yield spot(each), word
            elif each.key == "flags" and not told:
                yield spot(each), _defining(each.value) or GONE
            elif not (is_breakdown(each) or each.key in OF_SERIES or (each.key == "source" and told)):
                yield spot(each), GONE

    def _owner(self, owner: YamlEntry, family: str) -> Pairs:
        year = EVERY if family == "law" else self.file
        counts = list(counts_of(owner, family))
        for each in counts:
            yield from self._part(each, year)
        if any(self.cells.hides(each.address, year, self.file) for each in counts):
            yield from ((each, GONE) for each in owner.value.entries if each.key == "note")
        yield from ((each, GONE) for each in _codes(owner.value))

    def _part(self, part: StatedValue, year: int) -> Pairs:
        node = part.entry.value
        if self.cells.hides(part.address, year, self.file):
            flags: list[Value] = [each for at in node.entries if at.key == "flags" for each in _defining(at.value)]
            within_another = text_of(node, "part_of")
            word = self._word(part, year)
            more: dict[str, Value] = {"flags": flags} if flags else {}
            more |= {"part_of": within_another} if within_another else {}
            yield part.entry, {"value": word, **more} if more else word
        elif self._is_rounded(part, year):
            yield from self._rounded(part, "value", year)

    def _rounded(self, seen: StatedValue, key: str, year: int) -> Pairs:
        about = f"about {self.cells.rounded[seen.address, year]}"
        if seen.entry.value.is_text:
            yield seen.entry, about
        yield from ((each, about) for each in seen.entry.value.entries if each.key == key)

    def _is_rounded(self, seen: StatedValue, year: int) -> bool:
        key = (seen.address, year)
        return key in self.cells.rounded and (seen.is_number or key in self.cells.numbers)

    def _word(self, seen: StatedValue, year: int) -> str:
        """What is written for a withheld value. Of what nobody said that it is missing."""
        has_number = seen.is_number or (seen.address, year) in self.cells.numbers
        word = seen.text.strip().lower()
        return SUPPRESSED if has_number or word not in WORDS else word

    # -- what other entries repeat

    def _earlier(self, top: YamlEntry) -> Pairs:
        for year in top.value.entries:
            known = int(year.key) if YEAR.fullmatch(year.key) else None
            for each in year.value.entries:
                if known is None or self.cells.alters(address_of(each.key), known, self.file):
                    yield each, SUPPRESSED

    def _accepted(self, entry: YamlEntry) -> Pairs:
        item = entry.value
        key = self._key(item, self.file)
        values = _values(item)
        if key is None or values is None:
            yield entry, GONE
            return
        hidden = {(year, address) for year, address, _ in values if self._alters(address, year)}
        has_words = bool(text_of(item, "words"))
        if has_words and (hidden or self.cells.hides_any(*key, self.file)):
            yield entry, GONE
            return
        if not (hidden or self.cells.alters(*key, self.file)):
            return
        told: dict[str, dict[str, Value]] = {}
        for year, address, text in values:
            told.setdefault(year, {})[address] = SUPPRESSED if (year, address) in hidden else text
        made: dict[str, Value] = {name: text for name in ANSWERS if (text := text_of(item, name))}
        yield entry, made | ({"values": told} if told else {}) | {"reason": dict(self.neutral())}

    def _alters(self, written: str, year: str) -> bool:
        address = address_of(written)
        if year == EVERY_YEAR:
            keys = (*self.cells.withheld, *self.cells.rounded, *self.cells.shown)
            return any(address == each for each, _ in keys)
        return not YEAR.fullmatch(year) or self.cells.alters(address, int(year), self.file)


def is_code_left(node: YamlNode, changes: Changes) -> bool:
    """Whether something is still said to be withheld where changes are made. It stands where nobody can read of which
    value."""
    left = [each for each in node.entries if spot(each) not in changes]
    return is_coded(replace(node, entries=tuple(left))) or any(is_code_left(each.value, changes) for each in left)


def _values(item: YamlNode) -> Sequence[tuple[str, str, str]] | None:
    """The values that an entry rests on. None where nobody can read them."""
    found = []
    for year in within(item, "values"):
        for each in year.value.entries:
            if not each.value.is_text:
                return None
            found.append((year.key, each.key, each.value.text))
        if year.value.is_text or year.value.is_list:
            return None
    return found


def _codes(holder: YamlNode) -> list[YamlEntry]:
    return [each for each in holder.entries if is_code_key(each.key)] if is_coded(holder) else []


def _defining(flags: YamlNode) -> list[Value]:
    return [each.value.text for each in flags.entries if each.value.text in DEFINING]
