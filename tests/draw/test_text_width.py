"""Words are measured as the typeface sets them, and lines break where they may."""

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from reporter.draw.text_width import LABEL, POINT, font_face, width, wrap
from tests.draw.plots import LONG, THEME


def test_measured_width_is_the_sum_of_the_advances_in_the_font() -> None:
    with TTFont(font_face(THEME, 400).path) as font:
        letters = [font.getBestCmap()[ord(letter)] for letter in LONG]
        expected = sum(font["hmtx"][letter][0] for letter in letters) / font["head"].unitsPerEm
    assert width(LONG, LABEL, THEME) == pytest.approx(expected * LABEL.size * POINT, rel=1e-4)


def test_lines_break_at_plain_spaces_and_lose_no_word() -> None:
    lines = wrap(f"{LONG} 12\u00a0345", LABEL, THEME, 30)
    assert " ".join(lines) == f"{LONG} 12\u00a0345"
    assert max(width(line, LABEL, THEME) for line in lines) <= 30
    assert "12\u00a0345" in lines[-1]


def test_word_wider_than_its_line_is_broken_with_a_hyphen() -> None:
    lines = wrap("Internacionalizacijos", LABEL, THEME, 12)
    assert "".join(line.removesuffix("-") for line in lines) == "Internacionalizacijos"
    assert max(width(line, LABEL, THEME) for line in lines) <= 12
