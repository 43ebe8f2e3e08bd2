"""The mail server and the recipients of `reporter.yaml`."""

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from reporter.errors import nearest
from reporter.load.fields import Language, Shape, Truth, Whole, Words
from reporter.load.yaml_tree import Tree
from reporter.model import PLACES, Channel, Label, Mail, PackagePart, Recipient, Security

# An address of dot-atoms (RFC 5322 3.4.1) no longer than RFC 5321 4.5.3.1.1 allows. ASCII only: beyond it SMTPUTF8
# (RFC 6531) is needed, which few servers have. It is one line, so that no header can follow it.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
PLACE = re.compile(r"\{([^{}]*)\}")
MEGABYTE = 1_000_000
# Submission of mail: RFC 6409 3.1, and over TLS RFC 8314 7.3.
PORTS = {Security.STARTTLS: 587, Security.TLS: 465}


def _address(written: str) -> str:
    if not ADDRESS.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not a mail address | write one such as office@ministry.example")
    return written


def _host(written: str) -> str:
    if not HOST.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not the name of a server | write one such as smtp.ministry.example")
    return written


def _size(written: object) -> object:
    if isinstance(written, str) and not re.fullmatch(r"[1-9]\d{0,2}", written, re.ASCII):
        raise ValueError(f"{written[:40]!r} is not a number of megabytes | write a whole number from 1 to 999")
    return written


def _frame(written: dict[str, str]) -> dict[str, str]:
    for text in written.values():
        for place in PLACE.findall(text):
            if place not in PLACES:
                raise ValueError(f"a text cannot name {{{place[:40]}}} | {nearest(place, PLACES)}")
    return written


Address = Annotated[
    str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": f"^{ADDRESS.pattern}$"})
]
Host = Annotated[str, AfterValidator(_host), WithJsonSchema({"type": "string", "pattern": f"^{HOST.pattern}$"})]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999})]
Frame = Annotated[Words, AfterValidator(_frame)]


class MailShape(Shape):
    """The mail server and the sender; never a password."""

    host: Host
    port: Whole | None = Field(default=None, description="587 for starttls, 465 for tls, where it is left out")
    security: Security = Security.STARTTLS
    sender: Address = Field(alias="from", description="The address that receives answers and receipts")
    name: Words = Field(default_factory=dict, description="The sender as it stands above the text")
    user: str = Field(default="", description="Left out: the server asks for no password")
    size_limit: Size = Field(default=20, description="The largest message in megabytes, attachment and all")
    split: Truth = Field(default=False, description="true: what is too large goes in several numbered messages")
    authority: str = Field(default="", description="A file of certificates to trust instead of those of the system")
    subject: Frame = Field(default_factory=dict, description=f"May name {', '.join(PLACES)} in braces")
    text: Frame = Field(default_factory=dict, description=f"May name {', '.join(PLACES)} in braces")

    @model_validator(mode="before")
    @classmethod
    def no_password(cls, written: object) -> object:
        """Refuse a password: in a file it travels with every copy."""
        if isinstance(written, dict) and "password" in written:
            remedy = "delete the line; give it at the prompt, or as REPORTER_SMTP_PASSWORD in the environment"
            raise ValueError(f"a password does not belong in a file | {remedy}")
        return written


class RecipientShape(Shape):
    """An office that gets the package, by mail or through a folder.

    From the folder a person uploads it.
    """

    channel: Channel
    address: Address | None = Field(default=None, description="Of a recipient by mail")
    folder: str = Field(default="", description="Of a recipient by folder: where the package is laid")
    language: Language
    gets: list[PackagePart] = Field(description="What of the edition the package for this recipient holds")
    name: Words
    salutation: Words = Field(default_factory=dict)
    subject: Frame = Field(default_factory=dict, description="Instead of that of mail:")
    text: Frame = Field(default_factory=dict, description="Instead of that of mail:")
    public: Truth = Field(default=False, description="true: what it gets, everybody can read")


