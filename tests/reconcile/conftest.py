"""What the tests of reconciling share."""

import pytest

from reporter.reconcile import Reconciliation
from tests.reconcile.invented import result


@pytest.fixture(scope="module")
def lithuanian() -> Reconciliation:
    return result("LT")
