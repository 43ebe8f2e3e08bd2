"""The fields of a form with the values in the file, and the amendments for a changed record."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reporter.data.files.sources import Sources
from reporter.data.i18n import N_, Locale
from reporter.data.read.entry_fields import (
    ENTRIES,
    NOT_TYPED,
    EntryField,
    Holding,
    entry_fields,
    entry_keys,
    record_name,
)
from reporter.data.read.key_examples import ShapeType
from reporter.data.read.yaml_tree import Keys, Tree, read_yaml
from reporter.data.records import Confidentiality, ListKind
from reporter.data.records.statement import Form
from reporter.report.charts.countries import TITLES as LIST_TITLES
from reporter.report.sections.erratum import FIELDS, WORDS

COUNTED = N_("A number; ≥ at least, ≈ about, > over, : missing, c withheld; empty if not counted")
OF_THE_FILE = N_("Source, if not that of the whole file")
OF_THE_REST = N_("Source of everything without a source of its own")
NAMED_FIGURE = N_("The figure, by its name, such as persons.convicted")
# Titles of keys, unless those of errata apply, and of those with another meaning in a record.
FIELD_TITLES: Mapping[str, str] = {
    "definitions": N_("Other definitions"),
    "differs": N_("Difference from Eurostat’s definition"),
    "eurostat": N_("Figures for Eurostat’s tables"),
    "figure": N_("Figure"),
    "figures": N_("Counts"),
    "flags": N_("Flags"),
    "confidentiality": N_("Withheld"),
    "indicators": N_("Country-specific definitions"),
    "layout": N_("Layout of its files"),
    "now": N_("Now"),
    "publication": N_("The other publication"),
    "roles": N_("Roles in some years"),
    "rule": N_("Finding"),
    "texts": N_("Texts"),
    "day": N_("Day"),
    "to": N_("Addressed to"),
    "value": N_("Value"),
    "values": N_("Accepted values"),
    "words": N_("Accepted words"),
    "article_19a": N_("Article 19a of Directive 2011/36/EU"),
    "code": N_("Country"),
    # settings
    "address": N_("Mail address"),
    "after": N_("Years after the reference year"),
    "authority": N_("File of certificates"),
    "basis": N_("Legal basis"),
    "charts": N_("Charts chosen"),
    "channel": N_("Sent by"),
    "mappings": N_("Name in other publications"),
    "publish_machine_translation": N_("Languages published with unreviewed machine translation"),
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
    "postal": N_("Postal address"),
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
    ("Agency", "answers"): N_("Figures it provides"),
    ("Agency", "due"): N_("Due each year by"),
    ("CountryList", "kind"): N_("Term used by the source"),
    ("CountryList", "named"): N_("Countries named"),
    ("Difference", "published"): N_("Value in the other publication"),
    ("DisclosureRules", "thresholds"): N_("Small counts to withhold"),
    ("DisclosureRules", "weights"): N_("Cost of withholding a value"),
    ("DisclosureRules", "width"): N_("Number of possible values left to readers"),
    ("DisclosureRules", "zeros"): N_("Disclosive zeros"),
    ("FigureWeight", "by"): N_("Only by this breakdown"),
    ("FigureWeight", "figures"): N_("Indicators"),
    ("FigureWeight", "weight"): N_("Weight, from 1 to 100"),
    ("Indicator", "key"): N_("Rank among the key figures"),
    ("Institution", "since"): N_("Participating since"),
    ("Mail", "subject"): N_("Subject of the message"),
    ("Mail", "user"): N_("Name to sign in with"),
    ("Provision", "figures"): N_("Penalties and periods"),
    ("Recipient", "audience"): N_("Intended for"),
    ("Recipient", "signer"): N_("Signature expected from"),
    ("Recipient", "subject"): N_("Subject of the message"),
    ("Recipient", "trust"): N_("Root certificates it trusts"),
    ("Recommendation", "by"): N_("To be done by"),
    ("Revision", "was"): N_("Published before"),
    ("StillHolds", "by"): N_("Read by"),
    ("Threshold", "below"): N_("Withheld below"),
    ("Threshold", "by"): N_("Only by this breakdown"),
    ("Threshold", "figures"): N_("Indicators"),
    ("Workspace", "approvals"): N_("Number of other people who must approve a year before it is published"),
    ("Workspace", "charts"): N_("Charts of the profiles"),
    ("Workspace", "disclosure"): N_("Rules for withholding"),
    ("Workspace", "mail"): N_("How messages are sent"),
    ("Workspace", "thresholds"): N_("Small numbers"),
    ("Workspace", "title"): N_("Title of the reports"),
    ("Workspace", "country"): N_("Default country"),
}
# Help for fields that are filled in otherwise than in the file.
FORM_HELP: Mapping[tuple[str, str], str] = {
    ("ChartChoice", "instead"): N_("The name of a chart, and its replacement: a chart or an indicator"),
    ("ChartChoice", "leave_out"): N_("Charts left out of all profiles"),
    ("Deadline", "to"): N_("None ticked: every recipient of the package"),
    ("CountryList", "named"): N_("Names separated by commas, or codes such as LT; … if not looked up yet"),
    ("CountryList", "main"): N_("Names separated by commas: the main ones according to the source"),
    ("Difference", "publication"): N_("The source that differs"),
    ("Recommendation", "to"): N_("Addressees"),
    ("Recommendation", "answers"): N_("Challenge it addresses"),
    ("Agency", "answers"): N_("One name per line, as on the sheet: Investigations opened; or its code in the files"),
    **dict.fromkeys(
        (("Recipient", "subject"), ("Recipient", "text")), N_("Replaces the default; leave empty for the default")
    ),
    ("Workspace", "annexes"): N_("Where details for statisticians are printed"),
    ("Workspace", "charts"): N_("None chosen: every chart with data is in its usual place"),
    ("Workspace", "theme"): N_("Design of the reports; a custom theme is a folder in themes/"),
    ("Permission", "years"): N_("A year, or the first and last year, such as 2017/2022"),
    ("Reference", "url"): N_("Web address, beginning with https://"),
    **dict.fromkeys((("Activity", "figures"), ("Provision", "figures"), ("Part", "value")), COUNTED),
    **dict.fromkeys((("Activity", "source"), ("CountryList", "source")), OF_THE_FILE),
    **dict.fromkeys((("Country", "source"), ("YearFile", "source")), OF_THE_REST),
    **dict.fromkeys((("Difference", "figure"), ("Revision", "figure")), NAMED_FIGURE),
}
# Short labels of choices, where neither meaning nor pages provide one.
CHOICES: Mapping[tuple[str, str], str] = {
    **{("CountryList.kind", str(kind)): title for kind, title in LIST_TITLES.items() if kind in ListKind},
    ("licence", ""): N_("none"),
    ("layout", ""): N_("not supported by reconcile"),
    ("layout", "glotip"): N_("GLOTIP (UNODC)"),
    ("layout", "eurostat"): N_("tables of Eurostat"),
    ("every", "year"): N_("every year"),
    ("every", "two years"): N_("every two years"),
    ("confidentiality", str(Confidentiality.FREE)): N_("free for publication"),
}


def title_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """The title of a key in a form; the key itself without one."""
    own = OF_RECORD.get((record, field.key)) or FIELD_TITLES.get(field.attribute) or FIELD_TITLES.get(field.key)
    return locale.text(own or FIELDS.get(field.attribute, field.key))


def help_of_field(record: str, field: EntryField, locale: Locale) -> str:
    """The meaning of a key; for yes or no that of yes."""
    meaning = FORM_HELP.get((record, field.key), field.help)
    text = locale.text(meaning) if meaning else ""
    if text.startswith("true: "):
        return locale.opened(text.removeprefix("true: "))
    return locale.text("Not ticked: {what}", what=text.removeprefix("false: ")) if text.startswith("false: ") else text


def options_of_field(record: str, field: EntryField, locale: Locale) -> tuple[tuple[str, str], ...]:
    options = []
    for word, meaning in field.options:
        titles = (title for key, title in WORDS.items() if str(key) == word)
        named = CHOICES.get((f"{record}.{field.key}", word)) or CHOICES.get((field.key, word)) or next(titles, "")
        name, text = locale.text(named) if named else "", locale.text(meaning) if meaning else ""
        options.append((word, locale.put("{}: {}", name, text) if name and text else name or text or word))
    return tuple(options)


# The content of a file as lists, mappings and texts.
Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]
# The key of a count with more than a value.
VALUE = "value"
NEW = "-"
Order = Callable[[Keys], tuple[str, ...]]


# The values at a path before and after a change, None for none; and the order of the keys around it.
PlainChange = tuple[Keys, Plain | None, Plain | None, tuple[str, ...]]


def file_tree(sources: Sources, file: str) -> Tree:
    """A file as it is read; nothing of it may be changed."""
    return _tree(sources.find(file).content, file)


def file_data(sources: Sources, file: str) -> Plain | None:
    return as_plain(file_tree(sources, file).data)


# A page asks for a file many times.
@lru_cache(maxsize=8)
def _tree(content: bytes, file: str) -> Tree:
    return read_yaml(Sources.from_contents({file: content}), file)


def as_plain(data: object) -> Plain | None:
    """Data of a file as plain values; None for nothing."""
    if isinstance(data, Mapping):
        return {str(key): plain for key, value in data.items() if (plain := as_plain(value)) is not None}
    if isinstance(data, list | tuple):
        # An empty item keeps its number.
        return [as_plain(item) or "" for item in data]
    return None if data is None or data == "" else str(data)


def value_at(data: Plain | None, path: Keys) -> Plain | None:
    """The value at a path; a count may be its value alone."""
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
    """Data with another value at a path; emptied mappings and lists are removed. An emptied item of a list remains as
    an empty mapping, so that others keep their numbers; `without_gaps` removes it."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    # A count with only a value is written as that value.
    if path == (VALUE,) and value is not None and not isinstance(data, Mapping):
        return value
    if isinstance(data, str):
        data = {VALUE: data}
    if isinstance(data, Sequence) or step == NEW:
        items = [*(data or ())]
        at = len(items) if step == NEW else min(int(step), len(items))
        inner = put_at(items[at] if at < len(items) else None, rest, value)
        items[at : at + 1] = [{} if inner is None else inner]
        return items
    mapping = dict(data or {})
    inner = put_at(mapping.get(step), rest, value)
    if inner is None:
        mapping.pop(step, None)
    else:
        mapping[step] = inner
    return mapping or None


