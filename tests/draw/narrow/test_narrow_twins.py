"""Parts on two sides for a phone: names and changes above, the later side over the earlier one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.plot import Twin, Twins
from tests.draw.plots import LONG, THEME, TWINS, bars, on_desk, on_phone

VALUES = st.one_of(st.none(), st.integers(0, 30), st.integers(0, 99999))


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None)
def test_any_twins_can_be_read_and_each_side_says_its_part(values: list[tuple[int | None, int | None]]) -> None:
    names = [f"{LONG} {n}" for n in range(len(values))]
    rows = tuple(Twin(name, *bars(*each), "\u221299\u00a0998") for name, each in zip(names, values, strict=True))
    sheet = on_phone(Twins((f"2019: {LONG}", f"2020: {LONG}", "Change"), rows))
    said = {
        f"{year}: {LONG}; {row.label}: {bar.text}"
        for row in rows
        for year, bar in ((2019, row.before), (2020, row.after))
        if bar.value is not None
    }
    assert ([], said) == (sheet.faults, set(sheet.told))


def test_each_case_is_a_square_and_the_later_side_is_above() -> None:
    sheet = on_phone(TWINS)
    before, now = (sheet.filled(THEME.colours[name]) for name in ("before", "now"))
    # One more of each in the legend.
    assert (7 + 1 + 1 + 1, 4 + 3 + 1 + 1) == (len(before), len(now))
    assert max(y for _, y in now[1]) < min(y for _, y in before[1])


def test_all_words_are_those_of_the_wide_drawing() -> None:
    assert sorted(on_desk(TWINS).words) == sorted(on_phone(TWINS).words)
    assert set(on_desk(TWINS).told) == set(on_phone(TWINS).told)
