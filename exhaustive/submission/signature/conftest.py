"""What the tests of this room share."""

from tests.submission.signature.conftest import *  # noqa: F403
