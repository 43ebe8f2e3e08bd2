"""The shape of the file of a published edition."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from reporter.load.fields import Date, Shape, Text, Whole, Words

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _sha256(written: str) -> str:
    if not SHA256.fullmatch(written):
        raise ValueError(f"{written[:40]!r} is no SHA-256 | put back the file as it was published")
    return written


Sha256 = Annotated[str, AfterValidator(_sha256), WithJsonSchema({"type": "string", "pattern": f"^{SHA256.pattern}$"})]


class ProgramShape(Shape):
    """The program that made the files."""

    version: Text
    sha256: Sha256 = Field(description="Of the list of its own files")


class ReleaseShape(Shape):
    """The file of a published edition, written by the program."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    year: Whole
    number: Whole = Field(description="0 for the first, then the number of the corrigendum")
    published: Date
    by: str
    reason: Words = Field(default_factory=dict, description="Of a corrigendum")
    program: ProgramShape
    engines: dict[str, Text]
    fonts: dict[str, Sha256]
    inputs: dict[str, Sha256] = Field(description="The files it was made from; their copies lie beside")
    files: dict[str, Sha256] = Field(default_factory=dict, description="What was published")
    seal: Sha256 = Field(description="The checksum of all the rest")
