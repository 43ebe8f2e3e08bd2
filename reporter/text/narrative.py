"""Turn the passages of a section into trees of text, with values and footnotes. Calls are placed where they do not read
as a power, and references to figures are left out where the text is printed without these."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from reporter.data.errors import Finding, Mark
from reporter.data.languages.sentences import BLANK, sentence_breaks
from reporter.data.records import Passage
from reporter.data.records.label import Said, language_of
from reporter.text.evaluation import Printed, Printer, UnprintableError, in_running_text
from reporter.text.expression import Expression, bad_expression, call_in_headline, parse
from reporter.text.markdown import IN_LINK, Chunk, chunks, code_of, tree
from reporter.text.tree import (
    PRE,
    Break,
    Call,
    Group,
    Inline,
    Link,
    Marked,
    Note,
    Place,
    Run,
    Text,
    TextBlock,
    Value,
    Words,
    Wrapper,
    line_of,
    paragraphs,
    runs,
    values,
)

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# So many words may be between a number and the noun that it counts.
MOST_BETWEEN = 4
# A clause ends before these, unless they are within a number; a sentence after a stop.
CLAUSE = re.compile(r"[,;:)](?!\d)|[ \u00a0][–—]|(?P<stop>[.!?])[”’“»)]*(?:\s+\W*(?P<next>\w)|\W*\Z)")
ABBREVIATED = re.compile(r"(?:^|[\s(\u00a0])(?:[^\W\d_]|Nrs?|Nos?|Art|proc|pvz|žr|vid|mln|mlrd|tūkst|min)\Z")
# A run, a number of its letters, and what they are within: the position after these letters.
_Spot = tuple[int, int, tuple[Wrapper, ...]]


def settled(line: Iterable[Run], typed: Collection[int], nouns: Collection[str]) -> list[Run]:
    """Place every call that waits at a number. `typed` are those typed there, `nouns` the words that numbers count."""
    runs = list(line)
    while waiting := [(n, run.leaf.number) for n, run in enumerate(runs) if isinstance(run.leaf, Place)]:
        at, number = waiting[0]
        place = at, 0, runs.pop(at).within
        begin = max((n + 1 for n, run in enumerate(runs[:at]) if isinstance(run.leaf, Break)), default=0)
        stays = number in typed and stands_after_word("".join(run.text for run in runs[begin:at]))
        n, letters, within = _behind_whole(runs, place)
        n, letters, within = (n, letters, within) if stays else _place(runs, begin, (n, letters, within), nouns)
        if letters and isinstance(cut := runs[n].leaf, Words):
            halves = (cut.text[:letters], cut.text[letters:])
            runs[n : n + 1] = [Run(replace(cut, text=half), within) for half in halves if half]
            n += 1
        while n < len(runs) and isinstance(runs[n].leaf, Call) and [*map(id, runs[n].within)] == [*map(id, within)]:
            n += 1
        runs.insert(n, Run(Call(number, ""), within))
    return runs


def stands_after_word(words: str) -> bool:
    """Return whether a call after these words follows a word or the end of a sentence."""
    last = words.rstrip("\u00a0 \n'\")]”’“»")[-1:]
    return last.isalpha() or last in tuple(".!?")


def _whole(within: Sequence[Wrapper]) -> int | None:
    """The index of the first wrapper that must not contain a call."""
    kinds = (isinstance(wrapper, Link) or (isinstance(wrapper, Marked) and wrapper.tag == "code") for wrapper in within)
    return next((n for n, is_whole in enumerate(kinds) if is_whole), None)


def _behind_whole(line: Sequence[Run], spot: _Spot) -> _Spot:
    n, _, within = spot
    depth = _whole(within)
    if depth is None:
        return spot
    while n < len(line) and len(line[n].within) > depth and line[n].within[depth] is within[depth]:
        n += 1
    return n, 0, within[:depth]


def _letters(line: Sequence[Run], start: int) -> tuple[str, list[_Spot]]:
    """The letters from a run to the end of the line in its paragraph, and the position after each of them."""
    text, spots = "", list[_Spot]()
    for n in range(start, len(line)):
        run = line[n]
        if isinstance(run.leaf, Break):
            break
        text += run.text
        if _whole(run.within) is None:
            spots += ((n, letters, run.within) for letters in range(1, len(run.text) + 1))
        else:
            spots += [_behind_whole(line, (n, 0, run.within))] * len(run.text)
    return text, spots


def _place(line: Sequence[Run], begin: int, spot: _Spot, nouns: Collection[str]) -> _Spot:
    text, spots = _letters(line, spot[0])
    end = next(filter(None, (_noun(text, nouns), *_clauses(text))), 0)
    if end:
        return spots[end - 1]
    # After the last word before it that is not in a link.
    before, behind = _letters(line[: spot[0]], begin)
    bare = "".join(letter if at else BLANK for letter, (_, at, _) in zip(before, behind, strict=True))
    words = [match.end() for match in WORD.finditer(bare)]
    return behind[words[-1] - 1] if words else spot


def _noun(text: str, nouns: Collection[str]) -> int:
    """The end of the noun that follows, 0 for none nearby. A participle before a noun may be a counted word too."""
    near = text[: next((clause.start() for clause in _ends(text)), len(text))]
    end = 0
    for count, word in enumerate(WORD.finditer(near)):
        far = count > MOST_BETWEEN or any(map(str.isdigit, near[: word.start()]))
        gap = near[end : word.start()].strip() if end else far
        counted = word[0].casefold() in nouns
        if gap or (end and not counted):
            break
        end = word.end() if counted else 0
    return end


def _clauses(text: str) -> Iterator[int]:
    for clause in _ends(text):
        if text[clause.start() - 1 : clause.start()].isalpha():
            yield clause.start()
        elif clause["stop"]:
            yield clause.end("stop")
    end = len(text.rstrip())
    if text[end - 1 : end].isalpha():
        yield end


def _ends(text: str) -> Iterator[re.Match[str]]:
    """The ends of clauses, without stops after abbreviations."""
    for clause in CLAUSE.finditer(text):
        following = clause["next"] or ""
        if not clause["stop"] or not (following.islower() or ABBREVIATED.search(text[: clause.start()])):
            yield clause


# Capitals that no text contains, for references and values: they can begin and end a sentence.
REFERENCE, VALUE = "Ʀ", "Ȣ"
REFERENCES = ("figure", "table")
# A sentence or clause with such a word is about what it refers to.
POINTING = (
    r"(?i:\b(?:paveiksl|lentel|diagram|grafik)\w*|\bgreta vien\w+ kit|\A\s*Pateikiam|\b(?:charts?|tables?|graphs?)\b)"
)
BARE = f"[^,;:(){VALUE}]*"
# What may be cut out: "As Figure 3 shows, "; "; Figure 3 keeps them apart"; "(see Figure 3)"; ", see Figure 3" in
# parentheses with a value; ", as Figure 3 shows".
POINTER = re.compile(
    rf"(?P<first>\A\s*(?:As|Kaip)\s{BARE}{REFERENCE}{BARE},\s*)"
    rf"|;(?:(?=[^;{VALUE}]*{POINTING})[^;{VALUE}]*|[^;({VALUE}]*){REFERENCE}[^;{VALUE}]*?(?=;|[.!?][^.!?\w]*\Z|\Z)"
    rf"|\s*\([^(){VALUE}]*{REFERENCE}[^(){VALUE}]*\)"
    rf"|(?:[,;]|(?<=\())[^(),;]*{REFERENCE}[^(),;]*(?=[^()]*\))"
    rf"|\s*,\s(?:as|kaip)\s{BARE}{REFERENCE}{BARE}?(?=[.!?][^.!?]*\Z)"
)
# A sentence certainly begins with these, whatever is before the space.
BEGINS = re.compile(
    rf"[.!?](?<!\bžr\.)(?<!\bplg\.)(?<!\bcf\.)[’”“»)\]]*(?P<space>\s+)"
    rf"(?={REFERENCE}|Paveiksl|Lentel|Kitame paveiksl|Kitoje lentel)"
)


class Cut(NamedTuple):
    """A piece of a text that is replaced, mostly by nothing."""

    start: int
    end: int
    instead: str = ""


def without_pointers(line: Sequence[Run], expressions: dict[int, Expression]) -> list[Run]:
    """A paragraph without references. Expressions are at the places of their numbers; one may now open its sentence."""
    asked = {run.leaf.number: expressions[run.leaf.number] for run in line if isinstance(run.leaf, Place)}
    if not any(expression.call in REFERENCES for expression in asked.values()):
        return list(line)
    texts = [_mask(asked[run.leaf.number]) if isinstance(run.leaf, Place) else run.text for run in line]
    masked = "".join(texts)
    breaks = sorted({*sentence_breaks(masked), *(match.span("space") for match in BEGINS.finditer(masked))})
    starts, ends = (0, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(masked))
    cuts = [
        cut
        for start, end, until in zip(starts, ends, (*starts[1:], len(masked)), strict=True)
        if REFERENCE in masked[start:end]
        for cut in _cuts(masked[start:end], start, until)
    ]
    remaining_runs, at = list[Run](), 0
    for run, text in zip(line, texts, strict=True):
        left = _left(text, at, cuts)
        if isinstance(run.leaf, Place):
            remaining_runs += [run] if left else []
            if left and any(cut.end == at for cut in cuts):
                expressions[run.leaf.number] = replace(asked[run.leaf.number], opens=True)
        elif left or not text:
            remaining_runs.append(run._replace(leaf=Words(left)) if left != text else run)
        at += len(text)
    return remaining_runs


def _mask(expression: Expression) -> str:
    # Three letters, since fewer may be an abbreviation. A whole sentence brings its full stop.
    if expression.call:
        return (REFERENCE if expression.call in REFERENCES else BLANK) * 3
    return f"{VALUE}{VALUE}." if expression.filter == "change_sentence" else VALUE * 3


def _cuts(sentence: str, start: int, until: int) -> Iterable[Cut]:
    """The cuts of a sentence that begins at a place: parts of it, or all."""
    cuts = list[Cut]()
    for match in POINTER.finditer(sentence):
        behind = sentence[match.end() : match.end() + 1] if match["first"] else ""
        letter = behind if behind.isalpha() and behind not in (REFERENCE, VALUE) else ""
        cuts.append(Cut(start + match.start(), start + match.end() + len(letter), letter.upper()))
    rest = _left(sentence, start, cuts)
    is_about = REFERENCE in rest or (re.search(POINTING, rest) and VALUE not in rest)
    return [Cut(start, until)] if is_about or not re.search(r"\w", rest) else cuts


def _left(text: str, start: int, cuts: Iterable[Cut]) -> str:
    """What is left of a piece of a text that begins at a place in it."""
    remainder, done, end = "", start, start + len(text)
    for cut in cuts:
        if cut.start < end and cut.end > start:
            remainder += text[done - start : max(cut.start - start, 0)] + (cut.instead if cut.start >= start else "")
            done = min(cut.end, end)
    return remainder + text[done - start :]


class Notes(Protocol):
    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        """The notes to be called after a value."""

    def call(self, text: str, language: str) -> Call:
        """The call of a note in a text of some language."""


@dataclass(slots=True)
class NoteBook:
    """The footnotes of a document, numbered throughout; in one chapter equal words have one number. `language` is the
    document's; `called` are the notes of values that their section has called."""

    language: str = ""
    notes: list[Note] = field(default_factory=list)
    chapter: int = 0
    called: set[str] = field(default_factory=set)

    def open_chapter(self) -> None:
        """Begin a chapter. Its footnotes are on its own pages, even when an earlier chapter has equal ones."""
        self.chapter = len(self.notes)

    def of_value(self, printed: Printed, printer: Printer) -> tuple[str, ...]:
        vintage, language = printer.vintage, printer.locale.language
        texts = [note.text(language) for observation in printed.observations for note in vintage.all_notes(observation)]
        due = tuple(text for text in dict.fromkeys(texts) if text not in self.called)
        self.called.update(due)
        return due

    def call(self, text: str, language: str) -> Call:
        """Call a footnote, for the first time in a chapter or again."""
        earlier_note = next((note for note in self.notes[self.chapter :] if note.text == text), None)
        if earlier_note:
            return Call(earlier_note.number, text, language_of(text), first=False)
        # It is printed elsewhere on the page, so its language must be known.
        other = language if language != self.language and self.language else ""
        note = Note(len(self.notes) + 1, Said(text, other) if other and not language_of(text) else text)
        self.notes.append(note)
        return Call(note.number, str(text), language_of(text))


