"""A passage to running text: values put in, footnotes collected, Markdown rendered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from reporter.document import Note, Text
from reporter.errors import Finding, Mark
from reporter.model import Observation, Passage
from reporter.prose.expression import Expression, Piece, parse
from reporter.prose.markdown import Chunk, chunks, to_html
from reporter.prose.values import Printed, Printer, UnprintableError

# Characters that no text contains, around the number of a value: Markdown leaves them alone.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(slots=True)
class NoteBook:
    """The footnotes of a document in the making; the same words get the same number."""

    notes: list[Note] = field(default_factory=list)

    def call(self, text: str) -> str:
        """HTML that calls a footnote: the note itself where it is first called, a link to it afterwards."""
        known = next((note for note in self.notes if note.text == text), None)
        if known:
            return f'<a class="note-call" href="#note-{known.number}">{known.number}</a>'
        note = Note(len(self.notes) + 1, text)
        self.notes.append(note)
        return f'<span class="note" id="note-{note.number}" data-number="{note.number}">{escape(text)}</span>'


@dataclass(frozen=True, slots=True)
class Narrative:
    """A passage cut at its headings: (title, text) pairs, the first title empty; and what could not be printed."""

    parts: tuple[tuple[str, Text], ...]
    findings: tuple[Finding, ...] = ()


def compose(passage: Passage, printer: Printer, notebook: NoteBook) -> Narrative:
    """The text of a passage in one edition."""
    parts: list[tuple[str, Text]] = []
    findings: list[Finding] = []
    for chunk in chunks(passage.markdown, passage.mark.line):
        text, problems = _compose(chunk, passage, printer, notebook)
        parts.append((chunk.title, text))
        findings += problems
    return Narrative(tuple(parts), tuple(findings))


def _compose(chunk: Chunk, passage: Passage, printer: Printer, notebook: NoteBook) -> tuple[Text, list[Finding]]:
    mark = Mark(passage.mark.path, chunk.line)
    part = Passage(passage.section, passage.language, passage.year, chunk.text, mark)
    pieces, refused = parse(part)
    findings = list(refused)
    html = to_html("".join(_marked(pieces)))
    used: list[Observation] = []
    for number, piece in enumerate(pieces):
        if piece.expression:
            try:
                words, seen = _words(piece.expression, printer, notebook)
            except UnprintableError as problem:
                findings.append(problem.finding)
                continue
            html = html.replace(f"{OPEN}{number}{CLOSE}", words)
            used += seen
    return Text(html, tuple(used)), findings


def _marked(pieces: tuple[Piece, ...]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        plain = piece.text.replace(OPEN, "").replace(CLOSE, "")
        yield f"{OPEN}{number}{CLOSE}" if piece.expression else plain


def _words(expression: Expression, printer: Printer, notebook: NoteBook) -> tuple[str, tuple[Observation, ...]]:
    if expression.call == "note":
        return notebook.call(expression.argument), ()
    printed = printer.print(expression)
    text = escape(printed.text)
    if printed.anchor:
        text = f'<a class="reference" href="#{printed.anchor}">{text}</a>'
    return text + "".join(map(notebook.call, _notes(printed, printer))), printed.observations


def _notes(printed: Printed, printer: Printer) -> list[str]:
    """What must be said with the values printed, once each."""
    labels = [label for seen in printed.observations for label in printer.vintage.notes(seen)]
    return list(dict.fromkeys(label.text(printer.locale.language) for label in labels))
