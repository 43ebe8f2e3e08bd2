"""Turn the passages of a section into running text. Values are put in, footnotes collected, Markdown rendered."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import unquote

from reporter.document.document import Note, Text
from reporter.errors import Finding, Mark
from reporter.model import Observation, Passage
from reporter.model.label import Said, lang_attribute, language_of
from reporter.prose.call_places import HTML, SET, SIGNS, TYPED, settled, sign_behind, with_calls
from reporter.prose.evaluation import Printed, Printer, UnprintableError
from reporter.prose.expression import Expression, Piece, bad_expression, call_in_headline, parse
from reporter.prose.markdown import CLOSE, IN_LINK, OPEN, Chunk, chunks, to_html
from reporter.prose.passages import code_of
from reporter.prose.running_numbers import in_running_text

# The number of a value between characters that no text contains: Markdown leaves it alone.
VALUE = re.compile(f"{OPEN}(\\d+){CLOSE}")
TAG = re.compile("<[^>]*>")
# Signs that stand for something here are not those of a text.
UNTYPED = dict.fromkeys(map(ord, (OPEN, CLOSE, *SIGNS)))


@dataclass(slots=True)
class NoteBook:
    """The footnotes of a document in the making, numbered through. In one chapter equal words have one number. `label`
    is the title of a link to a note, `language` the document's."""

    label: str = "Note {n}"
    language: str = ""
    notes: list[Note] = field(default_factory=list)
    chapter: int = 0

    def open_chapter(self) -> None:
        """Begin a chapter, which repeats the notes it needs. Its footnotes stand on its own pages, even when an earlier
        chapter has equal ones."""
        self.chapter = len(self.notes)

    def call(self, text: str, language: str = "") -> str:
        """Return HTML that calls a footnote, in a text of some language. The note itself where it is first called in a
        chapter, a link to it afterwards."""
        other = language if language != self.language and self.language else ""
        known = next((note for note in self.notes[self.chapter :] if note.text == text), None)
        if known:
            number, title = known.number, escape(self.label.format(n=known.number))
            lang = lang_attribute(self.label)
            if other:
                # The label says its language where that is not the text's.
                said = language_of(self.label) or self.language
                lang = f' lang="{said}"' if said != other else ""
            return f'\u00a0<a class="note-call" href="#note-{number}" title="{title}"{lang}>({number})</a>'
        # It stands elsewhere on the page, where it has to say in which language it is.
        note = Note(len(self.notes) + 1, Said(text, other) if other and not language_of(text) else text)
        self.notes.append(note)
        place = f'id="note-{note.number}" data-number="{note.number}"{lang_attribute(text)}'
        return f'\u00a0<span class="note" {place}>{escape(text)}</span>'


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
    writer = _NarrativeWriter(printer, notebook, printed)
    found = [(each, passage) for passage in passages for each in chunks(passage.markdown, passage.mark.line)]
    parts = tuple((chunk.title, writer.text(chunk, passage)) for chunk, passage in found)
    codes = tuple(code_of(chunk, passage) for chunk, passage in found)
    headlines = tuple(writer.line(passage.headline) for passage in passages if passage.headline)
    return Narrative(parts, tuple(writer.findings), next(iter(headlines), None), codes)


def with_places(pieces: Iterable[Piece]) -> str:
    """A text with numbers in the places of its expressions. Each stands between signs that no text contains."""
    return "".join(
        f"{OPEN}{number}{CLOSE}" if piece.expression else piece.text.translate(UNTYPED)
        for number, piece in enumerate(pieces)
    )


def in_text(html: str) -> frozenset[str]:
    """The numbers of the expressions that stand in text. Those in the address of a link do not."""
    placed = VALUE.findall(TAG.sub("", html))
    hidden = VALUE.findall(unquote("".join(TAG.findall(html))))
    return frozenset(each for each in placed if placed.count(each) == 1 and each not in hidden)


