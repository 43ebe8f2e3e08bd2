"""Render the letter that goes with a package."""

from reporter.document.document import Document, Letter
from reporter.render.html import Words, environment_of, fill
from reporter.render.style_values import look_of
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme

PAGE = "letter.html"


def letter_html(letter: Letter, theme: Theme, words: Words, templates: Templates) -> str:
    """Render a letter as HTML.

    Raises ReporterError with file and line of a template that fails.
    """
    look = look_of(theme, Document(letter.edition, (), (), ()))
    values = {"letter": letter, "edition": letter.edition, "look": look}
    return fill(environment_of(words, templates), PAGE, values)
