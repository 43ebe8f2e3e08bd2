"""Options and file kinds that `sign` and `verify` share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from reporter.errors import ReporterError

# First bytes: ISO 32000-1, 7.5.2, and the local file header of APPNOTE 4.3.7.
PDF, ZIP = b"%PDF", b"PK\3\4"

F = TypeVar("F", bound=Callable[..., Any])


def trust(function: F) -> F:
    """Add `--trust ROOT.pem`, which may be repeated."""
    option = click.option(
        "--trust",
        "roots",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="ROOT.pem",
        help="A root certificate to trust; may be repeated.",
    )
    return option(function)


def signer(function: F) -> F:
    """Add `--signer NAME`, which may be repeated."""
    option = click.option(
        "--signer",
        "signers",
        multiple=True,
        metavar="NAME",
        help="Whose certificate is meant: its whole name or organisation, or its SHA-256; may be repeated.",
    )
    return option(function)


def is_pdf(path: Path) -> bool:
    """Return whether a file is a PDF, by its first bytes.

    Raises ReporterError when it cannot be read.
    """
    return _head(path).startswith(PDF)


def is_package(path: Path) -> bool:
    """Return whether a file may be a package.

    It is told by its name and first bytes. Raises ReporterError when it cannot be read.
    """
    return _head(path).startswith(ZIP) and path.suffix.lower() == ".zip"


def local_now() -> datetime:
    """The time now, in the zone of this machine."""
    return datetime.now().astimezone()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(PDF))
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from None
