"""Where an edition prints a value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporter.document.document import Document, Figure, Section, Table
from reporter.document.outline import Volume
from reporter.document.printed import in_block
from reporter.i18n import N_, Locale
from reporter.model import Observation

HEADLINE, TEXT = N_("headline"), N_("text")
TABLE, CHART, ALT = N_("Table {n}"), N_("Figure {n}"), N_("Figure {n}, its description for who cannot see it")


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A place where a value is printed. `anchor` is where it is on the page, empty in a volume that the page does not
    show. `section` is in the language of the edition, `kind` in that of who looks."""

    section: str
    kind: str
    anchor: str
    volume: Volume


def places_of(volumes: Mapping[Volume, Document], seen: Observation, locale: Locale) -> tuple[PrintedPlace, ...]:
    found = (
        PrintedPlace(f"{section.number} {section.title}".strip(), kind, "" if volume else anchor, volume)
        for volume, document in volumes.items()
        for section in document.walk()
        for kind, anchor in _in_section(section, seen, locale)
    )
    return tuple(dict.fromkeys(found))


def _in_section(section: Section, seen: Observation, locale: Locale) -> Iterator[tuple[str, str]]:
    here = f"section-{section.code}"
    if section.headline and seen in section.headline.observations:
        yield locale.text(HEADLINE), here
    for block in section.blocks:
        if all(each != seen for _, each in in_block(block)):
            continue
        if isinstance(block, Table):
            yield locale.text(TABLE, n=block.number), f"table-{block.code}"
        elif isinstance(block, Figure):
            yield locale.text(CHART, n=block.number), f"figure-{block.code}"
            yield locale.text(TABLE, n=block.table.number), f"table-{block.table.code}"
            if re.search(rf"(?<![\d.,]){re.escape(locale.value(seen))}(?![\d])", block.alt):
                yield locale.text(ALT, n=block.number), f"figure-{block.code}"
        else:
            yield locale.text(TEXT), here
