"""Types for the values of a file, used by the shapes."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema

from reporter.data.errors import nearest
from reporter.data.read.amount import MINUS_ZERO, WORDS, Amount, parse_amount, plain_number
from reporter.data.records import Esms, Label

# ISO 8601 dates, and periods with a slash.
DATE = re.compile(r"[12]\d{3}(-\d\d(-\d\d)?)?", re.ASCII)
PERIOD = re.compile(rf"{DATE.pattern}(/{DATE.pattern})?", re.ASCII)
# Dates as people write them, day or year first; what separates two of them.
DAYS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?:(?P<day>\d{1,2})[./-]\s?)?(?P<month>\d{1,2})[./-]\s?(?P<year>[12]\d{3})(?: ?m\.)?",
        r"(?P<year>[12]\d{3})(?:[./-]\s?(?P<month>\d{1,2})(?:[./-]\s?(?P<day>\d{1,2}))?)?\.?(?: ?m\.)?",
    )
)
UNTIL = re.compile(r"\s*(?:[–—/]|(?<=\d{4})-(?=\d{4})|\s-\s|\bto\b|\buntil\b|\biki\b)\s*")
ANSWERS = dict.fromkeys(("yes", "y", "on", "1", "taip", "true"), "true")
ANSWERS |= dict.fromkeys(("no", "n", "off", "0", "ne", "false"), "false")
CODE = re.compile(r"[a-z][a-z0-9_]*")
PUBLISHED = re.compile(r"<?\d{1,9}", re.ASCII)
INDICATOR = re.compile(rf"{CODE.pattern}(\.{CODE.pattern})+")


def is_frozen(info: ValidationInfo) -> bool:
    """Whether the file being validated was published: then no later check applies to it."""
    return bool(info.context and info.context.get("frozen"))


def _amount(written: object, info: ValidationInfo) -> Amount:
    zero = MINUS_ZERO.fullmatch(written) if isinstance(written, str) and is_frozen(info) else None
    return parse_amount(f"{zero['bound'] or ''}{zero['zero']}" if zero else written)


def _whole(written: object, info: ValidationInfo) -> object:
    zero = r"-?0" if is_frozen(info) else "0"
    if isinstance(written, str) and not re.fullmatch(rf"{zero}|-?[1-9]\d{{0,14}}", written, re.ASCII):
        whole = re.sub(r"\.0+$", "", plain_number(written))
        remedy = f"write {whole}" if whole.isdigit() else "write digits only, such as 2017"
        raise ValueError(f"{written[:40]!r} is not a whole number | {remedy}")
    return written


def _boolean(written: object) -> object:
    if written not in ("true", "false", True, False):
        meant = ANSWERS.get(str(written).strip().lower(), "true or false")
        raise ValueError(f"{written!r} is neither true nor false | write {meant}")
    return written in ("true", True)


def _number(written: object) -> object:
    if isinstance(written, str) and not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", written, re.ASCII):
        meant = plain_number(written)
        if meant and re.fullmatch(r"[\d.,\s]+%", written):
            meant = str((Decimal(meant) / 100).normalize())
        remedy = meant or "a number such as 0.5"
        raise ValueError(f"{written[:40]!r} is not a number | write {remedy}")
    return written


def _natural(written: int, info: ValidationInfo) -> int:
    if is_frozen(info):
        return max(0, written)
    if written < 0:
        raise ValueError(f"{written} is less than zero | write 0 or more")
    return written


def _date(written: str) -> str:
    if not DATE.fullmatch(written):
        remedy = _iso(written) or "2017-05-30, 2017-05 or 2017"
        raise ValueError(f"{written[:40]!r} is not a date | write {remedy}")
    _day(written)
    return written


def _iso(written: str) -> str:
    """An unambiguous date in ISO 8601: `15.3.2021` is 2021-03-15; empty if it is not a calendar date."""
    for pattern in DAYS:
        if match := pattern.fullmatch(written.strip()):
            iso_date = "-".join(f"{int(match[part]):02}" for part in ("year", "month", "day") if match[part])
            try:
                _day(iso_date)
            except ValueError:
                return ""
            return iso_date
    return ""


def _day(written: str) -> None:
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        raise ValueError(f"there is no day {written!r} | write a calendar date, such as 2017-05-30") from None


def _period(written: str) -> str:
    if not PERIOD.fullmatch(written):
        days = [_iso(part) for part in UNTIL.split(written.strip())]
        remedy = "/".join(days) if all(days) and len(days) < 3 else "2017 or 2017/2019 or 2015-06-03/2015-06-04"
        raise ValueError(f"{written[:40]!r} is not a period | write {remedy}")
    first, _, last = written.partition("/")
    for day in filter(None, (first, last)):
        _day(day)
    if last and last < first[: len(last)]:
        raise ValueError(f"the period {written!r} ends before it starts | write the earlier date first")
    return written


def matching(pattern: re.Pattern[str], problem: str, most: int = 40, *, always: bool = True) -> AfterValidator:
    """Refuse what a pattern does not match, with problem and hint; unless `always`, only before publication."""

    def check(written: str, info: ValidationInfo) -> str:
        if not pattern.fullmatch(written) and (always or not is_frozen(info)):
            raise ValueError(problem.format(value=repr(written[:most])))
        return written

    return AfterValidator(check)


def _heading(written: str) -> str:
    headings = [heading.value for heading in Esms]
    if written not in headings:
        raise ValueError(f"{written[:40]!r} is not a heading of the methodology | {nearest(written, headings)}")
    return written


NO_CODE = "{value} is not a code | write lower-case letters, digits and _, starting with a letter, such as labour_147"
NO_INDICATOR = "{value} is not the name of an indicator | write words joined by dots, such as persons.tried"
NOT_PUBLISHED = "{value} cannot be a published figure | write a number, or a mask such as <5"


def _named(pattern: re.Pattern[str]) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern.pattern})$"}


def _written(pattern: re.Pattern[str]) -> dict[str, Any]:
    return {"type": ["string", "integer"], "pattern": f"^(?:{pattern.pattern})$"}


def _not_empty(written: str, info: ValidationInfo) -> str:
    if not written.strip() and not is_frozen(info):
        raise ValueError("the text is empty | write the text, or delete its language")
    return written


def _translated(written: object) -> object:
    if isinstance(written, str):
        raise ValueError("a text must state its language | write {en: …}")
    return written


Whole = Annotated[int, BeforeValidator(_whole)]
Natural = Annotated[Whole, AfterValidator(_natural), WithJsonSchema({"type": "integer", "minimum": 0})]
Truth = Annotated[bool, BeforeValidator(_boolean)]
Number = Annotated[float, BeforeValidator(_number)]
Date = Annotated[str, AfterValidator(_date), WithJsonSchema(_written(DATE))]
Period = Annotated[str, AfterValidator(_period), WithJsonSchema(_written(PERIOD))]
Code = Annotated[str, matching(CODE, NO_CODE), WithJsonSchema(_named(CODE))]
IndicatorCode = Annotated[str, matching(INDICATOR, NO_INDICATOR), WithJsonSchema(_named(INDICATOR))]
Heading = Annotated[str, AfterValidator(_heading), Esms]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
WORDS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "patternProperties": {"^[a-z]{2,3}$": {"type": "string", "pattern": r"\S"}},
    "additionalProperties": False,
}
Words = Annotated[
    dict[Language, Annotated[str, AfterValidator(_not_empty)]],
    BeforeValidator(_translated),
    AfterValidator(lambda written: {language: text for language, text in written.items() if text.strip()}),
    WithJsonSchema(WORDS_SCHEMA),
]
METHODOLOGY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {heading: WORDS_SCHEMA | {"description": heading.meaning} for heading in Esms},
    "additionalProperties": False,
}
Methodology = Annotated[dict[Heading, Words], WithJsonSchema(METHODOLOGY_SCHEMA)]
Published = Annotated[str, matching(PUBLISHED, NOT_PUBLISHED), WithJsonSchema(_written(PUBLISHED))]
Text = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
AMOUNT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^(at least|over|about) \d+(\.\d+)?$"},
        {"enum": [*WORDS], "enumDescriptions": [status.meaning for status in WORDS.values()]},
    ]
}
Value = Annotated[Amount, BeforeValidator(_amount), WithJsonSchema(AMOUNT_SCHEMA)]


def label(words: Mapping[str, str]) -> Label:
    """A label from a translated text, with single spaces, as YAML folds long texts."""
    return Label(tuple((language, " ".join(text.split())) for language, text in words.items()))


class Shape(BaseModel):
    """A mapping with known keys only."""

    # Built on first use: the shapes inside a file are part of the file's and need no validator of their own.
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)
