"""Spans of years with the year of the edition marked."""

from decimal import Decimal

import pytest

from reporter.document.plot import Span
from reporter.draw.spans import SEAM, YearAxis
from tests.draw.plots import PLANS, THEME, drawn


def test_timeline_marks_the_year_of_the_edition() -> None:
    sheet = drawn(PLANS, 174)
    assert len(sheet.stroked(THEME.colours["ink"])) == 1
    assert "2020" in sheet.words


def test_open_end_of_a_span_is_an_arrow() -> None:
    sheet = drawn(PLANS, 174)
    (closed,), (opened,) = (sheet.filled(THEME.colours[each]) for each in ("earlier", "now"))
    assert len(opened) > len(closed)
    assert max(x for x, _ in opened) == pytest.approx(sheet.size[0], abs=3)


@pytest.mark.parametrize(
    ("start", "end", "open_ends"),
    [
        (2005, 2008, (False, False)),
        (2002, 2022, (False, False)),
        (2001, 2022, (True, False)),
        (2002, 2023, (False, True)),
        (None, None, (True, True)),
    ],
)
def test_a_span_that_goes_on_before_or_after_the_axis_is_open_there(start, end, open_ends) -> None:
    span = Span("Plan", None if start is None else Decimal(start), None if end is None else Decimal(end), "")
    assert open_ends == YearAxis(0.0, 105.0, 2002, 2022).open_ends(span)


def test_a_whole_year_is_counted_to_its_end() -> None:
    axis = YearAxis(0.0, 105.0, 2002, 2022)
    bar = axis.bar(Span("Plan", Decimal(2005), Decimal(2008), ""))
    assert (15.0, 35.0) == (pytest.approx(bar.x - SEAM), pytest.approx(bar.right + SEAM))
