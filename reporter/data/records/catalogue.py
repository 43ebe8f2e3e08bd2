"""The catalogue of a workspace: indicators, dimensions, codes and sources."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import product
from typing import Annotated, Literal

from reporter.data.errors import Mark
from reporter.data.records.label import NO_WORDS, Label, joined_labels
from reporter.data.records.observation import Confidentiality, Flag, Qualifier, Status
from reporter.data.records.statement import (
    About,
    Date,
    Elsewhere,
    Explained,
    IndicatorName,
    Key,
    ListCode,
    Name,
    WebAddress,
)


class Holds(StrEnum):
    """What the codes of a table's dimension stand for."""

    VALUE = "value"
    COUNTRY = "country"
    FIGURES = "figures"
    BREAKDOWN = "breakdown"


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension of a table, and the source of its codes; without a breakdown only `code` and `holds` are set."""

    code: Key[Name]
    holds: Holds = Holds.VALUE
    value: Annotated[str, About("The value in every row, such as A for yearly figures")] = ""
    axis: Annotated[str, About("The dimension of this catalogue with its codes")] = ""
    mapping: Annotated[str, About("The key of its codes under mappings")] = ""
    total: Annotated[str, About("The code of the total")] = ""
    codes: Annotated[tuple[ListCode, ...], About("The code list, in the order of the rows")] = ()
    verified: Annotated[str, About("Where its codes were compared with Eurostat's; empty: not verified")] = ""


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A table of Eurostat: its dimensions in order, and kinds of persons. `figures` has the indicators for each kind of
    person; the first with a value in the year is sent, and they are never added up."""

    code: Key[ListCode]
    label: Label
    components: Elsewhere[tuple[Component, ...]]
    figures: Elsewhere[tuple[tuple[str, tuple[str, ...]], ...]]
    verified: Annotated[str, About("Where its name was verified at Eurostat; empty: not verified")] = ""
    order_verified: Annotated[str, About("Where the order of its dimensions was verified; empty: not verified")] = ""

    @property
    def breakdown(self) -> tuple[Component, ...]:
        """The dimensions by which figures are broken down, all of one dimension of the catalogue."""
        return tuple(component for component in self.components if component.holds is Holds.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Transmission:
    """Which figures go to Eurostat, and under which codes."""

    agency: str = ""
    version: str = "1.0"
    dataflows: Elsewhere[tuple[Dataflow, ...]] = ()
    differs: Annotated[
        Mapping[str, Label], About("Indicators whose definition differs from the table's, and how: sent with flag d")
    ] = field(default_factory=dict)
    qualifiers: Annotated[
        Mapping[Qualifier, Flag], About("Inexact values that are sent, with a flag; others are left out")
    ] = field(default_factory=dict)
    statuses: Annotated[Mapping[Status, Flag], About("The flag of a value that does not exist")] = field(
        default_factory=dict
    )
    confidentiality: Annotated[Mapping[Confidentiality, str], About("The code in CONF_STATUS for each status")] = field(
        default_factory=dict
    )


# The layout of a source whose files are tables of Eurostat.
EUROSTAT_LAYOUT = "eurostat"


class Unit(StrEnum):
    """The unit in which an indicator is counted."""

    PERSONS = "persons"
    CASES = "cases"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    EURO = "euro"
    ITEMS = "items"

    @property
    def is_whole(self) -> bool:
        return self in (Unit.PERSONS, Unit.CASES, Unit.ITEMS)


class Kind(Explained):
    """Whether a figure is a flow or a stock."""

    FLOW = "flow", "counts what happened in the year"
    STOCK = "stock", "counts what existed in the year, including from earlier years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A member of a dimension. `within` names the code it is part of (girls within children); `combines` the codes of a
    combined form, which is a category of its own and never split."""

    code: Key[Name]
    label: Annotated[Label, About("Its name in tables and charts")]
    within: Annotated[str, About("The code that includes it, as children includes girls")] = ""
    combines: Annotated[
        tuple[str, ...], About("The codes that it combines; it is counted once, as a code of its own")
    ] = ()
    residual: Annotated[bool, About("Those of no other or an unknown code; where it is left out, there are none")] = (
        False
    )
    mappings: Annotated[tuple[tuple[str, str], ...], About("Its name in other publications")] = ()

    @property
    def above(self) -> tuple[str, ...]:
        """The codes above it: the one it is part of, or those it combines."""
        return (self.within,) if self.within else self.combines

    @property
    def is_unknown(self) -> bool:
        """Whether it counts those whose code is not known, such as `sex_age_unknown`."""
        return self.code.rpartition("_")[2] == "unknown" or dict(self.mappings).get("eurostat") == "UNK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """An axis besides country and year."""

    code: Key[Name]
    label: Label
    codes: tuple[Code, ...]
    subset: Annotated[bool, About("Codes are 'of which' and need not add up to the total")] = False
    countries: Annotated[
        str,
        About("The code of a country, with XX for its own: citizenship XX, recruitment recruited_XX; default: none"),
    ] = ""
    mappings: tuple[tuple[str, str], ...] = ()

    def get(self, code: str) -> Code | None:
        return next((member for member in self.codes if member.code == code), None)

    def inside(self, parent: str, stated: Collection[str]) -> tuple[Code, ...]:
        """The codes that add up to another one: those within it, without residual ones that are not stated."""
        return tuple(
            member
            for member in self.codes
            if member.within == parent and (member.code in stated or not member.residual)
        )

    def around(self, code: str) -> tuple[str, ...]:
        outer_codes: list[str] = []
        while (member := self.get(code)) and member.within and member.within not in outer_codes:
            outer_codes.append(code := member.within)
        return tuple(outer_codes)

    def is_country(self, code: str) -> bool:
        """Whether a code is that of a country, not of a group of countries."""
        before, _, after = self.countries.partition(COUNTRY)
        country = code.removeprefix(before).removesuffix(after)
        return bool(self.countries) and country.isupper() and f"{before}{country}{after}" == code


# In the codes of a dimension, the place of a country's code.
COUNTRY = "XX"
# Between the names of the dimensions of a cross, and between the codes of one of its cells.
CROSSED, OF_CELL = ",", "."
# Between these names under `incomplete:`, where a comma would start another entry.
AND = " and "


def breakdown_key(dimension: str) -> str:
    """The key of a breakdown or cross in the file of a year: `by form`, `by form, person`."""
    return f"by {dimension.replace(CROSSED, ', ')}"


def incomplete_name(dimension: str) -> str:
    """The name of a breakdown or cross under `incomplete:`: `form`, `form and person`."""
    return dimension.replace(CROSSED, AND)


def codes_by_dimension(dimension: str, code: str) -> dict[str, str]:
    """The code in each dimension of a part or cell; empty for a total."""
    return dict(zip(dimension.split(CROSSED), code.split(OF_CELL), strict=True)) if code else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross(Dimension):
    """Several dimensions at once, such as `form,person`; its codes are the cells, such as `sexual.women`."""

    axes: tuple[Dimension, ...]

    @classmethod
    def of(cls, axes: tuple[Dimension, ...]) -> "Cross":
        cells = product(*(axis.codes for axis in axes))
        return cls(
            code=CROSSED.join(axis.code for axis in axes),
            label=joined_labels([axis.label for axis in axes]),
            codes=tuple(_cell(members) for members in cells),
            subset=any(axis.subset for axis in axes),
            axes=axes,
        )

    def get(self, code: str) -> Code | None:
        parts = code.split(OF_CELL)
        members = tuple(filter(None, (axis.get(part) for axis, part in zip(self.axes, parts, strict=False))))
        return _cell(members) if len(members) == len(parts) == len(self.axes) else None

    def around(self, code: str) -> tuple[str, ...]:
        """The cells that include a cell: the same, or outer codes of each dimension."""
        codes = zip(self.axes, code.split(OF_CELL), strict=True)
        outer = product(*((part, *axis.around(part)) for axis, part in codes))
        return tuple(cell for members in outer if (cell := OF_CELL.join(members)) != code)

    def lines(self, cells: Iterable[str]) -> Iterator[tuple[str, Dimension]]:
        """The rows and columns with at least one of some cells: what each is the breakdown of, such as `sexual`, and
        the dimension it is broken down by, with its cells as codes."""
        by_part = [tuple(cell.split(OF_CELL)) for cell in cells]
        for place, axis in enumerate(self.axes):
            for rest in dict.fromkeys((*parts[:place], *parts[place + 1 :]) for parts in by_part):
                yield OF_CELL.join(rest), self._line(place, axis, rest)

    def _line(self, place: int, axis: Dimension, rest: tuple[str, ...]) -> Dimension:
        def cell(member: str) -> str:
            return OF_CELL.join((*rest[:place], member, *rest[place:])) if member else ""

        codes = (
            replace(member, code=cell(member.code), within=cell(member.within), combines=()) for member in axis.codes
        )
        return replace(axis, codes=tuple(codes))


def _cell(members: tuple[Code, ...]) -> Code:
    return Code(
        code=OF_CELL.join(member.code for member in members),
        label=joined_labels([member.label for member in members]),
        residual=any(member.residual for member in members),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is measured. `population` says who or what is counted: figures of different populations are never added or
    drawn on one axis. `terms` are the words for it in prose; `rose` and `fell` make headlines: "More persons
    convicted"."""

    code: Key[IndicatorName]
    label: Annotated[Label, About("Its name in tables and charts")]
    unit: Annotated[Unit, About("Its unit")]
    kind: Annotated[Kind, About("Whether it counts what happened in the year, or what there was in it")]
    population: Annotated[
        str,
        About(
            "Who or what is counted, in one word; figures with different words are never added up or drawn on one axis"
        ),
    ]
    definition: Annotated[Label, About("What is counted, in a sentence: who, when, and by whom; printed in the annex")]
    further: Annotated[
        tuple[tuple[str, Label], ...], About("Further definitions that a figure can name", key="definitions")
    ] = ()
    names: Annotated[
        tuple[tuple[str, Label], ...], About("Name used in sentences for a figure counted by one of these definitions")
    ] = ()
    dimensions: Annotated[tuple[str, ...], About("Its possible breakdowns")] = ()
    terms: Annotated[
        tuple[tuple[str, tuple[str, ...]], ...],
        About("The words for it in texts, in all their forms, by which claims are checked"),
    ] = ()
    mappings: Annotated[tuple[tuple[str, str], ...], About("Its name in other publications")] = ()
    key: Annotated[int, About("Rank on the page At a glance; 0 for never")] = 0
    rose: Annotated[Label, About("Headline if it rose: More persons convicted; default: none")] = NO_WORDS
    fell: Annotated[Label, About("Headline if it fell: Fewer persons convicted; default: none")] = NO_WORDS
    short: Annotated[Label, About("What is counted, in a few words; shown below its name in charts with rows")] = (
        NO_WORDS
    )
    genitive: Annotated[
        tuple[tuple[str, str], ...],
        About("Its name after “the number of”, in the languages that change it there: nustatytų aukų"),
    ] = ()

    @property
    def definitions(self) -> tuple[tuple[str, Label], ...]:
        """The definitions by code. The first, without a code, applies unless a year's figure names another."""
        return (("", self.definition), *self.further)

    def name_by(self, definition: str) -> Label:
        """The name of a figure counted by a definition."""
        return dict(self.names).get(definition, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeaning:
    """What an indicator means in one country. It replaces what the catalogue says; `further` definitions are added."""

    code: Key[IndicatorName]
    definition: Annotated[Label, About("What is counted; replaces the catalogue's definition")] = NO_WORDS
    further: Annotated[
        tuple[tuple[str, Label], ...], About("Further definitions that a figure can name", key="definitions")
    ] = ()
    short: Annotated[Label, About("What is counted here, in a few words; shown below its name in charts")] = NO_WORDS
    differs: Annotated[Label, About("How it differs from Eurostat's definition; sent with the flag d")] = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from. Dates are empty if not stated; `country` is empty if all countries may use it."""

    code: Key[str]
    title: Annotated[Label, About("Title of the source")]
    publisher: Annotated[Label, About("Who publishes it")]
    url: Annotated[WebAddress, About("Its address")] = ""
    published: Annotated[Date, About("Date of publication; leave out if it is not stated")] = ""
    accessed: Annotated[Date, About("Date of access; leave out if not recorded")] = ""
    note: Annotated[Label, About("What readers must know about it; printed with the source")] = NO_WORDS
    layout: Annotated[
        Literal["", "glotip", "eurostat"], About("Layout of its files, if reporter reconcile or import knows it")
    ] = ""
    country: Elsewhere[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form, printed in the annex of editions that use it."""

    code: Key[Name]
    short: Label
    full: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A breakdown required by Article 19a, and its codes here."""

    code: Key[Name]
    label: Label
    dimension: Annotated[str, About("If left out, no figure has this breakdown")] = ""
    codes: Annotated[tuple[str, ...], About("The codes that show it; default: all")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyItem:
    """An item of Article 19a, which indicators map to as art19a. `splits` are the codes of required breakdowns."""

    code: Key[Name]
    label: Label
    splits: Annotated[tuple[str, ...], About(key="breakdowns")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What Article 19a of Directive 2011/36/EU requires."""

    splits: Annotated[tuple[Split, ...], About(key="breakdowns")] = ()
    items: tuple[DutyItem, ...] = ()
    note: Annotated[Label, About("Printed below the table of coverage")] = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The file `data/catalogue.yaml`, in the order written."""

    sources: tuple[Source, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    article_19a: Duty = Duty()
    eurostat: Elsewhere[Transmission] = field(default_factory=Transmission)
    mark: Mark
    crosses: Elsewhere[dict[str, Cross | None]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def indicator(self, code: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators if indicator.code == code), None)

    def dimension(self, code: str) -> Dimension | None:
        """A dimension, or a cross of several by its code."""
        if CROSSED not in code:
            return next((dimension for dimension in self.dimensions if dimension.code == code), None)
        if code not in self.crosses:
            axes = tuple(filter(None, map(self.dimension, code.split(CROSSED))))
            self.crosses[code] = Cross.of(axes) if len(axes) == code.count(CROSSED) + 1 else None
        return self.crosses[code]

    def axes(self, indicator: Indicator | None) -> tuple[Dimension, ...]:
        """The dimensions by which an indicator is broken down."""
        names = indicator.dimensions if indicator else ()
        return tuple(axis for name in names if (axis := self.dimension(name)))

    def split(self, address: str) -> tuple[Indicator | None, Dimension | None, Code | None]:
        """The indicator, dimension and code of an address such as `victims.identified.women`, as far as known. The
        codes of a cell, as in `victims.identified.sexual.women`, may be in any order."""
        if whole := self.indicator(address):
            return whole, None, None
        name, codes = address, list[str]()
        while "." in name:
            name, _, code = name.rpartition(".")
            codes.insert(0, code)
            if indicator := self.indicator(name):
                axes = self.axes(indicator)
                names = [next((axis.code for axis in axes if axis.get(part)), "") for part in codes]
                if cross := self.dimension(self.cross(indicator, names)):
                    return indicator, cross, cross.get(self.cell(zip(names, codes, strict=True)))
        return None, None, None

    def cross(self, indicator: Indicator, names: Collection[str]) -> str:
        """The dimension or cross of an indicator with these dimensions, in any order; empty if it has no such."""
        is_known = {*names} <= {*indicator.dimensions} and len({*names}) == len(names)
        return CROSSED.join(axis.code for axis in self.dimensions if axis.code in names) if is_known else ""

    def cell(self, codes: Iterable[tuple[str, str]]) -> str:
        """The code of a cell, from its dimensions and their codes in any order."""
        code_by_name = dict(codes)
        return OF_CELL.join(code_by_name[axis.code] for axis in self.dimensions if axis.code in code_by_name)

    def ordered(self, address: str) -> str:
        """An address with the codes of a cell in the order of the catalogue; unchanged if unknown."""
        indicator, _, code = self.split(address)
        return f"{indicator.code}.{code.code}" if indicator and code else address

    def source(self, code: str, country: str = "") -> Source | None:
        """The source with this code, or None; of several in a comparison, that of the country."""
        sources = (source for source in self.sources if source.code == code)
        return min(sources, key=lambda source: (source.country != country, source.country != ""), default=None)


def joint_catalogue(catalogues: Iterable[Catalogue]) -> Catalogue:
    """A catalogue with all sources and codes; what a figure counts is in its own country's catalogue."""
    first, *others = every = tuple(catalogues)
    if all(catalogue is first for catalogue in others):
        return first
    axes = (tuple(filter(None, (catalogue.dimension(axis.code) for catalogue in every))) for axis in first.dimensions)
    # A country's own sources come first, as in its own catalogue.
    sources = sorted(
        dict.fromkeys(source for catalogue in every for source in catalogue.sources), key=lambda item: not item.country
    )
    return replace(first, sources=tuple(sources), dimensions=tuple(map(_joined, axes)))


def _joined(dimensions: tuple[Dimension, ...]) -> Dimension:
    """One dimension with the codes of several; a code new to the first keeps its place after the one before it."""
    codes = list(dimensions[0].codes)
    for other in dimensions[1:]:
        place = 0
        for member in other.codes:
            code_names = [code.code for code in codes]
            if member.code not in code_names:
                codes.insert(place, member)
                code_names.insert(place, member.code)
            place = code_names.index(member.code) + 1
    return replace(dimensions[0], codes=tuple(codes))
