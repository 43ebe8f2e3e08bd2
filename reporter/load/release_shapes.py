"""The shape of the file of a published edition."""

from pydantic import Field

from reporter.load.fields import Shape, Text, Words
from reporter.load.written import Sha256, Written
from reporter.model import Release


class ProgramShape(Shape):
    """The program that made the files."""

    version: Text
    sha256: Sha256 = Field(description="Of the list of its own files")


class ReleaseShape(Written[Release]):
    """The file of a published edition, written by the program."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    reason: Words = Field(default_factory=dict, description="Of a corrigendum")
    program: ProgramShape
    seal: Sha256 = Field(description="The checksum of all the rest")
