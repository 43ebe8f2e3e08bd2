"""Render documents as HTML: pages of a PDF, or one for screens. An error in a template says where it stands."""

from reporter.render.arrange import chart_width
from reporter.render.html import Words, letter_html, start_html, to_html
from reporter.render.web import WebData, chart_widths, paper_drawings, screen_drawings, to_web
