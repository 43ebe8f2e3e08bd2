"""Words for the fields of records that their types do not say. A record is stated once, as a frozen dataclass:
`reporter.data.read.record_shapes` derives from it what a file may hold, and `reporter.report.sections.erratum` how a
change of it is told. A field with a default may be left out of the file. What `About` and `Explained` say, editors
show, and `docs/year.md` and `docs/settings.md` are made of it."""

from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Self, TypeVar, get_args, get_origin, get_type_hints

from reporter.data.errors import Mark, Values
from reporter.data.records.label import Label

T = TypeVar("T")


class Explained(StrEnum):
    """A word that files may hold, with what it means."""

    _value_: str
    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        """Make the word; one without a meaning is written nowhere."""
        made = str.__new__(cls, word)
        made._value_ = word
        made.meaning = meaning
        return made


class Form(StrEnum):
    """What a text is, where it is not any text."""

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
    """Where a field comes from that is no key."""

    KEY = "key"
    FILE = "file"
    MARK = "mark"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class About:
    """What a field means, and its key if another."""

    text: str = ""
    key: str = ""


# ISO 8601, as exact as it is known: 2020-05-01, 2020-05 or 2020; a period is one of these, or two with a slash.
Date = Annotated[str, Form.DATE]
Period = Annotated[str, Form.PERIOD]
# A month and a day, such as 12-31.
Day = Annotated[str, Form.DAY]
# Small letters, digits and _.
Name = Annotated[str, Form.NAME]
IndicatorName = Annotated[str, Form.INDICATOR]
LanguageCode = Annotated[str, Form.LANGUAGE]
CountryCode = Annotated[str, Form.COUNTRY]
SourceCode = Annotated[str, Form.SOURCE]
# What another publication says: 64 or <5.
PublishedFigure = Annotated[str, Form.PUBLISHED]
# Text that YAML may take for a number: an article, a telephone.
NumberText = Annotated[str, Form.NUMBER]
# An address of the web, http or https; a secure one is https.
WebAddress = Annotated[str, Form.WEB]
SecureAddress = Annotated[str, Form.SECURE]
Sha256 = Annotated[str, Form.SHA256]
# A code in a list of Eurostat.
ListCode = Annotated[str, Form.LIST_CODE]
# Words that name a thing and state nothing of it.
Title = Annotated[Label, Form.TITLE]
# Words that keep their paragraphs; a frame may also name places in braces.
Paragraphs = Annotated[Label, Form.PARAGRAPHS]
Frame = Annotated[Label, Form.FRAME]

# Values by year and address; words without line breaks.
ValuesByYear = Annotated[Values, Form.VALUES]
PlainWords = Annotated[str, Form.WORDS]

# The key that an entry stands under; entries without one are a list.
Key = Annotated[T, Origin.KEY]
# Left out, it is that of the file.
OfFile = Annotated[T, Origin.FILE]
# No key of an entry: who reads the file works it out.
Elsewhere = Annotated[T, Origin.ELSEWHERE]


@dataclass(frozen=True, slots=True)
class FieldStatement:
    """What a record states of a field. `annotation` is all of it, `hint` the type alone; `form` is that of the texts in
    it, `record` the type of what it holds one or several of."""

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
    found = []
    for each in fields(record):
        hint, told = split_hint(hints[each.name])
        default = each.default if each.default_factory is MISSING else each.default_factory()
        found.append(
            FieldStatement(
                name=each.name,
                annotation=hints[each.name],
                hint=hint,
                form=_form_in(hints[each.name]),
                origin=next((word for word in told if isinstance(word, Origin)), Origin.MARK if hint is Mark else None),
                record=record_in(hint),
                about=next((word for word in told if isinstance(word, About)), About()),
                required=default is MISSING,
                default=default,
            )
        )
    return tuple(found)


def _form_in(hint: object) -> Form | None:
    bare, told = split_hint(hint)
    return next((each for each in (*told, *map(_form_in, get_args(bare))) if isinstance(each, Form)), None)


def split_hint(hint: object) -> tuple[object, tuple[object, ...]]:
    if get_origin(hint) is not Annotated:
        return hint, ()
    bare, *told = get_args(hint)
    return bare, tuple(told)


def record_in(hint: object) -> type | None:
    """The record that a value of this type holds, one or several. A text in several languages is a value, and no
    record."""
    found = next((each for each in get_args(hint) if each is not ...), hint)
    return found if isinstance(found, type) and found is not Label and is_dataclass(found) else None
