"""Form fields of an entry, derived from the shapes that check files, so that each new key of a record has a field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from reporter.data.read.amount import Amount
from reporter.data.read.fields import Language
from reporter.data.read.key_examples import ShapeType, keys_as_written
from reporter.data.read.record_shapes import Written
from reporter.data.read.shape_errors import explained_error
from reporter.data.read.shapes import PartShape
from reporter.data.read.yaml_tree import Keys
from reporter.data.records.statement import Explained, FieldStatement, Form, Origin, statements


class Holding(StrEnum):
    """What a key has: one value, several, or entries; in a form, how a value is typed."""

    TEXT = "text"
    SHORT = "short"
    AREA = "area"
    PARAGRAPHS = "paragraphs"
    NAME = "name"
    COUNTRIES = "countries"
    WORDS = "words"
    CHOICE = "choice"
    TRUTH = "truth"
    NUMBER = "number"
    AMOUNT = "amount"
    LIST = "list"
    CHOICES = "choices"
    WORDS_LIST = "list of words"
    PAIRS = "pairs"
    WORDS_BY_NAME = "words by name"
    LISTS_BY_NAME = "lists by name"
    COUNTS = "counts"
    GROUP = "group"
    ENTRIES = "entries"
    ITEMS = "items"
    NAMED_ENTRIES = "entries by name"
    OTHER = "other"


# They have no value of their own to type.
ENTRIES = (Holding.ENTRIES, Holding.ITEMS, Holding.NAMED_ENTRIES)
NOT_TYPED = (*ENTRIES, Holding.GROUP, Holding.COUNTS, Holding.OTHER)


@dataclass(frozen=True, slots=True)
class EntryField:
    """A key of an entry, and what it may contain. `attribute` is the field of its record, mostly the same word.
    `options` are the words to choose from, each with its meaning. `shape` is that of its entries. `of_file` means that
    the default is the file's value.

    In a form it also has a `path`, a `title`, and its value `now`. Several values, such as one for each language, are
    fields `below` it; `hint` is shown in an empty one."""

    key: str
    attribute: str
    holding: Holding
    help: str
    required: bool
    default: str
    form: Form | None
    options: tuple[tuple[str, str], ...]
    shape: ShapeType | None
    of_file: bool
    path: Keys = ()
    title: str = ""
    now: Any = None
    language: str = ""
    hint: str = ""
    below: tuple["EntryField", ...] = ()

    @property
    def name(self) -> str:
        return "/".join(self.path)

    @property
    def inputs(self) -> tuple["EntryField", ...]:
        """The fields of single values, which are typed."""
        if self.below or self.holding in NOT_TYPED:
            return tuple(input_field for field in self.below for input_field in field.inputs)
        return (self,)

    @property
    def is_filled(self) -> bool:
        return any(field.now is not None for field in self.inputs)


def entry_fields(shape: ShapeType) -> tuple[EntryField, ...]:
    stated = _statements(shape)
    return tuple(_field(shape, key, stated.get(key)) for key in entry_keys(shape))


def entry_keys(shape: ShapeType) -> tuple[str, ...]:
    """The keys of a shape in its record's order; one of the shape alone follows its neighbour in the examples."""
    keys = [name for name in _statements(shape) if name in shape.model_fields]
    before = ""
    for key in keys_as_written(shape):
        if key not in keys:
            keys.insert(keys.index(before) + 1 if before else len(keys), key)
        before = key
    return tuple(keys)


def record_name(shape: ShapeType) -> str:
    """The name of a shape's record, else its own."""
    record = getattr(shape, "record", None)
    return record.__name__ if record else shape.__name__.removesuffix("Shape")


