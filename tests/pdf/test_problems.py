"""What WeasyPrint warns of, and what a reader would miss, stops the build."""

import logging
from pathlib import Path

import pytest

from reporter.data.theme.tokens import Theme
from reporter.formats.pdf.pieces.engine import Fetcher
from tests.fixtures import ROOT
from tests.pdf.pages import CHART, NOTE, page, refused
from tests.snapshots import own_templates


def test_an_unknown_property_fails_the_build_and_names_the_stylesheet(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "mine.css").write_text("p { color: red }\np { colour: red }")
    html = page("<p>x").replace("</title>", '</title><link rel="stylesheet" href="template:mine.css">')
    message = refused(html, theme, {}, tmp_path)
    assert "mine.css: " in message
    assert "colour" in message
    assert "2:5" in message


def test_everything_wrong_is_told_at_once(theme: Theme) -> None:
    message = refused(page('<img src="chart:none" alt="A chart">', "p { colour: red } q { widht: 1mm }"), theme)
    assert ["colour", "widht", "chart:none"] == [each for each in ("colour", "widht", "chart:none") if each in message]


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        ('<img src="chart:one">', "", "no required alt"),
        ('<a href="#nowhere">x</a>', "", "nowhere"),
        ("<p>x", '@font-face { font-family: "Mine"; src: url(asset:fonts/Mine.ttf) }', "'Mine' cannot be loaded"),
        ("<p>漢 word", "", "U+6F22"),
        (f"<p>{NOTE.format(1)}</p>", ".note { display: none }", "the words 'Note 1' fell out of the layout"),
    ],
    ids=["no alternative text", "a link to nothing", "no such font", "no such letter", "a note on no page"],
)
def test_what_a_reader_would_miss_fails_the_build(theme: Theme, body: str, css: str, said: str) -> None:
    assert said in refused(page(body, css), theme, {"one": CHART})


def test_loggers_are_as_they_were_afterwards(theme: Theme) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    refused(page("<p>x", "p { colour: red }"), theme)
    assert before == (logger.level, logger.propagate, list(logger.handlers))


def test_a_chart_may_not_load_anything_from_elsewhere_either(theme: Theme) -> None:
    spy = CHART.replace(b"<rect", b'<image href="file:///etc/hostname" width="9" height="9"/><rect')
    assert "file:///etc/hostname" in refused(page('<img src="chart:spy" alt="A chart">'), theme, {"spy": spy})


def test_a_symbolic_link_out_of_the_assets_is_refused(theme: Theme, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "outside.css").symlink_to(ROOT / "templates" / "css" / "page.css")
    fetcher = Fetcher({}, theme, own_templates(templates))
    with pytest.raises(ValueError, match="leads out of the workspace through a symbolic link"):
        fetcher.fetch("template:outside.css")


# fmt: off
OUTSIDE = (
    "https://example.org/a.svg", "http://example.org/a.svg", "file:///etc/hostname", "ftp://example.org/a.svg",
    "data:image/svg+xml,%3Csvg/%3E", "asset:../pyproject.toml", "asset:flags/../../README.md", "asset:/etc/hostname",
    "asset:themes/ministry/theme.toml", "theme:../eu-blue/theme.css", "theme:theme.toml", "theme:../flags/lt",
    "asset:flags/%2e%2e/%2e%2e/README.md", "chart:two", "icon:siren", "template:css/page.css/../../cover.html",
    "relative.svg",
)
# fmt: on


def test_every_address_outside_the_document_fails_the_build(theme: Theme) -> None:
    message = refused(page("".join(f'<img src="{each}" alt="A">' for each in OUTSIDE)), theme, {"one": CHART})
    assert [] == [each for each in OUTSIDE if each not in message]
