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
from reporter.data.write.figure_fields import SHOWN, shown_value, typed_value
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


def told_value(value: Plain | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _paragraphs(value)
    return "\n".join(each if isinstance(each, str) else repr(each) for each in value)


def was_value(each: EntryField) -> str:
    value = told_value(each.now) or each.default
    is_whole = each.holding in (Holding.PARAGRAPHS, Holding.LIST, Holding.COUNTRIES, Holding.CHOICES)
    return value if is_whole else " ".join(value.split())


def typed_input(each: EntryField, posted: Mapping[str, str], ground: FormGround) -> Plain | None:
    """The value typed, as in the file; None for nothing. Raises ReporterError for an invalid one."""
    name = f"{VALUE_OF}{each.name}"
    if each.holding is Holding.TRUTH:
        return "true" if name in posted else "false"
    if each.holding is Holding.CHOICES:
        there = [str(one) for one in each.now] if isinstance(each.now, list) else []
        words = (*there, *(word for word, _ in each.options if word not in there))
        return [word for word in words if f"{VALUE_OF}{each.name}{TICKED}{word}" in posted] or None
    typed = posted.get(name, "").replace("\r\n", "\n")
    if each.holding is Holding.PARAGRAPHS:
        return _paragraphs(typed) or None
    if each.holding is Holding.COUNTRIES:
        return (
            UNANSWERED
            if typed.strip() in (OPEN_SIGN, "...")
            else list(dict.fromkeys(_codes(typed, ground.locale, each.now))) or None
        )
    if each.holding is Holding.LIST:
        codes = {title.casefold(): code for code, title in each.options}
        lines = (line for part in typed.split("\n") if (line := " ".join(part.split())))
        return [codes.get(line.casefold(), line) for line in lines] or None
    plain = " ".join(typed.split())
    if plain and each.holding is Holding.AMOUNT:
        return typed_value(plain, is_whole=any(code in ground.whole for code in each.path[-2:-1]))
    return plain or None


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(each.split()) for each in re.split(r"\n\s*\n", text.strip()))


def _codes(typed: str, locale: Locale, now: Plain | None) -> Iterator[str]:
    parts = [" ".join(each.split()) for each in PARTED.split(typed)]
    there = {str(code).casefold(): str(code) for code in now} if isinstance(now, list) else {}
    known, at = {**there, **_names(locale)}, 0
    while at < len(parts):
        tried = ((count, ", ".join(parts[at : at + count]).casefold()) for count in range(MOST_PARTS, 0, -1))
        found = next(((count, known[name]) for count, name in tried if name in known), None)
        if found:
            yield found[1]
        elif parts[at]:
            near = nearest(parts[at].casefold(), known)
            hint = near if near.startswith("did") else "separate names with commas, or use codes such as LT"
            raise ReporterError(f"unknown country {parts[at]!r}", hint=hint)
        at += found[0] if found else 1


