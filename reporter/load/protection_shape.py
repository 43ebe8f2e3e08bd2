"""The shape of the file of decisions about what is withheld."""

from pydantic import Field

from reporter.load.fields import Natural, Shape
from reporter.load.written import Written
from reporter.model import Decision


class ProtectionShape(Shape):
    """The file of what one edition withholds from the public."""

    withheld: dict[str, dict[str, Written[Decision]]] = Field(
        default_factory=dict, description="The values that are withheld, by year and figure"
    )
    rounded: dict[str, dict[str, Natural]] = Field(
        default_factory=dict,
        description="The values of which a multiple of five is printed instead, by year and figure, sums included",
    )
