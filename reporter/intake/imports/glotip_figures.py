"""What UNODC's public file states of a country, in our words. The mappings of the catalogue say which cell answers to
which figure. Nothing is guessed: a cell that answers to several figures, or to none, is left and told."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from reporter.check.imported_words import MASKED, NOT_THERE, OTHERS
from reporter.errors import Mark
from reporter.files.checksum import checksum
from reporter.i18n import N_, three_letters
from reporter.intake.imports.layout_source import source_of_layout
from reporter.load.glotip import glotip_rows
from reporter.model import Catalogue, Country, ExternalCell, ExternalValue, Flag, Publication, Source, Vintage
from reporter.model.external import WHOLE, TheirName
from reporter.model.imported import ImportedFault, ImportedFigures, ImportedValue, LeftRow
from reporter.model.label import ENGLISH
from reporter.model.telling import At, Told, tell
from reporter.reconcile.inconsistencies import AT_MOST, faults
from reporter.reconcile.mapping import LAYOUT, pairs, persons
from reporter.reconcile.repeated_years import Fault, Pattern

# The definition that its numbers have, where the usual one is another.
DEFINITION = "glotip_definition"
MISSING, SUPPRESSED = "missing", "suppressed"
STAMP = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
# A people is called after its country: Latvia and Latvian, Estonia and Estonians.
ALIKE = 3
PEOPLE = ("n", "ns", "an", "ans", "s")
BESIDES = N_("{fault}; persons of other or unknown sex or age are counted besides")


@dataclass(frozen=True, slots=True)
class Answering:
    """Which figure answers to each cell of the file. `shared` are cells to which several codes answer together."""

    cells: Mapping[ExternalCell, str]
    shared: frozenset[ExternalCell]
    publisher: str
    catalogue: Catalogue


def read_figures(
    content: bytes, shown: str, catalogue: Catalogue, country: Country, _known: Vintage | None = None
) -> ImportedFigures:
    """Read the rows of a country. Raises FileError when it is not such a file, or has no row of the country."""
    publication = glotip_rows(content, shown, three_letters(country.code))
    source = source_of_layout(catalogue, LAYOUT, shown)
    words = dict(country.mappings).get(LAYOUT, "")
    known = [each.strip() for each in words.split(";") if each.strip()]
    of_people = {f"{each}{end}" for each in known for end in PEOPLE}.difference(known)
    people = sorted(of_people.intersection(each.cell.category for each in publication.rows))
    mapped = replace(country, mappings=(*country.mappings, (LAYOUT, "; ".join((*known, *people)))))
    publisher = publication.publisher or source.publisher.text(ENGLISH)
    answering = _answering(catalogue, mapped, publisher)
    values, left = _values(publication, answering)
    return ImportedFigures(
        file=shown,
        sha256=checksum(content),
        source=source.code,
        published=_day(publication.stamped),
        values=tuple(values),
        left=tuple(left),
        faults=tuple(_fault(each, publication, answering) for each in faults(publication, persons(catalogue))),
        warnings=tuple(_warnings(publication, answering, people, country, source)),
    )


def _answering(catalogue: Catalogue, country: Country, publisher: str) -> Answering:
    cells: dict[ExternalCell, str] = {}
    owners: dict[str, str] = {}
    shared: set[ExternalCell] = set()
    for pair in pairs(catalogue, country):
        for cell in pair.cells:
            if owners.setdefault(cell.indicator, pair.indicator) != pair.indicator:
                continue
            if len(pair.addresses) == 1:
                cells[cell] = pair.addresses[0]
            else:
                shared.add(cell)
    return Answering(cells, frozenset(shared), publisher, catalogue)


def _values(publication: Publication, answering: Answering) -> tuple[list[ImportedValue], list[LeftRow]]:
    found: dict[tuple[str, int], ExternalValue] = {}
    left: list[LeftRow] = []
    for row in publication.rows:
        figure = answering.cells.get(row.cell)
        if figure is None:
            left.append(LeftRow(place=_place(row.mark), words=str(row.cell), reason=_why(row, answering)))
        elif (first := found.setdefault((figure, row.year), row)) is not row and str(first) != str(row):
            reason = f"stated twice for {row.year}: the {first} of line {first.mark.line} is taken, not {row}"
            left.append(LeftRow(place=_place(row.mark), words=str(row.cell), reason=reason))
    totals = {
        cell.indicator: figure for cell, figure in answering.cells.items() if cell == ExternalCell(cell.indicator)
    }
    tables: dict[tuple[int, str], list[ExternalValue]] = {}
    for row in publication.rows:
        tables.setdefault((row.year, row.cell.indicator), []).append(row)
    years, named = sorted({year for year, _ in tables}), {words for _, words in tables}
    values: list[ImportedValue] = []
    for year in years:
        for words, figure in totals.items():
            if words in named:
                mine = (year, words)
                own = {at: row for (at, _), row in found.items() if (row.year, row.cell.indicator) == mine}
                values += _figure(figure, year, own, tables.get(mine, ()), answering)
    return values, left


def _figure(
    figure: str, year: int, own: Mapping[str, ExternalValue], rows: Iterable[ExternalValue], answering: Answering
) -> Iterator[ImportedValue]:
    """A total and its parts in a year. A total that is not stated is missing."""
    indicator = answering.catalogue.indicator(figure)
    definition = dict(indicator.mappings).get(DEFINITION, "") if indicator else ""
    flags = (str(Flag.DEFINITION_DIFFERS),) if definition else ()
    masks = sorted({each.below for each in own.values() if each.below is not None})
    remarks = [tell(MASKED, n=below, publisher=answering.publisher) for below in masks]
    others = _has_others(rows, answering.catalogue)
    if others:
        remarks.append(tell(OTHERS, publisher=answering.publisher))
    total = own.get(figure)
    if total is None:
        remarks.insert(0, tell(NOT_THERE, publisher=answering.publisher))
    yield ImportedValue(
        figure=figure,
        year=year,
        value=_value(total) if total else MISSING,
        place=_place(total.mark) if total else "",
        flags=flags if total or own else (),
        definition=definition if total or own else "",
        incomplete=tuple(_incomplete(figure, own, answering.catalogue, others=others)),
        remarks=tuple(remarks),
    )
    for address, row in own.items():
        if address != figure:
            yield ImportedValue(figure=address, year=year, value=_value(row), place=_place(row.mark))


def _incomplete(figure: str, own: Iterable[str], catalogue: Catalogue, *, others: bool) -> Iterator[str]:
    """The breakdowns that leave out a part. That is one of whose codes some are not stated, or that of persons where
    there are some of another sex or age."""
    indicator = catalogue.indicator(figure)
    mapped = {*persons(catalogue)}
    for name in indicator.dimensions if indicator else ():
        axis = catalogue.dimension(name)
        codes = {each.code for each in axis.codes} if axis else set()
        stated = {address.removeprefix(f"{figure}.") for address in own} & codes
        is_persons = bool(codes & mapped)
        if stated and (others if is_persons else stated != codes):
            yield name


def _why(row: ExternalValue, answering: Answering) -> str:
    cell = row.cell
    if cell in answering.shared:
        return f"several codes here answer to {cell.category!r} together"
    if ExternalCell(cell.indicator) not in answering.cells:
        return "no figure here answers to the indicator"
    if cell.category != WHOLE and (cell.sex, cell.age) != (WHOLE, WHOLE):
        return "no figure here is divided twice"
    return "no code here answers to it"


def _fault(fault: Fault, publication: Publication, answering: Answering) -> ImportedFault:
    named = (answering.cells.get(cell) for cell in fault.cells)
    words = _in_our_words(fault.text, answering)
    if fault.pattern is Pattern.GAP:
        indicator = _name(TheirName(fault.indicator, fault.cells[0]), answering)
        words = tell("{indicator}: {fault}", indicator=indicator, fault=words)
    # Parts that are fewer than their whole leave out those whose sex or age is not told.
    too_few = getattr(fault.text.parts.get("made"), "frame", "") == AT_MOST
    rows = (each for each in publication.rows if (each.year, each.cell.indicator) == (fault.year, fault.indicator))
    explained = too_few and _has_others(rows, answering.catalogue)
    return ImportedFault(
        year=fault.year,
        figures=tuple(dict.fromkeys(filter(None, named))),
        words=tell(BESIDES, fault=words) if explained else words,
        places=tuple(dict.fromkeys(map(_place, fault.marks))),
        in_doubt=not explained,
    )


def _has_others(rows: Iterable[ExternalValue], catalogue: Catalogue) -> bool:
    known = {*persons(catalogue).values(), (WHOLE, WHOLE)}
    return any((each.cell.sex, each.cell.age) not in known for each in rows if each.cell.category == WHOLE)


def _in_our_words(message: Told, answering: Answering) -> Told:
    parts = {name: _our_part(each, answering) for name, each in message.parts.items()}
    return tell(message.frame, **parts)


def _our_part(part: object, answering: Answering) -> object:
    match part:
        case Told():
            return _in_our_words(part, answering)
        case TheirName():
            return _name(part, answering)
        case _:
            return part


def _name(named: TheirName, answering: Answering) -> object:
    cell, catalogue = named.cell, answering.catalogue
    if cell.dimension != WHOLE and cell.category == WHOLE:
        axis = (each for each in catalogue.dimensions if dict(each.mappings).get(LAYOUT) == cell.dimension)
        return next(axis, named)
    # Of a cell that is divided twice the category was named before.
    outer = replace(cell, dimension=WHOLE, category=WHOLE) if (cell.sex, cell.age) != (WHOLE, WHOLE) else cell
    address = answering.cells.get(outer)
    if address is None or (outer != cell and cell.category in named.words):
        return named
    if outer == ExternalCell(cell.indicator):
        return At(address)
    code = address.rpartition(".")[2]
    return next((member for axis in catalogue.dimensions if (member := axis.get(code))), named)


def _warnings(
    publication: Publication, answering: Answering, people: Collection[str], country: Country, source: Source
) -> Iterator[str]:
    own = f"data/{country.code}/country.yaml"
    for each in people:
        yield f"{each!r} is taken for the country's own citizens, after mappings: in {own}"
    known = [each.strip() for each in dict(country.mappings).get(LAYOUT, "").split(";")]
    axes = {cell.dimension for cell in answering.cells if cell.category in known}
    categories = {each.cell.category for each in publication.rows if each.cell.dimension in axes}
    for each in sorted(categories - {*known, *people}):
        if any(each[:ALIKE] == name[:ALIKE] and len(name) > ALIKE for name in known):
            yield f"{each!r} may be the country's own citizens: then add it to mappings: {{glotip: …}} in {own}"
    day = _day(publication.stamped)
    if day and source.published and day != source.published:
        dated = f"the file is of {day}, the source {source.code} is dated {source.published}"
        yield f"{dated}: write the new day and title in data/catalogue.yaml"
    there = {each.cell.indicator for each in publication.rows}
    ours = {cell.indicator for cell in answering.cells}
    absent = sorted(ours - there)
    for words in sorted(there - ours):
        near = get_close_matches(words, absent, 1, 0.4)
        meant = f": is it {near[0]!r}? Then write the new words as glotip: in data/catalogue.yaml" if near else ""
        yield f"no figure here answers to the indicator {words!r}{meant}"


def _value(row: ExternalValue) -> str:
    return SUPPRESSED if row.value is None else str(row.value)


def _place(mark: Mark) -> str:
    return f"line {mark.line}"


def _day(stamped: str) -> str:
    """The day of a stamp such as 14/04/2025, empty for another one."""
    found = STAMP.fullmatch(stamped.strip())
    try:
        return (
            date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            if found
            else date.fromisoformat(stamped).isoformat()
        )
    except ValueError:
        return ""
