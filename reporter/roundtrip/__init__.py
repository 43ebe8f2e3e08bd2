"""Whether the figures of a package are the same wherever they stand; needs no workspace, only the files."""

from reporter.roundtrip.cross_check import CrossCheck, Files, compare

__all__ = ["CrossCheck", "Files", "compare"]
