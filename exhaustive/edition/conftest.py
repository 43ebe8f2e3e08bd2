"""What the tests of this room share."""

from tests.edition.conftest import *  # noqa: F403
