"""Types that state what the fields of records hold. Each record is stated once, as a frozen dataclass:
`reporter.data.read.record_shapes` derives what a file may contain, and `reporter.report.sections.erratum` how a change
is described. A field with a default may be left out of the file. Editors show the texts of `About` and `Explained`;
`docs/year.md` and `docs/settings.md` are made from them."""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Self, TypeVar, get_args, get_origin, get_type_hints

from reporter.data.errors import Mark, Values
from reporter.data.records.label import Label

T = TypeVar("T")


class Explained(StrEnum):
    """A word that files may contain, with its meaning."""

    _value_: str
    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        """Make the word; one without a meaning is never written."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member


class Form(StrEnum):
    """The kind of a text, if restricted."""

    DATE = "date"
    DAY = "day"
    PERIOD = "period"
    NAME = "name"
    INDICATOR = "indicator"
    LANGUAGE = "language"
    COUNTRY = "country"
    SOURCE = "source"
    PUBLISHED = "published"
    NUMBER = "number"
    ADDRESS = "address"
    WEB = "web"
    SECURE = "secure"
    HOST = "host"
    SHA256 = "sha256"
    LIST_CODE = "list code"
    TITLE = "title"
    PARAGRAPHS = "paragraphs"
    FRAME = "frame"
    VALUES = "values"
    WORDS = "words"


class Origin(Enum):
    """The origin of a field that is not a key."""

    KEY = "key"
    FILE = "file"
    MARK = "mark"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class About:
    """What a field means, and its key if it differs from the name."""

    text: str = ""
    key: str = ""


# ISO 8601, as exact as known: 2020-05-01, 2020-05 or 2020; a period is one of these, or two with a slash.
Date = Annotated[str, Form.DATE]
Period = Annotated[str, Form.PERIOD]
# A month and a day, such as 12-31.
Day = Annotated[str, Form.DAY]
# Lower-case letters, digits and _.
Name = Annotated[str, Form.NAME]
IndicatorName = Annotated[str, Form.INDICATOR]
LanguageCode = Annotated[str, Form.LANGUAGE]
CountryCode = Annotated[str, Form.COUNTRY]
SourceCode = Annotated[str, Form.SOURCE]
# What another publication says: 64 or <5.
PublishedFigure = Annotated[str, Form.PUBLISHED]
# Text that YAML may read as a number: an article, a telephone number.
NumberText = Annotated[str, Form.NUMBER]
# An http or https address; a secure one is https.
WebAddress = Annotated[str, Form.WEB]
SecureAddress = Annotated[str, Form.SECURE]
Sha256 = Annotated[str, Form.SHA256]
# A code in a Eurostat list.
ListCode = Annotated[str, Form.LIST_CODE]
# Words that name a thing and state nothing about it.
Title = Annotated[Label, Form.TITLE]
# Text with paragraphs; a frame may also have places in braces.
Paragraphs = Annotated[Label, Form.PARAGRAPHS]
Frame = Annotated[Label, Form.FRAME]

# Values by year and address; words without line breaks.
ValuesByYear = Annotated[Values, Form.VALUES]
PlainWords = Annotated[str, Form.WORDS]

# The key of an entry; entries without one are a list.
Key = Annotated[T, Origin.KEY]
# If left out, the value is that of the file.
OfFile = Annotated[T, Origin.FILE]
# Not a key of an entry: set when the file is read.
Elsewhere = Annotated[T, Origin.ELSEWHERE]


@dataclass(frozen=True, slots=True)
class FieldStatement:
    """What a record states about a field. `annotation` is the whole type, `hint` the type alone; `form` is the kind of
    its texts, `record` the type of the record(s) it contains."""

    name: str
    annotation: object
    hint: object
    form: Form | None
    origin: Origin | None
    record: type | None
    about: About
    required: bool
    default: object

    @property
    def key(self) -> str:
        return self.about.key or self.name

    @property
    def is_pairs(self) -> bool:
        return get_origin(next(iter(get_args(self.hint)), None)) is tuple


@cache
def statements(record: type[Any]) -> tuple[FieldStatement, ...]:
    hints = get_type_hints(record, include_extras=True)
    field_statements = []
    for field in (field for field in fields(record) if field.init):
        hint, meta = split_hint(hints[field.name])
        default = field.default if field.default_factory is MISSING else field.default_factory()
        field_statements.append(
            FieldStatement(
                name=field.name,
                annotation=hints[field.name],
                hint=hint,
                form=_form_in(hints[field.name]),
                origin=next((word for word in meta if isinstance(word, Origin)), Origin.MARK if hint is Mark else None),
                record=record_in(hint),
                about=next((word for word in meta if isinstance(word, About)), About()),
                required=default is MISSING,
                default=default,
            )
        )
    return tuple(field_statements)


def _form_in(hint: object) -> Form | None:
    bare, metadata = split_hint(hint)
    return next((extra for extra in (*metadata, *map(_form_in, get_args(bare))) if isinstance(extra, Form)), None)


def split_hint(hint: object) -> tuple[object, tuple[object, ...]]:
    if get_origin(hint) is not Annotated:
        return hint, ()
    bare, *metadata = get_args(hint)
    return bare, tuple(metadata)


def record_in(hint: object) -> type | None:
    """The record type in a value's type, alone or in a tuple. A Label is a value, not a record."""
    item_type = next((argument for argument in get_args(hint) if argument is not ...), hint)
    return item_type if isinstance(item_type, type) and item_type is not Label and is_dataclass(item_type) else None