class _NarrativeWriter:
    """The state of a section that is being composed."""

    def __init__(self, printer: Printer, notebook: NoteBook, printed: Collection[str]) -> None:
        self.printer, self.notebook = printer, notebook
        self.findings: list[Finding] = []
        self.called = set(printed)
        # The texts of footnotes that wait for their places.
        self.waiting: list[str] = []
        self.nouns = printer.vintage.catalogue.nouns(printer.locale.language)

    def text(self, chunk: Chunk, passage: Passage) -> Text:
        mark = Mark(passage.mark.path, chunk.line)
        pieces, refused = parse(replace(passage, markdown=chunk.text, mark=mark))
        pieces = in_running_text(pieces, self.printer)
        self.findings += refused
        html = to_html(with_places(pieces), self._signs(chunk, pieces, passage))
        standing = in_text(html)
        words: dict[str, str] = {}
        used: list[Observation] = []
        for number, piece in enumerate(pieces):
            if piece.expression and str(number) in standing:
                words[str(number)], seen = self._words(piece.expression)
                used += seen
            elif piece.expression:
                self.findings.append(bad_expression(piece, f"{piece.text} cannot stand here", IN_LINK))
        return Text(self._with_calls(VALUE.sub(lambda match: words.get(match[1], ""), html)), tuple(used))

    def _with_calls(self, html: str) -> str:
        language = self.printer.locale.language
        made = with_calls(settled(html, self.nouns), lambda each: self.notebook.call(self.waiting[each], language))
        self.waiting.clear()
        return made

    def _waiting(self, sign: str, text: str) -> str:
        self.waiting.append(text)
        return f"{sign}{len(self.waiting) - 1}{SET}"

    def _signs(self, chunk: Chunk, pieces: Iterable[Piece], passage: Passage) -> Iterator[tuple[int, str]]:
        """The signs of what a draft marks, by their lines. Expressions of several lines are one line here."""
        flags, last = self.printer.flags, chunk.line + chunk.text.count("\n")
        lines = ((line, n) for line, n in flags.on_lines(passage.mark.path) if chunk.line - 1 <= line <= last)
        for line, number in lines:
            if passage.headline is None or line != passage.headline.mark.line:
                folded = sum(each.text.count("\n") for each in pieces if each.expression and each.mark.line < line)
                yield line - chunk.line - folded, flags.link(number, self.printer.locale.language)

    def line(self, passage: Passage) -> Text:
        """Compose a headline: text and values. Markdown, notes and references cannot stand in it."""
        pieces, refused = parse(passage)
        pieces = in_running_text(pieces, self.printer)
        self.findings += refused
        used: list[Observation] = []
        made = []
        for piece in pieces:
            if piece.expression and piece.expression.call:
                self.findings.append(call_in_headline(piece))
            elif piece.expression:
                printed = self._print(piece.expression)
                html = printed.html or escape(printed.text)
                made.append(self.printer.flags.led(html, printed.observations))
                used += printed.observations
            else:
                made.append(escape(piece.text))
        flags = self.printer.flags
        own, language = flags.on_lines(passage.mark.path), self.printer.locale.language
        made += [flags.link(n, language) for line, n in own if line == passage.mark.line]
        return Text("".join(made), tuple(used))

    def _print(self, expression: Expression) -> Printed:
        try:
            return self.printer.print(expression)
        except UnprintableError as problem:
            self.findings.append(problem.finding)
            return Printed("…")

    def _words(self, expression: Expression) -> tuple[str, tuple[Observation, ...]]:
        if expression.call == "note":
            return self._waiting(TYPED, expression.argument), ()
        printed = self._print(expression)
        text = (printed.html or escape(printed.text)).translate(UNTYPED)
        if printed.anchor:
            text = f'<a class="reference" href="#{printed.anchor}"{lang_attribute(printed.text)}>{text}</a>'
        flags = self.printer.flags
        found, language = flags.at(seen.mark for seen in printed.observations), self.printer.locale.language
        signs = (flags.link(number, language) for number in found)
        sign = sign_behind(HTML.words(text), is_filtered=bool(expression.filter))
        calls = (self._waiting(sign, each) for each in self._due(printed))
        return "".join((flags.led(text, printed.observations), *calls, *signs)), printed.observations

    def _due(self, printed: Printed) -> list[str]:
        """The footnotes that go with printed values. Those that this section called before are left out."""
        vintage, language = self.printer.vintage, self.printer.locale.language
        texts = [note.text(language) for seen in printed.observations for note in vintage.all_notes(seen)]
        due = [text for text in dict.fromkeys(texts) if text not in self.called]
        self.called.update(due)
        return due
