"""Who receives the package, and by which way it goes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from reporter.errors import Mark
from reporter.model.label import NO_WORDS
from reporter.model.statement import About, Elsewhere, Form, Frame, Key, LanguageCode, Name, Paragraphs

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An office that gets the package, by mail or through a folder.

    `address` is a mail address or a folder. `subject` and `text` are empty for those of `mail:`; they, `name` and
    `salutation` are written in `language`.
    """

    code: Key[Name]
    channel: Channel
    address: Elsewhere[str]
    language: LanguageCode
    gets: Annotated[tuple[PackagePart, ...], About("What of the edition the package for this recipient holds")]
    name: Paragraphs
    salutation: Paragraphs = NO_WORDS
    subject: Annotated[Frame, About("Instead of that of mail:")] = NO_WORDS
    text: Annotated[Frame, About("Instead of that of mail:")] = NO_WORDS
    mark: Mark
    public: Annotated[bool, About("true: what it gets, everybody can read")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server and the sender; never a password.

    `size_limit` is in bytes, of the whole message as sent. `user` is empty where the server asks for none.
    """

    host: Annotated[str, Form.HOST]
    port: Elsewhere[int]
    security: Security = Security.STARTTLS
    sender: Annotated[str, Form.ADDRESS, About("The address that receives answers and receipts", key="from")]
    sender_name: Annotated[Paragraphs, About("The sender as it stands above the text", key="name")] = NO_WORDS
    user: Annotated[str, About("Left out: the server asks for no password")] = ""
    size_limit: Elsewhere[int]
    split: Annotated[bool, About("true: what is too large goes in several numbered messages")] = False
    authority: Annotated[str, About("A file of certificates to trust instead of those of the system")] = ""
    subject: Annotated[Frame, About(f"May name {', '.join(PLACES)} in braces")] = NO_WORDS
    text: Annotated[Frame, About(f"May name {', '.join(PLACES)} in braces")] = NO_WORDS
    mark: Mark
