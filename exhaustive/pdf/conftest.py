"""What the tests of this room share."""

from tests.pdf.conftest import *  # noqa: F403
