"""The form of a record: made, posted, written, removed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reporter.data.errors import ReporterError, nearest
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale, country_codes
from reporter.data.read.amount import UNANSWERED
from reporter.data.read.entry_fields import EntryField, Holding, entry_mistakes
from reporter.data.read.key_examples import ShapeType
from reporter.data.read.yaml_tree import Keys, decode
from reporter.data.records.label import ENGLISH
from reporter.data.write.amendment import Amendment, Conflict, slice_digest, slice_of
from reporter.data.write.applying import Step, WriteOutcome
from reporter.data.write.figure_fields import SHOWN, displayed_value, typed_value
from reporter.workbench.lists.form_inputs import (
    NEW_NAME,
    FormGround,
    Plain,
    PlainChange,
    as_plain,
    changes_between,
    file_data,
    form_fields,
    order_below,
    put_at,
    value_at,
    without_gaps,
)
from reporter.workbench.server.amending import write
from reporter.workbench.server.workspace_reader import Desk

VALUE_OF, WAS_OF, TICKED = "v:", "w:", "="
PARTED = re.compile(r"[,;\n]")
OPEN_SIGN = SHOWN[UNANSWERED]
# The longest name of a country has two commas.
MOST_PARTS = 3


def value_words(value: Plain | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _paragraphs(value)
    return "\n".join(item if isinstance(item, str) else repr(item) for item in value)


def original_words(field: EntryField) -> str:
    value = value_words(field.now) or field.default
    is_whole = field.holding in (Holding.PARAGRAPHS, Holding.LIST, Holding.COUNTRIES, Holding.CHOICES)
    return value if is_whole else " ".join(value.split())


def typed_input(field: EntryField, posted: Mapping[str, str], ground: FormGround) -> Plain | None:
    """The value typed, as in the file; None for nothing. Raises ReporterError for an invalid one."""
    name = f"{VALUE_OF}{field.name}"
    if field.holding is Holding.TRUTH:
        return "true" if name in posted else "false"
    if field.holding is Holding.CHOICES:
        there = [str(one) for one in field.now] if isinstance(field.now, list) else []
        words = (*there, *(word for word, _ in field.options if word not in there))
        return [word for word in words if f"{VALUE_OF}{field.name}{TICKED}{word}" in posted] or None
    typed = posted.get(name, "").replace("\r\n", "\n")
    if field.holding is Holding.PARAGRAPHS:
        return _paragraphs(typed) or None
    if field.holding is Holding.COUNTRIES:
        return (
            UNANSWERED
            if typed.strip() in (OPEN_SIGN, "...")
            else list(dict.fromkeys(_codes(typed, ground.locale, field.now))) or None
        )
    if field.holding is Holding.LIST:
        codes = {title.casefold(): code for code, title in field.options}
        lines = (line for part in typed.split("\n") if (line := " ".join(part.split())))
        return [codes.get(line.casefold(), line) for line in lines] or None
    plain = " ".join(typed.split())
    if plain and field.holding is Holding.AMOUNT:
        return typed_value(plain, is_whole=any(code in ground.whole for code in field.path[-2:-1]))
    return plain or None


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip()))


def _codes(typed: str, locale: Locale, now: Plain | None) -> Iterator[str]:
    parts = [" ".join(part.split()) for part in PARTED.split(typed)]
    there = {str(code).casefold(): str(code) for code in now} if isinstance(now, list) else {}
    code_by_name, at = {**there, **_names(locale)}, 0
    while at < len(parts):
        tried = ((count, ", ".join(parts[at : at + count]).casefold()) for count in range(MOST_PARTS, 0, -1))
        if longest := next(((count, code_by_name[name]) for count, name in tried if name in code_by_name), None):
            yield longest[1]
        elif parts[at]:
            near = nearest(parts[at].casefold(), code_by_name)
            hint = near if near.startswith("did") else "separate names with commas, or use codes such as LT"
            raise ReporterError(f"unknown country {parts[at]!r}", hint=hint)
        at += longest[0] if longest else 1


@lru_cache(maxsize=8)
def _names(locale: Locale) -> Mapping[str, str]:
    speaking = (locale.speak(ENGLISH), locale)
    names = {str(speaker.country(code)).casefold(): code for speaker in speaking for code in country_codes()}
    return {**names, **{code.casefold(): code for code in country_codes()}}


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """The place of a record: file, path, shape. A path that ends in `-` is a new item of a list; a new entry has its
    future path. `keys` are those in the form, empty for all; `order` is that of the path's first keys."""

    file: str
    path: Keys
    shape: ShapeType
    keys: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A form of a record as shown. `typed` is what was posted: `target` is the resulting record, or `conflict` another
    writer's change. `problems` are by input; `findings` are each key's (severity, words, remedy)."""

    place: RecordPlace
    ground: FormGround
    fields: tuple[EntryField, ...]
    is_new: bool
    problems: Mapping[str, ReporterError] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    target: Plain | None = None
    conflict: Conflict | None = None

    @property
    def inputs(self) -> tuple[EntryField, ...]:
        return tuple(field for one in self.fields for field in one.inputs)

    @property
    def named_problems(self) -> Iterator[tuple[str, str, ReporterError]]:
        """What is wrong with a field: its name, its title and the problem, in the order of the form."""
        titles = {name: title for field in self.fields for name, title in _titles(field, self.ground.locale)}
        return ((name, title, self.problems[name]) for name, title in titles.items() if name in self.problems)

    def text_of(self, field: EntryField) -> str:
        value, locale = original_words(field), self.ground.locale
        if self.typed:
            value = self.typed.get(f"{VALUE_OF}{field.name}", "")
        if field.holding is Holding.LIST:
            titles = dict(field.options)
            return "\n".join(titles.get(line, line) for line in value.splitlines())
        if self.typed:
            return value
        if field.holding is Holding.AMOUNT:
            return displayed_value(value)
        if field.holding is Holding.COUNTRIES:
            return OPEN_SIGN if value == UNANSWERED else ", ".join(locale.country(code) for code in value.split())
        return value

    def was(self, field: EntryField) -> str:
        return self.typed.get(f"{WAS_OF}{field.name}", original_words(field))

    def is_ticked(self, field: EntryField, word: str = "") -> bool:
        name = f"{VALUE_OF}{field.name}{f'={word}' if word else ''}"
        if self.typed:
            return name in self.typed
        return word in original_words(field).split("\n") if word else original_words(field) == "true"


def _titles(field: EntryField, locale: Locale, above: str = "") -> Iterator[tuple[str, str]]:
    """The inputs of a field with their titles, within which stands that of the field around them."""
    title = locale.joined(", ", filter(None, (above, field.title)))
    if not field.below:
        yield field.name, title
    for inner_field in field.below:
        yield from _titles(inner_field, locale, title)


# An input whose text was changed: its path, the text shown and the text typed.
TypedChange = tuple[Keys, str, Plain | None]


def record_data(place: RecordPlace, sources: Sources) -> Plain | None:
    """The record in the file; None where it has none."""
    return value_at(file_data(sources, place.file), place.path)


def record_form(place: RecordPlace, ground: FormGround, sources: Sources) -> RecordForm:
    data = record_data(place, sources)
    fields = form_fields(place.shape, ground, data)
    wanted = tuple(field for field in fields if not place.keys or field.path[0] in place.keys)
    return RecordForm(place, ground, wanted, is_new=data is None)


def write_record(
    desk: Desk,
    person: str,
    place: RecordPlace,
    ground: FormGround,
    posted: Mapping[str, str],
    further_steps: Sequence[Step] = (),
) -> tuple[RecordForm | None, Conflict | None]:
    """Write a form in the fewest amendments. Where a value is invalid, or another writer changed one of the same
    values, nothing is written; invalid forms are returned. The `further_steps` follow."""
    sources = desk.workspace.snapshot()
    form = posted_record(place, ground, sources, posted)
    if form.conflict or form.problems:
        return (None, form.conflict) if form.conflict else (form, None)
    outcome = write(desk, person, [*record_steps(place, ground, sources, form.target), *further_steps])
    return replace(form, problems={"": outcome.problem}) if outcome.problem else None, outcome.conflict


def posted_record(place: RecordPlace, ground: FormGround, sources: Sources, posted: Mapping[str, str]) -> RecordForm:
    """Read a posted form: the record to write, or the errors."""
    form = replace(record_form(place, ground, sources), typed=posted)
    problems: dict[str, ReporterError] = {}
    changes = tuple(_typed_changes(form, problems))
    now = target = record_data(place, sources)
    field_by_path = {field.path: field for field in form.inputs}
    for path, was, mine in changes:
        current = original_words(field_by_path[path]) if path in field_by_path else value_words(value_at(now, path))
        if not problems and current not in (was, value_words(mine)):
            return replace(form, conflict=Conflict(place.file, (*place.path, *path), mine, theirs=current, base=was))
        target = put_at(target, path, mine)
    target = without_gaps(target, now)
    if changes or form.is_new:
        problems |= {name: problem for name, problem in _mistakes(form, target) if name not in problems}
    return replace(form, problems=problems, target=target)


def remove_record(desk: Desk, person: str, place: RecordPlace, digest: str) -> WriteOutcome:
    """Remove a record if it still has the `digest`, with any key that it leaves empty."""
    sources = desk.workspace.snapshot()
    if slice_digest(slice_text(place, sources)) != digest:
        return WriteOutcome(conflict=Conflict(place.file, place.path, None, theirs=slice_text(place, sources)))
    return write(desk, person, record_steps(place, None, sources, None))


def slice_text(place: RecordPlace, sources: Sources) -> str:
    return slice_of(decode(sources.find(place.file).content, place.file), place.file, place.path)


def record_steps(place: RecordPlace, ground: FormGround | None, sources: Sources, target: Plain | None) -> list[Step]:
    """The steps that write a record, or remove it (None). Keys above it are added and removed as needed."""
    whole, depth = file_data(sources, place.file), len(place.path)

    def order(path: Keys) -> tuple[str, ...]:
        if len(path) < depth or not ground:
            return () if path else place.order
        return order_below(place.shape, ground, path[depth:])

    after = without_gaps(put_at(whole, place.path, target), whole)
    return [_step(place.file, change) for change in changes_between(whole or {}, after or {}, order)]


def _step(file: str, change: PlainChange) -> Step:
    path, before, after, order = change

    def step(sources: Sources) -> Amendment | Conflict:
        piece = slice_of(decode(sources.find(file).content, file), file, path)
        if value_at(file_data(sources, file), path) != before:
            return Conflict(file, path, after, theirs=piece, base=value_words(before))
        return Amendment(file=file, path=path, value=after, digest=slice_digest(piece), order=order)

    return step


def _typed_changes(form: RecordForm, problems: dict[str, ReporterError]) -> Iterator[TypedChange]:
    """The changed inputs; errors are added to `problems`."""
    field_by_name = {entry_field.name: entry_field for entry_field in form.inputs}
    for name in [name.removeprefix(WAS_OF) for name in form.typed if name.startswith(WAS_OF)]:
        field = field_by_name.get(name)
        if field is None:
            # The file no longer has this place: another user removed the item.
            typed = " ".join(form.typed.get(f"{VALUE_OF}{name}", "").split())
            if typed != form.typed[f"{WAS_OF}{name}"]:
                yield tuple(name.split("/")), form.typed[f"{WAS_OF}{name}"], typed or None
        elif field.holding is not Holding.NAME:
            try:
                mine = typed_input(field, form.typed, form.ground)
            except ReporterError as problem:
                problems[name] = problem
                continue
            if value_words(mine) != form.was(field).replace("\r\n", "\n"):
                yield from _placed(form, field, None if value_words(mine) == field.default else mine, problems)


def _placed(
    form: RecordForm, field: EntryField, mine: Plain | None, problems: dict[str, ReporterError]
) -> Iterator[TypedChange]:
    if NEW_NAME not in field.path:
        yield field.path, form.was(field).replace("\r\n", "\n"), mine
        return
    at = field.path.index(NEW_NAME)
    naming = "/".join(field.path[: at + 1])
    named = " ".join(form.typed.get(f"{VALUE_OF}{naming}", "").split())
    if not named:
        problems[naming] = ReporterError("the name is missing", hint="enter the name of the entry")
    else:
        rest = field.path[at + 1 :]
        yield (*field.path[:at], named, *(rest[:-1] if rest == ("value",) else rest)), "", mine


def _mistakes(form: RecordForm, target: Plain | None) -> Iterator[tuple[str, ReporterError]]:
    data = target if isinstance(target, dict) else {}
    for path, message, hint in entry_mistakes(form.place.shape, data):
        if form.place.keys and path[:1] and path[0] not in form.place.keys:
            continue
        # The first input whose path leads to, into or around the error.
        meeting = (field for field in form.inputs if field.path[: len(path)] == path[: len(field.path)])
        at = next((field.name for field in meeting), "")
        yield at, ReporterError(message if at else f"{'/'.join(path)}: {message}", hint=hint)


def conflict_of(form: RecordForm, conflict: Conflict, posted: Mapping[str, str]) -> Mapping[str, object]:
    """Both users' values and the original one; empty for no conflict. `again` are the fields of the form that writes
    mine, `typed` those of the whole record as posted."""
    path = conflict.path[len(form.place.path) :]
    name = "/".join(path)
    field = next((entry_field for entry_field in form.fields if entry_field.path[:1] == path[:1]), None)
    typed = {key: value for key, value in posted.items() if key != "person"}
    return {
        "title": field.title if field else name,
        "mine": ", ".join(value_words(as_plain(conflict.mine)).split("\n")),
        "theirs": " ".join(conflict.theirs.split()),
        "base": " ".join(conflict.base.split()),
        "again": {**typed, f"{WAS_OF}{name}": conflict.theirs},
        "typed": typed,
    }
