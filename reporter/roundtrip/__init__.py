"""Whether the figures of a package are the same wherever they stand; needs no workspace, only the files."""

from reporter.roundtrip.comparison import Files, Found, compare

__all__ = ["Files", "Found", "compare"]
