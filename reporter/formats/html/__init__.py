"""Render documents as HTML, for a PDF or for screens. An error in a template names its place."""

from reporter.formats.html.arrange import chart_width
from reporter.formats.html.html import Words, letter_html, start_html, to_html
from reporter.formats.html.web import WebData, chart_widths, paper_drawings, screen_drawings, to_web
