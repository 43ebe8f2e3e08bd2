"""Texts with a form of their own: addresses, checksums, days, frames."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema

from reporter.errors import nearest
from reporter.load.fields import Words, is_frozen
from reporter.model import PLACES, Label

# An address of dot-atoms (RFC 5322 3.4.1) no longer than RFC 5321 4.5.3.1.1 allows. ASCII only: beyond it SMTPUTF8
# (RFC 6531) is needed, which few servers have. It is one line, so that no header can follow it.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
# What pages can lead to: a host with a dot in it, and neither user nor blank (RFC 3986). Letters of any alphabet, which
# browsers encode.
WEB = re.compile(r"https?://[^\s/?#@\\<>\"']+\.[^\s/?#@\\<>\"'.]+([/?#][^\s\\<>\"]*)?")
SECURE = re.compile(WEB.pattern.replace("https?", "https", 1))
PLACE = re.compile(r"\{([^{}]*)\}")
DAY = re.compile(r"\d\d-\d\d", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _address(written: str, info: ValidationInfo) -> str:
    if not is_frozen(info) and not ADDRESS.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not a mail address | write one such as office@ministry.example")
    return written


def _web(written: str, info: ValidationInfo) -> str:
    if not is_frozen(info) and not WEB.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is no address of the web | {_usual(written)}")
    return written


def _secure(written: str, info: ValidationInfo) -> str:
    if not is_frozen(info) and not SECURE.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is no address that begins with https:// | {_usual(written)}")
    return written


def _usual(written: str) -> str:
    """The address that was probably meant, or an example."""
    meant = re.sub(r"^(https?:/*)?", "https://", "".join(written.split()), count=1)
    return f"write {meant}, if that opens it" if WEB.fullmatch(meant) else "write one such as https://ministry.example"


def _host(written: str) -> str:
    if not HOST.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not the name of a server | write one such as smtp.ministry.example")
    return written


def _frame(written: dict[str, str]) -> dict[str, str]:
    for text in written.values():
        for place in PLACE.findall(text):
            if place not in PLACES:
                raise ValueError(f"a text cannot name {{{place[:40]}}} | {nearest(place, PLACES)}")
    return written


def _day(written: str) -> str:
    try:
        if not DAY.fullmatch(written):
            raise ValueError
        date.fromisoformat(f"2001-{written}")
    except ValueError:
        raise ValueError(f"{written[:40]!r} is no day of every year | write month and day, such as 12-31") from None
    return written


def _sha256(written: str) -> str:
    if not SHA256.fullmatch(written):
        raise ValueError(f"{written[:40]!r} is no SHA-256 | put back the file as it was published")
    return written


def paragraphs(words: Mapping[str, str]) -> Label:
    """Make a label that keeps paragraphs, with single spaces in each."""
    return Label(
        tuple(
            (language, "\n\n".join(" ".join(each.split()) for each in re.split("\\n\\s*\\n", text.strip())))
            for language, text in words.items()
        )
    )


Address = Annotated[
    str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": f"^{ADDRESS.pattern}$"})
]
Web = Annotated[str, AfterValidator(_web), WithJsonSchema({"type": "string", "pattern": f"^{WEB.pattern}$"})]
Secure = Annotated[str, AfterValidator(_secure), WithJsonSchema({"type": "string", "pattern": f"^{SECURE.pattern}$"})]
Host = Annotated[str, AfterValidator(_host), WithJsonSchema({"type": "string", "pattern": f"^{HOST.pattern}$"})]
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{DAY.pattern}$"})]
Sha256 = Annotated[str, AfterValidator(_sha256), WithJsonSchema({"type": "string", "pattern": f"^{SHA256.pattern}$"})]
ListCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
Frame = Annotated[Words, AfterValidator(_frame)]
