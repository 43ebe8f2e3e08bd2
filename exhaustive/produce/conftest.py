"""What the tests of this room share."""

from tests.produce.conftest import *  # noqa: F403
