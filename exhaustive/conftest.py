"""What the exhaustive tests share with the quick ones."""

from tests.striking import folder, key, program, seals, stage, vouched  # noqa: F401
from tests.tally import survived  # noqa: F401
