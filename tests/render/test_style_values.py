"""The flag follows from the country's code."""

from dataclasses import replace

import pytest

from reporter.i18n import PROTOCOL
from reporter.model.geography import iso_of
from reporter.render.style_values import look_of
from reporter.theme.tokens import Theme
from tests.render.pages import document


@pytest.mark.parametrize("code", [*PROTOCOL, "UK", "NO", "IS", "CH", "UA", "TR", "XK"])
def test_every_country_of_the_union_and_around_it_has_its_flag(theme: Theme, code: str) -> None:
    edition = replace(document().edition, country=code)
    assert f"asset:flags/{iso_of(code).lower()}.svg" == look_of(theme, replace(document(), edition=edition)).flag


def test_a_country_without_a_flag_has_none(theme: Theme) -> None:
    edition = replace(document().edition, country="US")
    assert "" == look_of(theme, replace(document(), edition=edition)).flag
