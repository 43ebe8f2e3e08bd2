"""A text as a tree, written by each output: blocks of blocks or lines; lines of words, values, calls, links, marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from reporter.data.errors import Finding, Mark
from reporter.data.records import Observation
from reporter.data.records.label import language_of


@dataclass(frozen=True, slots=True)
class Words:
    """Letters as printed, with their `language` if not that of the text around, and their line in the file."""

    text: str
    language: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is still to be filled in, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a note: its number and words, in `language` if another; a chapter's `first` brings the note."""

    number: int
    text: str
    language: str = ""
    first: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression prints of some observations, its address, and its place in the file."""

    inside: tuple["Inline", ...]
    address: str
    observations: tuple[Observation, ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with emphasis, by the name of the HTML element: em, strong, code."""

    tag: str
    inside: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address, or with `#` to a place in the document. `sort` is `reference` (to a figure or
    table), `draft-mark` (to a finding), or empty (typed). `bare`: the words are the address."""

    inside: tuple["Inline", ...]
    address: str
    title: str = ""
    sort: str = ""
    language: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with the line of its file on which it begins. In a list it may be `tight`, without space after it.
    `sort` is `remark` for words of the program about the text, and `pre` for lines in which spaces count."""

    inside: tuple["Inline", ...]
    line: int = 0
    tight: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks within another, by the name of the HTML element: ul, ol, li, blockquote; hr is empty. `start` is the first
    number of a list, `sign` what was typed before its items or after their numbers."""

    tag: str
    inside: tuple["TextBlock", ...] = ()
    start: int = 1
    sign: str = ""


Wrapper = Value | Marked | Link
Leaf = Words | Break | Place | Call
Inline = Leaf | Wrapper
TextBlock = Paragraph | Group
REMARK, PRE = "remark", "pre"


class Run(NamedTuple):
    """A leaf of a line, and what it is within, the outermost first."""

    leaf: Leaf
    within: tuple[Wrapper, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees of it in the line itself."""
        return self.leaf.text if isinstance(self.leaf, Words) else "\n" if isinstance(self.leaf, Break) else ""

    @property
    def mark(self) -> Mark | None:
        """Where it, or the expression that prints it, is in a file."""
        own = self.leaf.mark if isinstance(self.leaf, Words) else None
        return own or next((wrapper.mark for wrapper in self.within if isinstance(wrapper, Value)), None)


def runs(inside: Iterable[Inline], within: tuple[Wrapper, ...] = ()) -> Iterator[Run]:
    for inline in inside:
        if isinstance(inline, Value | Marked | Link):
            yield from runs(inline.inside, (*within, inline))
        else:
            yield Run(inline, within)


def line_of(line_runs: Iterable[Run], depth: int = 0) -> tuple[Inline, ...]:
    """The line of these runs, with their wrappers around them."""
    inlines: list[Inline] = []
    for wrapper, group in groupby(line_runs, lambda run: id(run.within[depth]) if len(run.within) > depth else None):
        if wrapper is None:
            inlines += (run.leaf for run in group)
        else:
            inside = list(group)
            inlines.append(replace(inside[0].within[depth], inside=line_of(inside, depth + 1)))
    return tuple(inlines)


def paragraphs(blocks: Iterable[TextBlock | Inline]) -> Iterator[Paragraph]:
    """The paragraphs of a text, in reading order; a line of its own is one."""
    line: list[Inline] = []
    for node in blocks:
        if isinstance(node, Paragraph):
            yield node
        elif isinstance(node, Group):
            yield from paragraphs(node.inside)
        else:
            line.append(node)
    if line:
        yield Paragraph(tuple(line))


def words(inside: Iterable[Inline]) -> str:
    """What a reader sees of a line, without calls of notes."""
    return "".join(run.text for run in runs(inside))


def calls(blocks: Iterable[TextBlock | Inline]) -> Iterator[Call]:
    leaves = (run.leaf for paragraph in paragraphs(blocks) for run in runs(paragraph.inside))
    return (leaf for leaf in leaves if isinstance(leaf, Call))


def values(blocks: Iterable[TextBlock | Inline]) -> Iterator[Value]:
    last = None
    for paragraph in paragraphs(blocks):
        for run in runs(paragraph.inside):
            value = next((wrapper for wrapper in run.within if isinstance(wrapper, Value)), None)
            if value is not None and value is not last:
                yield value
            last = value or last


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with its number in the document; `text` is plain."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Running text, of blocks or of one line, and the values printed in it; `language` if it is not the edition's."""

    nodes: tuple[TextBlock | Inline, ...]
    observations: tuple[Observation, ...] = ()
    language: str = ""

    @property
    def words(self) -> str:
        """Its words, without calls of notes."""
        return "\n".join(words(paragraph.inside) for paragraph in paragraphs(self.nodes))


def line(text: str, observations: tuple[Observation, ...] = ()) -> Text | None:
    """A line of words by the program, such as a headline, or None without words."""
    return Text((Words(str(text)),), observations, language_of(text)) if text else None


def paragraph(words: str, observations: tuple[Observation, ...] = (), sort: str = "") -> Text:
    """A paragraph of words by the program."""
    return Text((Paragraph((Words(str(words)),), sort=sort),), observations, language_of(words))


SIGN = "▲"


@dataclass(frozen=True, slots=True)
class Flags:
    """The findings that are marked, numbered in order, one number for each group. `word` is printed after the sign in
    running text: "Finding {n}" in `language`, that of the pages."""

    groups: tuple[tuple[Finding, ...], ...] = ()
    word: str = "{n}"
    language: str = ""

    def at(self, marks: Iterable[Mark]) -> tuple[int, ...]:
        places = set(marks)
        return tuple(n for n, group in enumerate(self.groups, 1) if any(finding.mark in places for finding in group))

    def on_lines(self, path: str) -> Iterator[tuple[int, int]]:
        groups = enumerate(self.groups, 1)
        pairs = ((finding.mark.line, n) for n, group in groups for finding in group if finding.mark.path == path)
        return iter(dict.fromkeys(pairs))

    def link(self, number: int) -> tuple[Inline, ...]:
        """Sign and word, which link to the list."""
        words = self.word.format(n=number).replace(" ", "\u00a0")
        language = language_of(self.word) or self.language
        link_text = (Words(f"{SIGN}\u00a0{words}"),)
        return Words(" "), Link(link_text, f"#{anchor(number)}", sort="draft-mark", language=language)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding that a draft marks on its pages. A `grave` one stops every other edition; `weight` is a word for that.
    `message` is in the language of the document; `detail`, `hint` and `place`, file and line, in that of the checks.
    `links` are title and anchor of the places where it is marked."""

    number: int
    grave: bool
    weight: str
    message: str
    detail: str
    hint: str
    place: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """The list of findings at the front of a draft, in `language` if not its own; `more` count those without action."""

    remarks: tuple[Remark, ...]
    more: tuple[str, ...] = ()
    language: str = ""


def anchor(number: int) -> str:
    return f"finding-{number}"


def short(number: int) -> str:
    return f"{SIGN}{number}"
