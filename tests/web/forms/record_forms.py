"""Every record of a workspace with its form, and what a browser posts of one."""

from collections.abc import Iterator, Mapping
from itertools import cycle

from reporter.edit.amendment import Conflict, amended
from reporter.edit.written_steps import Step
from reporter.edit.yaml_splices import find_any_way
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.load.entry_fields import Holding, entry_fields
from reporter.load.key_examples import ShapeType
from reporter.load.shapes import SHAPES
from reporter.load.text import slug
from reporter.load.yaml_tree import Keys
from reporter.web.forms.entry_places import EntryList, place_at
from reporter.web.forms.form_inputs import FormGround, FormInput, InputKind, Known, file_data, put_at, value_at
from reporter.web.forms.record_form import (
    RecordForm,
    RecordPlace,
    posted_record,
    record_data,
    record_form,
    record_steps,
)
from tests.snapshots import translated

COUNTS = {"Activity": ("events", "participants"), "Provision": ("prison_min", "prison_max")}


def ground(language: str = "en") -> FormGround:
    def known(record: str, key: str) -> Known:
        return tuple((each, each) for each in COUNTS.get(record, ())) if key == "figures" else ()

    return FormGround(translated(language), ("en", "lt"), known)


HERE = ground()


def kind_of(file: str) -> str:
    names = {SETTINGS: "workspace", f"{DATA}/catalogue.yaml": "catalogue"}
    return names.get(file, "country" if file.endswith("country.yaml") else "year")


def every_place(sources: Sources) -> Iterator[RecordPlace]:
    for file in sources:
        if file.endswith(".yaml") and "/editions/" not in file:
            shape = SHAPES[kind_of(file)]
            yield RecordPlace(file, (), shape)
            yield from _below(sources, file, shape, (), shape)


def _below(sources: Sources, file: str, whole: ShapeType, path: Keys, shape: ShapeType) -> Iterator[RecordPlace]:
    data = file_data(sources, file)
    for field in entry_fields(shape):
        here = (*path, field.key)
        there = value_at(data, here)
        if there is None or field.shape is None or field.holding is Holding.COUNTS or field.key == "figures":
            continue
        lists = [here] if field.holding is not Holding.NAMED_ENTRIES else [(*here, each) for each in there]
        for each in lists:
            found = place_at(file, whole, each)
            if isinstance(found, EntryList):
                for code, _ in found.entries(sources):
                    yield found.place(code)
                    yield from _below(sources, file, whole, (*each, code), found.shape)
            elif found and record_data(found, sources) is not None:
                yield found
                yield from _below(sources, file, whole, each, found.shape)


def posted(form: RecordForm) -> dict[str, str]:
    told: dict[str, str] = {}
    for each in form.inputs:
        if each.kind is not InputKind.NAME:
            told[f"w:{each.name}"] = form.was(each)
        told |= value_of(form, each)
    return {name: value.replace("\n", "\r\n") for name, value in told.items()}


def value_of(form: RecordForm, each: FormInput) -> Mapping[str, str]:
    if each.kind is InputKind.CHOICES:
        return {f"v:{each.name}={word}": "1" for word, _ in each.options if form.is_ticked(each, word)}
    if each.kind is InputKind.TRUTH:
        return {f"v:{each.name}": "1"} if form.is_ticked(each) else {}
    return {f"v:{each.name}": form.shown(each)}


def written(sources: Sources, steps: list[Step]) -> Sources:
    for step in steps:
        wanted = step(sources)
        assert not isinstance(wanted, Conflict), wanted
        text = sources[wanted.file].content.decode()
        found = amended(text, wanted)
        assert not isinstance(found, Conflict), found
        if found:
            sources = sources.overlay({wanted.file: found.apply(text).encode()})
    return sources


def change_each(sources: Sources) -> set[InputKind]:
    """Change one input of each record; whatever is written is only that."""
    kinds, seen = cycle(InputKind), set()
    for place in every_place(sources):
        form = record_form(place, HERE, sources)
        kind = next(kinds)
        own = [each for each in form.inputs if each.kind is not InputKind.NAME]
        each = next((one for one in own if one.kind is kind), own[-1] if own else None)
        if not each:
            continue
        read = posted_record(place, HERE, sources, {**_without(form, each), **changed(form, each)})
        if not read.form.problems:
            seen.add(each.kind)
            assert_only(sources, place, each, read.target)
    return seen


def _without(form: RecordForm, each: FormInput) -> dict[str, str]:
    own = value_of(form, each)
    return {name: value for name, value in posted(form).items() if name not in own}


def changed(form: RecordForm, each: FormInput) -> dict[str, str]:
    """What a browser posts of an input in which something else was typed."""
    name = f"v:{each.name}"
    if each.kind is InputKind.TRUTH:
        return {} if form.is_ticked(each) else {name: "1"}
    if each.kind is InputKind.CHOICES:
        own = dict(value_of(form, each))
        first = f"{name}={each.options[0][0]}"
        return {key: one for key, one in own.items() if key != first} if first in own else {**own, first: "1"}
    if each.kind is InputKind.CHOICE:
        return {name: next((word for word, _ in each.options if word not in ("", form.shown(each))), "")}
    typed = {
        InputKind.AMOUNT: "8" if form.shown(each) == "7" else "7",
        InputKind.SHORT: "2018" if form.shown(each) == "2019" else "2019",
        InputKind.COUNTRIES: f"{form.shown(each)}, norway",
        InputKind.LIST: f"{form.shown(each)}\r\n{slug(each.name)}",
    }
    return {name: typed.get(each.kind, f"{form.shown(each)} and more")}


def assert_only(sources: Sources, place: RecordPlace, each: FormInput, target: object) -> None:
    """Only what was typed is written, and all else of the file stays."""
    after = written(sources, record_steps(place, HERE, sources, target))
    before, now = (file_data(one, place.file) for one in (sources, after))
    path = (*place.path, *each.path)
    assert put_at(before, path, value_at(now, path)) == put_at(now, path, value_at(now, path)), path
    assert before != now, path
    text, new = (one[place.file].content.decode() for one in (sources, after))
    start, end = find_any_way(text, place.file, place.path).extent if place.path else (0, len(text))
    assert text[:start] == new[:start]
    assert text[end:] == new[len(new) - len(text[end:]) :]
    assert comments(text) == comments(new)


def comments(text: str) -> list[str]:
    return [line.partition(" #")[2] for line in text.splitlines() if " #" in line or line.startswith("#")]
