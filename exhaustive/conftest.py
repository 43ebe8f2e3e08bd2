"""What the exhaustive tests share with the quick ones."""

from tests.striking import folder, key, program, stage  # noqa: F401
