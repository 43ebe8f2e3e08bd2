"""What a permission to publish small counts covers."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.model import Label, Observation, Permission

MARK = Mark("reporter.yaml", 4, 5)
COUNT = Observation("LT", 2020, "victims.identified", Decimal(3), MARK, 2020, "police", dimension="person", code="men")
PERMISSION = Permission(
    country="LT", source="police", figures=("victims.identified",), years="2019/2020", reason=Label(), mark=MARK
)


def test_it_covers_what_meets_all_that_it_says() -> None:
    assert PERMISSION.covers(COUNT)
    assert PERMISSION.covers(replace(COUNT, dimension="", code=""))
    others = {"country": "EE", "year": 2021, "source": "courts", "indicator": "victims.identified.men"}
    assert [] == [name for name, other in others.items() if PERMISSION.covers(replace(COUNT, **{name: other}))]


def test_a_part_that_is_named_stands_for_itself() -> None:
    named = replace(PERMISSION, source="", figures=("victims.identified.men",))
    covered = {code: named.covers(replace(COUNT, code=code)) for code in ("men", "women", "")}
    assert {"men": True, "women": False, "": False} == covered


@given(st.integers(1900, 2099), st.integers(1900, 2099), st.integers(1900, 2099))
def test_it_ends_with_its_last_year(first: int, last: int, year: int) -> None:
    permission = replace(PERMISSION, years=f"{first}/{last}")
    assert (first <= year <= last) == permission.covers(replace(COUNT, year=year))
    assert (first == year) == replace(PERMISSION, years=f"{first}").covers(replace(COUNT, year=year))
