"""The mail server and the recipients of `reporter.yaml`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

import yaml
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from reporter.errors import nearest
from reporter.load.fields import Whole
from reporter.load.written import Address, Written
from reporter.load.yaml_tree import Tree
from reporter.model import Channel, Label, Mail, Permission, Recipient, Security

MEGABYTE = 1_000_000
# Submission of mail: RFC 6409 3.1, and over TLS RFC 8314 7.3.
# Where the files of a package say that it goes, in the place of an address.
RECEIVED = "received"
PORTS = {Security.STARTTLS: 587, Security.TLS: 465}


def _size(written: object) -> object:
    if isinstance(written, str) and not re.fullmatch(r"[1-9]\d{0,2}", written, re.ASCII):
        raise ValueError(f"{written[:40]!r} is not a number of megabytes | write a whole number from 1 to 999")
    return written


Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999})]


class MailShape(Written[Mail]):
    """The mail server and the sender; never a password."""

    port: Whole | None = Field(
        default=None, description="The port of the server; left out: 587 for starttls, 465 for tls"
    )
    size_limit: Size = Field(default=20, description="The largest message in megabytes, attachment and all")

    @model_validator(mode="before")
    @classmethod
    def no_password(cls, written: object) -> object:
        """Refuse a password: in a file it travels with every copy."""
        if isinstance(written, dict) and "password" in written:
            remedy = "delete the line; give it at the prompt, or as REPORTER_SMTP_PASSWORD in the environment"
            raise ValueError(f"a password does not belong in a file | {remedy}")
        return written


class RecipientShape(Written[Recipient]):
    """An office that gets the package, by mail or through a folder. From the folder a person uploads it."""

    address: Address | None = Field(default=None, description="The mail address of a recipient by mail")
    folder: str = Field(default="", description="The folder of a recipient by folder, in which the package is laid")


def read_mail(tree: Tree, shape: MailShape | None) -> Mail | None:
    """Read the mail server of `reporter.yaml`; None where there is none."""
    if shape is None:
        return None
    mail = shape.made(tree, port=shape.port or 0, size_limit=shape.size_limit * MEGABYTE, mark=tree.key("mail"))
    port = PORTS[mail.security] if shape.port is None else shape.port
    if not 0 < port < 65536:
        tree.error(tree.mark("mail", "port"), "wrong-type", f"port: there is no port {port}", "write 587 or 465")
    return replace(mail, port=port)


def recipient_text(recipient: Recipient, mail: Mail | None) -> str:
    """Write a recipient as `reporter.yaml` has it, without its address. Its subject is that of the mail where it has
    none of its own."""
    words = {"name": recipient.name, "salutation": recipient.salutation, "subject": recipient.subject}
    if mail and not words["subject"]:
        words["subject"] = mail.subject
    told = {
        "channel": Channel.FOLDER.value,
        "folder": RECEIVED,
        "language": recipient.language,
        "gets": [each.value for each in recipient.gets],
        "audience": recipient.audience.value,
        **{name: dict(each.texts) for name, each in words.items() if each},
    }
    return yaml.safe_dump({"recipients": {recipient.code: told}}, allow_unicode=True, sort_keys=False, width=1000)


def read_recipients(
    tree: Tree, shapes: dict[str, RecipientShape], languages: Iterable[str], mail: Mail | None
) -> tuple[Recipient, ...]:
    """Read the recipients of `reporter.yaml`; contradictions become errors of the tree."""
    return tuple(_recipient(tree, code, shape, languages, mail) for code, shape in shapes.items())


def _recipient(tree: Tree, code: str, shape: RecipientShape, languages: Iterable[str], mail: Mail | None) -> Recipient:
    recipient = shape.made(
        tree, "recipients", code, address=shape.address or shape.folder, mark=tree.key("recipients", code)
    )
    _check_way(tree, recipient, shape, mail)
    if recipient.language not in languages:
        mark = tree.mark("recipients", code, "language")
        message = f"{code}: {recipient.language!r} is not among the languages of the reports"
        tree.error(mark, "unknown-code", message, nearest(recipient.language, languages))
    if not recipient.gets:
        tree.error(tree.mark("recipients", code, "gets"), "wrong-type", f"{code}: gets nothing", "write gets: [pdf]")
    _check_words(tree, recipient, mail)
    return replace(recipient, gets=tuple(dict.fromkeys(recipient.gets)))


def _check_words(tree: Tree, recipient: Recipient, mail: Mail | None) -> None:
    code = recipient.code
    for field in ("name", "salutation", "subject", "text"):
        own: Label = getattr(recipient, field)
        usual = getattr(mail, field) if mail and field in ("subject", "text") else Label()
        languages = [language for language, _ in (own or usual).texts]
        if recipient.channel is Channel.EMAIL and languages and recipient.language not in languages:
            mark = tree.mark("recipients", code, field) if own else tree.mark("mail", field)
            message = f"{field}: {code} is written to in {recipient.language}, and there is no {field} in it"
            tree.error(mark, "wrong-type", message, f"write {field}: {{{recipient.language}: …}}")


def _check_way(tree: Tree, recipient: Recipient, shape: RecipientShape, mail: Mail | None) -> None:
    """Check that a recipient's channel has what it needs. By mail that is an address and a server to send from, by
    folder a folder; none has both."""
    code, channel = recipient.code, recipient.channel
    wanted, other = ("address", "folder") if channel is Channel.EMAIL else ("folder", "address")
    fitting = Channel.FOLDER if channel is Channel.EMAIL else Channel.EMAIL
    mark = tree.key("recipients", code)
    if not getattr(shape, wanted):
        tree.error(mark, "missing-key", f"{code}: channel {channel} needs a key {wanted!r}", f"add a line {wanted}: …")
    if getattr(shape, other):
        place = tree.key("recipients", code, other)
        message = f"{code}: channel {channel} goes to no {other}"
        tree.error(place, "unknown-key", message, f"delete the line, or write channel: {fitting}")
    if channel is Channel.EMAIL and mail is None:
        tree.error(
            mark, "missing-key", f"{code} gets mail, and no mail server is written down", "add mail: with host and from"
        )


PERMISSIONS = "publish_small_counts"
YEARS = re.compile(r"[12]\d{3}(/[12]\d{3})?", re.ASCII)
LETTER, BRACKETS = re.compile(r"[^\W\d_]"), re.compile(r"\W*\[[^\]]*\]\W*")
REASON = "reason"

Permissions = list[Written[Permission]]


def read_permissions(tree: Tree, shape: Sequence[Written[Permission]]) -> tuple[Permission, ...]:
    """Read the permissions of `reporter.yaml`, without those that have errors."""
    return tuple(each for number, entry in enumerate(shape) if (each := _permission(tree, str(number), entry)))


def _permission(tree: Tree, number: str, entry: Written[Permission]) -> Permission | None:
    permission, fine = entry.made(tree, PERMISSIONS, number), True
    if not (permission.source or permission.figures):
        message, hint = "the permission names neither a source nor figures", "add a line source: …, or figures: […]"
        tree.error(permission.mark, "missing-key", message, hint)
        fine = False
    first, _, last = permission.years.partition("/")
    if not YEARS.fullmatch(permission.years):
        years = "/".join(dict.fromkeys((first[:4], (last or first)[:4])))
        message = f"years: {permission.years} is more than reference years"
        tree.error(tree.mark(PERMISSIONS, number, "years"), "wrong-type", message, f"write years: {years}")
        fine = False
    return permission if _is_reason(tree, permission.reason.texts, number) and fine else None


def _is_reason(tree: Tree, texts: Sequence[tuple[str, str]], *number: str) -> bool:
    """Return whether something is said; what is not becomes an error."""
    missing = [language for language, text in texts if BRACKETS.fullmatch(text) or not LETTER.search(text)]
    for language in missing:
        mark = tree.mark(PERMISSIONS, *number, REASON, language)
        hint = f"write {language}: and the reason in words"
        tree.error(mark, "wrong-type", f"no reason is given in {language} why the counts may be published", hint)
    if not texts:
        tree.error(tree.mark(PERMISSIONS, *number, REASON), "wrong-type", "reason: nothing is said", "write {en: …}")
    return bool(texts) and not missing
