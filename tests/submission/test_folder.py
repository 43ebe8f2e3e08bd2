"""A package is laid into a folder whole and alone, and takes no other's place."""

from pathlib import Path

from reporter.submission.folder import FolderChannel
from reporter.submission.message_state import State
from reporter.submission.sending import deliver_due
from tests import small  # noqa: F401 - its profile: no deadline
from tests.submission.queued import opened, queued


def laid(folder: Path, text: str = "content") -> tuple[str, str]:
    with opened(folder / "submission") as outbox:
        number = queued(outbox, text)
        deliver_due(outbox, {"folder": FolderChannel(folder)}, (number,))
        (item,) = outbox.items(number)
        return item.state, item.answer


def test_a_package_is_laid_in_the_folder_whole_and_alone(drop):
    # What a killed process left beside goes.
    (drop / "edamis" / ".writing-77-LT-2020.zip").write_text("half")
    assert (State.SENT, "laid in edamis") == laid(drop)
    assert ["LT-2020.zip"] == [path.name for path in (drop / "edamis").iterdir()]
    assert b"content" == (drop / "edamis" / "LT-2020.zip").read_bytes()


def test_nothing_in_the_folder_is_overwritten(drop):
    (drop / "edamis" / "LT-2020.zip").write_text("of last week")
    assert (State.FAILED, "another file of the name LT-2020.zip lies in edamis") == laid(drop)
    assert "of last week" == (drop / "edamis" / "LT-2020.zip").read_text()


def test_the_same_file_in_the_folder_is_taken_for_laid(drop):
    (drop / "edamis" / "LT-2020.zip").write_text("content")
    assert (State.SENT, "lies in edamis already") == laid(drop)


def test_a_folder_without_hard_links_serves_too(drop, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert (State.SENT, "laid in edamis") == laid(drop)
    assert (State.FAILED, "another file of the name LT-2020.zip lies in edamis") == laid(drop, "another")
