"""Who receives the package, and by which way it goes."""

from dataclasses import dataclass
from typing import Annotated

from reporter.data.errors import Mark
from reporter.data.records.label import NO_WORDS
from reporter.data.records.statement import (
    About,
    Elsewhere,
    Explained,
    Form,
    Frame,
    Key,
    LanguageCode,
    Name,
    Paragraphs,
)


class Audience(Explained):
    """Who may read an edition. A public one is made from files in which no withheld value is left; a restricted one
    holds them all."""

    PUBLIC = "public", "everybody can read it: nothing that is withheld is in it"
    RESTRICTED = "restricted", "an office that may know withheld values: they are all in it, and every page says so"


# What a text to a recipient may name in braces.
PLACES = ("country", "year", "title", "name", "file", "sha256")


class Channel(Explained):
    """The way to a recipient: mail, or a folder. From the folder a person uploads (EDAMIS, CIRCABC, a website)."""

    EMAIL = "email", "by mail, through the server under mail:"
    FOLDER = "folder", "laid in a folder, from which a person uploads it"


class Security(Explained):
    """How the connection to the mail server is encrypted. There is no way without encryption."""

    STARTTLS = "starttls", "encrypted before anything is said, usually on port 587"
    TLS = "tls", "encrypted from the first byte, usually on port 465"


class PackagePart(Explained):
    """A part of an edition that a package may hold."""

    PDF = "pdf", "the profile as a PDF, in each language"
    HTML = "html", "the same as one page for the web"
    CSV = "csv", "all figures as a table, and what Article 19a asks for"
    XLSX = "xlsx", "all tables as a workbook"
    SDMX = "sdmx", "the tables of Eurostat"
    JSON = "json", "all figures for machines"
    PAGE = "page", "the text for the Commission's page, in English, as HTML and as Markdown"
    LETTER = "letter", "a covering letter in the recipient's language"
    VALIDATION = "validation", "what the checks of the PDFs and of the figures found"
    METADATA = "metadata", "how the figures came about, for machines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An office that gets the package, by mail or through a folder. `address` is a mail address or a folder. `subject`
    and `text` are empty for those of `mail:`; they, `name` and `salutation` are written in `language`."""

    code: Key[Name]
    channel: Annotated[Channel, About("The way the package goes")]
    address: Elsewhere[str]
    language: Annotated[LanguageCode, About("The language of letter and message, one of those of the reports")]
    gets: Annotated[tuple[PackagePart, ...], About("What of the edition the package for this recipient holds")]
    audience: Annotated[Audience, About("Whether it may know what is withheld from the public")]
    name: Annotated[Paragraphs, About("Who it is, as in the address of a letter")]
    salutation: Annotated[Paragraphs, About("The first line of letter and message; left out: a usual one")] = NO_WORDS
    subject: Annotated[Frame, About("Instead of that of mail:")] = NO_WORDS
    text: Annotated[Frame, About("Instead of that of mail:")] = NO_WORDS
    signer: Annotated[
        str, About("Whose signature it expects: whole name, organisation or SHA-256 of the certificate; left out: none")
    ] = ""
    trust: Annotated[str, About("A file of the root certificates that it trusts; left out: no root is looked at")] = ""
    mark: Mark

    @property
    def expects_signature(self) -> bool:
        return bool(self.signer or self.trust)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server and the sender; never a password. `size_limit` is in bytes, of the whole message as sent. `user`
    is empty where the server asks for none."""

    host: Annotated[str, Form.HOST, About("The mail server of your office")]
    port: Elsewhere[int]
    security: Annotated[Security, About("How the connection is encrypted; ask those who run the server")] = (
        Security.STARTTLS
    )
    sender: Annotated[str, Form.ADDRESS, About("The address that receives answers and receipts", key="from")]
    sender_name: Annotated[Paragraphs, About("The sender as it stands above the text", key="name")] = NO_WORDS
    user: Annotated[str, About("The name to sign in with, never the password; left out: the server asks for none")] = ""
    size_limit: Elsewhere[int]
    authority: Annotated[str, About("A file of certificates to trust instead of those of the system")] = ""
    subject: Annotated[Frame, About(f"The subject of a message; may name {', '.join(PLACES)} in braces")] = NO_WORDS
    text: Annotated[Frame, About(f"The text of a message; may name {', '.join(PLACES)} in braces")] = NO_WORDS
    mark: Mark
