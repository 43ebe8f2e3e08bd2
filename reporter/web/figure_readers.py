"""How others read a figure: Eurostat's tables, and UNODC's rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.context import Context
from reporter.export.sdmx import measured_values, rows_of
from reporter.i18n import N_
from reporter.model import Observation, is_hidden
from reporter.reconcile.mapping import LAYOUT, pairs
from reporter.sections.retold import label_at
from reporter.web.frame import YearPage

STATED, MADE = N_("as it is stated"), N_("made of {figures}")


@dataclass(frozen=True, slots=True)
class EurostatCell:
    """A cell of a table of Eurostat that a figure goes into. `key` are the codes of its dimensions; `value` is empty
    for what is not sent."""

    table: str
    title: str
    key: str
    value: str
    flags: str
    how: str


@dataclass(frozen=True, slots=True)
class UnodcRow:
    """A row of UNODC's table that a figure answers to. `others` are the figures that it is added up with there."""

    publication: str
    words: str
    others: str


@dataclass(frozen=True, slots=True)
class OtherPublication:
    """What another publication states instead, and why."""

    publisher: str
    value: str
    reason: str
    place: str


def eurostat_cells(page: YearPage, seen: Observation) -> Iterator[EurostatCell]:
    """The cells of Eurostat's tables in which a value has a part."""
    known, locale = page.vintage, page.locale
    context = Context(known, locale)
    for table in known.catalogue.eurostat.dataflows:
        for row in rows_of(known, table):
            used = [each.address for each in row.filled.used]
            if row.year != seen.year or seen.address not in used:
                continue
            value, flags, _ = measured_values(known, row)
            alone = used == [seen.address]
            figures = locale.listed(label_at(each, context) for each in used)
            yield EurostatCell(
                table=table.code,
                title=table.label.text(locale.language),
                key=".".join(row.key),
                value=value,
                flags=flags,
                how=locale.text(STATED) if alone else locale.text(MADE, figures=figures),
            )


def unodc_rows(page: YearPage, seen: Observation) -> Iterator[UnodcRow]:
    """The rows of UNODC's table that a figure answers to."""
    known, locale = page.vintage, page.locale
    context = Context(known, locale)
    source = next((each for each in known.catalogue.sources if each.layout == LAYOUT), None)
    publication = source.title.text(locale.language) if source else LAYOUT
    for pair in pairs(known.catalogue, known.country):
        if seen.address in pair.addresses and not seen.owner:
            stated = [each for each in pair.addresses if known.observation(each, seen.year) and each != seen.address]
            words = " / ".join(dict.fromkeys(map(str, pair.cells)))
            others = locale.listed(label_at(each, context) for each in stated)
            yield UnodcRow(publication, words, others)


def other_publications(page: YearPage, seen: Observation) -> Iterator[OtherPublication]:
    """What the files know of other publications that say otherwise."""
    known, locale = page.vintage, page.locale
    for each in known.data.differences:
        if (each.figure, each.year) == (seen.address, seen.year) and not is_hidden(seen):
            source = known.catalogue.source(each.publication)
            yield OtherPublication(
                publisher=source.publisher.text(locale.language) if source else each.publication,
                value=each.published,
                reason=each.reason.text(locale.language),
                place=f"{each.mark.path}:{each.mark.line}",
            )
