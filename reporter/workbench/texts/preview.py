"""A text as an edition would print it: values are chips, and sentences with findings are underlined."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from reporter.check.prose_text import ITEM, Sentence, parse_passage
from reporter.data.errors import Finding, Mark, Severity
from reporter.data.i18n import N_
from reporter.data.records import Observation, Passage
from reporter.formats.html.html import HtmlWriter
from reporter.text.claims import CLAIMS
from reporter.text.evaluation import Printer, UnprintableError, in_running_text, is_unanswered
from reporter.text.expression import Expression, Piece, parse
from reporter.text.markdown import chunks, tree
from reporter.text.tree import Break, Place, Run, TextBlock, paragraphs, runs

PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
# Refused as an expression.
BRACES = re.compile(r"\{[{%#]?[^{}]*[}%#]?\}?|\}\}")
# The end of an underlined sentence, and the separator of two paragraphs' words.
END, NEXT = "</mark>", Run(Break())
# Prints a whole sentence; the years print themselves.
MADE, YEARS = "change_sentence", ("year", "previous_year")
FIGURE, TABLE, FOOTNOTE = N_("Figure {n}"), N_("Table {n}"), N_("Footnote")


@dataclass(frozen=True, slots=True)
class PreviewedParagraph:
    """A paragraph as printed, its words without markup, and its findings. `title` is the sub-heading directly above."""

    html: str
    words: str = ""
    title: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class PreviewMaker:
    """Shows texts in one language. `now` prints for the year, `before` for an earlier edition, None without comparison.
    `plain` omits chips. `lead` returns the page and the name of a value."""

    now: Printer
    before: Printer | None = None
    plain: bool = False
    lead: Callable[[Observation], tuple[str, str]] | None = None

    def headline(self, passage: Passage) -> str:
        if passage.headline is None:
            return ""
        pieces = in_running_text(parse(passage.headline)[0], self.now)
        return "".join(self._chip(piece) if piece.expression else escape(piece.text) for piece in pieces)

    def paragraphs(self, passage: Passage, findings: Sequence[Finding] = ()) -> Iterator[PreviewedParagraph]:
        matches = list(PARAGRAPH.finditer(passage.markdown))
        starts = [passage.mark.line + passage.markdown.count("\n", 0, match.start()) for match in matches]
        for number, text in enumerate(matches):
            # Findings above the first paragraph, such as in a heading, are shown with it.
            first = starts[number] if number else 0
            last = starts[number + 1] if number + 1 < len(matches) else math.inf
            inside = tuple(one for one in findings if first <= one.mark.line < last)
            mark = Mark(passage.mark.path, starts[number])
            yield self._paragraph(replace(passage, markdown=text[0].rstrip("\n"), mark=mark, headline=None), inside)

    def _paragraph(self, passage: Passage, findings: tuple[Finding, ...]) -> PreviewedParagraph:
        title, html, words = "", "", list[str]()
        for chunk in chunks(passage.markdown, passage.mark.line):
            title = title or chunk.title
            part = replace(passage, markdown=chunk.text, mark=Mark(passage.mark.path, chunk.line))
            pieces = _signed(in_running_text(parse(part)[0], self.now), _sentences(part, findings))
            blocks, _ = tree(pieces)
            signs = _underlining(blocks, pieces)
            html_by_number = {n: leaf if isinstance(leaf, str) else self._chip(leaf) for n, leaf in enumerate(pieces)}
            html_by_number |= {n: "" for n, leaf in enumerate(pieces) if isinstance(leaf, str) and n not in signs}
            html += HtmlWriter("", placed=html_by_number.__getitem__).html(blocks)
            for run in (run for paragraph in paragraphs(blocks) for run in (*runs(paragraph.inside), NEXT)):
                piece = pieces[run.leaf.number] if isinstance(run.leaf, Place) else None
                expression = piece.expression if isinstance(piece, Piece) else None
                words.append(_printed(expression, self.now)[0] if expression else run.text)
        return PreviewedParagraph(html, " ".join("".join(words).split()), title, findings)

    def _chip(self, piece: Piece) -> str:
        """An expression's text as a chip that names its address. If the year has the value, it links to its origin."""
        expression = piece.expression
        if expression is None:
            return escape(piece.text)
        now, problem, observation = _printed(expression, self.now)
        if self.plain:
            return escape(now)
        kind, body = self._kind(expression), escape(now)
        if self.before and kind == "is-value" and expression.address not in YEARS:
            was, failed, _ = _printed(expression, self.before)
            if was != now and not failed:
                body, kind = f"<del>{escape(was)}</del> <ins>{body}</ins>", f"{kind} is-changed"
        if problem:
            kind += " is-wrong"
        address, vintage = escape(expression.address or expression.argument), self.now.vintage
        if expression.address and vintage.observation(expression.address):
            place = f"/{vintage.country.code}/{vintage.year}/figure/{address}"
            return f'<a class="chip {kind}" href="{place}" title="{address}"{self._led(observation)}>{body}</a>'
        return f'<span class="chip {kind}" title="{address}">{body}</span>'

    def _kind(self, expression: Expression) -> str:
        if expression.call:
            return "is-call"
        kind = "is-said" if expression.filter in (*CLAIMS, MADE) else "is-value"
        return kind + " is-open" * is_unanswered(expression, self.now.vintage)

    def expressions(self, passage: Passage) -> Iterator[tuple[Piece, str, str, Finding | None]]:
        """Each expression of a text, and what only looks like one: its text, the kind of its chip, and its error."""
        pieces, refused = parse(passage)
        for piece in in_running_text(pieces, self.now):
            if piece.expression:
                text, problem, _ = _printed(piece.expression, self.now)
                yield piece, text, self._kind(piece.expression), problem
        lines = passage.markdown.split("\n")
        for finding in refused:
            source = BRACES.match(lines[finding.mark.line - passage.mark.line], finding.mark.column - 1)
            yield Piece(source[0] if source else "", finding.mark), "", "", finding

    def _led(self, observation: Observation | None) -> str:
        if observation is None or self.lead is None:
            return ""
        address, label = map(escape, self.lead(observation))
        return f' data-at="{address}" data-label="{label}"'


