"""Turn the passages of a section into trees of text. Values are put in, footnotes collected and called."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from reporter.document.document import Note, Text
from reporter.document.text_tree import (
    PRE,
    Call,
    Group,
    Inline,
    Link,
    Place,
    Run,
    TextBlock,
    Value,
    Words,
    line_of,
    paragraphs,
    runs,
    values,
)
from reporter.errors import Finding, Mark
from reporter.model import Passage
from reporter.model.label import Said, language_of
from reporter.prose.call_places import settled, stands_after_word
from reporter.prose.evaluation import Printed, Printer, UnprintableError
from reporter.prose.expression import Expression, bad_expression, call_in_headline, parse
from reporter.prose.markdown import IN_LINK, Chunk, chunks, tree
from reporter.prose.passages import code_of
from reporter.prose.pointers import without_pointers
from reporter.prose.running_numbers import in_running_text


class Notes(Protocol):
    """What is called in a text."""

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        """What is called behind a value."""

    def call(self, text: str, language: str) -> Call:
        """The call of a note in a text of some language."""


@dataclass(slots=True)
class NoteBook:
    """The footnotes of a document in the making, numbered through. In one chapter equal words have one number.
    `language` is the document's; `called` are the notes of values that their section has called."""

    language: str = ""
    notes: list[Note] = field(default_factory=list)
    chapter: int = 0
    called: set[str] = field(default_factory=set)

    def open_chapter(self) -> None:
        """Begin a chapter, which repeats the notes it needs. Its footnotes stand on its own pages, even when an earlier
        chapter has equal ones."""
        self.chapter = len(self.notes)

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        vintage, language = printer.vintage, printer.locale.language
        texts = [note.text(language) for seen in printed.observations for note in vintage.all_notes(seen)]
        due = tuple(text for text in dict.fromkeys(texts) if text not in self.called)
        self.called.update(due)
        return due

    def call(self, text: str, language: str) -> Call:
        """Call a footnote: for the first time in a chapter, or again."""
        known = next((note for note in self.notes[self.chapter :] if note.text == text), None)
        if known:
            return Call(known.number, text, language_of(text), first=False)
        # It stands elsewhere on the page, where it has to say in which language it is.
        other = language if language != self.language and self.language else ""
        note = Note(len(self.notes) + 1, Said(text, other) if other and not language_of(text) else text)
        self.notes.append(note)
        return Call(note.number, str(text), language_of(text))


@dataclass(frozen=True, slots=True)
class Narrative:
    """The passages of a section as text, cut at their headings. `parts` are pairs of title and text, the first title
    empty; `codes` are those of the parts, empty where a title has none. `findings` say what could not be printed.
    `headline` is the finding that stands over the section, when one is written."""

    parts: tuple[tuple[str, Text], ...]
    findings: tuple[Finding, ...] = ()
    headline: Text | None = None
    codes: tuple[str, ...] = ()

    def in_language(self, language: str) -> "Narrative":
        parts = tuple((title, replace(text, language=language)) for title, text in self.parts)
        return replace(self, parts=parts, headline=self.headline and replace(self.headline, language=language))


def compose(
    passages: Sequence[Passage], printer: Printer, notebook: NoteBook, printed: Collection[str] = ()
) -> Narrative:
    """Compose the text of a section in one edition. `passages` are those of the section, in their order. Each note of a
    value is called once, unless it is among `printed`, the notes that stand beside the text anyway."""
    notebook.called = set(printed)
    filler = Filler(printer, notebook)
    parts, codes, findings = list[tuple[str, Text]](), list[str](), list[Finding]()
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            filled = tuple(filler.blocks(chunk, passage))
            parts.append((chunk.title, text_of(tuple(each.block for each in filled if each.block))))
            codes.append(code_of(chunk, passage))
            findings += (finding for each in filled for finding in each.findings)
    headlines = tuple(filler.headline(passage.headline) for passage in passages if passage.headline)
    return Narrative(tuple(parts), (*findings, *filler.findings), next(iter(headlines), None), tuple(codes))


def text_of(nodes: tuple[TextBlock | Inline, ...]) -> Text:
    return Text(nodes, tuple(seen for value in values(nodes) for seen in value.observations))


class Filled(NamedTuple):
    """A block with its values, and what of it could not be printed. There is none where something stands in no block,
    or all of it is left out."""

    block: TextBlock | None
    findings: tuple[Finding, ...]


