"""Options and the clock that `sign` and `verify` share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

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


def local_now() -> datetime:
    return datetime.now().astimezone()
