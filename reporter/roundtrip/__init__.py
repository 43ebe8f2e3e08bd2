"""Compare the figures of a package across all its files. Needs no workspace, only the files of the package."""

from reporter.roundtrip.active_content import active_content
from reporter.roundtrip.cross_check import CrossCheck, Files, compare
from reporter.roundtrip.inert_files import active_files, is_page

__all__ = ["CrossCheck", "Files", "active_content", "active_files", "compare", "is_page"]