@lru_cache(maxsize=8)
def _names(locale: Locale) -> Mapping[str, str]:
    speaking = (locale.speak(ENGLISH), locale)
    names = {str(each.country(code)).casefold(): code for each in speaking for code in country_codes()}
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
    writer's change. `problems` are by input, empty for none. `found`: each key's findings (severity, words, remedy)."""

    place: RecordPlace
    ground: FormGround
    fields: tuple[EntryField, ...]
    is_new: bool
    problems: Mapping[str, ReporterError] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    target: Plain | None = None
    conflict: Conflict | None = None

    @property
    def inputs(self) -> tuple[EntryField, ...]:
        return tuple(each for one in self.fields for each in one.inputs)

    @property
    def named_problems(self) -> Iterator[tuple[str, str, ReporterError]]:
        """What is wrong with a field: its name, its title and the problem, in the order of the form."""
        titles = {name: title for each in self.fields for name, title in _titles(each, self.ground.locale)}
        return ((name, title, self.problems[name]) for name, title in titles.items() if name in self.problems)

    def shown(self, each: EntryField) -> str:
        value, locale = was_value(each), self.ground.locale
        if self.typed:
            value = self.typed.get(f"{VALUE_OF}{each.name}", "")
        if each.holding is Holding.LIST:
            titles = dict(each.options)
            return "\n".join(titles.get(line, line) for line in value.splitlines())
        if self.typed:
            return value
        if each.holding is Holding.AMOUNT:
            return shown_value(value)
        if each.holding is Holding.COUNTRIES:
            return OPEN_SIGN if value == UNANSWERED else ", ".join(locale.country(code) for code in value.split())
        return value

    def was(self, each: EntryField) -> str:
        return self.typed.get(f"{WAS_OF}{each.name}", was_value(each))

    def is_ticked(self, each: EntryField, word: str = "") -> bool:
        name = f"{VALUE_OF}{each.name}{f'={word}' if word else ''}"
        if self.typed:
            return name in self.typed
        return word in was_value(each).split("\n") if word else was_value(each) == "true"


def _titles(field: EntryField, locale: Locale, above: str = "") -> Iterator[tuple[str, str]]:
    """The inputs of a field with their titles, within which stands that of the field around them."""
    title = locale.joined(", ", filter(None, (above, field.title)))
    if not field.below:
        yield field.name, title
    for each in field.below:
        yield from _titles(each, locale, title)


# An input whose text was changed: its path, the text shown and the text typed.
TypedChange = tuple[Keys, str, Plain | None]


def record_data(place: RecordPlace, sources: Sources) -> Plain | None:
    """The record in the file; None where it has none."""
    return value_at(file_data(sources, place.file), place.path)


def record_form(place: RecordPlace, ground: FormGround, sources: Sources) -> RecordForm:
    data = record_data(place, sources)
    fields = form_fields(place.shape, ground, data)
    wanted = tuple(each for each in fields if not place.keys or each.path[0] in place.keys)
    return RecordForm(place, ground, wanted, is_new=data is None)


def write_record(
    desk: Desk,
    person: str,
    place: RecordPlace,
    ground: FormGround,
    posted: Mapping[str, str],
    beside: Sequence[Step] = (),
) -> tuple[RecordForm | None, Conflict | None]:
    """Write a form in the fewest amendments. Where a value is invalid, or another writer changed one of the same
    values, nothing is written; invalid forms are returned. The steps `beside` follow."""
    sources = desk.workspace.snapshot()
    form = posted_record(place, ground, sources, posted)
    if form.conflict or form.problems:
        return (None, form.conflict) if form.conflict else (form, None)
    outcome = write(desk, person, [*record_steps(place, ground, sources, form.target), *beside])
    return replace(form, problems={"": outcome.problem}) if outcome.problem else None, outcome.conflict


def posted_record(place: RecordPlace, ground: FormGround, sources: Sources, posted: Mapping[str, str]) -> RecordForm:
    """Read a posted form: the record to write, or the errors."""
    form = replace(record_form(place, ground, sources), typed=posted)
    problems: dict[str, ReporterError] = {}
    changes = tuple(_typed_changes(form, problems))
    now = target = record_data(place, sources)
    known = {each.path: each for each in form.inputs}
    for path, was, mine in changes:
        told = was_value(known[path]) if path in known else told_value(value_at(now, path))
        if not problems and told not in (was, told_value(mine)):
            return replace(form, conflict=Conflict(place.file, (*place.path, *path), mine, theirs=told, base=was))
        target = put_at(target, path, mine)
    target = without_gaps(target, now)
    if changes or form.is_new:
        problems |= {name: problem for name, problem in _mistakes(form, target) if name not in problems}
    return replace(form, problems=problems, target=target)


def remove_record(desk: Desk, person: str, place: RecordPlace, seen: str) -> WriteOutcome:
    """Remove a record if it is as `seen`, with any key that it leaves empty."""
    sources = desk.workspace.snapshot()
    if slice_digest(slice_text(place, sources)) != seen:
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
    return [_step(place.file, each) for each in changes_between(whole or {}, after or {}, order)]


def _step(file: str, change: PlainChange) -> Step:
    path, before, after, order = change

    def step(sources: Sources) -> Amendment | Conflict:
        piece = slice_of(decode(sources.find(file).content, file), file, path)
        if value_at(file_data(sources, file), path) != before:
            return Conflict(file, path, after, theirs=piece, base=told_value(before))
        return Amendment(file=file, path=path, value=after, seen=slice_digest(piece), order=order)

    return step


def _typed_changes(form: RecordForm, problems: dict[str, ReporterError]) -> Iterator[TypedChange]:
    """The changed inputs; errors are added to `problems`."""
    known = {each.name: each for each in form.inputs}
    for name in [name.removeprefix(WAS_OF) for name in form.typed if name.startswith(WAS_OF)]:
        each = known.get(name)
        if each is None:
            # The file no longer has this place: another user removed the item.
            typed = " ".join(form.typed.get(f"{VALUE_OF}{name}", "").split())
            if typed != form.typed[f"{WAS_OF}{name}"]:
                yield tuple(name.split("/")), form.typed[f"{WAS_OF}{name}"], typed or None
        elif each.holding is not Holding.NAME:
            try:
                mine = typed_input(each, form.typed, form.ground)
            except ReporterError as problem:
                problems[name] = problem
                continue
            if told_value(mine) != form.was(each).replace("\r\n", "\n"):
                yield from _placed(form, each, None if told_value(mine) == each.default else mine, problems)


def _placed(
    form: RecordForm, each: EntryField, mine: Plain | None, problems: dict[str, ReporterError]
) -> Iterator[TypedChange]:
    if NEW_NAME not in each.path:
        yield each.path, form.was(each).replace("\r\n", "\n"), mine
        return
    at = each.path.index(NEW_NAME)
    naming = "/".join(each.path[: at + 1])
    named = " ".join(form.typed.get(f"{VALUE_OF}{naming}", "").split())
    if not named:
        problems[naming] = ReporterError("the name is missing", hint="enter the name of the entry")
    else:
        rest = each.path[at + 1 :]
        yield (*each.path[:at], named, *(rest[:-1] if rest == ("value",) else rest)), "", mine


def _mistakes(form: RecordForm, target: Plain | None) -> Iterator[tuple[str, ReporterError]]:
    data = target if isinstance(target, dict) else {}
    for path, message, hint in entry_mistakes(form.place.shape, data):
        if form.place.keys and path[:1] and path[0] not in form.place.keys:
            continue
        # The first input whose path leads to, into or around the error.
        meeting = (each for each in form.inputs if each.path[: len(path)] == path[: len(each.path)])
        at = next((each.name for each in meeting), "")
        yield at, ReporterError(message if at else f"{'/'.join(path)}: {message}", hint=hint)


def conflict_of(form: RecordForm, found: Conflict, posted: Mapping[str, str]) -> Mapping[str, object]:
    """Both users' values and the original one; empty for no conflict. `again` are the fields of the form that writes
    mine, `typed` those of the whole record as posted."""
    path = found.path[len(form.place.path) :]
    name = "/".join(path)
    field = next((each for each in form.fields if each.path[:1] == path[:1]), None)
    typed = {key: value for key, value in posted.items() if key != "person"}
    return {
        "title": field.title if field else name,
        "mine": ", ".join(told_value(as_plain(found.mine)).split("\n")),
        "theirs": " ".join(found.theirs.split()),
        "base": " ".join(found.base.split()),
        "again": {**typed, f"{WAS_OF}{name}": found.theirs},
        "typed": typed,
    }
