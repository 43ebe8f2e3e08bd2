"""The inputs of a form, one for each value."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from reporter.files.sources import Sources
from reporter.i18n import N_, Locale
from reporter.load.entry_fields import EntryField, Holding, entry_fields, entry_keys, record_name
from reporter.load.key_examples import ShapeType
from reporter.load.yaml_tree import Keys, Tree, read_yaml
from reporter.model.statement import Form
from reporter.web.forms.field_words import help_of_field, options_of_field, title_of_field

# What a file holds, read as lists, mappings and texts.
Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]
# The key that a count stands under when it has more than a value.
VALUE = "value"
NEW = "-"
Order = Callable[[Keys], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlainChange:
    """What is to stand at a path where something else stood. None is nothing, before or after."""

    path: Keys
    before: Plain | None
    after: Plain | None
    order: tuple[str, ...] = ()


def file_tree(sources: Sources, file: str) -> Tree:
    """A file as it is read; nothing of it may be changed."""
    return _tree(sources.find(file).content, file)


def file_data(sources: Sources, file: str) -> Plain | None:
    return as_plain(file_tree(sources, file).data)


# A page asks of a file many times.
@lru_cache(maxsize=8)
def _tree(content: bytes, file: str) -> Tree:
    return read_yaml(Sources.from_contents({file: content}), file)


def as_plain(data: object) -> Plain | None:
    """Data of a file as plain values; None where nothing is written."""
    if isinstance(data, Mapping):
        return {str(key): plain for key, each in data.items() if (plain := as_plain(each)) is not None}
    if isinstance(data, list | tuple):
        # An empty item keeps its number.
        return [as_plain(each) or "" for each in data]
    return None if data is None or data == "" else str(data)


def value_at(data: Plain | None, path: Keys) -> Plain | None:
    """What stands at a path; a count alone is its value."""
    for depth, step in enumerate(path):
        if isinstance(data, str):
            return data if path[depth:] == (VALUE,) else None
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, Sequence) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def put_at(data: Plain | None, path: Keys, value: Plain | None) -> Plain | None:
    """Data in which something else stands at a path. A mapping or list of which nothing is left is nothing. Items of a
    list keep their places: a place of which nothing is left holds an empty mapping, which `without_gaps` takes out."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    # A count that is nothing but its value stands there alone.
    if path == (VALUE,) and value is not None and not isinstance(data, Mapping):
        return value
    if isinstance(data, str):
        data = {VALUE: data}
    if isinstance(data, Sequence):
        items = [*data]
        at = min(int(step), len(items))
        inner = put_at(items[at] if at < len(items) else None, rest, value)
        items[at : at + 1] = [{} if inner is None else inner]
        return items
    known = dict(data or {})
    inner = put_at(known.get(step), rest, value)
    if inner is None:
        known.pop(step, None)
    else:
        known[step] = inner
    return known or None


def without_gaps(data: Plain | None, before: Plain | None) -> Plain | None:
    """Data without what holds nothing any more. What held nothing before is left as it was."""
    if data == before or isinstance(data, str) or data is None:
        return data
    if isinstance(data, Mapping):
        pairs = {key: without_gaps(each, value_at(before, (key,))) for key, each in data.items()}
        return {key: each for key, each in pairs.items() if each is not None} or None
    items = (without_gaps(each, value_at(before, (str(number),))) for number, each in enumerate(data))
    return [each for each in items if each is not None and each != {}] or None


def in_order(data: Plain, order: Order, path: Keys = ()) -> Plain:
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        known = order(path)
        keys = sorted(data, key=lambda each: known.index(each) if each in known else len(known))
        return {key: in_order(data[key], order, (*path, key)) for key in keys}
    return [in_order(each, order, (*path, str(number))) for number, each in enumerate(data)]


