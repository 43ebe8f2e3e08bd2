"""Text in an accent can be read on white."""

from reporter.render.style_values import look_of
from reporter.theme.tokens import Theme
from tests.render.pages import document


def test_text_in_an_accent_can_be_read_on_white(theme: Theme) -> None:
    accents = look_of(theme, document()).accents
    assert ["#0B3A75", "#82003C"] == [accents[0].text, accents[3].text]
    assert theme.categorical[1] != accents[1].text
    assert theme.colours["ink"] == accents[1].upon
