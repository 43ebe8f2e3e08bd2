"""Whatever stands in a window, what is done with it is decided by its first pages."""

import pytest

from reporter.pdf import layout
from tests.pdf.windows import Never, composed, page_of


@pytest.mark.parametrize("seed", range(6))
def test_what_is_done_with_a_window_is_decided_by_its_first_pages(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    soon, few = composed(page_of(seed))
    monkeypatch.setattr(layout, "EarlyEnd", Never)
    late, all_of_them = composed(page_of(seed))
    assert late == soon
    assert few <= all_of_them
