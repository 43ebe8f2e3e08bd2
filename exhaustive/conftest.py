"""What the exhaustive tests share with the quick ones."""

from exhaustive.striking import folder, key, program, seals, stage, vouched  # noqa: F401
from exhaustive.tally import survived  # noqa: F401
