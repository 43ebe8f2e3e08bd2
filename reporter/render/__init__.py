"""The document as HTML: the pages of a PDF or one page for screens, and where a template is wrong."""

from reporter.render.arrange import chart_width, chart_widths
from reporter.render.html import Words, to_html
from reporter.render.letter import letter_html
from reporter.render.web import WebData, to_web

__all__ = ["WebData", "Words", "chart_width", "chart_widths", "letter_html", "to_html", "to_web"]
