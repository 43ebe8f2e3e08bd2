"""What the tests of this room share."""

from tests.making.conftest import *  # noqa: F403
