"""The tables that Eurostat collects.

Their dimensions, and which figures and codes of the workspace fill them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reporter.model.label import Label
from reporter.model.observation import Confidentiality, Flag, Qualifier, Status


class Holds(StrEnum):
    """What the codes of a table's dimension stand for."""

    VALUE = "value"
    COUNTRY = "country"
    FIGURES = "figures"
    BREAKDOWN = "breakdown"


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension of a table.

    A breakdown names the dimension of the catalogue (`axis`) whose codes answer it, the key of their mappings, the code
    of the whole, and the code list; `value` is what every row has where nothing is broken down.
    """

    code: str
    holds: Holds
    value: str = ""
    axis: str = ""
    mapping: str = ""
    total: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A table: its dimensions and the indicators that fill it.

    `components` are in the order of the table; `figures` has for each kind of person the indicators that answer. Of
    these the first that anything is known of in a year is sent; they are never added.
    """

    code: str
    label: Label
    components: tuple[Component, ...]
    figures: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def breakdown(self) -> tuple[Component, ...]:
        """The dimensions by which the figures are broken down.

        All of them are of one dimension of the catalogue.
        """
        return tuple(each for each in self.components if each.holds is Holds.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Transmission:
    """What is sent to Eurostat: tables, and marks for special values.

    `differs` are the indicators defined otherwise than the tables, with how; `qualifiers` the inexact values that are
    sent, with their flag; `statuses` the flags of what has no value; `confidentiality` the codes of CONF_STATUS.
    """

    agency: str = ""
    version: str = ""
    dataflows: tuple[Dataflow, ...] = ()
    differs: Mapping[str, Label] = field(default_factory=dict)
    qualifiers: Mapping[Qualifier, Flag] = field(default_factory=dict)
    statuses: Mapping[Status, Flag] = field(default_factory=dict)
    confidentiality: Mapping[Confidentiality, str] = field(default_factory=dict)
