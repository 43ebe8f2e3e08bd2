"""Derive the shapes of entries from their records, and make the records. The records are those of `reporter.model`,
where each field is stated once; `reporter.model.statement` has the words for what their types do not say. Only an entry
that is written otherwise than it is kept has a class of its own."""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from operator import getitem
from types import GenericAlias, UnionType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, Field, create_model

from reporter.load.accepted_values import PlainWords, ValuesByYear
from reporter.load.fields import (
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
    Whole,
    Words,
    label,
)
from reporter.load.text_forms import Address, Day, Frame, Host, ListCode, Secure, Sha256, Web, paragraphs
from reporter.load.yaml_tree import Tree
from reporter.model import Label
from reporter.model.statement import FieldStatement, Form, Origin, record_in, split_hint, statements

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
    """An entry as written: `Written[Contact]` is the shape that Contact states."""

    record: ClassVar[Any]

    def __class_getitem__(cls, of: Any) -> Any:
        return shape_of(of) if isinstance(of, type) and is_dataclass(of) else cls

    def made(self, tree: Tree, *place: str, **known: object) -> R:
        """Make the record of an entry at a place in a file. What is `known` goes before what is written; only what an
        entry may leave to its file is the other way round."""
        values = dict(known)
        for each in statements(self.record):
            if each.origin is Origin.FILE:
                values[each.name] = getattr(self, each.key) or known[each.name]
            elif each.name not in known and each.origin is not Origin.ELSEWHERE:
                values[each.name] = self._value(each, tree, place)
        made: R = self.record(**values)
        return made

    def _value(self, field: FieldStatement, tree: Tree, place: tuple[str, ...]) -> object:
        if field.origin is Origin.KEY:
            return place[-1]
        if field.origin is Origin.MARK:
            return tree.mark(*place)
        value, within = getattr(self, field.key), (*place, field.key)
        if isinstance(value, Written):
            return value.made(tree, *within)
        if isinstance(value, (dict, list)) and get_origin(field.hint) is tuple:
            entries = value.items() if isinstance(value, dict) else enumerate(value)
            return tuple(each.made(tree, *within, str(key)) for key, each in entries)
        return value


def first_sentence(record: Any) -> str:
    """What a record is, as the schema, the forms and the tables of `docs/` say it."""
    doc = " ".join((record.__doc__ or "").split())
    return re.split(r"(?<=\.) (?=[A-Z`])", doc, maxsplit=1)[0]


@cache
def shape_of(record: Any) -> type[Written[Any]]:
    """Make the shape of a record's entries. Raises TypeError when the record has a field that no file can hold."""
    keys: dict[str, Any] = {
        each.key: (
            Whole | None if each.origin is Origin.FILE and each.hint is int else _written(each.annotation),
            _default(each),
        )
        for each in statements(record)
        if each.origin in (None, Origin.FILE)
    }
    doc = first_sentence(record)
    made = create_model(f"{record.__name__}Shape", __base__=Written, __module__=__name__, __doc__=doc, **keys)
    made.record = record
    return made


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
    """How several entries stand: by their keys, else as a list."""
    key = next((each for each in statements(record) if each.origin is Origin.KEY), None)
    if key is None:
        return list, GenericAlias(list, (shape_of(record),))
    return dict, GenericAlias(dict, (FORMS[key.form] if key.form else str, shape_of(record)))


def _written(hint: object) -> Any:
    """How a value of a type is written in a file."""
    bare, told = split_hint(hint)
    parts = [each for each in get_args(bare) if each is not ...]
    form = next((FORMS[each] for each in told if isinstance(each, Form)), PLAIN.get(bare))
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
    record = record_in(bare)
    if record:
        return shape_of(record) if record is bare else _keyed(record)[1]
    if get_origin(bare) is tuple:
        return getitem(Annotated, (GenericAlias(list, (_written(parts[0]),)), AfterValidator(tuple)))
    raise TypeError(f"no file can hold {hint}")
