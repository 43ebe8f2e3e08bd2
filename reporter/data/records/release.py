"""Published editions, which never change; approvals by others than the publisher; reporting duties; recipients."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark, one_line
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.statement import (
    About,
    CountryCode,
    Date,
    Day,
    Elsewhere,
    Explained,
    Form,
    Frame,
    Key,
    LanguageCode,
    Name,
    NumberText,
    Paragraphs,
    PlainWords,
    Sha256,
)

Sums = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Who approved what was published, and when."""

    by: str
    date: Date
    sha256: Annotated[Sha256, About("The checksum of the public content of the files; printed in the imprint")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An edition as published. `program` is the program's version, `code` its SHA-256. A seal shows other changes."""

    country: CountryCode
    year: int
    number: Annotated[int, About("0 for the first, then the number of the corrigendum")]
    date: Annotated[Date, About(key="published")]
    by: str
    reason: Annotated[Label, About("Of a corrigendum")] = NO_WORDS
    approved: Annotated[tuple[Approved, ...], About("Who approved it, other than the publisher")] = ()
    program: Elsewhere[str]
    code: Elsewhere[str]
    engines: tuple[tuple[str, NumberText], ...]
    fonts: tuple[tuple[str, Sha256], ...]
    inputs: Annotated[tuple[tuple[str, Sha256], ...], About("The files it was made from; copies are kept with it")]
    files: Annotated[tuple[tuple[str, Sha256], ...], About("What was published")] = ()
    mark: Mark
    seal: Annotated[Sha256, About("The checksum of everything else")] = ""

    @property
    def name(self) -> str:
        """The name of its file without the ending: 2020, 2020-1."""
        return f"{self.year}-{self.number}" if self.number else str(self.year)

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.rpartition(".")[2] for name, _ in self.files))

    def __str__(self) -> str:
        if self.number:
            return f"{self.country} {self.year}, corrigendum {self.number} of {self.date}"
        return f"{self.country} {self.year}, number 0 of {self.date}"


class Rhythm(Explained):
    """How often something is due."""

    YEAR = "year", "every year"
    TWO_YEARS = "two years", "every two years, counted from the first year"

    @property
    def years(self) -> int:
        return 1 if self is Rhythm.YEAR else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A duty to report."""

    code: Key[Name]
    title: Annotated[Label, About("What is due")]
    basis: Annotated[Label, About("The law that requires it")] = NO_WORDS
    every: Annotated[Rhythm, About("How often it is due")] = Rhythm.YEAR
    first: Annotated[int, About("First year in which it is due")]
    day: Annotated[Day, About("The month and day, such as 12-31", key="due")]
    after: Annotated[int, About("Number of years after the reference year")] = 1
    recipients: Annotated[
        tuple[str, ...], About("The recipients; default: all recipients of the package", key="to")
    ] = ()
    mark: Mark

    def date(self, due: int) -> str:
        return f"{due}-{self.day}"

    def years(self, last: int) -> tuple[int, ...]:
        """The years in which it is due, at least up to one after `last`."""
        return tuple(range(self.first, max(self.first, last) + 2 * self.every.years, self.every.years))


WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one person approved: exactly these files. The seal reveals changes by hand."""

    number: Annotated[int, About("The number that was to be published: 0, or that of a corrigendum")]
    by: Annotated[str, About("Who approved it, by the name they gave")]
    date: Date
    sha256: Annotated[Sha256, About("The checksum of the list of files below, including withheld figures")]
    public: Annotated[Sha256, About("The checksum of their public content; printed in the imprint")]
    warnings: Annotated[int, About("The number of open warnings; there were no errors")]
    accepted: Annotated[int, About("The number of findings accepted with a reason")]
    program: Annotated[str, About("The version of the program that was used")]
    note: Annotated[PlainWords, About("A remark by the person; never in a package")] = ""
    files: Annotated[
        tuple[tuple[str, Sha256], ...], About("What was approved; of the settings, those that affect pages")
    ]
    withdrawn: Annotated[Date, About("The day on which it was withdrawn")] = ""
    mark: Mark
    seal: Annotated[Sha256, About("The checksum of everything else in the approval")] = ""

    def __str__(self) -> str:
        return f"approved by {self.by} on {self.date}"


def plain_name(name: str) -> str:
    return one_line(name)


