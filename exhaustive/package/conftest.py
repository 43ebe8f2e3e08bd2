"""What the tests of this room share."""

from tests.package.conftest import *  # noqa: F403
