"""A text as an edition would print it. Its values are chips, and sentences in which something is found are
underlined."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from reporter.check.prose_text import ITEM, Sentence, parse_passage
from reporter.errors import Finding, Mark, Severity
from reporter.i18n import N_
from reporter.model import Observation, Passage
from reporter.prose.claims import CLAIMS
from reporter.prose.evaluation import Printer, UnprintableError, is_unanswered
from reporter.prose.expression import Expression, Piece, parse
from reporter.prose.markdown import chunks, to_html
from reporter.prose.narrative import VALUE, with_places
from reporter.prose.running_numbers import in_running_text

# Around a sentence, with its number; unicode noncharacters, which no text contains (those before are of `prose`).
BEGIN, SET, END = "\ufdd6", "\ufdd7", "\ufdd8"
SIGN = re.compile(f"{BEGIN}(\\d+){SET}|{END}")
NO_SIGNS = dict.fromkeys(map(ord, (BEGIN, SET, END)))
PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
CLOSED = re.compile(r"<(/?)(\w+)[^>]*>")
# Prints a whole sentence; the years print themselves.
MADE, YEARS = "change_sentence", ("year", "previous_year")
FIGURE, TABLE, FOOTNOTE = N_("Figure {n}"), N_("Table {n}"), N_("Footnote")


@dataclass(frozen=True, slots=True)
class PreviewedParagraph:
    """A paragraph as printed, and what is found in it. Where a sub-heading stands directly above it, that is its
    `title`."""

    html: str
    title: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class PreviewMaker:
    """Shows texts in one language. `now` prints for the year, `before` for the edition of an earlier one, None where
    nothing is compared. What is `plain` has no chips. `lead` gives where a value leads to on the page, and what it is
    called."""

    now: Printer
    before: Printer | None = None
    plain: bool = False
    lead: Callable[[Observation], tuple[str, str]] | None = None

    def headline(self, passage: Passage) -> str:
        if passage.headline is None:
            return ""
        pieces = in_running_text(parse(passage.headline)[0], self.now)
        return "".join(self._chip(each) if each.expression else escape(each.text) for each in pieces)

    def paragraphs(self, passage: Passage, findings: Sequence[Finding] = ()) -> Iterator[PreviewedParagraph]:
        found = list(PARAGRAPH.finditer(passage.markdown))
        starts = [passage.mark.line + passage.markdown.count("\n", 0, each.start()) for each in found]
        for number, each in enumerate(found):
            # What is found above the first paragraph, such as in a heading, is told with it.
            first = starts[number] if number else 0
            last = starts[number + 1] if number + 1 < len(found) else math.inf
            inside = tuple(one for one in findings if first <= one.mark.line < last)
            mark = Mark(passage.mark.path, starts[number])
            alone = replace(passage, markdown=each[0].rstrip("\n"), mark=mark, headline=None)
            yield self._paragraph(alone, inside)

    def _paragraph(self, passage: Passage, findings: tuple[Finding, ...]) -> PreviewedParagraph:
        pieces = _signed(in_running_text(parse(passage)[0], self.now), _sentences(passage, findings))
        title, html = "", ""
        for chunk in chunks(with_places(pieces), passage.mark.line):
            title = title or chunk.title
            html += VALUE.sub(lambda match: self._chip(pieces[int(match[1])]), to_html(chunk.text))
        return PreviewedParagraph(_underlined(html), title, findings)

    def _chip(self, piece: Piece) -> str:
        """What an expression prints, as a chip that tells its address. Where the year has a value, it leads to where
        that comes from."""
        expression = piece.expression
        if expression is None:
            return escape(piece.text)
        now, is_wrong, seen = _printed(expression, self.now)
        if self.plain:
            return escape(now)
        says = expression.filter in (*CLAIMS, MADE)
        kind = "is-said" if says else "is-call" if expression.call else "is-value"
        body = escape(now)
        if not expression.call and is_unanswered(expression, self.now.vintage):
            kind += " is-open"
        elif self.before and not (says or expression.call or expression.address in YEARS):
            was, failed, _ = _printed(expression, self.before)
            if was != now and not failed:
                body, kind = f"<del>{escape(was)}</del> <ins>{body}</ins>", f"{kind} is-changed"
        if is_wrong:
            kind += " is-wrong"
        address, vintage = escape(expression.address or expression.argument), self.now.vintage
        if expression.address and vintage.observation(expression.address):
            place = f"/{vintage.country.code}/{vintage.year}/figure/{address}"
            return f'<a class="chip {kind}" href="{place}" title="{address}"{self._led(seen)}>{body}</a>'
        return f'<span class="chip {kind}" title="{address}">{body}</span>'

    def _led(self, seen: Observation | None) -> str:
        if seen is None or self.lead is None:
            return ""
        address, label = map(escape, self.lead(seen))
        return f' data-at="{address}" data-label="{label}"'


def _printed(expression: Expression, printer: Printer) -> tuple[str, bool, Observation | None]:
    if expression.call == "note":
        return printer.locale.text(FOOTNOTE), False, None
    if expression.call:
        word = FIGURE if expression.call == "figure" else TABLE
        number = printer.anchors.get(f"{expression.call}-{expression.argument}", "…")
        return printer.locale.text(word, n=number), False, None
    try:
        printed = printer.print(expression)
        return printed.text, False, next(iter(printed.observations), None)
    except UnprintableError:
        return expression.words[0] if expression.filter in CLAIMS else "…", True, None


def _sentences(passage: Passage, findings: Iterable[Finding]) -> Sequence[tuple[Sentence, Severity]]:
    parsed, found = parse_passage(passage), dict[Sentence, Severity]()
    inside = [each for each in parsed.sentences() if each.whole == parsed.text]
    for each in findings:
        sentence = next((one for one in inside if each.mark in one and each.mark.line >= passage.mark.line), None)
        if sentence and found.get(sentence) is not Severity.ERROR:
            found[sentence] = each.severity
    return sorted(found.items(), key=lambda each: each[0].start)


def _signed(pieces: Iterable[Piece], sentences: Sequence[tuple[Sentence, Severity]]) -> tuple[Piece, ...]:
    """The pieces with signs where those sentences begin and end. A sentence neither begins nor ends within an
    expression."""
    places: dict[int, str] = {}
    for sentence, severity in sentences:
        item = ITEM.match(sentence.text)
        skipped = item.end() if item else len(sentence.text) - len(sentence.text.lstrip())
        last = sentence.start + len(sentence.text.rstrip())
        places[sentence.start + skipped] = f"{BEGIN}{int(severity is Severity.ERROR)}{SET}"
        places[last] = END
    made, at = list[Piece](), 0
    for piece in pieces:
        end = at + len(piece.text)
        text, inside = piece.text.translate(NO_SIGNS), [each for each in sorted(places) if at <= each <= end]
        if piece.expression is None and len(text) == len(piece.text):
            for place in reversed(inside):
                text = f"{text[: place - at]}{places.pop(place)}{text[place - at :]}"
        made.append(replace(piece, text=text))
        at = end
    return tuple(made)


def _underlined(html: str) -> str:
    marked = SIGN.sub(
        lambda found: "</mark>" if found[1] is None else f'<mark class="{"untrue" if int(found[1]) else "doubtful"}">',
        html,
    )
    open_elements: list[str] = []
    for each in CLOSED.finditer(marked):
        if not each[1] and each[2] not in ("br", "hr"):
            open_elements.append(each[2])
        elif each[1] and (not open_elements or open_elements.pop() != each[2]):
            return SIGN.sub("", html)
    return SIGN.sub("", html) if open_elements else marked