def folded_name(name: str) -> tuple[str, ...]:
    """The words of a name, to tell people apart, without case, accents, punctuation and order; () without letters."""
    decomposed_name = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(character for character in decomposed_name if not unicodedata.combining(character))
    return tuple(sorted(WORD.findall(letters)))


class Audience(Explained):
    """Who may read an edition: a public one is made from files without withheld values, a restricted one with them."""

    PUBLIC = "public", "for everyone: contains no withheld values"
    RESTRICTED = (
        "restricted",
        "for an office that may receive withheld values: it contains them, and every page says so",
    )


# The places in braces that a text to a recipient may contain.
PLACES = ("country", "year", "title", "name", "file", "sha256")


class Channel(Explained):
    """The way to a recipient: mail, or a folder from which a person uploads (EDAMIS, CIRCABC, a website)."""

    EMAIL = "email", "by mail, through the mail server in the settings"
    FOLDER = "folder", "saved to a folder, from which a person uploads it"


class Security(Explained):
    """How the connection to the mail server is encrypted; unencrypted is not possible."""

    STARTTLS = "starttls", "encrypted before any data are sent, usually on port 587"
    TLS = "tls", "encrypted from the first byte, usually on port 465"


class PackagePart(Explained):
    """A part of an edition that a package may contain."""

    PDF = "pdf", "the profile as a PDF, in each language"
    HTML = "html", "the same as one page for the web"
    CSV = "csv", "all figures as a table, and coverage of Article 19a"
    XLSX = "xlsx", "all tables as a workbook"
    SDMX = "sdmx", "the tables of Eurostat"
    JSON = "json", "all figures in machine-readable form"
    PAGE = "page", "the text for the Commission's page, in English, as HTML and as Markdown"
    LETTER = "letter", "a covering letter in the recipient's language"
    VALIDATION = "validation", "results of the checks of PDFs and figures"
    METADATA = "metadata", "metadata of the figures, in machine-readable form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An office that gets the package, by mail or through a folder. `address` is a mail address or a folder. `subject`
    and `text` are empty to use those of `mail:`; they, `name`, `postal` and `salutation` are in `language`."""

    code: Key[Name]
    channel: Annotated[Channel, About("How the package is sent")]
    address: Elsewhere[str]
    language: Annotated[LanguageCode, About("The language of letter and message, one of those of the reports")]
    gets: Annotated[tuple[PackagePart, ...], About("Contents of the package for this recipient")]
    audience: Annotated[Audience, About("Whether it may receive figures withheld from the public")]
    name: Annotated[Paragraphs, About("The recipient, as in the address of a letter")]
    postal: Annotated[Paragraphs, About("Its postal address in the letter; a comma ends a line")] = NO_WORDS
    salutation: Annotated[Paragraphs, About("First line of letter and message; default: a standard salutation")] = (
        NO_WORDS
    )
    subject: Annotated[Frame, About("Replaces that of mail:")] = NO_WORDS
    text: Annotated[Frame, About("Replaces that of mail:")] = NO_WORDS
    signer: Annotated[
        str, About("The signature it expects: full name, organisation or SHA-256 of the certificate; default: none")
    ] = ""
    trust: Annotated[str, About("File of the root certificates that it trusts; if left out, no root is checked")] = ""
    mark: Mark

    @property
    def expects_signature(self) -> bool:
        return bool(self.signer or self.trust)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server and the sender; never a password. `size_limit` is in bytes, of the whole message as sent. `user`
    is empty if the server asks for none."""

    host: Annotated[str, Form.HOST, About("The mail server of your office")]
    port: Elsewhere[int]
    security: Annotated[Security, About("How the connection is encrypted; ask the administrators of the server")] = (
        Security.STARTTLS
    )
    sender: Annotated[str, Form.ADDRESS, About("The address that receives answers and receipts", key="from")]
    sender_name: Annotated[Paragraphs, About("The sender as shown above the text", key="name")] = NO_WORDS
    user: Annotated[str, About("User name for signing in, never the password; default: the server needs none")] = ""
    size_limit: Elsewhere[int]
    authority: Annotated[str, About("File of certificates to trust instead of those of the system")] = ""
    subject: Annotated[Frame, About(f"The subject of a message; may name {', '.join(PLACES)} in braces")] = NO_WORDS
    text: Annotated[Frame, About(f"The text of a message; may name {', '.join(PLACES)} in braces")] = NO_WORDS
    mark: Mark
