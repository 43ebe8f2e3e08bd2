"""The catalogue of a workspace: indicators, dimensions, codes and sources."""

from dataclasses import dataclass, field
from enum import StrEnum

from reporter.errors import Mark
from reporter.model.dataflow import Transmission
from reporter.model.label import Label


class Unit(StrEnum):
    """The unit in which an indicator is counted."""

    PERSONS = "persons"
    CASES = "cases"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    EURO = "euro"
    ITEMS = "items"


class Kind(StrEnum):
    """Whether a figure is a flow or a stock.

    A flow counts what happened in the year, a stock what there was in it.
    """

    FLOW = "flow"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Code:
    """A member of a dimension.

    `within` names the code it is part of (girls within children); `combines` the codes of a
    combined form, which is a category of its own and never split.
    """

    code: str
    label: Label
    within: str = ""
    combines: tuple[str, ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """An axis of figures besides country and year.

    With `subset` its codes are "of which" figures, which need not make the total.
    """

    code: str
    label: Label
    codes: tuple[Code, ...]
    subset: bool = False
    mappings: tuple[tuple[str, str], ...] = ()

    def get(self, code: str) -> Code | None:
        """The member with this code, or None."""
        return next((member for member in self.codes if member.code == code), None)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, such as identified victims.

    `population` says who or what is counted: figures of two populations are never summed or drawn on one axis.
    `definitions` are (code, text) pairs; the first one holds unless a year's figure names another. `terms` are the
    words that name it in prose. `key` is its rank on the page "At a glance", 0 for never.
    """

    code: str
    label: Label
    unit: Unit
    kind: Kind
    population: str
    definitions: tuple[tuple[str, Label], ...]
    dimensions: tuple[str, ...] = ()
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()
    key: int = 0
    icon: str = ""
    accent: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from.

    Dates are ISO text as published, empty when the source does not state them. `layout` names the layout of its files
    when `reporter reconcile` can read them.
    """

    code: str
    title: Label
    publisher: Label
    url: str = ""
    published: str = ""
    accessed: str = ""
    note: Label = field(default_factory=Label)
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and its full form, in each language."""

    code: str
    short: Label
    full: Label


@dataclass(frozen=True, slots=True)
class Split:
    """A breakdown that the law asks for.

    `dimension` is the dimension of the catalogue that holds it, `codes` are those of its codes that answer it. No codes
    means all of them; no dimension means that the workspace has no such breakdown.
    """

    code: str
    label: Label
    dimension: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyItem:
    """A set of figures that the law asks for.

    `splits` are the codes of the breakdowns that it asks for.
    """

    code: str
    label: Label
    splits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """The statistics that Article 19a of Directive 2011/36/EU asks for.

    `note` says how far its wording can be relied on.
    """

    splits: tuple[Split, ...] = ()
    items: tuple[DutyItem, ...] = ()
    note: Label = field(default_factory=Label)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators, dimensions and sources of a workspace, in the order written."""

    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    sources: tuple[Source, ...]
    mark: Mark
    abbreviations: tuple[Abbreviation, ...] = ()
    article_19a: Duty = Duty()
    eurostat: Transmission = field(default_factory=Transmission)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code, or None."""
        return next((each for each in self.indicators if each.code == code), None)

    def dimension(self, code: str) -> Dimension | None:
        """The dimension with this code, or None."""
        return next((each for each in self.dimensions if each.code == code), None)

    def source(self, code: str) -> Source | None:
        """The source with this code, or None."""
        return next((each for each in self.sources if each.code == code), None)
