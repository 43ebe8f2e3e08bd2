"""The inputs of a form, one for each value."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from reporter.data.files.sources import Sources
from reporter.data.i18n import N_, Locale
from reporter.data.read.entry_fields import EntryField, Holding, entry_fields, entry_keys, record_name
from reporter.data.read.key_examples import ShapeType
from reporter.data.read.yaml_tree import Keys, Tree, read_yaml
from reporter.data.records import Confidentiality, ListKind
from reporter.data.records.statement import Form
from reporter.report.charts.countries import TITLES as LIST_TITLES
from reporter.report.sections.erratum import FIELDS, WORDS

COUNTED = N_("A number, ≥ at least, ≈ about, > over, : missing, c withheld; empty where nobody counted it")
OF_THE_FILE = N_("Where it comes from, if not from where the rest of the file does")
OF_THE_REST = N_("Where everything comes from that names no source of its own")
NAMED_FIGURE = N_("The figure that is meant, by its name such as persons.convicted")
# The titles of keys that are no fields of what an erratum tells, and of those that mean something else in a record.
FIELD_TITLES: Mapping[str, str] = {
    "definitions": N_("Other definitions"),
    "names": N_("Names by definition"),
    "differs": N_("How it differs from Eurostat’s"),
    "eurostat": N_("Figures for Eurostat’s tables"),
    "figure": N_("Figure"),
    "figures": N_("Counts"),
    "flags": N_("Flags"),
    "confidentiality": N_("Withheld"),
    "indicators": N_("Own definitions"),
    "layout": N_("Layout of its files"),
    "now": N_("Now"),
    "publication": N_("The other publication"),
    "roles": N_("Roles in some years"),
    "rule": N_("Finding"),
    "texts": N_("Texts"),
    "day": N_("Day"),
    "to": N_("Addressed to"),
    "value": N_("Value"),
    "values": N_("Values it holds for"),
    "words": N_("Words it holds for"),
    "article_19a": N_("Article 19a of Directive 2011/36/EU"),
    "code": N_("Country"),
    # settings
    "address": N_("Mail address"),
    "after": N_("Years after the reference year"),
    "authority": N_("File of certificates"),
    "basis": N_("Legal basis"),
    "charts": N_("Charts chosen"),
    "channel": N_("How it is sent"),
    "country": N_("Country"),
    "due": N_("Day and month"),
    "every": N_("How often"),
    "first": N_("First reference year"),
    "folder": N_("Folder"),
    "from": N_("Address of the sender"),
    "gets": N_("What is sent"),
    "host": N_("Mail server"),
    "language": N_("Language"),
    "mail": N_("Mail"),
    "port": N_("Port"),
    "recipients": N_("Recipients"),
    "salutation": N_("Salutation"),
    "security": N_("Encryption"),
    "sender": N_("Address of the sender"),
    "sender_name": N_("Name of the sender"),
    "size_limit": N_("Largest message, in megabytes"),
    "split": N_("In several messages"),
    "stated": N_("Stated by a source"),
    "text": N_("Text of the message"),
    "thresholds": N_("Percentages and changes"),
    "user": N_("Name to sign in with"),
    "years": N_("Reference years"),
}
OF_RECORD: Mapping[tuple[str, str], str] = {
    ("Agency", "answers"): N_("What it answers"),
    ("Agency", "due"): N_("Due each year by"),
    ("CountryList", "kind"): N_("What the source calls them"),
    ("CountryList", "named"): N_("Countries named"),
    ("Difference", "published"): N_("What the other says"),
    ("DisclosureRules", "thresholds"): N_("Withheld when small"),
    ("DisclosureRules", "weights"): N_("What it costs to lose a value"),
    ("DisclosureRules", "width"): N_("Possible values left to a reader"),
    ("DisclosureRules", "zeros"): N_("Zeros that tell of a group"),
    ("FigureWeight", "by"): N_("Only by this breakdown"),
    ("FigureWeight", "figures"): N_("Figures"),
    ("FigureWeight", "weight"): N_("Weight, from 1 to 100"),
    ("Indicator", "key"): N_("Rank among the key figures"),
    ("Institution", "since"): N_("Takes part since"),
    ("Mail", "subject"): N_("Subject of the message"),
    ("Mail", "user"): N_("Name to sign in with"),
    ("Provision", "figures"): N_("Penalties and periods"),
    ("Recipient", "audience"): N_("For whom"),
    ("Recipient", "signer"): N_("Whose signature it expects"),
    ("Recipient", "subject"): N_("Subject of the message"),
    ("Recipient", "trust"): N_("Root certificates it trusts"),
    ("Recommendation", "by"): N_("To be done by"),
    ("Revision", "was"): N_("Published before"),
    ("StillHolds", "by"): N_("Read by"),
    ("Threshold", "below"): N_("Withheld below"),
    ("Threshold", "by"): N_("Only by this breakdown"),
    ("Threshold", "figures"): N_("Figures"),
    ("Workspace", "approvals"): N_("How many others approve a year before it is published"),
    ("Workspace", "charts"): N_("Charts of the profiles"),
    ("Workspace", "disclosure"): N_("Rules for what is withheld"),
    ("Workspace", "mail"): N_("How messages leave"),
    ("Workspace", "thresholds"): N_("Small numbers"),
    ("Workspace", "title"): N_("Title of the reports"),
    ("Workspace", "country"): N_("The usual country"),
}
# What a form says where its field is filled otherwise than the file.
FORM_HELP: Mapping[tuple[str, str], str] = {
    ("ChartChoice", "instead"): N_("The name of a chart, and what is shown in its place: a chart or an indicator"),
    ("ChartChoice", "leave_out"): N_("Charts that no profile shows"),
    ("Deadline", "to"): N_("None ticked: whoever gets the package"),
    ("CountryList", "named"): N_("Names with commas between, or codes such as LT; … while nobody has looked it up"),
    ("CountryList", "main"): N_("Names with commas between: those of them that the source calls the main ones"),
    ("Difference", "publication"): N_("The source that says otherwise"),
    ("Recommendation", "to"): N_("Whom it is addressed to"),
    ("Recommendation", "answers"): N_("The challenge that it answers"),
    **dict.fromkeys((("Recipient", "subject"), ("Recipient", "text")), N_("Instead of the usual one; empty: that one")),
    ("Workspace", "annexes"): N_("Where what only statisticians need stands"),
    ("Workspace", "charts"): N_("Nothing chosen: each chart that has data stands where it usually does"),
    ("Workspace", "theme"): N_("The look of the reports; one of your own is a folder in themes/"),
    ("Permission", "years"): N_("A year, or the first and the last one, such as 2017/2022"),
    ("Reference", "url"): N_("Its address; it begins with https://"),
    **dict.fromkeys((("Activity", "figures"), ("Provision", "figures"), ("Part", "value")), COUNTED),
    **dict.fromkeys((("Activity", "source"), ("CountryList", "source")), OF_THE_FILE),
    **dict.fromkeys((("Country", "source"), ("YearFile", "source")), OF_THE_REST),
    **dict.fromkeys((("Difference", "figure"), ("Revision", "figure")), NAMED_FIGURE),
}
# What may be chosen, in a word or two, where neither its meaning nor the pages have a name for it.
CHOICES: Mapping[tuple[str, str], str] = {
    **{("kind", str(each)): title for each, title in LIST_TITLES.items() if each in ListKind},
    ("licence", ""): N_("none"),
    ("layout", ""): N_("not known to reconcile"),
    ("layout", "glotip"): N_("GLOTIP, the file of UNODC"),
    ("layout", "eurostat"): N_("tables of Eurostat"),
    ("every", "year"): N_("every year"),
    ("every", "two years"): N_("every two years"),
    ("confidentiality", str(Confidentiality.FREE)): N_("free for publication"),
}


def title_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """What a form calls a key; itself where nobody named it."""
    own = OF_RECORD.get((record, field.key)) or FIELD_TITLES.get(field.name) or FIELD_TITLES.get(field.key)
    return locale.text(own or FIELDS.get(field.name, field.key))


def help_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """What a key means; of a yes or no what yes says."""
    meaning = FORM_HELP.get((record, field.key), field.help)
    told = locale.text(meaning) if meaning else ""
    if told.startswith("true: "):
        return locale.opened(told.removeprefix("true: "))
    return locale.text("Not ticked: {what}", what=told.removeprefix("false: ")) if told.startswith("false: ") else told


def options_of_field(field: EntryField, locale: Locale) -> tuple[tuple[str, str], ...]:
    options = []
    for word, meaning in field.options:
        titles = (title for each, title in WORDS.items() if str(each) == word)
        named = CHOICES.get((field.key, word)) or next(titles, "")
        name, told = locale.text(named) if named else "", locale.text(meaning) if meaning else ""
        options.append((word, locale.put("{}: {}", name, told) if name and told else name or told or word))
    return tuple(options)


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
