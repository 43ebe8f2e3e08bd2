"""Drawings of every extreme: whatever the data, words and marks stay on the sheet and can be read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.data.i18n.territories import ON_MAP
from reporter.formats.svg import KINDS
from reporter.report.document.plot import (
    Bar,
    Columns,
    Crowd,
    Dumbbell,
    Gauge,
    Land,
    Matrix,
    NamedLands,
    Panels,
    PersonGroup,
    Plot,
    Rows,
    Ruler,
    Shade,
    Spans,
    SquareRow,
    Squares,
    YearStrip,
)
from tests.svg.plots import BIG, EXTREME, LONG, OPENED, PEOPLE, YEARS, bars, on_phone, standings
from tests.svg.test_draw import faults_of

# Those of tests/svg/plots.py too.
EVERY: dict[str, Plot] = EXTREME | {
    "standings": standings(*(n * 37 % 101 for n in range(27))),
    "standings all zero": standings(*[0] * 27),
    "standings one far": standings(*range(26), 123_456, middle="mediana 1\u00a0234"),
    "standings nothing": standings(),
    "columns": Panels((Columns(LONG, YEARS, bars(*BIG)),)),
    "columns one year": Panels((Columns(LONG, ("2020",), bars(24)),)),
    "columns all missing": Panels((Columns("", YEARS, bars(*[None] * 12)),)),
    "columns nothing": Panels((Columns("", (), ()),)),
    "columns zero": Panels((Columns(LONG, YEARS, bars(*[0] * 12)),)),
    "columns words": Panels(
        (
            Columns(
                "",
                YEARS,
                (
                    *bars(*range(10)),
                    Bar(Decimal(9), "about 250 persons", Shade.BEFORE),
                    Bar(Decimal(90), "over 6 000", Shade.NOW),
                ),
            ),
        )
    ),
    "panels": Panels(tuple(replace(OPENED, title=LONG, bars=bars(*BIG[n:], *BIG[:n])) for n in range(7))),
    "rows": Rows(tuple(replace(OPENED, title=LONG, subtitle=LONG, bars=bars(*BIG[n:], *BIG[:n])) for n in range(4))),
    "rows all missing": Rows((Columns(LONG, YEARS, bars(*[None] * 12)),)),
    "rows one year": Rows((Columns(LONG, ("2020",), bars(24)), Columns("", ("2020",), bars(None), subtitle=LONG))),
    "crowd": PEOPLE,
    "crowd large": Crowd(
        ("2020", "2019"), (PersonGroup(LONG, "woman", 120, "120", 7, "after 7"), PersonGroup(LONG, "man", 30, "30"))
    ),
    "crowd nobody": Crowd(("2020",), ()),
    "spans nothing": Spans((), 2020, 2019),
    "matrix nothing": Matrix((), (), (), (), ()),
    "dumbbell": Dumbbell(Gauge(Decimal(10**9), 6), Decimal(0), Decimal(10**9)),
    "dumbbell nothing": Dumbbell(Gauge(Decimal(4), 4)),
    "ruler": Ruler(Gauge(Decimal(10**9), 4), ("0", *["1\u00a0000\u00a0000\u00a0000"] * 4)),
    "squares": Squares(tuple(SquareRow(LONG, n, f"≥ {n}", n % 2 == 0) for n in range(40))),
    "squares as bars": Squares((SquareRow(LONG, 99999, "99\u00a0999"), SquareRow(LONG, 0, "0", True)), bars=True),
    "squares nothing": Squares(()),
    "lands": NamedLands(tuple(Land(code, f"{code}*", LONG) for code in sorted(ON_MAP)), "LT"),
    "lands elsewhere": NamedLands((Land("IS", "IS", "Iceland"), Land("ZZ", "ZZ", LONG)), "XX"),
    "lands nothing": NamedLands((), ""),
    "strip": YearStrip(bars(*BIG)),
    "strip one year": YearStrip(bars(None)),
    "strip of zeros": YearStrip(bars(0, 0)),
}


@pytest.mark.parametrize("name", EVERY)
def test_words_and_marks_stay_on_the_sheet_and_can_be_read(name: str) -> None:
    assert [] == faults_of(name, EVERY[name])


def test_every_kind_of_drawing_has_its_extremes() -> None:
    assert set(KINDS) == {type(plot) for plot in EVERY.values()}


@pytest.mark.parametrize("name", EVERY)
def test_words_and_marks_stay_on_the_sheet_of_a_phone_and_can_be_read(name: str) -> None:
    assert [] == on_phone(EVERY[name]).faults
