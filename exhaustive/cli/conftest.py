"""What the tests of this room share."""

from tests.cli.conftest import *  # noqa: F403
