"""Bodies that take part, offices that can be reached, and resources. Each says from when to when it is told, so that an
edition names nothing before its time."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from reporter.data.errors import Mark
from reporter.data.records.calendar import in_force
from reporter.data.records.label import NO_WORDS, Label
from reporter.data.records.statement import About, Form, Key, Name, NumberText, PlainWords, SecureAddress, WebAddress

LISTED_FROM = "The first year whose edition lists it, where nobody says since when; no year is printed"
DATE_NOTE = "Printed below it: where a date comes from that the source does not state"

# A telephone number as RFC 3966 has it, and what people write between its digits.
NUMBER = re.compile(r"\+?[0-9]{3,15}")
BETWEEN_DIGITS = re.compile(r"[\s().\u2010-\u2013-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that can be reached. Telephone, address and website are those it publishes. `since` and `until` are the
    years whose editions name it; None means open."""

    code: Key[Name]
    name: Annotated[Label, About("The office")]
    person: Annotated[
        PlainWords, About("Who holds it, only where that is to stay in print for good; left out: the office alone")
    ] = ""
    role: Annotated[Label, About("What it does, in a line")] = NO_WORDS
    telephone: Annotated[NumberText, About("The number it publishes")] = ""
    email: Annotated[str, Form.ADDRESS, About("The mail address it publishes")] = ""
    website: Annotated[WebAddress, About("The address of its website")] = ""
    ngo: Annotated[bool, About("true: a non-governmental organisation, which the Commission's page lists apart")] = (
        False
    )
    since: Annotated[int | None, About("The first year whose edition names it; left out: every year")] = None
    until: Annotated[int | None, About("The last year whose edition names it; left out: still")] = None
    mark: Mark

    @property
    def dialled(self) -> str:
        """The address that a telephone calls. Empty where the telephone is no single number."""
        number = BETWEEN_DIGITS.sub("", self.telephone)
        return f"tel:{number}" if NUMBER.fullmatch(number) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a body does in some years only. `since` and `until` are its first and last year as somebody states them;
    None means open. Where nobody says when it began, `listed_from` keeps it out of earlier editions, and no year is
    printed."""

    code: Key[Name]
    role: Annotated[Label, About("What the body does, in a line")]
    since: Annotated[int | None, About("The first year in which it does so, as the source says")] = None
    until: Annotated[int | None, About("The last year in which it does; left out: still")] = None
    listed_from: Annotated[int | None, About(LISTED_FROM)] = None
    note: Annotated[Label, About(DATE_NOTE)] = NO_WORDS
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body that takes part in the work. `since`, `until` and `listed_from` are those of all its work, as of a role;
    `role` is what it does in all these years, `roles` what it does in some. One that has `roles` only is listed in
    their years."""

    code: Key[str]
    name: Annotated[Label, About("The body, by its name")]
    role: Annotated[Label, About("Its part in the work, in a line")] = NO_WORDS
    roles: Annotated[tuple[Role, ...], About("What it does in some years only, each by a code of its own")] = ()
    since: Annotated[int | None, About("The first year in which it takes part; left out: every year")] = None
    until: Annotated[int | None, About("The last year in which it does; left out: still")] = None
    founded: Annotated[int | None, About("The year in which the body itself was set up; left out: not known")] = None
    dissolved: Annotated[int | None, About("The year in which it ceased to exist; left out: it exists")] = None
    listed_from: Annotated[int | None, About(LISTED_FROM)] = None
    note: Annotated[Label, About(DATE_NOTE)] = NO_WORDS
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document or website named under Resources."""

    code: Key[str]
    group: Annotated[
        Literal["legislation", "plan", "report", "link"],
        About("The list that it stands in: legislation, plan, report or link"),
    ]
    title: Annotated[Label, About("The document or website, by its title")]
    url: Annotated[SecureAddress, About("Its address, https")] = ""
    since: Annotated[int | None, About("The first year whose edition lists it; left out: every year")] = None
    until: Annotated[int | None, About("The last year whose edition lists it; left out: still")] = None
    mark: Mark


def is_listed(each: Contact | Role | Institution | Reference, year: int) -> bool:
    first = each.listed_from if isinstance(each, (Role, Institution)) else None
    return in_force(each.since, each.until, year) and in_force(first, None, year)
