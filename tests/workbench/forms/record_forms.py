"""Every record of a workspace with its form, and what a browser posts of one."""

from collections.abc import Iterator, Mapping

from reporter.data.files.sources import DATA, SETTINGS, Sources
from reporter.data.read.entry_fields import EntryField, Holding, entry_fields
from reporter.data.read.key_examples import ShapeType
from reporter.data.read.shapes import SHAPES
from reporter.data.read.yaml_tree import Keys
from reporter.data.write.amendment import Conflict, amended
from reporter.data.write.applying import Step
from reporter.workbench.lists.form_inputs import FormGround, Known, file_data, value_at
from reporter.workbench.lists.listings import EntryList, place_at
from reporter.workbench.lists.record_form import RecordForm, RecordPlace, record_data
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
        if each.holding is not Holding.NAME:
            told[f"w:{each.name}"] = form.was(each)
        told |= value_of(form, each)
    return {name: value.replace("\n", "\r\n") for name, value in told.items()}


def value_of(form: RecordForm, each: EntryField) -> Mapping[str, str]:
    if each.holding is Holding.CHOICES:
        return {f"v:{each.name}={word}": "1" for word, _ in each.options if form.is_ticked(each, word)}
    if each.holding is Holding.TRUTH:
        return {f"v:{each.name}": "1"} if form.is_ticked(each) else {}
    return {f"v:{each.name}": form.text_of(each)}


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
