"""Check that a file can be opened, and say why not. The checkers themselves would tell of their parsers."""

from pathlib import Path

import pikepdf

from reporter.files.kind import PACKAGE, PDF, kind_of
from reporter.validate.failure import UnreadableError

DAMAGED, AGAIN = "the file is damaged", "make or copy it anew"


def require_pdf(path: Path) -> None:
    """Raise UnreadableError unless the file is a whole PDF without password. It says what another file is."""
    kind = kind_of(path.read_bytes())
    if kind != PDF:
        hint = f"run: reporter verify {path}" if kind == PACKAGE else "name a PDF, such as those under build/"
        raise UnreadableError(f"this is no PDF, but {kind}", hint=hint)
    try:
        # Recovery would find a PDF in whatever holds parts of one.
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False):
            return
    except pikepdf.PasswordError:
        raise UnreadableError("the file is locked by a password", hint="save it without one") from None
    except pikepdf.PdfError:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None
