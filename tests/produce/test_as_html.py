"""The web page: made without Pango, loading nothing, with the templates of the workspace first."""

import re

import pytest

from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.render.embed import embed
from tests.produce.forms import JOB, addresses


def test_templates_and_rules_of_the_workspace_go_first(workspace, made):
    own = workspace / "templates"
    (own / "web").mkdir()
    (own / "blocks").mkdir()
    (own / "web" / "custom.css").write_text("h1 { letter-spacing: 1px }")
    (own / "web" / "cover.html").write_text("<h1>Of my own</h1>")
    (own / "blocks" / "entries.html").write_text("<p>Entries of my own</p>")
    made("html")
    page = JOB.file(Workspace(workspace), "html").read_text()
    assert page.count("h1 { letter-spacing: 1px }") == page.count("<h1>Of my own</h1>") == 1
    assert "<p>Entries of my own</p>" in page


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<img src="https://example.org/a.png" alt="">', "https://example.org/a.png: refused"),
        ('<img src="chart:none" alt="">', "chart:none: no chart of this name was drawn"),
        ('<img src="asset:../../secret.svg" alt="">', "lies outside its folder"),
        ("<style>p { background: url(//example.org/a.png) }</style>", "//example.org/a.png: refused"),
        ('<style>@import "a.css";</style>', "neither @import nor </"),
        ("<script>alert(1)</script>", "<script> has no place"),
        ('<svg><image href="a.png"/></svg>', "a.png: refused"),
    ],
)
def test_a_page_that_would_load_something_is_refused(html, named):
    with pytest.raises(ReporterError, match=re.escape(named)):
        embed(html, addresses())
