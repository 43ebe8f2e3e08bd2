"""What the exhaustive tests of this room share with the quick ones."""

from tests.web.conftest import bench, browser, running_bench  # noqa: F401
from tests.web.pages.test_begin import empty  # noqa: F401