def entry_mistakes(shape: ShapeType, data: Mapping[str, object]) -> Iterator[tuple[Keys, str, str]]:
    """What is wrong with an entry: the path, a message and a hint."""
    try:
        shape.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
    else:
        return
    for error in errors:
        location, is_missing = [str(step) for step in error["loc"]], error["type"] == "missing"
        path = _path_in(data, location[:-1] if is_missing else location)
        explanation = (
            ("it is not filled in", "write or choose what belongs in this field")
            if is_missing
            else explained_error(error, shape, path)
        )
        yield (*path, location[-1]) if is_missing else path, *explanation


def _statements(shape: ShapeType) -> Mapping[str, FieldStatement]:
    record = getattr(shape, "record", None) if issubclass(shape, Written) else None
    return {statement.key: statement for statement in statements(record)} if record else {}


def _field(shape: ShapeType, key: str, stated: FieldStatement | None) -> EntryField:
    model_field = shape.model_fields[key]
    hint = model_field.annotation
    default = model_field.default if isinstance(model_field.default, (str, int, float)) else ""
    return EntryField(
        key=key,
        attribute=stated.name if stated else key,
        holding=_holding(hint),
        help=model_field.description or "",
        required=model_field.is_required(),
        default=str(default).lower() if isinstance(default, bool) else str(default),
        form=stated.form if stated else None,
        options=tuple(_options(hint)),
        shape=_shape_in(hint),
        of_file=bool(stated and stated.origin is Origin.FILE),
    )


def _bare(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (UnionType, Union):
        return _bare(next(argument for argument in get_args(hint) if argument is not type(None)))
    return hint


def _holding(hint: Any) -> Holding:
    bare = _bare(hint)
    if get_origin(bare) is dict:
        return _of_mapping(*get_args(bare))
    if get_origin(bare) is list:
        inner = _holding(get_args(bare)[0])
        kinds = {Holding.CHOICE: Holding.CHOICES, Holding.WORDS: Holding.WORDS_LIST, Holding.GROUP: Holding.ITEMS}
        return kinds.get(inner, Holding.LIST if inner is Holding.TEXT else Holding.OTHER)
    if get_origin(bare) is Literal or (isinstance(bare, type) and issubclass(bare, Enum)):
        return Holding.CHOICE
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return Holding.GROUP
    plain: dict[Any, Holding] = {
        str: Holding.TEXT,
        bool: Holding.TRUTH,
        int: Holding.NUMBER,
        float: Holding.NUMBER,
        Amount: Holding.AMOUNT,
    }
    return plain.get(bare, Holding.OTHER)


def _of_mapping(key: Any, value: Any) -> Holding:
    inner = _holding(value)
    if key == Language and inner is Holding.TEXT:
        return Holding.WORDS
    if _bare(value) is PartShape:
        return Holding.COUNTS
    holding_by_value = {
        Holding.TEXT: Holding.PAIRS,
        Holding.WORDS: Holding.WORDS_BY_NAME,
        Holding.LIST: Holding.LISTS_BY_NAME,
        Holding.GROUP: Holding.ENTRIES,
        Holding.ENTRIES: Holding.NAMED_ENTRIES,
    }
    return holding_by_value.get(inner, Holding.OTHER)


def _options(hint: Any) -> Iterator[tuple[str, str]]:
    bare = _bare(hint)
    if get_origin(bare) is list:
        yield from _options(get_args(bare)[0])
    elif get_origin(bare) is Literal:
        yield from ((word, "") for word in get_args(bare))
    elif isinstance(bare, type) and issubclass(bare, Enum):
        yield from ((str(member.value), member.meaning if isinstance(member, Explained) else "") for member in bare)


def _shape_in(hint: Any) -> ShapeType | None:
    bare = _bare(hint)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return bare
    parts = get_args(bare) if get_origin(bare) in (dict, list) else ()
    return _shape_in(parts[-1]) if parts else None


def _path_in(data: object, location: Sequence[str]) -> Keys:
    """The steps of an error's location that exist in the data, without names added by Pydantic."""
    path: list[str] = []
    for step in location:
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            continue
        path.append(step)
    return tuple(path)
