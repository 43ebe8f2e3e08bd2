"""Dots for who is named when: kinds differ by shape."""

from tests.draw.plots import NAMED, THEME, drawn


def test_kinds_of_a_matrix_differ_by_shape_and_main_ones_have_a_ring() -> None:
    sheet = drawn(NAMED)
    # The swatch of the legend comes first.
    circle, square = sheet.filled(THEME.accent(0)), sheet.filled(THEME.accent(1))
    assert (len(circle), len(square)) == (3, 2)
    assert len(circle[0]) != len(square[0])
    assert len(sheet.stroked(THEME.colours["ink"])) == 1


def test_column_of_a_matrix_without_a_list_is_grey_with_colons() -> None:
    sheet = drawn(NAMED)
    assert len(sheet.filled(THEME.colours["tile"])) == 1
    assert sheet.words.count(":") == 2
