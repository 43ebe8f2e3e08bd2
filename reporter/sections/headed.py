"""What somebody wrote over charts and tables."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reporter.document.document import Block, Figure, Table, Text
from reporter.errors import Finding
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import NoteBook
from reporter.prose.narrative import compose as compose_text
from reporter.prose.passages import effective_passages


def anchor(block: Block) -> str:
    """The name of a chart or table in texts, empty for others."""
    if not isinstance(block, (Figure, Table)):
        return ""
    return f"{'figure' if isinstance(block, Figure) else 'table'}-{block.code}"


def anchors(blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, int]:
    numbered = (block for made in blocks.values() for block in made if isinstance(block, (Figure, Table)))
    return {anchor(block): block.number for block in numbered}


def written_over(names: Iterable[str], printer: Printer, notebook: NoteBook) -> tuple[dict[str, Text], list[Finding]]:
    """The headlines that texts put over named charts and tables. In the edition's own language only: without one stands
    the title. Also gives what cannot be printed."""
    headlines: dict[str, Text] = {}
    findings: list[Finding] = []
    language = printer.locale.language
    for name in names:
        passages = effective_passages(printer.vintage, name, language)
        written = [replace(each, markdown="") for each in passages if each.language == language]
        narrative = compose_text(written, printer, notebook)
        findings += narrative.findings
        if narrative.headline:
            headlines[name] = narrative.headline
    return headlines, findings
