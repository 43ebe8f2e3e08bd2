"""Edits of every file that there is, one after the other, beside the same edits of its data."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.data.files.sources import checksum
from reporter.data.read.yaml_tree import ReadError
from reporter.data.write.amendment import Edit, neighbour_keys_of, slice_of, taken_back
from reporter.data.write.yaml_format import EditError
from tests.fixtures import ROOT, RURITANIA
from tests.write.models import FILE, RandomEdit, bare, edited, hold_to_data, parsed, random_edit
from tests.write.styles import STYLES

# A file of each kind: settings, what is written of a country and of a year by hand, and a catalogue of a few pages.
FILES = (
    ROOT / "reporter.yaml",
    *(ROOT / "data/LT" / f"{year}.yaml" for year in (2009, 2015, 2020)),
    ROOT / "data/LV/2020.yaml",
    RURITANIA / "reporter.yaml",
    *sorted((RURITANIA / "data").rglob("*.yaml")),
)
TEXTS = {**STYLES, **{str(path.relative_to(ROOT)): path.read_bytes().decode() for path in FILES}}


@pytest.mark.parametrize("name", TEXTS)
def test_edits_one_after_the_other_are_those_of_the_data(name: str) -> None:
    chance = random.Random(name)
    text, splices = TEXTS[name], []
    data = bare(parsed(text))
    for _ in range(8 if len(text) > 20_000 else 40):
        done = random_edit(text, chance)
        if done.splice:
            data = edited(parsed(text), done.path, done.value, is_new=done.is_new)
            text = done.splice.apply(text)
            splices.append(done.splice)
        assert data == bare(parsed(text))
    for splice in reversed(splices):
        text = splice.inverse.apply(text)
    assert TEXTS[name] == text
    assert splices


@settings(max_examples=400, deadline=None)
@given(some.sampled_from([text for text in TEXTS.values() if len(text) < 20_000]), some.integers(0, 1 << 32))
def test_an_edit_of_a_text_is_that_edit_of_its_data(text: str, seed: int) -> None:
    hold_to_data(text, random.Random(seed))


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in STYLES])
def test_hardly_an_edit_of_a_real_file_is_refused(name: str) -> None:
    chance = random.Random(name)
    done = [random_edit(TEXTS[name], chance) for _ in range(20)]
    written = [each for each in done if each.splice]
    # Refused are keys that are there already, and what has comments in it.
    assert len(written) >= 14


@settings(max_examples=400, deadline=None)
@given(some.sampled_from(list(STYLES.values())), some.integers(0, 1 << 32))
def test_a_file_with_slips_is_edited_as_it_is_read_or_not_at_all(text: str, seed: int) -> None:
    chance, signs = random.Random(seed), list(text)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(signs))
        signs[at : at + chance.randint(0, 1)] = chance.choice(" \n#:-{}[],'\"|>&*!?%@\t\r\u2028")
    text = "".join(signs)
    try:
        done = random_edit(text, chance)
    except ReadError:
        return
    if done.splice and stands_in(parsed(text), done.path[: len(done.path) - done.is_new]):
        after = done.splice.apply(text)
        assert edited(parsed(text), done.path, done.value, is_new=done.is_new) == bare(parsed(after))


def stands_in(data, path: tuple[str, ...]) -> bool:
    """Whether the program reads something at a path, which it may have refused."""
    for step in path:
        if isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return False
    return True


def made(text: str, after: str, done: RandomEdit) -> Edit:
    return Edit(
        time="",
        person="",
        file=FILE,
        path=done.path,
        before="" if done.is_new else slice_of(text, FILE, done.path),
        after="" if done.value is None else slice_of(after, FILE, done.path),
        sums=(checksum(text), checksum(after)),
        splice=done.splice,
        neighbours=neighbour_keys_of(text, FILE, done.path),
    )


def apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether neither path lies in the other, nor both in one list."""
    pair = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), None)
    return pair is not None and not (pair[0].isdecimal() and pair[1].isdecimal())


def filled(data):
    """Data without what is empty: an entry taken out may leave that."""
    if isinstance(data, dict):
        return {key: filled(each) for key, each in data.items() if filled(each)}
    return [filled(each) or None for each in data] if isinstance(data, list) else data


@settings(max_examples=100, deadline=None)
@given(some.sampled_from(sorted(set(STYLES) - {"anchors"})), some.integers(0, 1 << 32))
def test_an_edit_is_taken_back_and_one_made_elsewhere_since_stays(style: str, seed: int) -> None:
    chance, text = random.Random(seed), STYLES[style]
    mine = random_edit(text, chance)
    if not mine.splice:
        return
    after = mine.splice.apply(text)
    theirs = random_edit(after, chance)
    if not theirs.splice or not apart(mine.path, theirs.path):
        return
    later = theirs.splice.apply(after)
    try:
        back = taken_back(later.encode(), later, made(text, after, mine))
    except EditError:
        return
    wanted = edited(parsed(text), theirs.path, theirs.value, is_new=theirs.is_new)
    assert filled(wanted) == filled(parsed(back.apply(later)))
