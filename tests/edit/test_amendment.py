"""What one writer takes back is gone, and what another wrote elsewhere stays."""

import random

from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.edit.amendment import Amendment, Conflict, Edit, amended, keys_beside, slice_digest, slice_of, taken_back
from reporter.edit.splice import EditError
from reporter.files.checksum import checksum
from tests.edit.models import FILE, RandomEdit, edited, parsed, random_edit
from tests.edit.styles import STYLES

PATH = ("figures", "victims.identified", "total")


def test_an_amendment_is_made_on_the_slice_that_was_seen() -> None:
    text = STYLES["lines"]
    seen = slice_digest(slice_of(text, FILE, PATH))
    assert text.replace("24", "25") == amended(text, Amendment(FILE, PATH, "25", seen)).apply(text)
    assert None is amended(text, Amendment(FILE, PATH, "24", seen))
    assert Conflict(FILE, PATH, "25", theirs="total: 24  # of all ages") == amended(
        text, Amendment(FILE, PATH, "25", slice_digest("total: 23"))
    )


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
        beside=keys_beside(text, FILE, done.path),
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
