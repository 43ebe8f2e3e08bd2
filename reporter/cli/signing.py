"""What `sign` and `verify` share: the room of signatures when its packages are there, kinds of files, the moment."""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import click

from reporter.errors import ReporterError, UsageError

SIGNATURE = "reporter.submission.signature"
TOKEN = "reporter.submission.signature.token"  # noqa: S105 (a module)
# The packages whose absence says that an extra was not installed, and the extra.
EXTRAS = {"pyhanko": "sign", "pyhanko_certvalidator": "sign", "asn1crypto": "sign", "cryptography": "sign"}
EXTRAS |= {"pkcs11": "pkcs11"}
PDF, ZIP = b"%PDF", b"PK\3\4"

F = TypeVar("F", bound=Callable[..., Any])


def load_signature() -> ModuleType:
    """The room of signatures; raises UsageError when its packages are not installed."""
    return _loaded(SIGNATURE)


def load_token() -> ModuleType:
    """The module for keys on cards and in hardware; raises UsageError when its packages are not installed."""
    return _loaded(TOKEN)


def trust(function: F) -> F:
    """`--trust ROOT.pem`, as often as there are roots."""
    option = click.option(
        "--trust",
        "roots",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="ROOT.pem",
        help="A root certificate to trust; may be repeated.",
    )
    return option(function)


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, by its first bytes; raises ReporterError when it cannot be read."""
    return _head(path).startswith(PDF)


def is_package(path: Path) -> bool:
    """Whether a file may be a package, by its name and first bytes; raises ReporterError when it cannot be read."""
    return _head(path).startswith(ZIP) and path.suffix.lower() == ".zip"


def now() -> datetime:
    """The moment, in the zone of this machine."""
    return datetime.now().astimezone()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(PDF))
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from None


def _loaded(name: str) -> ModuleType:
    for each in ("pyhanko", "pyhanko_certvalidator"):
        # Without a handler Python would print what pyHanko logs; what matters of it is in our messages.
        logging.getLogger(each).addHandler(logging.NullHandler())
    try:
        return import_module(name)
    except ModuleNotFoundError as problem:
        missing = (problem.name or "").split(".")[0]
        if missing not in EXTRAS:
            raise
        hint = f"pip install 'reporter[{EXTRAS[missing]}]'"
        raise UsageError(f"signatures need the package {missing}", hint=hint) from None