@dataclass(frozen=True, slots=True)
class Narrative:
    """The passages of a section as text, split at their headings: pairs of title ("" at first) and text, with `codes`,
    "" for a title without one. `findings` say what could not be printed. `headline` is the section's, if written."""

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
    """Compose the text of a section from its passages, in order. Each note of a value is called once, unless it is
    among `printed`, the notes printed next to the text anyway."""
    notebook.called = set(printed)
    filler = Filler(printer, notebook)
    parts, codes, findings = list[tuple[str, Text]](), list[str](), list[Finding]()
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            filled = tuple(filler.blocks(chunk, passage))
            parts.append((chunk.title, text_of(tuple(item.block for item in filled if item.block))))
            codes.append(code_of(chunk, passage))
            findings += (finding for filled_block in filled for finding in filled_block.findings)
    headlines = tuple(filler.headline(passage.headline) for passage in passages if passage.headline)
    return Narrative(tuple(parts), (*findings, *filler.findings), next(iter(headlines), None), tuple(codes))


def text_of(nodes: tuple[TextBlock | Inline, ...]) -> Text:
    return Text(nodes, tuple(observation for value in values(nodes) for observation in value.observations))


class Filled(NamedTuple):
    """A block with its values, None if outside any block or left out, and what could not be printed."""

    block: TextBlock | None
    findings: tuple[Finding, ...]


