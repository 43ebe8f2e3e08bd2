"""Compare a country's figures with those of the other publication."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, product

from reporter.data.i18n.nationalities import country_named
from reporter.data.i18n.territories import country_codes
from reporter.data.read.countries import with_countries
from reporter.data.records import (
    Catalogue,
    Confidentiality,
    Country,
    Difference,
    Dimension,
    ExternalCell,
    ExternalValue,
    Observation,
    Publication,
    Qualifier,
    Status,
    Vintage,
    is_given,
    is_hidden,
    is_withheld,
)
from reporter.data.records.catalogue import COUNTRY as COUNTRY_CODE
from reporter.data.records.imported import WHOLE
from reporter.data.records.label import ENGLISH
from reporter.figures.analysis.arithmetic import is_exact, total_of
from reporter.figures.reconcile.inconsistencies import Fault, faults

LAYOUT = "glotip"
# The key of a code's words there: they differ by breakdown, may be several (;), or name the country.
CATEGORY, SEX, AGE = "glotip_category", "glotip_sex", "glotip_age"
COUNTRY = "{country}"
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Pair:
    """Addresses of one indicator, mostly one, that together match one figure there; `cells` are ways to write it."""

    indicator: str
    addresses: tuple[str, ...]
    cells: tuple[ExternalCell, ...]


class MatchedPublication:
    """A publication with the addresses of the national figures that match its cells (several if they share words there;
    of several matching indicators the first), and its rows by cell and year (of a cell stated twice the first)."""

    def __init__(self, publication: Publication, catalogue: Catalogue, country: Country) -> None:
        self.publication, self.persons = publication, persons(catalogue)
        self.pairs = tuple(pairs(catalogue, country, publication))
        self.figures: dict[ExternalCell, tuple[str, ...]] = {}
        owners: dict[str, str] = {}
        for pair in self.pairs:
            for cell in pair.cells:
                first = owners.setdefault(cell.indicator, pair.indicator) == pair.indicator
                if first and (len(pair.addresses) == 1 or cell not in self.figures):
                    self.figures[cell] = pair.addresses
        self.index: dict[tuple[ExternalCell, int], ExternalValue] = {}
        for row in publication.rows:
            self.index.setdefault((row.cell, row.year), row)
        self.indicators = {row.cell.indicator for row in publication.rows}
        self.unknown = sorted(self.indicators - {cell.indicator for cell in self.figures})


def pairs(catalogue: Catalogue, country: Country, publication: Publication | None = None) -> Iterator[Pair]:
    """Every figure that the `publication`, with its names of countries, may have too; totals before their parts."""
    named = _countries_named(publication) if publication else None
    all_places = {axis.code: _places(axis, country, named) for axis in catalogue.dimensions}
    for indicator in catalogue.indicators:
        words = dict(indicator.mappings).get(LAYOUT)
        if not words:
            continue
        whole, axes = ExternalCell(words), [axis.code for axis in catalogue.axes(indicator) if all_places[axis.code]]
        yield Pair(indicator.code, (indicator.code,), (whole,))
        for name in axes:
            parts = ((code, [replace(whole, **place) for place in own]) for code, own in all_places[name].items())
            yield from _grouped(indicator.code, parts)
        for one, other in combinations(axes, 2):
            fixed = (
                {key for places in all_places[axis].values() for place in places for key in place}
                for axis in (one, other)
            )
            if not set.intersection(*fixed):
                cells = product(all_places[one].items(), all_places[other].items())
                crossed = (
                    (
                        catalogue.cell(((one, first), (other, second))),
                        [replace(whole, **place, **place2) for place in own for place2 in others],
                    )
                    for (first, own), (second, others) in cells
                )
                yield from _grouped(indicator.code, crossed)


def persons(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Sex and age in the words of the other publication, by the code of the person in the catalogue."""
    axis = catalogue.dimension(PERSON)
    coded_words = ((member.code, dict(member.mappings)) for member in (axis.codes if axis else ()))
    return {code: (words[SEX], words[AGE]) for code, words in coded_words if SEX in words and AGE in words}


def _grouped(indicator: str, parts: Iterable[tuple[str, list[ExternalCell]]]) -> Iterator[Pair]:
    """The pairs of one breakdown or cross; codes that share their words there are one figure."""
    groups: dict[tuple[ExternalCell, ...], list[str]] = {}
    for code, cells in parts:
        groups.setdefault(tuple(cells), []).append(f"{indicator}.{code}")
    for group, addresses in groups.items():
        yield Pair(indicator, tuple(addresses), group)


# What a code fixes of a cell there: its category with the dimension, or its sex and age.
Place = Mapping[str, str]
# The categories of a dimension there by the country that they name.
Named = Mapping[tuple[str, str], list[str]]


