"""The letter that goes with a package, without how it looks."""

from dataclasses import dataclass

from reporter.document.document import Edition


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a letter lists.

    `path` is its path in the package, `size` its size in bytes as printed.
    """

    path: str
    title: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes with a package.

    `date` is written out, and empty when the edition has none.
    """

    edition: Edition
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    closing: tuple[str, ...]
