"""A square or a figure of a person for each case."""

from reporter.document.plot import Pile, Shade, Units
from tests.draw.plots import PEOPLE, THEME, drawn, height

NOW = THEME.colours[Shade.NOW]


def test_unit_chart_has_one_square_for_each_case() -> None:
    sheet = drawn(Units((Pile("Forced marriage", 4, "4"), Pile("Begging", 37, "37"))))
    assert len(sheet.filled(NOW)) == 41


def test_people_have_a_symbol_each_and_a_legend() -> None:
    sheet = drawn(PEOPLE, 60)
    assert sheet.words == ["women 16", "men 7", "child 1"]
    # A head and a body each, in the legend too.
    assert len(sheet.filled(NOW)) == 34 + 16 + 4


def test_women_men_girls_and_boys_differ_by_shape_and_height_alone() -> None:
    kinds = {"women": "woman", "men": "man", "girls": "girl", "boys": "boy"}
    shapes = set()
    for name, symbol in kinds.items():
        crowd = drawn(Units((Pile(name, 1, "1", symbol),))).filled(NOW)
        body = max(crowd, key=height)
        wide = max(x for x, _ in body) - min(x for x, _ in body)
        shapes.add((round(height(body), 1), round(wide, 1), len(body)))
    assert len(shapes) == 4
