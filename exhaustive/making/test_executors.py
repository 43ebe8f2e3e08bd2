"""Processes of this machine make the same bytes, whatever happens to one of them."""

from pathlib import Path

import pytest

from exhaustive.cluster.errands import Deadly, built, files_of, orders_of, workspace_in
from exhaustive.left_over import interrupted
from reporter.editions.making.build_editions import InProcesses, InThisProcess


def test_a_document_that_kills_its_process_fails_and_the_others_are_the_same_bytes(tmp_path: Path) -> None:
    there, here = workspace_in(tmp_path / "there"), workspace_in(tmp_path / "here")
    outcomes = {
        each.job.year: each for each in built(there, [Deadly(), *orders_of(there)], InProcesses(2, there.cache))
    }
    assert ["the process that was making this document stopped twice", "", "", ""] == [
        outcomes[year].error for year in sorted(outcomes)
    ]
    assert [""] * 3 == [each.error for each in built(here, orders_of(here), InThisProcess(here.cache))]
    assert files_of(here) == files_of(there)


@pytest.mark.parametrize("group", [True, False])
def test_ctrl_c_leaves_no_process_and_what_was_placed_is_whole(tmp_path: Path, group: bool) -> None:
    workspace = workspace_in(tmp_path / "here")
    first = workspace.output / "XX/2018/XX-2018-en.html"
    words = ["build", "--all", "--format", "html", "-j", "2", "-q", "-w", str(workspace.root)]
    code, said, left = interrupted(words, first, group=group)
    assert (130, "\nreporter: interrupted; earlier reports are unchanged\n", set()) == (code, said, left)
    assert first.read_bytes().rstrip().endswith(b"</html>")
