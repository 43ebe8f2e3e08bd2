"""What the tests of this room share."""

from pathlib import Path

import pytest

from tests.send.signature.conftest import *  # noqa: F403
from tests.send.signature.signed import sign_with


@pytest.fixture(scope="module", params=[False, True], ids=["B-B", "B-LT"])
def profile(request, made, clock, ruritanian, tmp_path_factory) -> Path:
    """A finished profile that was signed."""
    target = tmp_path_factory.mktemp("signed") / "XX-2022-en-signed.pdf"
    sign_with(made, ruritanian.pdf, target, clock if request.param else None)
    return target
