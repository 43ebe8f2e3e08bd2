"""What docs/reliability.md tells is what the tests that try it have counted."""

import re

from exhaustive.tally import DONE, TRIED, figures, rows
from tests.fixtures import ROOT, Golden

PAGE = ROOT / "docs" / "reliability.md"


def test_every_fault_that_is_tried_was_counted() -> None:
    assert {fault: list(names) for fault, names in TRIED.items()} == {
        fault: list(counted) for fault, counted in figures().items()
    }
    assert all(times > 0 for counted in figures().values() for times in counted.values())


def test_what_was_tried_stands_in_the_document_in_their_order(golden: Golden) -> None:
    head = f"| what was done | {' | '.join(TRIED)} |\n|---|{'--:|' * len(TRIED)}\n"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(head)
    assert found
    golden("../../docs/reliability.md", before + head + rows() + re.sub(r"\A(\|.*\n)*", "", rest))


def test_every_name_of_what_was_tried_is_told_and_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert set(DONE) == {name for names in TRIED.values() for name in names}
    assert [] == [fault for fault in TRIED if f"- **{fault}**: " not in page]
