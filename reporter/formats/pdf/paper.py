"""Load what lays out pages of paper, if installed: WeasyPrint (by pip) and Pango (not by pip). Only PDFs use it."""

import sys
from contextlib import redirect_stdout
from io import StringIO

from reporter.data.errors import NoPaperError

CONTAINER = "or use the program's container, which includes it (docs/install.md)"
WITHOUT = (
    "reporter admin doctor shows all ways to install it; the web page and the workbook do not need it: --format "
    "html,xlsx"
)
# How to install Pango, by Python's name of the system; every error shows the first way.
WAYS = {
    "linux": (
        "Debian, Ubuntu: sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0",
        "Fedora: sudo dnf install pango",
        "Arch: sudo pacman -S pango",
        "Alpine: apk add pango harfbuzz-subset fontconfig",
        CONTAINER,
    ),
    "darwin": (
        "macOS: brew install pango",
        "if it is still not found: export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib",
        CONTAINER,
    ),
    "win32": (
        "Windows: install MSYS2, then in its UCRT64 shell: pacman -S mingw-w64-ucrt-x86_64-pango",
        r"where MSYS2 is not in C:\msys64: setx WEASYPRINT_DLL_DIRECTORIES D:\msys64\ucrt64\bin, then a new shell",
        CONTAINER,
    ),
}


def ways_to_paper() -> tuple[str, ...]:
    return WAYS.get(sys.platform, WAYS["linux"])


def require_paper() -> None:
    """Raise NoPaperError, before work starts, when this machine lacks what lays out pages."""
    try:
        # When a library is missing, WeasyPrint also prints a page of text to stdout, where our data go.
        with redirect_stdout(StringIO()):
            import reporter.formats.pdf.pieces.engine  # noqa: F401
    except (OSError, ModuleNotFoundError) as problem:
        if (getattr(problem, "name", None) or "").startswith("reporter"):
            raise
        lacking = str(problem).partition(". ")[0]
        message = f"this computer cannot make a PDF: a library that lays out pages is missing ({lacking})"
        raise NoPaperError(message, hint=f"{ways_to_paper()[0]}\n  {WITHOUT}") from None
