"""What the exhaustive tests of this room share with the quick ones."""

from tests.write.conftest import ana, workspace  # noqa: F401