def read_mail(tree: Tree, shape: MailShape | None) -> Mail | None:
    """Read the mail server of `reporter.yaml`; None where there is none."""
    if shape is None:
        return None
    port = PORTS[shape.security] if shape.port is None else shape.port
    if not 0 < port < 65536:
        tree.error(tree.mark("mail", "port"), "wrong-type", f"port: there is no port {port}", "write 587 or 465")
    return Mail(
        host=shape.host,
        port=port,
        security=shape.security,
        sender=shape.sender,
        sender_name=_words(shape.name),
        user=shape.user,
        size_limit=shape.size_limit * MEGABYTE,
        split=shape.split,
        authority=shape.authority,
        subject=_words(shape.subject),
        text=_words(shape.text),
        mark=tree.key("mail"),
    )


def read_recipients(
    tree: Tree, shapes: dict[str, RecipientShape], languages: Iterable[str], mail: Mail | None
) -> tuple[Recipient, ...]:
    """Read the recipients of `reporter.yaml`; contradictions become errors of the tree."""
    return tuple(_recipient(tree, code, shape, languages, mail) for code, shape in shapes.items())


def _recipient(tree: Tree, code: str, shape: RecipientShape, languages: Iterable[str], mail: Mail | None) -> Recipient:
    _check_way(tree, code, shape, mail)
    if shape.language not in languages:
        mark = tree.mark("recipients", code, "language")
        message = f"{code}: {shape.language!r} is not among the languages of the reports"
        tree.error(mark, "unknown-code", message, nearest(shape.language, languages))
    if not shape.gets:
        tree.error(tree.mark("recipients", code, "gets"), "wrong-type", f"{code}: gets nothing", "write gets: [pdf]")
    _check_words(tree, code, shape, mail)
    return Recipient(
        code=code,
        channel=shape.channel,
        address=shape.address or shape.folder,
        language=shape.language,
        gets=tuple(dict.fromkeys(shape.gets)),
        name=_words(shape.name),
        salutation=_words(shape.salutation),
        subject=_words(shape.subject),
        text=_words(shape.text),
        mark=tree.key("recipients", code),
        public=shape.public,
    )


def _check_words(tree: Tree, code: str, shape: RecipientShape, mail: Mail | None) -> None:
    """Check that texts exist in the language a recipient reads."""
    for field in ("name", "salutation", "subject", "text"):
        own = tuple(getattr(shape, field))
        usual = getattr(mail, field) if mail and field in ("subject", "text") else Label()
        languages = own or tuple(language for language, _ in usual.texts)
        if shape.channel is Channel.EMAIL and languages and shape.language not in languages:
            mark = tree.mark("recipients", code, field) if own else tree.mark("mail", field)
            message = f"{field}: {code} is written to in {shape.language}, and there is no {field} in it"
            tree.error(mark, "wrong-type", message, f"write {field}: {{{shape.language}: …}}")


def _check_way(tree: Tree, code: str, shape: RecipientShape, mail: Mail | None) -> None:
    """Check that a recipient's channel has what it needs.

    By mail that is an address and a server to send from, by folder a folder; none has both.
    """
    wanted, other = ("address", "folder") if shape.channel is Channel.EMAIL else ("folder", "address")
    mark = tree.key("recipients", code)
    if not getattr(shape, wanted):
        tree.error(
            mark, "missing-key", f"{code}: channel {shape.channel} needs a key {wanted!r}", f"add a line {wanted}: …"
        )
    if getattr(shape, other):
        place = tree.key("recipients", code, other)
        message = f"{code}: channel {shape.channel} goes to no {other}"
        tree.error(place, "unknown-key", message, f"delete the line, or write channel: {_way(other)}")
    if shape.channel is Channel.EMAIL and mail is None:
        tree.error(
            mark, "missing-key", f"{code} gets mail, and no mail server is written down", "add mail: with host and from"
        )


def _way(key: str) -> Channel:
    return Channel.EMAIL if key == "address" else Channel.FOLDER


def _words(words: dict[str, str]) -> Label:
    """Make a label that keeps paragraphs, with single spaces in each."""
    return Label(tuple((language, _paragraphs(text)) for language, text in words.items()))


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(each.split()) for each in re.split(r"\n\s*\n", text.strip()))
