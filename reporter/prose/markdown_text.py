"""The text of a section as Markdown, with its values and notes. What it says of figures and tables beside it is left
out."""

from collections.abc import Sequence

from reporter.errors import Finding
from reporter.model import Passage
from reporter.prose.addressed import addressed_markdown
from reporter.prose.evaluation import Printer
from reporter.prose.markdown import chunks
from reporter.prose.markdown_writer import defined, escaped, markdown
from reporter.prose.narrative import Filler, NoteBook


def markdown_text(
    title: str, remarks: Sequence[str], passages: Sequence[Passage], printer: Printer
) -> tuple[str, tuple[Finding, ...]]:
    """Write the passages of a section as CommonMark below its title. Remarks come first, the headline in bold before
    the text, footnotes last: `[^1]` and their definitions. Also returns what could not be printed."""
    notes = NoteBook()
    filler = Filler(printer, notes, with_figures=False)
    headlines = [filler.headline(each.headline) for each in passages if each.headline]
    lines = [f"# {escaped(title)}", *(f"> {escaped(each)}" for each in remarks)]
    lines += [f"**{escaped(' '.join(each.words.split(' '))).strip()}**" for each in headlines[:1]]
    findings = [*filler.findings]
    filler.findings.clear()
    for passage in passages:
        for chunk in chunks(passage.markdown, passage.mark.line):
            made = tuple(filler.blocks(chunk, passage))
            texts = [text for each in made if each.block and (text := markdown(each.block))]
            if chunk.title and (texts or not chunk.text.strip()):
                lines.append(f"## {escaped(chunk.title)}")
            lines += texts
            lines.append(addressed_markdown(chunk, passage, printer.vintage, printer.locale))
            findings += (found for each in made for found in each.findings)
    lines += [defined(note.number, note.text) for note in notes.notes]
    return "\n\n".join(filter(None, lines)) + "\n", tuple(findings)