class Filler:
    """Fills texts with their values. Those that figures do not stand beside do not point at them."""

    def __init__(self, printer: Printer, notes: Notes, *, with_figures: bool = True) -> None:
        self.printer, self.notes, self.with_figures = printer, notes, with_figures
        self.findings: list[Finding] = []
        self.nouns = printer.vintage.catalogue.nouns(printer.locale.language)
        self.expressions: dict[int, Expression] = {}
        # The numbers of what a draft marks, by the lines of the paragraphs that they stand behind.
        self.marked: dict[int, list[int]] = {}
        # The texts of notes that are called in the paragraph at hand, and the numbers of those that were typed there.
        self.waiting: list[str] = []
        self.typed: set[int] = set()

    def blocks(self, chunk: Chunk, passage: Passage) -> Iterator[Filled]:
        """Fill the blocks of a chunk, one after another."""
        pieces, refused = parse(replace(passage, markdown=chunk.text, mark=Mark(passage.mark.path, chunk.line)))
        pieces = in_running_text(pieces, self.printer)
        blocks, hidden = tree(pieces)
        self.findings += refused
        self.findings += [
            bad_expression(pieces[n], f"{pieces[n].text} cannot stand here", IN_LINK) for n in sorted(hidden)
        ]
        self.expressions = {n: each.expression for n, each in enumerate(pieces) if each.expression and n not in hidden}
        self._mark(blocks, chunk, passage)
        for each in blocks:
            yield self._filled(self._block(each))
        if self.findings:
            yield self._filled(None)

    def headline(self, passage: Passage) -> Text:
        """Compose a headline: text and values. Markdown, notes and references cannot stand in it."""
        pieces, refused = parse(passage)
        self.findings += refused
        made: list[Inline] = []
        for piece in in_running_text(pieces, self.printer):
            if piece.expression and piece.expression.call:
                self.findings.append(call_in_headline(piece))
            elif piece.expression:
                made.append(self._value(piece.expression, self._print(piece.expression)))
            else:
                made.append(Words(piece.text, mark=piece.mark))
        flags = self.printer.flags
        for line, number in flags.on_lines(passage.mark.path):
            made += flags.link(number) if line == passage.mark.line else ()
        return text_of(tuple(made))

    def _mark(self, blocks: Iterable[TextBlock], chunk: Chunk, passage: Passage) -> None:
        last, title = chunk.line + chunk.text.count("\n"), passage.headline
        begins = [each.line for each in paragraphs(blocks) if each.sort != PRE]
        self.marked = {}
        for line, number in self.printer.flags.on_lines(passage.mark.path) if begins else ():
            if chunk.line - 1 <= line <= last and not (title and line == title.mark.line):
                above = [each for each in begins if each <= line]
                self.marked.setdefault((above or begins[:1])[-1], []).append(number)

    def _filled(self, block: TextBlock | None) -> Filled:
        findings, self.findings = tuple(self.findings), []
        return Filled(block, findings)

    def _block(self, block: TextBlock) -> TextBlock | None:
        if isinstance(block, Group):
            blocks = tuple(made for each in block.inside if (made := self._block(each)))
            return replace(block, inside=blocks) if blocks or not block.inside else None
        line = [
            run for run in runs(block.inside) if not isinstance(run.leaf, Place) or run.leaf.number in self.expressions
        ]
        if block.sort == PRE:
            return replace(block, inside=self._line(line))
        if not self.with_figures:
            line = without_pointers(line, self.expressions)
        marks = (each for number in self.marked.get(block.line, ()) for each in self.printer.flags.link(number))
        inside = self._line(line, marks)
        return replace(block, inside=inside) if inside else None

    def _line(self, line: Iterable[Run], behind: Iterable[Inline] = ()) -> tuple[Inline, ...]:
        printed = (each for run in line for each in self._runs(run))
        made = settled((*printed, *runs(behind)), self.typed, self.nouns)
        language = self.printer.locale.language
        for n, run in enumerate(made):
            if isinstance(run.leaf, Call):
                made[n] = run._replace(leaf=self.notes.call(self.waiting[run.leaf.number], language))
        self.waiting.clear()
        self.typed.clear()
        return line_of(made)

    def _runs(self, run: Run) -> Iterator[Run]:
        """What is printed in a place."""
        if not isinstance(run.leaf, Place):
            yield run
            return
        expression = self.expressions[run.leaf.number]
        if expression.call == "note":
            self.typed.add(len(self.waiting))
            yield run._replace(leaf=Place(len(self.waiting)))
            self.waiting.append(expression.argument)
            return
        printed = self._print(expression)
        yield from runs((self._value(expression, printed),), run.within)
        # What a filter made of a value ends with the noun that it counts.
        is_placed = bool(expression.filter) and stands_after_word(printed.text)
        for text in self.notes.of_value(printed, self.printer):
            yield run._replace(leaf=Call(len(self.waiting), "") if is_placed else Place(len(self.waiting)))
            self.waiting.append(text)
        flags = self.printer.flags
        for number in flags.at(seen.mark for seen in printed.observations):
            yield from runs(flags.link(number), run.within)

    def _value(self, expression: Expression, printed: Printed) -> Inline:
        if printed.anchor:
            language = language_of(printed.text)
            return Link((Words(str(printed.text)),), f"#{printed.anchor}", sort="reference", language=language)
        return Value(printed.words(), expression.address, printed.observations, expression.mark)

    def _print(self, expression: Expression) -> Printed:
        try:
            return self.printer.print(expression)
        except UnprintableError as problem:
            self.findings.append(problem.finding)
            return Printed("…")
