"""Who receives the package, and by which way it goes."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import Mark
from reporter.model.label import Label

# What a text to a recipient may name in braces.
PLACES = ("country", "year", "title", "name", "file", "sha256")


class Channel(StrEnum):
    """The way to a recipient: mail, or a folder.

    From the folder a person uploads (EDAMIS, CIRCABC, a website).
    """

    EMAIL = "email"
    FOLDER = "folder"


class Security(StrEnum):
    """How the connection to the mail server is encrypted.

    There is no way without encryption.
    """

    STARTTLS = "starttls"
    TLS = "tls"


class PackagePart(StrEnum):
    """A part of an edition that a package may hold."""

    PDF = "pdf"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    SDMX = "sdmx"
    JSON = "json"
    SOURCE = "source"
    LETTER = "letter"
    VALIDATION = "validation"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An office that gets the package.

    `address` is a mail address or a folder, `gets` are the parts in its package. `subject` and `text` replace those of
    `mail:`; they and `salutation` are written in `language`. What a `public` one gets, everybody can read.
    """

    code: str
    channel: Channel
    address: str
    language: str
    gets: tuple[PackagePart, ...]
    name: Label
    salutation: Label
    subject: Label
    text: Label
    mark: Mark
    public: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server, the sender, and the text of every message.

    `size_limit` is in bytes, of the whole message as sent. `user` is empty where the server asks for none; `authority`
    is a file of certificates to trust, empty for those of the system; with `split` a package that is too large goes in
    several numbered messages.
    """

    host: str
    port: int
    security: Security
    sender: str
    sender_name: Label
    user: str
    size_limit: int
    split: bool
    authority: str
    subject: Label
    text: Label
    mark: Mark
