"""A chart that is taken along holds its number, title and source, and nothing that the page does not show."""

import re
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

from reporter.draw import draw
from reporter.i18n import load_locale
from reporter.render.web import START, PictureLook, picture_of
from tests.draw.plots import OPENED, SVG, THEME
from tests.render.pages import EDITION, figure

ENGLISH = load_locale("en")
LOOK = PictureLook(THEME.family, "#071F42", "#1B2430", "#FFFFFF")


def picture(caption: str = "Cases rose") -> ElementTree.Element:
    """The picture of a figure, read as another program reads it."""
    shown = replace(figure(), caption=caption)
    address = picture_of(shown, EDITION, draw(OPENED, THEME, 160, titled=True), ENGLISH.text, LOOK)
    assert address.startswith(START)
    assert not re.search(r'["<>&\s]', address)
    return ElementTree.fromstring(unquote(address.removeprefix(START)))


def test_signs_in_words_are_no_tags():
    words = [each.text for each in picture(caption='Fewer "<b>" & less').iter(f"{SVG}text")]
    assert (["Figure 4", 'Fewer "<b>" & less'], "Source: ") == (words[:2], words[-2][:8])


def test_a_picture_needs_nothing_from_elsewhere():
    made = picture()
    assert [] == [name for each in made.iter() for name in each.attrib if name.endswith("href") or name == "src"]
    assert not any("var(" in value or "url(" in value for each in made.iter() for value in each.attrib.values())
