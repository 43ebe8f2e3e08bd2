"""Render the page that a package begins with."""

from reporter.document.package_parts import StartPage
from reporter.render.embed import embed
from reporter.render.html import Words, environment_of, fill
from reporter.render.style_values import look_of
from reporter.theme.addresses import Addresses
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme

TEMPLATE = "start.html"


def start_html(page: StartPage, theme: Theme, words: Words, templates: Templates) -> str:
    """Render the page that a package begins with. It takes typefaces of the reader's system: it should be small. Raises
    ReporterError with file and line of a template that fails, or with what the page would have to load."""
    values = {"page": page, "edition": page.edition, "look": look_of(theme, page.edition.country)}
    return embed(fill(environment_of(words, templates), TEMPLATE, values), Addresses({}, theme, templates))
