"""Compare what a PDF and a web page say, word by word."""

from reporter.roundtrip.text.same_text import text_differences

__all__ = ["text_differences"]
