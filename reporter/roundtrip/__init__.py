"""Compare the figures of a package across all its files.

Needs no workspace, only the files of the package.
"""

from reporter.roundtrip.cross_check import CrossCheck, Files, compare

__all__ = ["CrossCheck", "Files", "compare"]
