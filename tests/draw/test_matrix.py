"""Dots for who is named when, the lists of one kind under one heading."""

from reporter.document.plot import Shade
from tests.draw.plots import NAMED, THEME, drawn


def test_dots_have_one_shape_in_the_shade_of_their_year_and_main_ones_have_a_ring() -> None:
    sheet = drawn(NAMED, 174)
    dots = [sheet.filled(THEME.colours[shade]) for shade in (Shade.EARLIER, Shade.BEFORE, Shade.NOW)]
    assert [2, 1, 1] == list(map(len, dots))
    assert 1 == len({len(dot) for same in dots for dot in same})
    assert len(sheet.stroked(THEME.colours["ink"])) == 1


def test_lists_of_one_kind_stand_under_its_name() -> None:
    sheet = drawn(NAMED, 174)
    at = {item.words: item for item in sheet.printed}
    target, exploitation = at["Target countries"], at["Countries of"]
    assert target.left < at["2018"].right < at["2019"].right < exploitation.left < at["2020"].right
    assert max(target.baseline, exploitation.baseline) < at["2018"].top


def test_the_column_of_the_year_reported_is_tinted() -> None:
    assert 1 == len(drawn(NAMED, 174).filled(THEME.colours["tint"]))
