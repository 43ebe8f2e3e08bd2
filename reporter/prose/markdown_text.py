"""The text of a section as Markdown, with its values and footnotes.

What it says of figures and tables beside it is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporter.errors import Finding, Mark
from reporter.model import Passage
from reporter.prose.evaluation import Printed, Printer, UnprintableError
from reporter.prose.expression import Expression, bad_expression, call_in_headline, parse
from reporter.prose.markdown import IN_LINK, Chunk, chunks, to_html
from reporter.prose.markdown_writer import defined, escaped, to_markdown
from reporter.prose.narrative import in_text, with_places
from reporter.prose.pointers import pointer_cuts


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """A text, and what of it could not be printed."""

    markdown: str
    findings: tuple[Finding, ...]


def markdown_text(title: str, remarks: Sequence[str], passages: Sequence[Passage], printer: Printer) -> MarkdownText:
    """Write the passages of a section as CommonMark below its title.

    Remarks come first, the headline in bold before the text, footnotes last: `[^1]` and their definitions.
    """
    writer = _SectionFiller(printer)
    headlines = [writer.headline(each.headline) for each in passages if each.headline]
    blocks = [f"# {escaped(title)}", *(f"> {escaped(each)}" for each in remarks)]
    blocks += [f"**{each}**" for each in headlines[:1]]
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            text = writer.text(chunk, passage)
            blocks += (
                [f"## {escaped(chunk.title)}", text] if chunk.title and (text or not chunk.text.strip()) else [text]
            )
    blocks += [defined(number, text) for text, number in writer.notes.items()]
    return MarkdownText("\n\n".join(filter(None, blocks)) + "\n", tuple(writer.findings))


class _SectionFiller:
    """The state of a section: its footnotes, and those called."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.findings: list[Finding] = []
        self.notes: dict[str, int] = {}
        self.called: set[str] = set()

    def headline(self, passage: Passage) -> str:
        """A headline with its values, in one line."""
        pieces, refused = parse(passage)
        self.findings += refused
        self.findings += [call_in_headline(each) for each in pieces if each.expression and each.expression.call]
        printed = (self._print(each.expression).text if each.expression else each.text for each in pieces)
        return escaped(" ".join("".join(printed).split(" "))).strip()

    def text(self, chunk: Chunk, passage: Passage) -> str:
        """The text under a heading."""
        pieces, refused = parse(replace(passage, markdown=chunk.text, mark=Mark(passage.mark.path, chunk.line)))
        self.findings += refused
        expressions = {str(number): each.expression for number, each in enumerate(pieces) if each.expression}
        marked = with_places(pieces)
        standing = in_text(to_html(marked))
        self.findings += [
            bad_expression(each, f"{each.text} cannot stand here", IN_LINK)
            for number, each in enumerate(pieces)
            if each.expression and str(number) not in standing
        ]
        printed: dict[str, tuple[str, str]] = {}

        def fill(number: str) -> tuple[str, str]:
            if number not in printed:
                printed[number] = self._words(expressions[number]) if number in standing else ("", "")
            return printed[number]

        return to_markdown(marked, fill, lambda text: pointer_cuts(text, expressions))

    def _words(self, expression: Expression) -> tuple[str, str]:
        """What an expression prints, and the calls of its footnotes."""
        if expression.call:
            return "", self._call(expression.argument) if expression.call == "note" else ""
        printed = self._print(expression)
        vintage, language = self.printer.vintage, self.printer.locale.language
        texts = dict.fromkeys(note.text(language) for seen in printed.observations for note in vintage.all_notes(seen))
        due = [text for text in texts if text not in self.called]
        self.called.update(due)
        return printed.text, "".join(map(self._call, due))

    def _call(self, text: str) -> str:
        return f"[^{self.notes.setdefault(text, len(self.notes) + 1)}]"

    def _print(self, expression: Expression) -> Printed:
        try:
            return self.printer.print(expression)
        except UnprintableError as problem:
            self.findings.append(problem.finding)
            return Printed("…")
