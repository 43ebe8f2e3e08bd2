"""A chart that is taken along holds its number, title and source, and nothing that the page does not show."""

import re
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from reporter.data.i18n import load_locale
from reporter.formats.html.web import START, picture_of
from reporter.formats.svg import draw
from reporter.formats.svg.canvas import POINT, TextStyle, width
from reporter.report.document.plot import Ledger, LedgerRow, YearStrip
from tests.html.pages import EDITION, figure
from tests.svg.plots import ALONE, OPENED, SVG, THEME

ENGLISH = load_locale("en")


def picture(caption: str = "Cases rose", notes: tuple[tuple[str, str], ...] = ()) -> ElementTree.Element:
    """The picture of a figure, read as another program reads it."""
    shown = replace(figure(), caption=caption, notes=notes)
    drawings = {shown.code: draw(ALONE, THEME, 160, titled=True)}
    address = picture_of(shown, EDITION, drawings, ENGLISH.text, THEME)
    assert address.startswith(START)
    assert not re.search(r'["<>&\s]', address)
    return ElementTree.fromstring(unquote(address.removeprefix(START)))


def test_signs_in_words_are_no_tags():
    words = [each.text for each in picture(caption='Fewer "<b>" & less').iter(f"{SVG}text")]
    assert (["Figure 4", 'Fewer "<b>" & less'], "Source: ") == (words[:2], words[-2][:8])


def test_the_words_of_a_drawing_keep_their_width_where_the_typeface_is_missing():
    words = [each for each in picture().iter(f"{SVG}text") if "textLength" in each.attrib]
    assert set(OPENED.labels[-1:]) < {each.text for each in words}
    for each in words:
        size, weight = (re.search(rf"font-{name}:([\d.]+)", each.attrib["style"]) for name in ("size", "weight"))
        style = TextStyle(float(size[1]), int(weight[1]) if weight else 400)
        assert pytest.approx(width(each.text, style, THEME) / POINT, abs=0.02) == float(each.attrib["textLength"])
        assert "spacingAndGlyphs" == each.attrib["lengthAdjust"]


def test_a_picture_says_its_notes_over_its_source():
    words = " ".join(
        each.text for each in picture(notes=(("2017", "Counted twice"), ("(a)", "Late."))).iter(f"{SVG}text")
    )
    assert re.search(r"2017: Counted twice[.] [(]a[)] Late[.] Source: ", words)


def test_a_picture_of_key_figures_has_each_with_its_value_its_change_and_its_years():
    bars = OPENED.bars
    rows = tuple(LedgerRow(label, "", "24", "▼ −15", "on 2019 (39)", YearStrip(bars), "A") for label in "AB")
    shown = replace(figure(), plot=Ledger(OPENED.labels, rows))
    drawings = {name: draw(plot, THEME, 90, titled=True) for name, plot in shown.drawings()}
    made = ElementTree.fromstring(
        unquote(picture_of(shown, EDITION, drawings, ENGLISH.text, THEME).removeprefix(START))
    )
    words = [each.text for each in made.iter(f"{SVG}text")]
    heads = ["A: 24", "▼ −15 on 2019 (39)", "B: 24", "▼ −15 on 2019 (39)"]
    assert heads == [each for each in words if each in heads]
    assert [*OPENED.labels] == [each for each in words if each in OPENED.labels]


def test_a_picture_needs_nothing_from_elsewhere():
    made = picture()
    assert [] == [name for each in made.iter() for name in each.attrib if name.endswith("href") or name == "src"]
    assert not any("var(" in value or "url(" in value for each in made.iter() for value in each.attrib.values())
