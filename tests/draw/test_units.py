"""A square or a figure of a person for each case."""

from reporter.document.plot import (
    Pile,
    Units,
)
from tests.draw.plots import PEOPLE, THEME, drawn, height


def test_unit_chart_has_one_square_for_each_case() -> None:
    sheet = drawn(Units((Pile("Forced marriage", 4, "4", 0), Pile("Begging", 37, "37", 1))))
    assert (len(sheet.filled(THEME.accent(0))), len(sheet.filled(THEME.accent(1)))) == (4, 37)


def test_people_have_a_symbol_each_and_a_legend() -> None:
    sheet = drawn(PEOPLE, 60)
    assert sheet.words == ["women 16", "men 7", "child 1"]
    # A head and a body each, in the legend too.
    assert [len(sheet.filled(THEME.accent(n))) for n in (3, 0, 1)] == [34, 16, 4]


def test_girls_and_boys_differ_from_women_and_men_in_the_legend_too() -> None:
    symbols = {"women": 3, "girls": 11, "men": 0, "boys": 8}
    kinds = {"women": "woman", "girls": "girl", "men": "man", "boys": "boy"}
    sheet = drawn(Units(tuple(Pile(name, 1, "1", accent, kinds[name]) for name, accent in symbols.items())))
    colours = {name: THEME.hue(accent) for name, accent in symbols.items()}
    assert len(set(colours.values())) == 4
    for name, colour in colours.items():
        crowd, key = sorted(map(height, sheet.filled(colour)), reverse=True)[:2]
        assert crowd > key, name
    bodies = {name: max(sheet.filled(colour), key=height) for name, colour in colours.items()}
    girls, boys = (max(x for x, _ in bodies[name]) - min(x for x, _ in bodies[name]) for name in ("girls", "boys"))
    assert girls > boys + 0.5


def test_women_men_and_children_differ_in_black_and_white() -> None:
    sheet = drawn(PEOPLE, 60)
    corners = {len(sheet.filled(THEME.accent(n))[1]) for n in (3, 0)}
    assert len(corners) == 2
    assert height(sheet.filled(THEME.accent(1))[1]) < height(sheet.filled(THEME.accent(0))[1])
