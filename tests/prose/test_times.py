"""Words that say how many times are held to it."""

import pytest

from reporter.errors import Mark
from reporter.prose.expression import Expression
from reporter.prose.times import contradiction
from tests.prose.claiming import OPENED, known


@pytest.mark.parametrize(
    ("before", "after", "words", "language", "right"),
    [
        (10, 20, "doubled", "en", True),
        (10, 29, "more than doubled", "en", True),
        (10, 19, "doubled", "en", False),
        (10, 19, "nearly doubled", "en", True),
        (10, 17, "nearly doubled", "en", False),
        (10, 30, "doubled", "en", False),
        (10, 30, "tripled", "en", True),
        (0, 30, "tripled", "en", False),
        (10, 31, "three times as many cases", "en", True),
        (10, 55, "a fivefold rise", "en", True),
        (10, 12, "rose", "en", True),
        (20, 10, "halved", "en", True),
        (20, 11, "halved", "en", False),
        (20, 11, "almost halved", "en", True),
        (10, 20, "padvigubėjo", "lt", True),
        (10, 14, "padvigubėjo", "lt", False),
        (10, 19, "beveik dvigubai daugiau", "lt", True),
        (20, 14, "sumažėjo perpus", "lt", False),
    ],
)
def test_words_that_say_how_many_times_are_held_to_it(tmp_path, before, after, words, language, right):
    place = known(tmp_path, {2019: str(before), 2020: str(after)})
    claim = "rose" if after > before else "fell"
    expression = Expression(OPENED, Mark("t.md"), filter=claim, words=(words,))
    less, more = sorted((before, after))
    expected = None if right else f"{words!r} is not true of {OPENED}: {more} is not so many times {less}"
    assert expected == contradiction(expression, language, place, place.observation(OPENED))


def test_times_of_parts_are_measured_against_the_next_largest(tmp_path):
    parts = "{total: 20, by form: {sexual: 12, labour: 8}}"
    place = known(tmp_path, {2020: parts})
    words, address = "twice as many as any other", f"{OPENED}.sexual"
    expression = Expression(address, Mark("t.md"), filter="most", words=(words,))
    expected = f"{words!r} is not true of {address}: 12 is not so many times 8"
    assert expected == contradiction(expression, "en", place, place.observation(address))