def without_gaps(data: Plain | None, before: Plain | None) -> Plain | None:
    """Data without containers that became empty; those that were empty before stay."""
    if data == before or isinstance(data, str) or data is None:
        return data
    if isinstance(data, Mapping):
        pairs = {key: without_gaps(value, value_at(before, (key,))) for key, value in data.items()}
        return {key: value for key, value in pairs.items() if value is not None} or None
    items = (without_gaps(item, value_at(before, (str(number),))) for number, item in enumerate(data))
    return [item for item in items if item is not None and item != {}] or None


def in_order(data: Plain, order: Order, path: Keys = ()) -> Plain:
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        key_order = order(path)
        keys = sorted(data, key=lambda key: key_order.index(key) if key in key_order else len(key_order))
        return {key: in_order(data[key], order, (*path, key)) for key in keys}
    return [in_order(item, order, (*path, str(number))) for number, item in enumerate(data)]


def changes_between(before: Plain | None, after: Plain | None, order: Order, path: Keys = ()) -> Iterator[PlainChange]:
    """The fewest changes from one state to another. Items are removed from the end, so that paths stay valid."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(new_key for new_key in after if new_key not in before)):
            whole, new = (*path, key), after.get(key)
            if key not in before and new is not None:
                yield whole, None, in_order(new, order, whole), order(path)
            else:
                yield from changes_between(before.get(key), new, order, whole)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, order, path)
    else:
        yield path, before, after if after is None else in_order(after, order, path), ()


def _items(before: list[Plain], after: list[Plain], order: Order, path: Keys) -> Iterator[PlainChange]:
    rest = iter(before)
    same = len(before) == len(after) and not all(isinstance(item, str) for item in (*before, *after))
    if same:
        for number, (was, now) in enumerate(zip(before, after, strict=True)):
            yield from changes_between(was, now, order, (*path, str(number)))
    elif after[: len(before)] == before:
        for new_item in after[len(before) :]:
            yield (*path, NEW), None, in_order(new_item, order, (*path, NEW)), ()
    elif after and all(any(item == other for other in rest) for item in after):
        # Some items were removed: the others follow in the rest of the list, in order.
        remaining = list(after)
        for number in reversed(range(len(before))):
            if remaining and before[number] == remaining[-1]:
                remaining.pop()
            else:
                yield (*path, str(number)), before[number], None, ()
    else:
        yield path, before, in_order(after, order, path), ()


Known = tuple[tuple[str, str], ...]
# The known values of a key: codes with their titles. For a mapping these are its keys.
KnownValues = Callable[[str, str], Known]
# The new entry of a mapping, named by its key.
NEW_NAME = "+"
# The most further choices shown as tick boxes; more are picked from a list.
MOST_TICKED = 40
BY_NAME = (Holding.WORDS_BY_NAME, Holding.PAIRS, Holding.LISTS_BY_NAME)
SHORT = (Form.DATE, Form.PERIOD, Form.DAY, Form.NAME, Form.LANGUAGE, Form.PUBLISHED, Form.NUMBER)


def nothing_known(_record: str, _key: str) -> Known:
    return ()


@dataclass(frozen=True, slots=True)
class FormGround:
    """The user and the context of a form. `languages` are those of the reports. Only `fixed` values may be chosen;
    others than the `suggested` ones may be typed. Counts of the `whole` ones are whole numbers."""

    locale: Locale
    languages: tuple[str, ...]
    fixed: KnownValues = nothing_known
    suggested: KnownValues = nothing_known
    whole: Collection[str] = ()


def form_fields(shape: ShapeType, ground: FormGround, data: Plain | None, path: Keys = ()) -> tuple[EntryField, ...]:
    """The fields of a record. Entries within it are records with forms of their own."""
    fields = (field for field in entry_fields(shape) if field.holding not in ENTRIES)
    return tuple(_filled(shape, field, ground, data, (*path, field.key)) for field in fields)


def order_below(shape: ShapeType, ground: FormGround, path: Keys) -> tuple[str, ...]:
    if not path:
        return entry_keys(shape)
    field = next((entry_field for entry_field in entry_fields(shape) if entry_field.key == path[0]), None)
    if field is None:
        return ()
    if len(path) == 1 and field.holding is Holding.GROUP and field.shape:
        return entry_keys(field.shape)
    if len(path) == 1:
        is_words = field.holding is Holding.WORDS
        return ground.languages if is_words else tuple(code for code, _ in ground.fixed(record_name(shape), field.key))
    inner = path[1:] if field.holding is Holding.GROUP else path[2:]
    if field.shape and field.holding is not Holding.OTHER:
        return order_below(field.shape, ground, inner)
    return ground.languages if field.holding in (Holding.WORDS_BY_NAME, Holding.WORDS_LIST) else ()


def _filled(shape: ShapeType, field: EntryField, ground: FormGround, data: Plain | None, path: Keys) -> EntryField:
    record, now, locale = record_name(shape), value_at(data, path), ground.locale
    titled = replace(
        field,
        path=path,
        now=now,
        title=title_of_field(record, field, locale),
        help=help_of_field(record, field, locale),
        hint="",
    )
    if field.holding is Holding.GROUP and field.shape:
        return replace(titled, below=form_fields(field.shape, ground, data, path))
    if field.holding is Holding.COUNTS and field.shape:
        # For each count a field of its value and one of its remarks.
        choices = _with_those(ground.fixed(record, field.key), now)
        of_count = [count_field for count_field in entry_fields(field.shape) if count_field.key != VALUE]
        counts = []
        for code, title in choices:
            whole = (*path, code)
            value = _value(field, (*whole, VALUE), Holding.AMOUNT, value_at(data, (*whole, VALUE)))
            more = (_filled(field.shape, entry, ground, data, (*whole, entry.key)) for entry in of_count)
            counts.append(replace(field, path=whole, title=title, help="", holding=Holding.GROUP, below=(value, *more)))
        return replace(titled, below=tuple(counts))
    if field.holding in (Holding.WORDS, Holding.WORDS_LIST, *BY_NAME):
        return replace(titled, below=tuple(_several(record, titled, ground)))
    return titled if field.holding in NOT_TYPED else _single(record, titled, ground)


def _value(field: EntryField, path: Keys, holding: Holding, now: Plain | None, title: str = "") -> EntryField:
    """One value of several that a key has."""
    return replace(field, path=path, holding=holding, now=now, title=title, default="")


def _several(record: str, field: EntryField, ground: FormGround) -> Iterator[EntryField]:
    text = Holding.PARAGRAPHS if field.form in (Form.PARAGRAPHS, Form.FRAME) else Holding.AREA
    now, path, choices = field.now, field.path, ground.fixed(record, field.key)

    def spoken(now: Plain | None, path: Keys, title: str = "") -> Iterator[EntryField]:
        there = tuple(now) if isinstance(now, dict) else ()
        for language in dict.fromkeys((*ground.languages, *there)):
            name = ground.locale.opened(ground.locale.language_name(language))
            label = ground.locale.put("{}: {}", title, name) if title else name
            yield replace(_value(field, (*path, language), text, value_at(now, (language,)), label), language=language)

    if field.holding is Holding.WORDS:
        yield from spoken(now, path)
    elif field.holding is Holding.WORDS_LIST:
        for number in range(len(now) + 1 if isinstance(now, list) else 1):
            yield from spoken(value_at(now, (str(number),)), (*path, str(number)))
    else:
        holding = {Holding.PAIRS: Holding.TEXT, Holding.LISTS_BY_NAME: Holding.LIST}.get(field.holding)
        for code, title in _with_those(choices, now):
            inside = value_at(now, (code,))
            if holding:
                yield _value(field, (*path, code), holding, inside, title)
            else:
                yield from spoken(inside, (*path, code), title)
        if not choices:
            yield _value(field, (*path, NEW_NAME), Holding.NAME, None)
            if holding:
                yield _value(field, (*path, NEW_NAME, VALUE), holding, None)
            else:
                yield from spoken(None, (*path, NEW_NAME))


def _single(record: str, field: EntryField, ground: FormGround) -> EntryField:
    options, now = options_of_field(record, field, ground.locale) or ground.fixed(record, field.key), field.now
    if field.holding in (Holding.LIST, Holding.CHOICES):
        holding = Holding.COUNTRIES if field.form is Form.COUNTRY else Holding.LIST
        if options and len(options) <= MOST_TICKED and holding is Holding.LIST:
            holding, options = Holding.CHOICES, _with_those(options, now)
        return replace(field, holding=holding, default="", options=options or ground.suggested(record, field.key))
    if options:
        words = _with_those(options, now)
        # An optional choice begins empty.
        if "" not in dict(words) and not field.default:
            words = (("", ground.locale.text("that of the file") if field.of_file else ""), *words)
        return replace(field, holding=Holding.CHOICE, options=words)
    suggested = ground.suggested(record, field.key)
    if field.holding in (Holding.TRUTH, Holding.AMOUNT):
        default = field.default if field.holding is Holding.TRUTH else ""
        return replace(field, default=default, options=suggested)
    holding = Holding.SHORT if field.holding is Holding.NUMBER or field.form in SHORT else Holding.TEXT
    hint = field.default if field.default != "0" else ""
    return replace(field, holding=holding, default="", hint=hint, options=suggested)


def _with_those(choices: Known, now: Plain | None) -> Known:
    there = (now,) if isinstance(now, str) else tuple(map(str, now or ()))
    return (*choices, *((code, code) for code in there if code not in dict(choices)))