def _printed(expression: Expression, printer: Printer) -> tuple[str, Finding | None, Observation | None]:
    """An expression's text, or why it has none, and the first value that it prints."""
    if expression.call == "note":
        return printer.locale.text(FOOTNOTE), None, None
    if expression.call:
        word = FIGURE if expression.call == "figure" else TABLE
        number = printer.anchors.get(f"{expression.call}-{expression.argument}", "…")
        return printer.locale.text(word, n=number), None, None
    try:
        printed = printer.print(expression)
        return printed.text, None, next(iter(printed.observations), None)
    except UnprintableError as problem:
        return expression.words[0] if expression.filter in CLAIMS else "…", problem.finding, None


def _sentences(passage: Passage, findings: Iterable[Finding]) -> Sequence[tuple[Sentence, Severity]]:
    parsed, by_sentence = parse_passage(passage), dict[Sentence, Severity]()
    inside = [candidate for candidate in parsed.sentences if candidate.whole == parsed.text]
    for finding in findings:
        sentence = next((one for one in inside if finding.mark in one and finding.mark.line >= passage.mark.line), None)
        if sentence and by_sentence.get(sentence) is not Severity.ERROR:
            by_sentence[sentence] = finding.severity
    return sorted(by_sentence.items(), key=lambda pair: pair[0].start)


def _signed(pieces: Iterable[Piece], sentences: Sequence[tuple[Sentence, Severity]]) -> tuple[Piece | str, ...]:
    """The pieces with tags around those sentences, which never begin or end within an expression."""
    places: dict[int, str] = {}
    for sentence, severity in sentences:
        item = ITEM.match(sentence.text)
        skipped = item.end() if item else len(sentence.text) - len(sentence.text.lstrip())
        last = sentence.start + len(sentence.text.rstrip())
        places[sentence.start + skipped] = f'<mark class="{"untrue" if severity is Severity.ERROR else "doubtful"}">'
        places[last] = END
    signed_pieces, at = list[Piece | str](), 0
    for piece in pieces:
        done, end = at, at + len(piece.text)
        for place in sorted(offset for offset in places if at <= offset <= end) if piece.expression is None else ():
            signed_pieces += (replace(piece, text=piece.text[done - at : place - at]), places.pop(place))
            done = place
        signed_pieces.append(replace(piece, text=piece.text[done - at :]))
        at = end
    return tuple(signed_pieces)


def _underlining(blocks: Iterable[TextBlock], pieces: Sequence[Piece | str]) -> frozenset[int]:
    """The numbers of tags that split no element: both tags of a sentence are within the same ones."""
    within: dict[int, tuple[int, ...]] = {}
    for number, paragraph in enumerate(paragraphs(blocks)):
        for run in runs(paragraph.inside):
            if isinstance(run.leaf, Place):
                within[run.leaf.number] = (number, *map(id, run.within))
    signs = [n for n, piece in enumerate(pieces) if isinstance(piece, str)]
    pairs = zip(signs[::2], signs[1::2], strict=False)
    return frozenset(n for pair in pairs if within.get(pair[0], ()) == within.get(pair[1]) for n in pair)
