"""A document gets what belongs to it, and nothing from elsewhere."""

from pathlib import Path

import pytest

from reporter.pdf import to_pdf
from reporter.pdf.fetch import Fetcher
from reporter.theme.tokens import Theme
from tests.fixtures import ROOT
from tests.pdf.pages import CHART, page, refused
from tests.snapshots import TEMPLATES, own_templates


def test_a_chart_is_taken_from_the_images_given(theme: Theme) -> None:
    assert 1 == to_pdf(page('<img src="chart:one" alt="A chart of one">'), {"one": CHART}, theme, TEMPLATES).pages


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.svg", "http://example.org/a.svg", "file:///etc/hostname", "ftp://example.org/a.svg",
        "data:image/svg+xml,%3Csvg/%3E", "asset:../pyproject.toml",
        "asset:flags/../../README.md", "asset:/etc/hostname",
        "asset:themes/ministry/theme.toml",
        "theme:../eu-blue/theme.css", "theme:theme.toml",
        "asset:flags/%2e%2e/%2e%2e/README.md", "chart:two", "theme:../flags/lt",
        "icon:siren", "template:css/page.css/../../cover.html", "relative.svg",
    ],
)  # fmt: skip
def test_an_address_outside_the_document_fails_the_build(theme: Theme, address: str) -> None:
    assert address in refused(page(f'<img src="{address}" alt="A picture">'), theme, {"one": CHART})


def test_a_chart_may_not_load_anything_from_elsewhere_either(theme: Theme) -> None:
    spy = CHART.replace(b"<rect", b'<image href="file:///etc/hostname" width="9" height="9"/><rect')
    assert "file:///etc/hostname" in refused(page('<img src="chart:spy" alt="A chart">'), theme, {"spy": spy})


def test_a_symbolic_link_out_of_the_assets_is_refused(theme: Theme, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "outside.css").symlink_to(ROOT / "templates" / "css" / "page.css")
    fetcher = Fetcher({}, theme, own_templates(templates))
    with pytest.raises(ValueError, match="leads out of the workspace by a symbolic link"):
        fetcher.fetch("template:outside.css")


def test_a_stylesheet_of_the_user_goes_first(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "page.css").write_text("p { color: red }")
    fetcher = Fetcher({}, theme, own_templates(tmp_path))
    assert b"p { color: red }" == fetcher.fetch("template:css/page.css").read()
    assert (ROOT / "templates/css/glance.css").read_bytes() == fetcher.fetch("template:css/glance.css").read()
