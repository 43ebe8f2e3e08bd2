"""A figure for each person, for a phone: as large as lets the largest group stand on one line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot import Crowd, PersonGroup
from tests.draw.plots import LONG, PEOPLE, THEME, height, on_desk, on_phone

COUNTS = st.integers(0, 60)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4))
@settings(max_examples=8, deadline=None)
def test_any_crowd_can_be_read_and_each_group_says_its_counts(counts: list[tuple[int, int]]) -> None:
    names = [LONG if n == 2 else f"group {n}" for n in range(len(counts))]
    made = [
        PersonGroup(name, "woman", count, str(count), before, f"after {before}")
        for name, (count, before) in zip(names, counts, strict=True)
    ]
    sheet = on_phone(Crowd(("2020", "2019"), tuple(made)))
    said = {f"{group.label}: {group.text} {group.past}" for group in made}
    assert ([], said) == (sheet.faults, set(sheet.told))
    # A head and a body each.
    assert 2 * sum(count for count, _ in counts) == len(sheet.filled(THEME.colours["now"]))


def test_each_group_stands_on_one_line_where_that_is_not_too_small() -> None:
    feet = {
        round(max(y for _, y in body)) for body in on_phone(PEOPLE).filled(THEME.colours["now"]) if height(body) > 9
    }
    assert len(PEOPLE.groups) == len(feet)


def test_the_wide_drawing_says_the_same_of_its_groups() -> None:
    assert set(on_desk(PEOPLE).told) == set(on_phone(PEOPLE).told)
