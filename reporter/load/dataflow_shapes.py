"""The shape of `eurostat:` in the catalogue.

It lists the tables that Eurostat collects, and what they are filled from.
"""

from typing import Annotated

from pydantic import Field

from reporter.load.fields import Code, Shape, Words
from reporter.model import Confidentiality, Flag, Holds, Qualifier, Status

ListCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]


class ComponentShape(Shape):
    """A dimension of a table, and what its codes come from."""

    value: str = Field(default="", description="The same in every row, such as A for yearly figures")
    holds: Holds = Holds.VALUE
    axis: str = Field(default="", description="The dimension of this catalogue whose codes answer")
    mapping: str = Field(default="", description="The key in the mappings of these codes")
    total: str = Field(default="", description="The code of the whole")
    codes: list[ListCode] = Field(default_factory=list, description="The code list, in the order of the rows")
    decisions: dict[str, ListCode] = Field(
        default_factory=dict, description="Codes on which official lists disagree; goes before their mappings"
    )


class DataflowShape(Shape):
    """A table of Eurostat: its dimensions in order, and kinds of persons."""

    label: Words
    dimensions: list[str]
    figures: list[str]


class TransmissionShape(Shape):
    """Which figures go to Eurostat, and under which codes."""

    agency: str = ""
    version: str = "1.0"
    figures: dict[ListCode, list[str]] = Field(
        default_factory=dict, description="For each kind of person the indicators that answer; the first known is sent"
    )
    differs: dict[str, Words] = Field(
        default_factory=dict, description="Indicators defined otherwise than the table, and how: sent with flag d"
    )
    qualifiers: dict[Qualifier, Flag] = Field(
        default_factory=dict, description="Inexact values that are sent, with a flag; others are left out"
    )
    statuses: dict[Status, Flag] = Field(default_factory=dict, description="The flag of a value that does not exist")
    confidentiality: dict[Confidentiality, str] = Field(
        default_factory=dict, description="The code in CONF_STATUS for each status"
    )
    dimensions: dict[Code, ComponentShape] = Field(default_factory=dict)
    dataflows: dict[ListCode, DataflowShape] = Field(default_factory=dict)
