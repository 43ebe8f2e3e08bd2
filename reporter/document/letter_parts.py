"""The letter that goes with a package, without how it looks."""

from dataclasses import dataclass

from reporter.document.document import Edition


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes with a package. `date` is written out, and empty when the edition has none. `introduction`
    stands before the `findings`, sentences of the year's figures; `enclosures` say what the package holds."""

    edition: Edition
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    reference: str
    subject: str
    salutation: str
    introduction: str
    findings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    enclosures: tuple[str, ...]
    closing: tuple[str, ...]
