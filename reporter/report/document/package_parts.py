"""The letter that goes with a package, and the package's start page, without how they look."""

from dataclasses import dataclass

from reporter.report.document.document import Edition, Entry


@dataclass(frozen=True, slots=True)
class StartFile:
    """A file linked from the page. `path` is relative to it, `address` the link; `language` and `size` are words."""

    path: str
    address: str
    language: str
    size: str


@dataclass(frozen=True, slots=True)
class StartGroup:
    """Files of one kind under a plain title. `folded` is the label of the button that opens a long list, else empty."""

    title: str
    files: tuple[StartFile, ...]
    folded: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The start page of a package. `facts` say what the package is and who sent it. `name` is that of the package and
    its folder; `first` are the groups to open first, `groups` all of them. `table` is a CSV file of figures, `workbook`
    one for Excel; each may be empty."""

    edition: Edition
    title: str
    name: str
    facts: tuple[Entry, ...]
    first: tuple[StartGroup, ...]
    groups: tuple[StartGroup, ...]
    table: str
    workbook: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes with a package. `date` is written out, empty when the edition has none. `introduction`
    precedes the `findings`, sentences on the year's figures; `enclosures` list the contents of the package."""

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
