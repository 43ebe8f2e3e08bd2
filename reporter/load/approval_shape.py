"""The shape of the file of the approvals of an edition."""

from pydantic import Field

from reporter.load.fields import Shape, Whole
from reporter.load.written import Written
from reporter.model import Approval


class ApprovalsShape(Shape):
    """The approvals of an edition, written by the program."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    year: Whole
    approvals: list[Written[Approval]] = Field(description="The first one first; what was taken back stays")
