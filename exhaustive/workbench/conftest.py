"""What the exhaustive tests of this room share with the quick ones."""

from tests.workbench.conftest import bench, browser, running_bench  # noqa: F401
from tests.workbench.pages.test_begin import empty  # noqa: F401