def changes_between(before: Plain | None, after: Plain | None, order: Order, path: Keys = ()) -> Iterator[PlainChange]:
    """The fewest changes that lead from one state to another. Items are taken out from the end, so that no path of one
    leads elsewhere when its turn comes."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(each for each in after if each not in before)):
            whole, new = (*path, key), after.get(key)
            if key not in before and new is not None:
                yield PlainChange(whole, None, in_order(new, order, whole), order(path))
            else:
                yield from changes_between(before.get(key), new, order, whole)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, order, path)
    else:
        yield PlainChange(path, before, after if after is None else in_order(after, order, path))


def _items(before: list[Plain], after: list[Plain], order: Order, path: Keys) -> Iterator[PlainChange]:
    rest = iter(before)
    same = len(before) == len(after) and not all(isinstance(each, str) for each in (*before, *after))
    if same:
        for number, (was, now) in enumerate(zip(before, after, strict=True)):
            yield from changes_between(was, now, order, (*path, str(number)))
    elif after[: len(before)] == before:
        for each in after[len(before) :]:
            yield PlainChange((*path, NEW), None, in_order(each, order, (*path, NEW)))
    elif after and all(any(each == other for other in rest) for each in after):
        # Some items were taken out: the others are found in what is left of the list, one after the other.
        kept = list(after)
        for number in reversed(range(len(before))):
            if kept and before[number] == kept[-1]:
                kept.pop()
            else:
                yield PlainChange((*path, str(number)), before[number], None)
    else:
        yield PlainChange(path, before, in_order(after, order, path))


Known = tuple[tuple[str, str], ...]
# What is known of the values of a key: codes with their titles. Of a mapping these are its keys.
KnownValues = Callable[[str, str], Known]
# What is named by the key of a mapping, in a new line.
NEW_NAME = "+"
# So many further choices are ticked; of more one is picked from a list.
MOST_TICKED = 40
SHORT = (Form.DATE, Form.PERIOD, Form.DAY, Form.NAME, Form.LANGUAGE, Form.PUBLISHED, Form.NUMBER)
OF_FILE = N_("that of the file")
ENTRIES = (Holding.ENTRIES, Holding.ITEMS, Holding.NAMED_ENTRIES)
NO_INPUT = (*ENTRIES, Holding.OTHER)


def nothing_known(_record: str, _key: str) -> Known:
    return ()


class InputKind(StrEnum):
    """How a value is typed."""

    LINE = "line"
    SHORT = "short"
    AREA = "area"
    PARAGRAPHS = "paragraphs"
    LIST = "list"
    COUNTRIES = "countries"
    CHOICE = "choice"
    CHOICES = "choices"
    TRUTH = "truth"
    AMOUNT = "amount"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class FormGround:
    """Who reads a form, and what is known around it. `languages` are those of the reports. What is `known` may alone be
    chosen, what is `suggested` may be typed besides."""

    locale: Locale
    languages: tuple[str, ...]
    known: KnownValues = nothing_known
    suggested: KnownValues = nothing_known


@dataclass(frozen=True, slots=True)
class FormInput:
    """A value of a record, and how it is typed. `now` is what the file has. `label` tells it from others of its field,
    `hint` stands in it while it is empty."""

    path: Keys
    kind: InputKind
    now: Plain | None
    default: str = ""
    label: str = ""
    language: str = ""
    hint: str = ""
    options: Known = ()

    @property
    def name(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class FormField:
    """A key of a record with its inputs, or fields below it. `below` are those of a mapping; `more` are seldom used,
    and folded away."""

    path: Keys
    title: str
    help: str = ""
    required: bool = False
    inputs: tuple[FormInput, ...] = ()
    below: tuple["FormField", ...] = ()
    more: tuple["FormField", ...] = ()

    @property
    def name(self) -> str:
        return "/".join(self.path)

    @property
    def all_inputs(self) -> tuple[FormInput, ...]:
        inner = (each.all_inputs for each in (*self.below, *self.more))
        return (*self.inputs, *chain.from_iterable(inner))

    @property
    def is_filled(self) -> bool:
        return any(each.now is not None for each in self.all_inputs)


def form_fields(shape: ShapeType, ground: FormGround, data: Plain | None, path: Keys = ()) -> tuple[FormField, ...]:
    """The fields of a record. Entries within it are records with forms of their own."""
    known = (each for each in entry_fields(shape) if each.holding not in ENTRIES)
    return tuple(_field(shape, each, ground, data, (*path, each.key)) for each in known)


def order_below(shape: ShapeType, ground: FormGround, path: Keys) -> tuple[str, ...]:
    if not path:
        return entry_keys(shape)
    field = next((each for each in entry_fields(shape) if each.key == path[0]), None)
    if field is None:
        return ()
    if len(path) == 1 and field.holding is Holding.GROUP and field.shape:
        return entry_keys(field.shape)
    if len(path) == 1:
        is_words = field.holding is Holding.WORDS
        return ground.languages if is_words else tuple(code for code, _ in ground.known(record_name(shape), field.key))
    inner = path[1:] if field.holding is Holding.GROUP else path[2:]
    if field.shape and field.holding is not Holding.OTHER:
        return order_below(field.shape, ground, inner)
    return ground.languages if field.holding in (Holding.WORDS_BY_NAME, Holding.WORDS_LIST) else ()


def _field(shape: ShapeType, field: EntryField, ground: FormGround, data: Plain | None, path: Keys) -> FormField:
    record, now = record_name(shape), value_at(data, path)
    below: list[FormField] = []
    inputs: list[FormInput] = []
    if field.holding is Holding.GROUP and field.shape:
        below += form_fields(field.shape, ground, data, path)
    elif field.holding is Holding.COUNTS and field.shape:
        # A field for each count: its value, and its remarks.
        for code, title in _with_those(ground.known(record, field.key), now):
            whole = (*path, code)
            value = FormInput(path=(*whole, VALUE), kind=InputKind.AMOUNT, now=value_at(data, (*whole, VALUE)))
            rest = [each for each in entry_fields(field.shape) if each.key != VALUE]
            more = tuple(_field(field.shape, each, ground, data, (*whole, each.key)) for each in rest)
            below.append(FormField(path=whole, title=title, inputs=(value,), more=more))
    elif field.holding not in NO_INPUT:
        inputs += _inputs(record, field, ground, now, path)
    return FormField(
        path=path,
        title=title_of_field(record, field, ground.locale),
        help=help_of_field(record, field, ground.locale),
        required=field.required,
        inputs=tuple(inputs),
        below=tuple(below),
    )


def _inputs(record: str, field: EntryField, ground: FormGround, now: Plain | None, path: Keys) -> Iterator[FormInput]:
    known = ground.known(record, field.key)
    text = InputKind.PARAGRAPHS if field.form in (Form.PARAGRAPHS, Form.FRAME) else InputKind.AREA
    if field.holding is Holding.WORDS:
        yield from _in_languages(ground, now, path, text)
    elif field.holding is Holding.WORDS_LIST:
        count = len(now) if isinstance(now, list) else 0
        for number in range(count + 1):
            place = (*path, str(number))
            yield from _in_languages(ground, value_at(now, place[-1:]), place, text)
    elif field.holding is Holding.WORDS_BY_NAME:
        for code, title in _with_those(known, now):
            yield from _in_languages(ground, value_at(now, (code,)), (*path, code), text, title)
        if not known:
            yield FormInput(path=(*path, NEW_NAME), kind=InputKind.NAME, now=None)
            yield from _in_languages(ground, None, (*path, NEW_NAME), text)
    elif field.holding in (Holding.PAIRS, Holding.LISTS_BY_NAME):
        kind = InputKind.LINE if field.holding is Holding.PAIRS else InputKind.LIST
        for code, title in _with_those(known, now):
            yield FormInput(path=(*path, code), kind=kind, now=value_at(now, (code,)), label=title)
        if not known:
            yield FormInput(path=(*path, NEW_NAME), kind=InputKind.NAME, now=None)
            yield FormInput(path=(*path, NEW_NAME, VALUE), kind=kind, now=None)
    else:
        yield _single(record, field, ground, now, path)


def _in_languages(
    ground: FormGround, now: Plain | None, path: Keys, kind: InputKind, title: str = ""
) -> Iterator[FormInput]:
    there = tuple(now) if isinstance(now, dict) else ()
    for language in dict.fromkeys((*ground.languages, *there)):
        name = ground.locale.opened(ground.locale.language_name(language))
        label = ground.locale.put("{}: {}", title, name) if title else name
        yield FormInput((*path, language), kind, value_at(now, (language,)), label=label, language=language)


def _single(record: str, field: EntryField, ground: FormGround, now: Plain | None, path: Keys) -> FormInput:
    options = options_of_field(field, ground.locale) or ground.known(record, field.key)
    if field.holding in (Holding.LIST, Holding.CHOICES):
        kind = InputKind.COUNTRIES if field.form is Form.COUNTRY else InputKind.LIST
        if options and len(options) <= MOST_TICKED and kind is InputKind.LIST:
            kind, options = InputKind.CHOICES, _with_those(options, now)
        return FormInput(path=path, kind=kind, now=now, options=options)
    if options:
        words = _with_those(options, now)
        # A choice that need not be made begins with nothing.
        if "" not in dict(words) and not field.default:
            words = (("", ground.locale.text(OF_FILE) if field.of_file else ""), *words)
        return FormInput(path=path, kind=InputKind.CHOICE, now=now, default=field.default, options=words)
    kinds = {Holding.TRUTH: InputKind.TRUTH, Holding.NUMBER: InputKind.SHORT, Holding.AMOUNT: InputKind.AMOUNT}
    kind = kinds.get(field.holding, InputKind.SHORT if field.form in SHORT else InputKind.LINE)
    hint = field.default if kind in (InputKind.SHORT, InputKind.LINE) and field.default != "0" else ""
    default = field.default if kind is InputKind.TRUTH else ""
    suggested = ground.suggested(record, field.key)
    return FormInput(path=path, kind=kind, now=now, default=default, hint=hint, options=suggested)


def _with_those(known: Known, now: Plain | None) -> Known:
    """What is known, and what the file has besides."""
    there = (now,) if isinstance(now, str) else tuple(map(str, now or ()))
    return (*known, *((each, each) for each in there if each not in dict(known)))
