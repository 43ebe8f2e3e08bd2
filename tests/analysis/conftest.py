"""The exported files that tests of derived cells read."""

from tests.export.conftest import lithuanian_files, shared  # noqa: F401
