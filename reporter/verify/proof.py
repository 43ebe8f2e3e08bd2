"""Both checkers over a PDF that is not yet in its place."""

import tempfile
from pathlib import Path

from reporter.verify.failure import Failure
from reporter.verify.inspection import inspect
from reporter.verify.vera import validate


def prove(content: bytes, html: str) -> tuple[Failure, ...]:
    """What is wrong with a PDF that was made from this HTML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return (*validate(path), *inspect(path, html))