def _countries_named(publication: Publication) -> Named:
    named: dict[tuple[str, str], list[str]] = {}
    for dimension, category in dict.fromkeys((row.cell.dimension, row.cell.category) for row in publication.rows):
        code, _ = country_named(category)
        named.setdefault((dimension, code), []).append(category)
    return named


def _places(axis: Dimension, country: Country, named: Named | None) -> dict[str, list[Place]]:
    """Where the codes of a dimension are there, without those that are nowhere."""
    dimension = dict(axis.mappings).get(LAYOUT, "")
    countries = {axis.countries.replace(COUNTRY_CODE, code): code for code in country_codes()} if axis.countries else {}
    places: dict[str, list[Place]] = {}
    for code in axis.codes:
        words = dict(code.mappings)
        if SEX in words and AGE in words:
            places[code.code] = [{"sex": words[SEX], "age": words[AGE]}]
        elif dimension:
            category = words.get(CATEGORY) or words.get(LAYOUT, "")
            listed = [
                name.strip() for name in category.replace(COUNTRY, dict(country.mappings).get(LAYOUT, "")).split(";")
            ]
            if code.code in countries and named is None:
                listed.append(code.label.text(ENGLISH))
            elif code.code in countries or COUNTRY in category:
                listed += (named or {}).get((dimension, countries.get(code.code, country.code)), [])
            own: list[Place] = [
                {"dimension": dimension, "category": name} for name in dict.fromkeys(filter(None, listed))
            ]
            places |= {code.code: own} if own else {}
    return places


