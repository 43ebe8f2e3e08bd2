"""Rows, entries and lines of the annexes of an edition."""

from reporter.document.document import Document, Entries, Entry, Table
from reporter.model import Esms
from reporter.sections.methodology import HEADINGS
from tests.editions import checked


def of(found: Document, code: str) -> list[Entry]:
    """The entries of a list that is alone in its section."""
    (section,) = [each for each in found.walk() if each.code == code]
    (block,) = section.blocks
    assert isinstance(block, Entries)
    return list(block.entries)


def lines(found: Document, heading: Esms) -> tuple[str, ...]:
    (entry,) = [each for each in of(found, "methodology") if each.title.partition("  ")[2] == HEADINGS[heading]]
    return entry.lines


def table(found: Document, code: str) -> Table:
    (made,) = [each for each in found.tables() if each.code == code]
    return made


def rows(found: Document, code: str) -> dict[str, list[str]]:
    return {row.label: [cell.text for cell in row.cells] for row in table(found, code).rows}


def known(country: str) -> list[str]:
    return [each.short.text("en") for each in checked(country).dataset.catalogue.abbreviations]
