"""What the exhaustive tests of this room share with the quick ones."""

from tests.edit.conftest import ana, workspace  # noqa: F401
