"""Whatever WeasyPrint warns of stops the build and is told at once."""

import logging
from pathlib import Path

import pytest

from reporter.pdf import to_pdf
from reporter.theme.tokens import Theme
from tests.pdf.pages import CHART, NOTE, page, refused
from tests.snapshots import TEMPLATES


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
    ],
    ids=["no alternative text", "a link to nothing", "no such font", "no such letter"],
)
def test_what_a_reader_would_miss_fails_the_build(theme: Theme, body: str, css: str, said: str) -> None:
    assert said in refused(page(body, css), theme, {"one": CHART})


@pytest.mark.parametrize("body", [f"<p>{NOTE.format(1)}</p>", "<p class=note>one of them: Note 1"])
def test_words_that_are_on_no_page_fail_the_build(body: str, theme: Theme) -> None:
    assert "the words 'Note 1' fell out of the layout" in refused(page(body, ".note { display: none }"), theme).replace(
        "one of them: ", ""
    )


def test_lines_break_elsewhere_when_words_are_lost(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["lost"], ["lost"], []])
    monkeypatch.setattr("reporter.pdf.layout.lost_text", lambda *_: iter(next(answers)))
    assert 1 == to_pdf(page(f"<p>{NOTE.format(1)}</p>", ".note { float: footnote }"), {}, theme, TEMPLATES).pages


def test_loggers_are_as_they_were_afterwards(theme: Theme) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    refused(page("<p>x", "p { colour: red }"), theme)
    assert before == (logger.level, logger.propagate, list(logger.handlers))
