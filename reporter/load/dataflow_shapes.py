"""The shape of `eurostat:` in the catalogue. It lists the tables that Eurostat collects, and what they are filled
from."""

from pydantic import Field

from reporter.load.fields import Code
from reporter.load.written import ListCode, Written
from reporter.model import Component, Dataflow, Transmission


class ComponentShape(Written[Component]):
    """A dimension of a table, and what its codes come from."""

    decisions: dict[str, ListCode] = Field(
        default_factory=dict, description="Codes on which official lists disagree; goes before their mappings"
    )


class DataflowShape(Written[Dataflow]):
    """A table of Eurostat: its dimensions in order, and kinds of persons."""

    dimensions: list[str]
    figures: list[str]


class TransmissionShape(Written[Transmission]):
    """Which figures go to Eurostat, and under which codes."""

    figures: dict[ListCode, list[str]] = Field(
        default_factory=dict, description="For each kind of person the indicators that answer; the first known is sent"
    )
    dimensions: dict[Code, ComponentShape] = Field(default_factory=dict)
    dataflows: dict[ListCode, DataflowShape] = Field(default_factory=dict)
