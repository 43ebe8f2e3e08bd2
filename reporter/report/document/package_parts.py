"""The letter that goes with a package, and the page that it begins with, without how they look."""

from dataclasses import dataclass

from reporter.report.document.document import Edition, Entry


@dataclass(frozen=True, slots=True)
class StartFile:
    """A file that the page leads to. `path` is where it lies from the page, `address` that as a link has it; `language`
    and `size` are in words."""

    path: str
    address: str
    language: str
    size: str


@dataclass(frozen=True, slots=True)
class StartGroup:
    """Files of one kind, under what they are in plain words. `folded` is what to press to see them where they are many,
    else empty."""

    title: str
    files: tuple[StartFile, ...]
    folded: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """The page that a package begins with. `facts` say what the package is and from whom. `name` is that of the package
    and of its folder; `first` are the groups to open first, `groups` all of them. `table` is a file of figures as CSV,
    `workbook` one for Excel; each is empty where there is none."""

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
