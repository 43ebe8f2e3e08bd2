"""A writer that is killed, or whose disk is full, at whatever moment, loses nothing."""

import shutil
import signal

import pytest

from exhaustive.faults import FULL, KILL
from exhaustive.striking import every, growing, well
from exhaustive.tally import FULL as FULL_DISK
from exhaustive.tally import KILLED
from reporter.data.files.workspace import Workspace
from reporter.data.write.amendment import Conflict, Edit
from reporter.data.write.applying import Writer, apply, undo_together
from tests.write.changing import NEW, TOTAL, YEAR, content, first_text, journal, wanted

FAULTS = {KILL: (KILLED, every), FULL: (FULL_DISK, growing)}
# A value is changed, a text begun, a text taken back; and the file it is in.
DEEDS = {"save": YEAR, "begin": NEW, "take back": NEW}


def text_of(workspace: Workspace, file: str) -> str:
    """What a file says; empty where there is none."""
    return content(workspace, file) if (workspace.root / file).exists() else ""


def done(workspace: Workspace, ana: Writer, what: str) -> object:
    """The deed, done by somebody who comes afterwards."""
    if what == "take back":
        made = undo_together(workspace, [each for each in journal(workspace).lines if each.is_written][-1:], ana)
        return made[0] if isinstance(made, tuple) and made else made
    return apply(workspace, wanted(workspace, TOTAL, "25") if what == "save" else first_text(workspace), ana)


@pytest.mark.parametrize("what", DEEDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_moment_the_file_is_whole_or_not_there_and_the_journal_knows(
    workspace: Workspace, ana: Writer, tmp_path_factory, program, survived, fault: str, what: str
) -> None:
    name, struck_at = FAULTS[fault]
    if what == "take back":
        assert isinstance(apply(workspace, first_text(workspace), ana), Edit)
    folder, before = tmp_path_factory.mktemp("struck"), text_of(workspace, DEEDS[what])
    clean = Workspace(shutil.copytree(workspace.root, folder / "clean"))
    moments = struck_at(well(program, clean.root, (what,)).moments)
    after = text_of(clean, DEEDS[what])
    known = len(journal(workspace).lines)
    for at in moments:
        struck = Workspace(shutil.copytree(workspace.root, folder / str(at)))
        ended = program.run(struck.root, what, fault=fault, at=at)
        now = text_of(struck, DEEDS[what])
        # Where no link can be made the file is renamed.
        assert ended.code == -signal.SIGKILL if fault == KILL else (ended.code == 0) == (now == after), ended
        assert now in (before, after)
        # There is a line at most, and it knows what became of its file.
        assert [now == after] * (len(journal(struck).lines) - known) == [
            each.is_written for each in journal(struck).lines[known:]
        ]
        if now == before:
            assert isinstance(done(struck, ana, what), Edit)
        assert after == text_of(struck, DEEDS[what])
        assert not isinstance(undo_together(struck, journal(struck).lines[-1:], ana), Conflict)
        assert before == text_of(struck, DEEDS[what])
        assert [] == list(struck.root.rglob("data/**/.writing*"))
    survived(name, what, len(moments))
