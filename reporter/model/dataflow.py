"""The tables that Eurostat collects. Their dimensions, and which figures and codes of the workspace fill them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from reporter.model.label import Label
from reporter.model.observation import Confidentiality, Flag, Qualifier, Status
from reporter.model.statement import About, Elsewhere, Key, ListCode, Name


class Holds(StrEnum):
    """What the codes of a table's dimension stand for."""

    VALUE = "value"
    COUNTRY = "country"
    FIGURES = "figures"
    BREAKDOWN = "breakdown"


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension of a table, and what its codes come from. `mapping` is empty, and so are `total` and `codes`, where
    nothing is broken down."""

    code: Key[Name]
    holds: Holds = Holds.VALUE
    value: Annotated[str, About("The same in every row, such as A for yearly figures")] = ""
    axis: Annotated[str, About("The dimension of this catalogue whose codes answer")] = ""
    mapping: Annotated[str, About("The key in the mappings of these codes")] = ""
    total: Annotated[str, About("The code of the whole")] = ""
    codes: Annotated[tuple[ListCode, ...], About("The code list, in the order of the rows")] = ()
    verified: Annotated[str, About("Where its codes were held against Eurostat's own; empty: from memory")] = ""


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A table of Eurostat: its dimensions in order, and kinds of persons. `figures` has for each kind of person the
    indicators that answer. Of these the first that anything is known of in a year is sent; they are never added."""

    code: Key[ListCode]
    label: Label
    components: Elsewhere[tuple[Component, ...]]
    figures: Elsewhere[tuple[tuple[str, tuple[str, ...]], ...]]
    verified: Annotated[str, About("Where its name was seen at Eurostat; empty: from memory")] = ""
    order_verified: Annotated[str, About("Where the order of its dimensions was seen; empty: from memory")] = ""

    @property
    def breakdown(self) -> tuple[Component, ...]:
        """The dimensions by which the figures are broken down. All of them are of one dimension of the catalogue."""
        return tuple(each for each in self.components if each.holds is Holds.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Transmission:
    """Which figures go to Eurostat, and under which codes."""

    agency: str = ""
    version: str = "1.0"
    dataflows: Elsewhere[tuple[Dataflow, ...]] = ()
    differs: Annotated[
        Mapping[str, Label], About("Indicators defined otherwise than the table, and how: sent with flag d")
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
