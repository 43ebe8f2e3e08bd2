"""Check that a file can be opened, and say why not.

The checkers themselves would tell of their parsers.
"""

from pathlib import Path

import pikepdf

from reporter.validate.failure import UnreadableError

BEGINNING = b"%PDF-"
DAMAGED, AGAIN = "the file is damaged", "make or copy it anew"


def require_pdf(path: Path) -> None:
    """Raise UnreadableError unless the file is a PDF without password."""
    try:
        with pikepdf.open(path, suppress_warnings=True):
            return
    except pikepdf.PasswordError:
        raise UnreadableError("the file is locked by a password", hint="save it without one") from None
    except pikepdf.PdfError:
        with path.open("rb") as file:
            if file.read(len(BEGINNING)) == BEGINNING:
                raise UnreadableError(DAMAGED, hint=AGAIN) from None
        raise UnreadableError("the file is no PDF", hint="name a PDF, such as those under build/") from None
