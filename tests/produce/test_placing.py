"""Whatever goes wrong in a build: a plain message with place and remedy, and the earlier report stays as it is."""

import shutil

import pytest
from filelock import FileLock

from reporter.cli.group import run
from tests.produce.refusals import BUILD, FOLDER, YEAR, change, files

LOCK = "build/.cache/locks/XX-2020-en.lock"


@pytest.mark.parametrize(("folder", "said"), [(FOLDER, "File exists"), ("build/XX", "Not a directory")])
def test_a_file_where_a_folder_should_be(reported, capsys, folder, said):
    shutil.rmtree(reported / folder)
    (reported / folder).write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (reported / folder).read_text())
    assert f"{reported / FOLDER} cannot be written: {said}\n  hint: " in capsys.readouterr().err


def test_an_interruption_in_the_middle(reported, capsys, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reporter.produce.run.draw_all", interrupt)
    before = files(reported)
    assert (130, before) == (run([*BUILD, "-j", "1"]), files(reported))
    assert ("", "\nreporter: interrupted; earlier reports are unchanged\n") == capsys.readouterr()


def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_does_not_sweep(reported, refused):
    ours, others = (reported / FOLDER / f".writing-1-XX-2020-{language}.pdf" for language in ("en", "lt"))
    for path in (ours, others):
        path.write_bytes(b"half")
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    with pytest.raises(AssertionError):
        refused()
    assert (False, True) == (ours.exists(), others.exists())


def test_two_builds_at_once(reported, refused):
    with FileLock(reported / LOCK), FileLock(reported / LOCK.replace("2020", "2020-data-and-methods")):
        said = (
            f"reporter: {job}: another build of {job} is running\n  hint: wait until it has finished\n"
            for job in ("XX 2020 (en)", "XX 2020, data and methods (en)")
        )
        assert (1, "".join(said)) == refused()


def test_a_lock_left_behind_locks_nobody_out(reported, refused):
    (reported / LOCK).write_text("")
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    assert "is negative" in refused()[1]
