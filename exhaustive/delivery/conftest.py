"""What the tests of this room share."""

from tests.delivery.conftest import *  # noqa: F403
