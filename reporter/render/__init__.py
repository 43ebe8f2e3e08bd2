"""The document as HTML: what a template sees, and where a template is wrong."""

from reporter.render.arrange import chart_width, chart_widths
from reporter.render.html import Words, to_html

__all__ = ["Words", "chart_width", "chart_widths", "to_html"]
