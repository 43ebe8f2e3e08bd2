"""The text of a section as Markdown, with its values and notes. What it says of figures and tables beside it is left
out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from reporter.errors import Finding, Mark
from reporter.model import Observation, Passage
from reporter.prose.addressed import addressed_markdown
from reporter.prose.call_places import SET, TYPED, settled, sign_behind
from reporter.prose.evaluation import Printed, Printer, UnprintableError
from reporter.prose.expression import Expression, bad_expression, call_in_headline, parse
from reporter.prose.markdown import IN_LINK, Chunk, chunks, to_html
from reporter.prose.markdown_writer import MARKDOWN, defined, escaped, to_blocks
from reporter.prose.narrative import in_text, with_places
from reporter.prose.pointers import PLACE, Cut, pointer_cuts
from reporter.prose.running_numbers import in_running_text


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """A text, and what of it could not be printed."""

    markdown: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an expression printed of some observations. Of a list of countries there is only its `address`."""

    address: str
    text: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list, and the values in it. `findings` are what could not be printed. `markdown` is empty where
    something stands in no paragraph."""

    markdown: str
    shown: tuple[Shown, ...] = ()
    findings: tuple[Finding, ...] = ()


class Notes(Protocol):
    """How notes are printed: called in their place, or behind it."""

    def of_text(self, text: str) -> tuple[str, ...]:
        """What is called in the place of a note."""

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        """What is called behind a value."""

    def call(self, text: str) -> str:
        """The Markdown of a call."""

    def behind(self) -> str:
        """The Markdown at the end of a paragraph."""


class Footnotes:
    """Notes called by `[^1]` and defined at the end. A note on a value is called once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.called: set[str] = set()

    def of_text(self, text: str) -> tuple[str, ...]:
        return (text,)

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        due = tuple(each for each in value_notes(printed, printer) if each not in self.called)
        self.called.update(due)
        return due

    def call(self, text: str) -> str:
        return f"[^{self.numbers.setdefault(text, len(self.numbers) + 1)}]"

    def behind(self) -> str:
        """Nothing: the notes stand at the end."""
        return ""


def value_notes(printed: Printed, printer: Printer) -> dict[str, Observation]:
    vintage, language = printer.vintage, printer.locale.language
    found = ((note.text(language), seen) for seen in printed.observations for note in vintage.all_notes(seen))
    notes: dict[str, Observation] = {}
    for text, seen in found:
        notes.setdefault(text, seen)
    return notes


def markdown_text(title: str, remarks: Sequence[str], passages: Sequence[Passage], printer: Printer) -> MarkdownText:
    """Write the passages of a section as CommonMark below its title. Remarks come first, the headline in bold before
    the text, footnotes last: `[^1]` and their definitions."""
    notes = Footnotes()
    filler = SectionFiller(printer, notes)
    headlines = [filler.headline(each.headline) for each in passages if each.headline]
    lines = [f"# {escaped(title)}", *(f"> {escaped(each)}" for each in remarks)]
    lines += [f"**{each}**" for each in headlines[:1]]
    findings = [*filler.findings]
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            made = tuple(filler.blocks(chunk, passage))
            texts = [each.markdown for each in made if each.markdown]
            if chunk.title and (texts or not chunk.text.strip()):
                lines.append(f"## {escaped(chunk.title)}")
            lines += texts
            lines.append(addressed_markdown(chunk, passage, printer.vintage, printer.locale))
            findings += (found for each in made for found in each.findings)
    lines += [defined(number, text) for text, number in notes.numbers.items()]
    return MarkdownText("\n\n".join(filter(None, lines)) + "\n", tuple(findings))


class SectionFiller:
    """Fills the text of a section with its values."""

    def __init__(self, printer: Printer, notes: Notes) -> None:
        self.printer = printer
        self.notes = notes
        self.findings: list[Finding] = []
        self.shown: list[Shown] = []

    def headline(self, passage: Passage) -> str:
        pieces, refused = parse(passage)
        pieces = in_running_text(pieces, self.printer)
        self.findings += refused
        self.findings += [call_in_headline(each) for each in pieces if each.expression and each.expression.call]
        printed = (self._print(each.expression).text if each.expression else each.text for each in pieces)
        return escaped(" ".join("".join(printed).split(" "))).strip()

    def blocks(self, chunk: Chunk, passage: Passage) -> Iterator[Block]:
        pieces, refused = parse(replace(passage, markdown=chunk.text, mark=Mark(passage.mark.path, chunk.line)))
        pieces = in_running_text(pieces, self.printer)
        marked = with_places(pieces)
        standing = in_text(to_html(marked))
        self.shown, self.findings = [], [*refused]
        self.findings += [
            bad_expression(each, f"{each.text} cannot stand here", IN_LINK)
            for number, each in enumerate(pieces)
            if each.expression and str(number) not in standing
        ]
        expressions = {str(number): each.expression for number, each in enumerate(pieces) if each.expression}
        for text in to_blocks(marked, _ChunkFilling(self, expressions, standing)):
            yield self._block(text)
        if self.findings:
            yield self._block("")

    def _block(self, markdown: str) -> Block:
        made = Block(markdown, tuple(self.shown), tuple(self.findings))
        self.shown, self.findings = [], []
        return made

    def words(self, expression: Expression) -> tuple[str, str, tuple[str, ...]]:
        """What an expression prints. With the sign and the texts of the notes that are called behind it."""
        if expression.call:
            return "", TYPED, self.notes.of_text(expression.argument) if expression.call == "note" else ()
        printed = self._print(expression)
        self.shown.append(Shown(expression.address, printed.text, printed.observations))
        sign = sign_behind(printed.text, is_filtered=bool(expression.filter))
        return printed.text, sign, self.notes.of_value(printed, self.printer)

    def _print(self, expression: Expression) -> Printed:
        try:
            return self.printer.print(expression)
        except UnprintableError as problem:
            self.findings.append(problem.finding)
            return Printed("…")


class _ChunkFilling:
    """What stands in the places of one chunk."""

    def __init__(self, filler: SectionFiller, expressions: dict[str, Expression], standing: Collection[str]) -> None:
        self.filler, self.expressions, self.standing = filler, expressions, standing
        self.printed: dict[str, tuple[str, str]] = {}
        self.waiting: list[str] = []
        self.nouns = filler.printer.vintage.catalogue.nouns(filler.printer.locale.language)

    def fill(self, number: str) -> tuple[str, str]:
        if number not in self.printed:
            words, sign, notes = (
                self.filler.words(self.expressions[number]) if number in self.standing else ("", "", ())
            )
            signs = (f"{sign}{n}{SET}" for n, _ in enumerate(notes, len(self.waiting)))
            self.printed[number] = words, "".join(signs)
            self.waiting += notes
        return self.printed[number]

    def cut(self, text: str) -> tuple[Cut, ...]:
        cuts = pointer_cuts(text, self.expressions)
        # Without the words before it a value may begin its sentence.
        for begins in filter(None, (PLACE.match(text, each.end) for each in cuts)):
            self.expressions[begins[1]] = replace(self.expressions[begins[1]], opens=True)
        return cuts

    def settled(self, line: str) -> str:
        return settled(line, self.nouns, MARKDOWN)

    def call(self, number: int) -> str:
        return self.filler.notes.call(self.waiting[number])

    def behind(self) -> str:
        return self.filler.notes.behind()
