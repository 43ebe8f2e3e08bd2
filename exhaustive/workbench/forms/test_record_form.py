"""A field of each record of two countries, changed alone."""

from itertools import cycle
from pathlib import Path

import pytest

from reporter.data.files.sources import Sources
from reporter.data.read.entry_fields import EntryField, Holding
from reporter.data.read.text import slug
from reporter.data.write.yaml_splices import find_way
from reporter.workbench.lists.form_inputs import file_data, put_at, value_at
from reporter.workbench.lists.record_form import RecordForm, RecordPlace, posted_record, record_form, record_steps
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot
from tests.workbench.forms.record_forms import HERE, every_place, posted, value_of, written

TYPED = tuple(
    map(
        Holding,
        ["text", "short", "area", "paragraphs", "list", "countries", "choice", "choices", "truth", "amount", "name"],
    )
)


@pytest.mark.parametrize(("root", "kinds"), [(LITHUANIA, 9), (RURITANIA, 6)])
def test_what_is_typed_in_one_field_changes_that_path_and_no_other_byte(root: Path, kinds: int) -> None:
    assert len(change_each(snapshot(root))) >= kinds


def change_each(sources: Sources) -> set[Holding]:
    """Change one input of each record; whatever is written is only that."""
    kinds, seen = cycle(TYPED), set()
    for place in every_place(sources):
        form = record_form(place, HERE, sources)
        kind = next(kinds)
        own = [each for each in form.inputs if each.holding is not Holding.NAME]
        each = next((one for one in own if one.holding is kind), own[-1] if own else None)
        if not each:
            continue
        read = posted_record(place, HERE, sources, {**_without(form, each), **changed(form, each)})
        if not read.problems:
            seen.add(each.holding)
            assert_only(sources, place, each, read.target)
    return seen


def _without(form: RecordForm, each: EntryField) -> dict[str, str]:
    own = value_of(form, each)
    return {name: value for name, value in posted(form).items() if name not in own}


def changed(form: RecordForm, each: EntryField) -> dict[str, str]:
    """What a browser posts of an input in which something else was typed."""
    name = f"v:{each.name}"
    if each.holding is Holding.TRUTH:
        return {} if form.is_ticked(each) else {name: "1"}
    if each.holding is Holding.CHOICES:
        own = dict(value_of(form, each))
        first = f"{name}={each.options[0][0]}"
        return {key: one for key, one in own.items() if key != first} if first in own else {**own, first: "1"}
    if each.holding is Holding.CHOICE:
        return {name: next((word for word, _ in each.options if word not in ("", form.text_of(each))), "")}
    typed = {
        Holding.AMOUNT: "8" if form.text_of(each) == "7" else "7",
        Holding.SHORT: "2018" if form.text_of(each) == "2019" else "2019",
        Holding.COUNTRIES: f"{form.text_of(each)}, norway",
        Holding.LIST: f"{form.text_of(each)}\r\n{slug(each.name)}",
    }
    return {name: typed.get(each.holding, f"{form.text_of(each)} and more")}


def assert_only(sources: Sources, place: RecordPlace, each: EntryField, target: object) -> None:
    """Only what was typed is written, and all else of the file stays."""
    after = written(sources, record_steps(place, HERE, sources, target))
    before, now = (file_data(one, place.file) for one in (sources, after))
    path = (*place.path, *each.path)
    assert put_at(before, path, value_at(now, path)) == put_at(now, path, value_at(now, path)), path
    assert before != now, path
    text, new = (one[place.file].content.decode() for one in (sources, after))
    start, end = find_way(text, place.file, place.path, anyway=True).extent if place.path else (0, len(text))
    assert text[:start] == new[:start]
    assert text[end:] == new[len(new) - len(text[end:]) :]
    assert comments(text) == comments(new)


def comments(text: str) -> list[str]:
    return [line.partition(" #")[2] for line in text.splitlines() if " #" in line or line.startswith("#")]
