"""The flag follows from the country's code."""

import re

import pytest

from reporter.i18n import PROTOCOL
from reporter.model.geography import iso_of
from reporter.render.style_values import look_of
from reporter.theme.tokens import Theme
from tests.fixtures import ROOT


@pytest.mark.parametrize("code", [*PROTOCOL, "UK", "NO", "IS", "CH", "UA", "TR", "XK"])
def test_every_country_of_the_union_and_around_it_has_its_flag(theme: Theme, code: str) -> None:
    assert f"asset:flags/{iso_of(code).lower()}.svg" == look_of(theme, code).flag


def test_a_country_without_a_flag_has_none_and_neither_has_no_country(theme: Theme) -> None:
    assert ["", ""] == [look_of(theme, each).flag for each in ("US", "")]


@pytest.mark.parametrize("folder", ["css", "web"])
def test_every_colour_that_a_stylesheet_names_is_one_of_the_theme_or_its_own(theme: Theme, folder: str) -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates" / folder).glob("*.css")}
    sheets |= {"theme.css": (ROOT / "templates" / "css" / "theme.css").read_text(encoding="utf-8")}
    known = {name for name, _ in look_of(theme).colours} | {"sans", "serif", "display"}
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    known |= set(re.findall(r"--([a-z-]+):", " ".join((*sheets.values(), *pages))))
    used = {(name, sheet) for sheet, text in sheets.items() for name in re.findall(r"var\(--([a-z-]+)", text)}
    assert [] == sorted((name, sheet) for name, sheet in used if name not in known)
