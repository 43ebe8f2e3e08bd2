"""Derive the shapes of entries from their records, and make the records. `reporter.data.records` states each field
once; `reporter.data.records.statement` has the annotations. Only an entry written differently from its record has a
class of its own."""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from operator import getitem
from types import GenericAlias, UnionType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, create_model

from reporter.data.errors import EVERY_YEAR, Values, nearest
from reporter.data.read.amount import Amount
from reporter.data.read.fields import (
    AMOUNT_SCHEMA,
    Code,
    Date,
    IndicatorCode,
    Language,
    Number,
    Period,
    Published,
    Shape,
    Text,
    Truth,
    Value,
    Whole,
    Words,
    is_frozen,
    label,
    matching,
)
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import PLACES, Label
from reporter.data.records.observation import amount_text
from reporter.data.records.statement import FieldStatement, Form, Origin, record_in, split_hint, statements

# An address of dot-atoms (RFC 5322 3.4.1) within the lengths of RFC 5321 4.5.3.1.1. ASCII only: others need SMTPUTF8
# (RFC 6531), which few servers have. It is one line, so that no header can follow it.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
# Web addresses for links: a host with a dot, no user, no blanks (RFC 3986). Any alphabet, as browsers encode letters.
WEB = re.compile(r"https?://[^\s/?#@\\<>\"']+\.[^\s/?#@\\<>\"'.]+([/?#][^\s\\<>\"]*)?")
SECURE = re.compile(WEB.pattern.replace("https?", "https", 1))
PLACE = re.compile(r"\{([^{}]*)\}")
DAY = re.compile(r"\d\d-\d\d", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _web(written: str, info: ValidationInfo) -> str:
    if not is_frozen(info) and not WEB.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not a web address | {_usual(written)}")
    return written


def _secure(written: str, info: ValidationInfo) -> str:
    if not is_frozen(info) and not SECURE.fullmatch(written):
        raise ValueError(f"{written[:60]!r} is not an address that starts with https:// | {_usual(written)}")
    return written


def _usual(written: str) -> str:
    meant = re.sub(r"^(https?:/*)?", "https://", "".join(written.split()), count=1)
    return f"write {meant}, if that opens it" if WEB.fullmatch(meant) else "write one such as https://ministry.example"


def _frame(written: dict[str, str]) -> dict[str, str]:
    for text in written.values():
        for place in PLACE.findall(text):
            if place not in PLACES:
                raise ValueError(f"a text cannot contain {{{place[:40]}}} | {nearest(place, PLACES)}")
    return written


def _day(written: str) -> str:
    try:
        if not DAY.fullmatch(written):
            raise ValueError
        date.fromisoformat(f"2001-{written}")
    except ValueError:
        raise ValueError(
            f"{written[:40]!r} is not a day that exists every year | write month and day, such as 12-31"
        ) from None
    return written


def paragraphs(words: Mapping[str, str]) -> Label:
    return Label(
        tuple(
            (language, "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split("\\n\\s*\\n", text.strip())))
            for language, text in words.items()
        )
    )


NO_ADDRESS = "{value} is not a mail address | write one such as office@ministry.example"
NO_HOST = "{value} is not the name of a server | write one such as smtp.ministry.example"
NO_SHA256 = "{value} is not a SHA-256 checksum | restore the file as published"


def _of(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$"})


Address = Annotated[str, matching(ADDRESS, NO_ADDRESS, 60, always=False), _of(ADDRESS)]
Web = Annotated[str, AfterValidator(_web), _of(WEB)]
Secure = Annotated[str, AfterValidator(_secure), _of(SECURE)]
Host = Annotated[str, matching(HOST, NO_HOST, 60), _of(HOST)]
Day = Annotated[str, AfterValidator(_day), _of(DAY)]
Sha256 = Annotated[str, matching(SHA256, NO_SHA256), _of(SHA256)]
ListCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
Frame = Annotated[Words, AfterValidator(_frame)]


YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def _by_year(written: Mapping[str, Mapping[str, Amount]]) -> Values:
    for year in written:
        if not YEAR.fullmatch(year) and year != EVERY_YEAR:
            raise ValueError(
                f"{year[:40]!r} is not a year | write {{2020: {{ADDRESS: 24}}}}, as reporter check prints it"
            )
    return tuple(
        sorted(
            (0 if year == EVERY_YEAR else int(year), address, amount_text(item.value, item.status, item.qualifier))
            for year, of_year in written.items()
            for address, item in of_year.items()
        )
    )


ValuesByYear = Annotated[
    dict[str, dict[str, Value]],
    AfterValidator(_by_year),
    WithJsonSchema(
        {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": AMOUNT_SCHEMA}}
    ),
]
PlainWords = Annotated[str, AfterValidator(lambda written: " ".join(written.split()))]


R = TypeVar("R")
PLAIN_WORDS = Annotated[Words, AfterValidator(label)]
FORMS: Mapping[Form, Any] = {
    Form.DATE: Date,
    Form.PERIOD: Period,
    Form.NAME: Code,
    Form.INDICATOR: IndicatorCode,
    Form.LANGUAGE: Language,
    Form.COUNTRY: str,
    Form.SOURCE: str,
    Form.PUBLISHED: Published,
    Form.NUMBER: Text,
    Form.DAY: Day,
    Form.ADDRESS: Address,
    Form.WEB: Web,
    Form.SECURE: Secure,
    Form.HOST: Host,
    Form.SHA256: Sha256,
    Form.LIST_CODE: ListCode,
    Form.TITLE: PLAIN_WORDS,
    Form.PARAGRAPHS: Annotated[Words, AfterValidator(paragraphs)],
    Form.FRAME: Annotated[Frame, AfterValidator(paragraphs)],
    Form.VALUES: ValuesByYear,
    Form.WORDS: PlainWords,
}
PLAIN: Mapping[object, Any] = {
    str: str,
    int: Whole,
    float: Number,
    bool: Truth,
    type(None): type(None),
    Label: PLAIN_WORDS,
}


class Written(Shape, Generic[R]):
    """An entry as written: `Written[Contact]` is the shape of Contact."""

    record: ClassVar[Any]

    def __class_getitem__(cls, of: Any) -> Any:
        return shape_of(of) if isinstance(of, type) and is_dataclass(of) else cls

    def build(self, tree: Tree, *place: str, **overrides: object) -> R:
        """Make the record of an entry. `overrides` precede written values, but not defaults of the file."""
        values = dict(overrides)
        for field in statements(self.record):
            if field.origin is Origin.FILE:
                values[field.name] = getattr(self, field.key) or overrides[field.name]
            elif field.name not in overrides and field.origin is not Origin.ELSEWHERE:
                values[field.name] = self._value(field, tree, place)
        record: R = self.record(**values)
        return record

    def _value(self, field: FieldStatement, tree: Tree, place: tuple[str, ...]) -> object:
        if field.origin is Origin.KEY:
            return place[-1]
        if field.origin is Origin.MARK:
            return tree.mark(*place)
        value, within = getattr(self, field.key), (*place, field.key)
        if isinstance(value, Written):
            return value.build(tree, *within)
        if isinstance(value, (dict, list)) and get_origin(field.hint) is tuple:
            entries = value.items() if isinstance(value, dict) else enumerate(value)
            return tuple(entry.build(tree, *within, str(key)) for key, entry in entries)
        return value


def first_sentence(record: Any) -> str:
    """What a record is, for the schema, the forms and the tables of `docs/`."""
    return re.split(r"(?<=\.) (?=[A-Z`])", " ".join((record.__doc__ or "").split()), maxsplit=1)[0]


@cache
def shape_of(record: Any) -> type[Written[Any]]:
    """Make the shape of a record's entries. Raises TypeError if a field of the record cannot be written in a file."""
    keys: dict[str, Any] = {
        field.key: (
            Whole | None if field.origin is Origin.FILE and field.hint is int else _written(field.annotation),
            _default(field),
        )
        for field in statements(record)
        if field.origin in (None, Origin.FILE)
    }
    doc = first_sentence(record)
    shape = create_model(f"{record.__name__}Shape", __base__=Written, __module__=__name__, __doc__=doc, **keys)
    shape.record = record
    return shape


def _default(field: FieldStatement) -> Any:
    description = field.about.text or None
    if field.origin is Origin.FILE:
        return Field(default=None if field.hint is int else "", description=description)
    if field.required:
        return Field(description=description)
    if field.default is None or isinstance(field.default, (str, int, float)):
        return Field(default=field.default, description=description)
    of = field.record
    if of is None:
        return Field(default_factory=lambda: field.default, description=description)
    one = shape_of(of) if of is field.hint else _keyed(of)[0]
    return Field(default_factory=one, description=description)


def _keyed(record: Any) -> tuple[type, Any]:
    """How several entries are written: by their keys, else as a list."""
    key = next((field for field in statements(record) if field.origin is Origin.KEY), None)
    if key is None:
        return list, GenericAlias(list, (shape_of(record),))
    return dict, GenericAlias(dict, (FORMS[key.form] if key.form else str, shape_of(record)))


def _written(hint: object) -> Any:
    bare, metadata = split_hint(hint)
    parts = [argument for argument in get_args(bare) if argument is not ...]
    form = next((FORMS[extra] for extra in metadata if isinstance(extra, Form)), PLAIN.get(bare))
    if form is not None:
        return form
    if get_origin(bare) is Literal or (isinstance(bare, type) and issubclass(bare, Enum)):
        return bare
    if get_origin(bare) is UnionType:
        return _written(parts[0]) | _written(parts[1])
    if get_origin(bare) is tuple and get_origin(parts[0]) is tuple:
        pairs = GenericAlias(dict, tuple(map(_written, get_args(parts[0]))))
        return getitem(Annotated, (pairs, AfterValidator(lambda written: tuple(written.items()))))
    if get_origin(bare) is Mapping:
        return GenericAlias(dict, tuple(map(_written, parts)))
    if record := record_in(bare):
        return shape_of(record) if record is bare else _keyed(record)[1]
    if get_origin(bare) is tuple:
        return getitem(Annotated, (GenericAlias(list, (_written(parts[0]),)), AfterValidator(tuple)))
    raise TypeError(f"no file can hold {hint}")