class Filler:
    """Fills texts with their values, without references to figures if printed without these."""

    def __init__(self, printer: Printer, notes: Notes, *, with_figures: bool = True) -> None:
        self.printer, self.notes, self.with_figures = printer, notes, with_figures
        self.findings: list[Finding] = []
        self.nouns = printer.vintage.nouns(printer.locale.language)
        self.expressions: dict[int, Expression] = {}
        # The numbers of what a draft marks, by the first line of the paragraph after which they are printed.
        self.marked: dict[int, list[int]] = {}
        # The notes called in the current paragraph, and the numbers of those typed there.
        self.waiting: list[str] = []
        self.typed: set[int] = set()

    def blocks(self, chunk: Chunk, passage: Passage) -> Iterator[Filled]:
        pieces, refused = parse(replace(passage, markdown=chunk.text, mark=Mark(passage.mark.path, chunk.line)))
        pieces = in_running_text(pieces, self.printer)
        blocks, hidden = tree(pieces)
        self.findings += refused
        self.findings += [
            bad_expression(pieces[n], f"{pieces[n].text} is not allowed here", IN_LINK) for n in sorted(hidden)
        ]
        self.expressions = {n: part.expression for n, part in enumerate(pieces) if part.expression and n not in hidden}
        self._mark(blocks, chunk, passage)
        for block in blocks:
            yield self._filled(self._block(block))
        if self.findings:
            yield self._filled(None)

    def headline(self, passage: Passage) -> Text:
        """Compose a headline of text and values; Markdown, notes and references are not allowed in it."""
        pieces, refused = parse(passage)
        self.findings += refused
        inlines: list[Inline] = []
        for piece in in_running_text(pieces, self.printer):
            if piece.expression and piece.expression.call:
                self.findings.append(call_in_headline(piece))
            elif piece.expression:
                inlines.append(self._value(piece.expression, self._print(piece.expression)))
            else:
                inlines.append(Words(piece.text, mark=piece.mark))
        flags = self.printer.flags
        for line, number in flags.on_lines(passage.mark.path):
            inlines += flags.link(number) if line == passage.mark.line else ()
        return text_of(tuple(inlines))

    def _mark(self, blocks: Iterable[TextBlock], chunk: Chunk, passage: Passage) -> None:
        last, title = chunk.line + chunk.text.count("\n"), passage.headline
        begins = [paragraph.line for paragraph in paragraphs(blocks) if paragraph.sort != PRE]
        self.marked = {}
        for line, number in self.printer.flags.on_lines(passage.mark.path) if begins else ():
            if chunk.line - 1 <= line <= last and not (title and line == title.mark.line):
                above = [start for start in begins if start <= line]
                self.marked.setdefault((above or begins[:1])[-1], []).append(number)

    def _filled(self, block: TextBlock | None) -> Filled:
        findings, self.findings = tuple(self.findings), []
        return Filled(block, findings)

    def _block(self, block: TextBlock) -> TextBlock | None:
        if isinstance(block, Group):
            blocks = tuple(filled_block for child in block.inside if (filled_block := self._block(child)))
            return replace(block, inside=blocks) if blocks or not block.inside else None
        line = [
            run for run in runs(block.inside) if not isinstance(run.leaf, Place) or run.leaf.number in self.expressions
        ]
        if block.sort == PRE:
            return replace(block, inside=self._line(line))
        if not self.with_figures:
            line = without_pointers(line, self.expressions)
        marks = (inline for number in self.marked.get(block.line, ()) for inline in self.printer.flags.link(number))
        inside = self._line(line, marks)
        return replace(block, inside=inside) if inside else None

    def _line(self, line: Iterable[Run], behind: Iterable[Inline] = ()) -> tuple[Inline, ...]:
        output = settled((*(part for run in line for part in self._runs(run)), *runs(behind)), self.typed, self.nouns)
        language = self.printer.locale.language
        for n, run in enumerate(output):
            if isinstance(run.leaf, Call):
                output[n] = run._replace(leaf=self.notes.call(self.waiting[run.leaf.number], language))
        self.waiting.clear()
        self.typed.clear()
        return line_of(output)

    def _runs(self, run: Run) -> Iterator[Run]:
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
        # What a filter makes of a value ends with the noun that it counts.
        is_placed = bool(expression.filter) and stands_after_word(printed.text)
        for text in self.notes.of_value(printed, self.printer):
            yield run._replace(leaf=Call(len(self.waiting), "") if is_placed else Place(len(self.waiting)))
            self.waiting.append(text)
        flags = self.printer.flags
        for number in flags.at(observation.mark for observation in printed.observations):
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