class Agreement(StrEnum):
    """How a national figure agrees with the other publication."""

    AGREES = "agrees"
    COMPATIBLE = "compatible"
    DIFFERS = "differs"
    POPULATION = "another population"
    CONFIDENTIAL = "confidential here"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of one year on both sides: the national values, `here` in words ("" if none may be printed)."""

    figure: str
    label: str
    cell: ExternalCell
    year: int
    agreement: Agreement
    here: str
    values: tuple[Observation, ...]
    there: ExternalValue | None
    causes: tuple[str, ...] = ()
    explanation: Difference | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The result of a reconciliation. `years` are those on both sides. `unmatched` counts the rows that match no figure
    here. `stale` are explanations that do not fit the file. `unknown` are indicators of the file that match no figure
    here, `absent` those that do, but are missing from the file in every year."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    years: tuple[int, ...]
    years_there: tuple[int, ...]
    unmatched: int
    stale: tuple[Difference, ...]
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def of(self, agreement: Agreement) -> tuple[Comparison, ...]:
        return tuple(comparison for comparison in self.comparisons if comparison.agreement is agreement)

    @property
    def unexplained(self) -> tuple[Comparison, ...]:
        return tuple(comparison for comparison in self.of(Agreement.DIFFERS) if comparison.explanation is None)

    @property
    def renamed_indicators(self) -> tuple[str, ...]:
        """The indicators that the file seems to rename: it lacks them, and has unknown ones."""
        return self.absent if self.unknown else ()


# Smaller numbers are equal by chance.
SMALLEST = 10
Index = Mapping[tuple[ExternalCell, int], ExternalValue]


def possible_causes(
    here: int,
    there: ExternalValue,
    index: Index,
    national: Mapping[ExternalCell, int] = {},
    akin: Collection[str] = (),
    *,
    alone: bool = True,
) -> Iterator[str]:
    """Possible causes of a difference. `index` has all rows of the file, `national` the numbers here by cell. `akin`
    are the indicators there with the same unit. `alone`: no other indicator here matches this one."""
    cell = there.cell
    others = {other: row for (other, year), row in index.items() if year == there.year and other != cell}
    for other, row in others.items():
        # Suspects may have been counted as prosecuted.
        if (
            other.indicator in akin
            and replace(other, indicator=cell.indicator) == cell
            and row.value == here >= SMALLEST
        ):
            yield f"{other.indicator} there may be what was counted here"
    for other, row in others.items():
        mirrored = WHOLE not in (cell.sex, other.sex) and replace(other, sex=cell.sex) == cell
        if mirrored and row.value == here and national.get(other) == there.value:
            yield f"{other.sex} there is {row}: the two sexes may be swapped"
    if there.value is not None:
        yield from _slips(str(here), str(there))
    yield from _parts_for_the_whole(here, cell, others)
    # Where several populations match one figure there, an equal number of another year is chance.
    for year in (there.year - 1, there.year + 1) if alone else ():
        seen_then = index.get((cell, year))
        if seen_then and seen_then.value == here >= SMALLEST:
            yield f"the file has {seen_then} for {year}"


def _slips(here: str, there: str) -> Iterator[str]:
    """Typing errors. A different last digit is more often another number than an error."""
    short, long = sorted((here, there), key=len)
    if len(here) == len(there):
        if sorted(here) == sorted(there):
            yield f"{here} and {there} are the same digits in another order"
        if here[-1] == there[-1] and sum(one != other for one, other in zip(here, there, strict=True)) == 1:
            yield f"{here} and {there} differ in one digit: one may be a misprint"
    if "0" not in (here, there) and short in (long[:place] + long[place + 1 :] for place in range(len(long))):
        yield f"{long} without one digit is {short}"


def _parts_for_the_whole(here: int, cell: ExternalCell, others: Mapping[ExternalCell, ExternalValue]) -> Iterator[str]:
    groups: dict[object, dict[ExternalCell, ExternalValue]] = {}
    for other, row in others.items():
        if axis := _axis(cell, other):
            groups.setdefault(axis, {})[other] = row
    for parts in groups.values():
        is_complete = len(parts) > 1 and all(row.value is not None for row in parts.values())
        if is_complete and sum(row.least for row in parts.values()) == here:
            words = " + ".join(map(str, parts.values()))
            yield f"the parts there add up to {words} = {here}"
    for other, row in others.items():
        if _axis(cell, other) and row.value == here >= SMALLEST:
            part = ", ".join(word for word in (other.category, other.sex, other.age) if word != WHOLE)
            yield f"{row} is the number of {part} there"


def _axis(cell: ExternalCell, other: ExternalCell) -> object:
    """The key of the breakdown in which `other` is a part of `cell`, or None."""
    if other.indicator != cell.indicator or cell.category != WHOLE:
        return None
    if other.dimension != cell.dimension:
        divides = cell.dimension == WHOLE and (other.sex, other.age) == (cell.sex, cell.age)
        return ("dimension", other.dimension) if divides else None
    if other.sex == cell.sex and cell.age == WHOLE:
        return ("age", other.sex)
    if other.age == cell.age and cell.sex == WHOLE:
        return ("sex", other.age)
    return ("both",) if (cell.sex, cell.age) == (WHOLE, WHOLE) and WHOLE not in (other.sex, other.age) else None


VICTIMS = "victims."
# "About" allows a tenth either way.
ABOUT = Decimal("0.1")
SAME = (Agreement.AGREES, Agreement.COMPATIBLE, Agreement.CONFIDENTIAL)


def reconcile(vintage: Vintage, publication: Publication, year: int | None = None) -> Reconciliation:
    """Compare a country with another publication in one or all common years, without withheld values."""
    vintage = replace(
        vintage,
        catalogue=with_countries(vintage.catalogue, vintage.country.code),
        index={
            key: observation
            if not is_withheld(observation)
            else replace(observation, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT, notes=())
            for key, observation in vintage.index.items()
        },
    )
    match = MatchedPublication(publication, vintage.catalogue, vintage.country)
    there = sorted({row.year for row in publication.rows})
    years = [common_year for common_year in there if vintage.data.year(common_year) and year in (None, common_year)]
    sources = {source.code for source in vintage.catalogue.sources if source.layout == LAYOUT}
    differences = (difference for difference in vintage.data.differences if difference.publication in sources)
    explained = tuple(difference for difference in differences if year in (None, difference.year))
    had = {row.cell for row in publication.rows}
    answered = {cell for pair in match.pairs for cell in pair.cells}
    given = (pair for pair in match.pairs if any(is_given(vintage.observation(pair.indicator, own)) for own in years))
    expected = {cell.indicator for pair in given for cell in pair.cells}
    comparisons: list[Comparison] = []
    for own in years:
        settled = _settled([entry for pair in match.pairs if (entry := _compare(vintage, match, pair, own))])
        # A figure that the file has in no year is not published there.
        comparisons += (item for item in settled if item.agreement is not Agreement.ONLY_HERE or item.cell in had)
    compared = tuple(
        replace(item, explanation=_explanation(item, explained)) if item.agreement is Agreement.DIFFERS else item
        for item in comparisons
    )
    used = {id(comparison.explanation) for comparison in compared}
    return Reconciliation(
        comparisons=compared,
        faults=tuple(fault for fault in faults(publication, match.persons) if year in (None, fault.year)),
        years=tuple(years),
        years_there=tuple(there),
        unmatched=sum(row.cell not in answered and row.year in years for row in publication.rows),
        stale=tuple(difference for difference in explained if id(difference) not in used),
        unknown=tuple(match.unknown),
        absent=tuple(sorted(expected - match.indicators)),
    )


def _explanation(comparison: Comparison, explained: Iterable[Difference]) -> Difference | None:
    addresses, there_text = {comparison.figure, *(item.address for item in comparison.values)}, str(comparison.there)
    same = (entry for entry in explained if (entry.year, entry.published) == (comparison.year, there_text))
    return next((difference for difference in same if difference.figure in addresses), None)


def _settled(comparisons: list[Comparison]) -> Iterator[Comparison]:
    """Settle figures there that match several indicators here. Where one of them agrees, the others count another
    population. A figure that only the file has is reported once."""
    groups: dict[ExternalCell, list[Comparison]] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.cell, []).append(comparison)
    for comparison in comparisons:
        same = groups[comparison.cell]
        if comparison.agreement is Agreement.ONLY_THERE:
            if comparison is same[0] and all(other.agreement is Agreement.ONLY_THERE for other in same):
                yield comparison
        elif comparison.agreement is Agreement.DIFFERS and any(other.agreement in SAME for other in same):
            yield replace(comparison, agreement=Agreement.POPULATION, causes=())
        else:
            yield comparison


def _compare(vintage: Vintage, match: MatchedPublication, pair: Pair, year: int) -> Comparison | None:
    """Compare one figure in one year; None when neither side has it."""
    cell = next((cell for cell in pair.cells if (cell, year) in match.index), pair.cells[0])
    there = match.index.get((cell, year))
    observations = tuple(entry for address in pair.addresses if (entry := vintage.observation(address, year)))
    facts = tuple(value for value in observations if value.status is not Status.MISSING)
    here = (facts[0].value if is_given(facts[0]) else None) if len(facts) == 1 else total_of(facts) if facts else None
    agreement = _agreement(facts, here, there)
    if agreement is None:
        return None
    figure = facts[0].address if facts else pair.addresses[0]
    indicator, _, part = vintage.catalogue.split(figure)
    label = ", ".join(record.label.text(ENGLISH) for record in (indicator, part) if record)
    if here is None:
        words = "confidential" if any(map(_is_confidential, facts)) else facts[0].status if facts else ""
    else:
        words = str(here) if len(facts) > 1 or is_exact(facts[0]) else f"{facts[0].qualifier} {here}"
    answer = Comparison(figure, label, cell, year, agreement, words, facts, there)
    if agreement is not Agreement.DIFFERS or here is None or there is None:
        return answer
    national: dict[ExternalCell, int] = {}
    for other in match.pairs:
        stated = tuple(one for address in other.addresses if (one := vintage.observation(address, year)))
        if stated and (number := total_of(stated)) is not None:
            national |= dict.fromkeys(other.cells, int(number))
    # The indicators there that count the same kind of thing: cases, victims, or offenders.
    own = vintage.catalogue.indicator(pair.indicator)
    kin = [candidate for candidate in vintage.catalogue.indicators if own and candidate.unit is own.unit]
    kin = [candidate for candidate in kin if candidate.code.startswith(VICTIMS) is pair.indicator.startswith(VICTIMS)]
    akin = {dict(candidate.mappings).get(LAYOUT, "") for candidate in kin} - {"", there.cell.indicator}
    theirs = pair.cells[0].indicator
    alone = sum(dict(candidate.mappings).get(LAYOUT) == theirs for candidate in vintage.catalogue.indicators) == 1
    return replace(answer, causes=tuple(possible_causes(int(here), there, match.index, national, akin, alone=alone)))


def _agreement(facts: tuple[Observation, ...], here: Decimal | None, there: ExternalValue | None) -> Agreement | None:
    if here is None:
        if any(map(is_hidden, facts)) and there:
            # Both sides say only that the number is small.
            masked = there.value is None and not any(map(_is_confidential, facts))
            return Agreement.COMPATIBLE if masked else Agreement.CONFIDENTIAL
        return Agreement.ONLY_THERE if there else None
    if there is None:
        return Agreement.ONLY_HERE
    return _compare_numbers(facts[0].qualifier, here, there)


def _compare_numbers(qualifier: Qualifier, here: Decimal, there: ExternalValue) -> Agreement:
    """Compare two numbers, one of which may be a bound, an approximation or a mask."""
    if qualifier is Qualifier.EXACT and there.value is not None:
        return Agreement.AGREES if here == there.value else Agreement.DIFFERS
    fits = {
        Qualifier.AT_LEAST: here <= there.most,
        Qualifier.OVER: here < there.most,
        Qualifier.ABOUT: here * (1 - ABOUT) <= there.most and there.least <= here * (1 + ABOUT),
        Qualifier.EXACT: there.least <= here <= there.most,
    }
    return Agreement.COMPATIBLE if fits[qualifier] else Agreement.DIFFERS


def _is_confidential(observation: Observation) -> bool:
    """Return whether this country withholds a value, rather than that its source masks it."""
    return observation.confidentiality is not Confidentiality.FREE
