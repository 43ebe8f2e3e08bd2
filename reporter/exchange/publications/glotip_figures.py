"""Read a country's figures from UNODC's public file, by the catalogue's mappings. Nothing is guessed: a cell that
matches several figures, or none, is left out and reported."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from babel import Locale as Cldr

from reporter.check.prose_text import MASKED, NOT_THERE, OTHERS
from reporter.data.errors import Mark
from reporter.data.files.sources import checksum
from reporter.data.i18n import N_, three_letters
from reporter.data.i18n.nationalities import country_named
from reporter.data.i18n.territories import iso_of
from reporter.data.read.countries import with_countries
from reporter.data.read.glotip import glotip_rows
from reporter.data.records import Catalogue, Country, Cross, ExternalCell, ExternalValue, Flag, Source, Vintage
from reporter.data.records.catalogue import OF_CELL
from reporter.data.records.imported import WHOLE, ImportedFault, ImportedFigures, ImportedValue, LeftRow, TheirName
from reporter.data.records.label import ENGLISH
from reporter.data.records.message import At, Told, tell
from reporter.exchange.publications.records import MISSING, SUPPRESSED, source_of_layout
from reporter.figures.reconcile.inconsistencies import AT_MOST, SUMS, Fault, Pattern, faults
from reporter.figures.reconcile.matching import LAYOUT, MatchedPublication

# The definition of its numbers where it is not the usual one.
DEFINITION = "glotip_definition"
STAMP = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
# A nationality begins like its country: Latvia and Latvian, Estonia and Estonians.
ALIKE = 3
PEOPLE = ("n", "ns", "an", "ans", "s")
# The age in the file of persons whose age is not known.
UNKNOWN = "Unknown"
BESIDES = N_("{fault}; persons of other or unknown sex or age are counted as well")


def read_figures(
    content: bytes, filename: str, catalogue: Catalogue, country: Country, _vintage: Vintage | None = None
) -> ImportedFigures:
    """Read the rows of a country. Raises FileError for any other file, or one without a row of the country."""
    publication = glotip_rows(content, filename, three_letters(country.code))
    source = source_of_layout(catalogue, LAYOUT, filename)
    languages = dict.fromkeys(language for axis in catalogue.dimensions for language, _ in axis.label.texts)
    catalogue = with_countries(catalogue, country.code, languages)
    own = [word.strip() for word in dict(country.mappings).get(LAYOUT, "").split(";") if word.strip()]
    of_people = {f"{word}{end}" for word in own for end in PEOPLE}.difference(own)
    categories = {row.cell.category for row in publication.rows} - {*own}
    people = sorted({*of_people} & categories | {name for name in categories if country_named(name)[0] == country.code})
    mapped = replace(country, mappings=(*country.mappings, (LAYOUT, "; ".join((*own, *people)))))
    match = MatchedPublication(publication, catalogue, mapped)
    reading = _Reading(match, catalogue, publication.publisher or source.publisher.text(ENGLISH))
    left = tuple(reading.left())
    return ImportedFigures(
        file=filename,
        sha256=checksum(content),
        source=source.code,
        published=_day(publication.stamped),
        values=tuple(reading.values()),
        left=left,
        faults=tuple(reading.fault(fault) for fault in faults(publication, match.persons)),
        warnings=tuple(_warnings(match, own, people, country, source)),
    )


class _Reading:
    def __init__(self, match: MatchedPublication, catalogue: Catalogue, publisher: str) -> None:
        self.match, self.publication = match, match.publication
        self.catalogue, self.publisher = catalogue, publisher
        self.figures = {cell: addresses[0] for cell, addresses in match.figures.items() if len(addresses) == 1}
        for row in self.publication.rows:
            if row.cell not in self.figures and (address := self._by_name(row.cell)):
                self.figures[row.cell] = address
        self.found: dict[tuple[str, int], ExternalValue] = {}

    def _by_name(self, cell: ExternalCell) -> str:
        """The figure of a category that several codes share, or none, by the only code here with such a name."""
        axes = (axis for axis in self.catalogue.dimensions if dict(axis.mappings).get(LAYOUT) == cell.dimension)
        words, whole = cell.category.casefold(), replace(cell, dimension=WHOLE, category=WHOLE)
        named = [code for axis in axes for code in axis.codes if code.label.text(ENGLISH).casefold().startswith(words)]
        if len(named) != 1 or whole not in self.figures:
            return ""
        indicator, _, part = self.catalogue.split(f"{self.figures[whole]}.{named[0].code}")
        return f"{indicator.code}.{part.code}" if indicator and part else ""

    def left(self) -> Iterator[LeftRow]:
        """Match rows with figures; yields those without a figure, or stated twice."""
        for row in self.publication.rows:
            figure = self.figures.get(row.cell) or self._of_unknown_age(row)
            if figure is None and self._follows(row):
                continue
            if figure is None:
                if row.cell in self.match.figures:
                    reason = f"several codes here answer to {row.cell.category!r} together"
                elif ExternalCell(row.cell.indicator) not in self.figures:
                    reason = "no figure here answers to the indicator"
                else:
                    reason = self._why_no_code(row.cell)
                yield LeftRow(place=_place(row.mark), words=str(row.cell), reason=reason)
            elif (first := self.found.setdefault((figure, row.year), row)) is not row and str(first) != str(row):
                reason = f"stated twice for {row.year}: the {first} of line {first.mark.line} is taken, not {row}"
                yield LeftRow(place=_place(row.mark), words=str(row.cell), reason=reason)

    def _of_unknown_age(self, row: ExternalValue) -> str | None:
        """The figure of a sex of which the file states no age."""
        has_ages = any(
            one.cell.age != WHOLE and replace(one.cell, sex=WHOLE, age=WHOLE) == replace(row.cell, sex=WHOLE)
            for one in self.publication.rows
            if one.year == row.year
        )
        is_of_sex = row.cell.sex != WHOLE and row.cell.age == WHOLE
        return self.figures.get(replace(row.cell, age=UNKNOWN)) if is_of_sex and not has_ages else None

    def _follows(self, row: ExternalValue) -> bool:
        """Whether a sex without an age is what its ages, which are all figures here, add up to."""
        alike = (one for one in self.publication.rows if one.year == row.year and one.cell.age != WHOLE)
        ages = [one for one in alike if replace(one.cell, age=WHOLE) == row.cell] if row.cell.sex != WHOLE else []
        is_sum = sum(one.least for one in ages) <= row.most and row.least <= sum(one.most for one in ages)
        return bool(ages) and is_sum and all(one.cell in self.figures for one in ages)

    def _why_no_code(self, cell: ExternalCell) -> str:
        whole = replace(cell, sex=WHOLE, age=WHOLE)
        if whole != cell and ExternalCell(cell.indicator) != whole and whole in self.figures:
            return f"no code here answers to {cell.sex}, {cell.age}, or the figure is not divided by it"
        code, is_name = country_named(cell.category)
        return "it may be several countries" if is_name and not code else "no code here answers to it"

    def values(self) -> Iterator[ImportedValue]:
        """The figures of each year that has any, totals before their breakdowns."""
        totals = {cell.indicator: code for cell, code in self.figures.items() if cell == ExternalCell(cell.indicator)}
        for year in sorted({row.year for row in self.publication.rows}):
            for words, figure in totals.items():
                if words in self.match.indicators:
                    mine = (year, words)
                    own = {at: row for (at, _), row in self.found.items() if (row.year, row.cell.indicator) == mine}
                    yield from self._figure(figure, year, own, has_others=self._has_others(year, words))

    def fault(self, fault: Fault) -> ImportedFault:
        words = self._in_our_words(fault.text)
        if fault.pattern is Pattern.GAP:
            indicator = self._name(TheirName(fault.indicator, fault.cells[0]))
            words = tell("{indicator}: {fault}", indicator=indicator, fault=words)
        # A breakdown below its total leaves out persons of unknown sex or age.
        too_few = getattr(fault.text.parts.get("made"), "frame", "") == AT_MOST
        explained = too_few and self._has_others(fault.year, fault.indicator)
        return ImportedFault(
            year=fault.year,
            figures=tuple(dict.fromkeys(filter(None, map(self.figures.get, fault.cells)))),
            words=tell(BESIDES, fault=words) if explained else words,
            places=tuple(dict.fromkeys(map(_place, fault.marks))),
            in_doubt=not explained,
        )

    def _figure(
        self, figure: str, year: int, own: Mapping[str, ExternalValue], *, has_others: bool
    ) -> Iterator[ImportedValue]:
        """A total and its breakdowns in a year. A total that is not stated is missing."""

        def value_of(row: ExternalValue) -> str:
            return SUPPRESSED if row.value is None else str(row.value)

        indicator, total = self.catalogue.indicator(figure), own.get(figure)
        definition = dict(indicator.mappings).get(DEFINITION, "") if indicator and own else ""
        remarks = [] if total else [tell(NOT_THERE, publisher=self.publisher)]
        masks = sorted({entry.below for entry in own.values() if entry.below is not None})
        remarks += [tell(MASKED, n=below, publisher=self.publisher) for below in masks]
        remarks += [tell(OTHERS, publisher=self.publisher)] if has_others else []
        yield ImportedValue(
            figure=figure,
            year=year,
            value=value_of(total) if total else MISSING,
            place=_place(total.mark) if total else "",
            flags=(str(Flag.DEFINITION_DIFFERS),) if definition else (),
            definition=definition,
            incomplete=tuple(self._incomplete(figure, own, has_others=has_others)),
            remarks=tuple(remarks),
        )
        for address, row in own.items():
            if address != figure:
                yield ImportedValue(figure=address, year=year, value=value_of(row), place=_place(row.mark))

    def _incomplete(self, figure: str, own: Mapping[str, ExternalValue], *, has_others: bool) -> Iterator[str]:
        """The incomplete breakdowns: codes are not stated, or persons of another sex or age are counted as well."""
        indicator, mapped = self.catalogue.indicator(figure), {*self.match.persons}
        for axis in self.catalogue.axes(indicator):
            codes = {code.code for code in axis.codes}
            stated = {address.removeprefix(f"{figure}.") for address in own} & codes
            if stated and (has_others if codes & mapped else stated != codes):
                yield axis.code
        cells: dict[str, dict[str, set[str]]] = {}
        for address, row in own.items():
            _, cross, code = self.catalogue.split(address)
            if isinstance(cross, Cross) and code:
                rows = cells.setdefault(cross.code, {})
                rows.setdefault(row.cell.category, set()).update(code.code.split(OF_CELL))
        for name, rows in cells.items():
            first = next(iter(own.values()))
            others = self._has_others(first.year, first.cell.indicator, of_categories=True)
            if others or not all(whole in row or {*parts} <= row for row in rows.values() for whole, parts in SUMS):
                yield name

    def _has_others(self, year: int, words: str, *, of_categories: bool = False) -> bool:
        """Whether an indicator, or its categories, count persons of a sex or age without a code."""
        person_groups = {*self.match.persons.values(), (WHOLE, WHOLE)}
        rows = (row.cell for row in self.publication.rows if (row.year, row.cell.indicator) == (year, words))
        return any(
            (cell.sex, cell.age) not in person_groups for cell in rows if (cell.category != WHOLE) is of_categories
        )

    def _in_our_words(self, message: Told) -> Told:
        parts: dict[str, object] = {}
        for name, part in message.parts.items():
            own = self._in_our_words(part) if isinstance(part, Told) else part
            parts[name] = self._name(own) if isinstance(own, TheirName) else own
        return tell(message.frame, **parts)

    def _name(self, named: TheirName) -> object:
        cell, catalogue = named.cell, self.catalogue
        if cell.dimension != WHOLE and cell.category == WHOLE:
            axis = (entry for entry in catalogue.dimensions if dict(entry.mappings).get(LAYOUT) == cell.dimension)
            return next(axis, named)
        # In a cell that is divided twice, the category was named already.
        outer = replace(cell, dimension=WHOLE, category=WHOLE) if (cell.sex, cell.age) != (WHOLE, WHOLE) else cell
        outer = cell if cell.category in named.words else outer
        address = self.figures.get(outer)
        if address is None:
            return named
        if outer == ExternalCell(cell.indicator):
            return At(address)
        return catalogue.split(address)[2] or named


def _warnings(
    match: MatchedPublication, citizen_words: Collection[str], people: Collection[str], country: Country, source: Source
) -> Iterator[str]:
    """What to check first. `citizen_words` are the mappings' words for citizens, `people` those matched."""
    own, publication = f"data/{country.code}/country.yaml", match.publication
    for category in sorted({row.cell.category for row in publication.rows if row.cell.dimension != WHOLE}):
        code, is_name = country_named(category)
        if code not in ("", country.code) and not is_name and any(category == cell.category for cell in match.figures):
            yield f"{category!r} is taken for {Cldr(ENGLISH).territories[iso_of(code)]}: look at the figure"
    for citizen_name in people:
        yield f"{citizen_name!r} is taken for the country's own citizens, after mappings: in {own}"
    axes = {cell.dimension for cell in match.figures if cell.category in citizen_words}
    categories = {row.cell.category for row in publication.rows if row.cell.dimension in axes}
    for category in sorted(categories - {*citizen_words, *people}):
        if any(category[:ALIKE] == name[:ALIKE] and len(name) > ALIKE for name in citizen_words):
            yield f"{category!r} may be the country's own citizens: then add it to mappings: {{glotip: …}} in {own}"
    day = _day(publication.stamped)
    if day and source.published and day != source.published:
        dated = f"the file is of {day}, the source {source.code} is dated {source.published}"
        yield f"{dated}: write the new day and title in data/catalogue.yaml"
    absent = sorted({cell.indicator for cell in match.figures} - match.indicators)
    for words in match.unknown:
        near = get_close_matches(words, absent, 1, 0.4)
        meant = f": is it {near[0]!r}? Then write the new words as glotip: in data/catalogue.yaml" if near else ""
        yield f"no figure here answers to the indicator {words!r}{meant}"


def _place(mark: Mark) -> str:
    return f"line {mark.line}"


def _day(stamped: str) -> str:
    """The date of a stamp such as 14/04/2025, empty for any other."""
    match = STAMP.fullmatch(stamped.strip())
    try:
        iso_date = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else stamped
        return date.fromisoformat(iso_date).isoformat()
    except ValueError:
        return ""
