"""Write what an edition withholds into its file of decisions. What a person wrote there stays as it is: each change is
a splice, and proven."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporter.data.files.sources import Sources
from reporter.data.read.yaml_tree import Keys, read_yaml
from reporter.data.records import Because, Decision, Protection
from reporter.data.write.yaml_format import Value
from reporter.data.write.yaml_splices import insert_entry, remove_entry, replace_value, slice_at
from reporter.figures.withhold.protection import WithheldCell

HEAD = """\
# yaml-language-server: $schema=../../../schema/protection.json
#
# What the public does not get. Written by reporter protect; change what you like, it stays (docs/disclosure.md).
"""
SEED, WITHHELD, ROUNDED = "seed", "withheld", "rounded"
Figures = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The text of a file of decisions while it is changed. It is empty where there is none."""

    path: str
    text: str

    def without(self, decisions: Iterable[Decision]) -> "DecisionFile":
        file = self
        for each in decisions:
            file = file._removed((WITHHELD, str(each.year), each.figure))
        return file

    def withholding(self, cells: Iterable[WithheldCell], order: tuple[str, ...]) -> "DecisionFile":
        """The file with some values withheld besides. The figures of a year stand in their `order`."""
        file = self
        for each in cells:
            value: dict[str, Value] = {"because": str(each.because)}
            value |= {"protects": each.protects} if each.protects else {}
            file = file._put((WITHHELD, str(each.seen.year), each.seen.address), value, order)
        return file

    def rounding(self, figures: Figures, order: tuple[str, ...]) -> "DecisionFile":
        file = self
        for (figure, year), value in figures.items():
            file = file._put((ROUNDED, str(year), figure), str(value), order)
        return file

    def seeded(self, seed: str) -> "DecisionFile":
        return self._put((SEED,), seed, ())

    def unseeded(self) -> str:
        """The text for an office that may know the decisions, and no lots of later editions."""
        return self._removed((SEED,)).complete().text

    def _put(self, path: Keys, value: Value, order: tuple[str, ...]) -> "DecisionFile":
        """The file with a value; what leads to it is made with it."""
        text = self.text or HEAD
        depth = next((each for each in (1, 2) if not slice_at(text, self.path, path[:each])), len(path))
        for key in reversed(path[depth:]):
            value = {key: value}
        if depth == len(path) and slice_at(text, self.path, path):
            return DecisionFile(self.path, replace_value(text, self.path, path, value).apply(text))
        if depth == 1:
            order = (SEED, WITHHELD, ROUNDED)
        elif depth == 2:
            # All years around this one, in their order.
            order = tuple(str(int(path[1]) + each) for each in range(-100, 100))
        return DecisionFile(self.path, insert_entry(text, self.path, path[:depth], value, order).apply(text))

    def _removed(self, path: Keys) -> "DecisionFile":
        text = self.text
        whole = inside = read_yaml(Sources.from_contents({self.path: text.encode()}), self.path).data
        depth = 1
        for at, key in enumerate(path):
            depth = at + 1 if isinstance(inside, dict) and len(inside) > 1 else depth
            inside = inside.get(key) if isinstance(inside, dict) else None
        if inside is None:
            return self
        if depth == 1 and len(whole) == 1:
            # Nothing is left but comments.
            return DecisionFile(self.path, "".join(text.split(slice_at(text, self.path, path[:1]), 1)).rstrip() + "\n")
        return DecisionFile(self.path, remove_entry(text, self.path, path[:depth]).apply(text))

    def complete(self) -> "DecisionFile":
        lines = (line for line in self.text.splitlines() if line.strip() and not line.startswith("#"))
        return self if not self.text or any(lines) else DecisionFile(self.path, f"{self.text}{WITHHELD}: {{}}\n")

    def laid_over(self, sources: Sources) -> Sources:
        complete = self.complete()
        return sources.overlay({self.path: complete.text.encode()}) if complete.text else sources


def made_by_program(protection: Protection) -> tuple[Decision, ...]:
    return tuple(each for each in protection.withheld if each.because is not Because.CHOSEN and not each.reason.texts)
