"""What the tests of the model share."""

import pytest

from tests import small
from tests.model.made import REVISION
from tests.small import YEAR


@pytest.fixture
def dataset(tmp_path):
    """The small workspace, in which 2020 restates 2018."""
    return small.load(tmp_path, {YEAR: small.FILES[YEAR] + REVISION})
